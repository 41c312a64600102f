"""Read the calendars that consultants keep elsewhere, for their busy hours alone; the worker goes, no page ever waits.

A calendar that does not answer changes nothing: what was read last stands, with its age, and the page says so.
"""

import logging
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from jalon.access.agenda import Acces, open_acces
from jalon.actions.sortie import Reponse, SortieRefusee, ask
from jalon.domain.agenda_lu import AgendaIllisible, busy_intervals, merge
from jalon.domain.calendrier import SensAgenda, TypeAgenda
from jalon.domain.disponibilite import Intervalle
from jalon.domain.jours import zone
from jalon.records.models import AgendaExterne, Personne, PlageOccupee

_log = logging.getLogger("jalon.agendas")

CHAQUE = timedelta(minutes=15)
# Longer than the slowest exchange: a killed worker leaves the calendar to the next one.
BAIL = timedelta(minutes=3)
_PIRE = timedelta(hours=6)
PASSE, AVENIR = timedelta(days=7), timedelta(days=400)
PAR_TOUR = 10

_CALENDRIERS = (
    b'<?xml version="1.0" encoding="utf-8"?><C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    b'<D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
    b'<C:time-range start="%s" end="%s"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>'
)
_LIBRE = (
    b'<?xml version="1.0" encoding="utf-8"?><C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">'
    b'<C:time-range start="%s" end="%s"/></C:free-busy-query>'
)
_DATA = "{urn:ietf:params:xml:ns:caldav}calendar-data"


def read_due(now: datetime, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Each calendar whose turn has come, by one worker only; how many were read."""
    due = AgendaExterne.objects.filter(sens=SensAgenda.LECTURE, prochain_le__lte=now)
    done = 0
    for pk, seen in due.order_by("prochain_le", "id").values_list("pk", "prochain_le")[:PAR_TOUR]:
        if stop():
            break
        if take(pk, seen, now):
            agenda = AgendaExterne.objects.select_related("personne").get(pk=pk)
            done += _read_one(agenda, now)
    return done


def take(pk: Any, seen: datetime, now: datetime) -> bool:
    """Whoever moves the row from the very instant it was seen at has it; the others change nothing."""
    return bool(AgendaExterne.objects.filter(pk=pk, prochain_le=seen).update(prochain_le=now + BAIL))


def failed(agenda: AgendaExterne, code: str, now: datetime) -> None:
    """Patience grows; what was known stays."""
    tries = min(agenda.essais + 1, 30)
    AgendaExterne.objects.filter(pk=agenda.pk).update(
        essais=tries, erreur=code, prochain_le=now + min(CHAQUE * 2 ** min(tries - 1, 6), _PIRE)
    )
    _log.info("calendar %s not reached: %s", agenda.pk, code)


def code_of(statut: int) -> str:
    if statut in (401, 403):
        return "refuse"
    return "absent" if statut in (404, 410) else "reponse"


def _read_one(agenda: AgendaExterne, now: datetime) -> bool:
    start, end = now - PASSE, now + AVENIR
    try:
        acces = open_acces(agenda)
        if agenda.genre == TypeAgenda.ICS:
            answer = _ics(acces, agenda)
            found = None if answer.statut == 304 else _busy(answer.corps, agenda.personne, start, end)
            version = answer.etag or agenda.version if answer.statut == 304 else answer.etag
        else:
            found, version = _caldav(acces, agenda.personne, start, end), ""
    except SortieRefusee as refused:
        failed(agenda, refused.code, now)
    except AgendaIllisible as wrong:
        failed(agenda, wrong.code, now)
    except Exception as failure:  # one calendar that fails must not stop the others
        _log.error("calendar %s: %s", agenda.pk, type(failure).__name__)
        failed(agenda, "illisible", now)
    else:
        _keep(agenda, found, version, now)
        return True
    return False


def _ics(acces: Acces, agenda: AgendaExterne) -> Reponse:
    headers = {"Accept": "text/calendar"}
    if agenda.version and not agenda.erreur:
        headers["If-None-Match"] = agenda.version
    answer = ask("GET", acces.adresse, entetes=headers, identifiants=acces.identifiants)
    if answer.statut not in (200, 304):
        raise SortieRefusee(code_of(answer.statut))
    return answer


def _caldav(acces: Acces, personne: Personne, start: datetime, end: datetime) -> list[Intervalle]:
    """Its busy periods if the server knows how to say them; its events otherwise, of which the times alone are looked at."""
    answer = _report(acces, _LIBRE, start, end)
    if answer.statut == 200 and b"VFREEBUSY" in answer.corps:
        return _busy(answer.corps, personne, start, end)
    answer = _report(acces, _CALENDRIERS, start, end)
    if answer.statut != 207:
        raise SortieRefusee(code_of(answer.statut))
    found: list[Intervalle] = []
    for data in _calendars(answer.corps):
        found += _busy(data, personne, start, end)
    return merge(found, start, end)


def _report(acces: Acces, query: bytes, start: datetime, end: datetime) -> Reponse:
    said = [f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}".encode() for moment in (start, end)]
    return ask(
        "REPORT",
        acces.adresse,
        corps=query % (said[0], said[1]),
        entetes={"Content-Type": "application/xml; charset=utf-8", "Depth": "1"},
        identifiants=acces.identifiants,
    )


def _calendars(answer: bytes) -> list[bytes]:
    if b"<!DOCTYPE" in answer or b"<!ENTITY" in answer:
        raise AgendaIllisible("illisible")
    try:
        root = ET.fromstring(answer)  # noqa: S314 - no declaration of entities passes the line above
    except ET.ParseError:
        raise AgendaIllisible("illisible") from None
    return [(one.text or "").encode() for one in root.iter(_DATA) if one.text]


def _busy(data: bytes, personne: Personne, start: datetime, end: datetime) -> list[Intervalle]:
    return busy_intervals(data, start, end, zone(_zone_of(personne)))


def _zone_of(personne: Personne) -> str:
    own = personne.disponibilites.exclude(fuseau="").values_list("fuseau", flat=True).first()
    cabinet = personne.membres.filter(jusqu_au=None).values_list("organisme__fuseau", flat=True).first()
    return own or cabinet or "Europe/Paris"


@transaction.atomic
def _keep(agenda: AgendaExterne, found: list[Intervalle] | None, version: str, now: datetime) -> None:
    """All at once: a page never sees half of it. `found` is None when nothing has changed there."""
    if not AgendaExterne.objects.select_for_update().filter(pk=agenda.pk).exists():
        return  # taken away meanwhile
    if found is not None:
        agenda.plages.all().delete()
        PlageOccupee.objects.bulk_create(
            (PlageOccupee(agenda=agenda, debut=one.debut, fin=one.fin) for one in found), batch_size=500
        )
    AgendaExterne.objects.filter(pk=agenda.pk).update(
        lu_le=now, prochain_le=now + CHAQUE, essais=0, erreur="", version=version
    )
