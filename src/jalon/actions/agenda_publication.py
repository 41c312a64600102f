"""Write a person's appointments in the CalDAV collection that she chose: put, corrected, taken away, each known by its ETag.

What is there is a copy of what is here: somebody who changes it there finds it corrected at the next change. Nothing else of her
collection is looked at.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urljoin

from jalon.access.agenda import PASSE, Acces, open_acces, read_reglage, rendez_vous_of
from jalon.actions.agenda_lecture import CHAQUE, PAR_TOUR, code_of, failed, take
from jalon.actions.sortie import Reponse, SortieRefusee, ask
from jalon.documents.ics import print_of, write_calendar
from jalon.domain.calendrier import SensAgenda
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance
from jalon.records.models import AgendaExterne, Publication, Seance

_log = logging.getLogger("jalon.agendas")
# Even when nothing has changed here: what could not be taken away is tried again.
_REPOS = timedelta(hours=12)


def publish_due(now: datetime, *, stop: Callable[[], bool] = lambda: False) -> int:
    due = AgendaExterne.objects.filter(sens=SensAgenda.PUBLICATION, prochain_le__lte=now)
    done = 0
    for pk, seen in due.order_by("prochain_le", "id").values_list("pk", "prochain_le")[:PAR_TOUR]:
        if stop():
            break
        if take(pk, seen, now):
            done += _publish(AgendaExterne.objects.select_related("personne").get(pk=pk), now, stop)
    return done


def _publish(agenda: AgendaExterne, now: datetime, stop: Callable[[], bool]) -> bool:
    leased = AgendaExterne.objects.values_list("prochain_le", flat=True).get(pk=agenda.pk)
    try:
        acces = open_acces(agenda)
        wanted = {one.pk: one for one in _wanted(agenda, now)}
        rules = read_reglage(agenda.personne)
        known = {row.seance_id: row for row in agenda.publications.all()}
        for pk, seance in wanted.items():
            if stop():
                return False
            data = write_calendar([rendez_vous_of(seance, agenda.personne, rules)], methode="")
            row = known.get(pk) or Publication(agenda=agenda, seance=seance)
            if row.empreinte != print_of(data):
                _put(acces, row, data, now)
        for pk, row in known.items():
            if pk not in wanted and row.empreinte and row.seance.fin >= now - PASSE:
                _delete(acces, row)
    except SortieRefusee as refused:
        failed(agenda, refused.code, now)
        return False
    except Exception as failure:
        _log.error("calendar %s: %s", agenda.pk, type(failure).__name__)
        failed(agenda, "reponse", now)
        return False
    # A change told while we were away has moved the row: it stays due.
    AgendaExterne.objects.filter(pk=agenda.pk).update(lu_le=now, essais=0, erreur="")
    AgendaExterne.objects.filter(pk=agenda.pk, prochain_le=leased).update(prochain_le=now + _REPOS)
    return True


def _wanted(agenda: AgendaExterne, now: datetime) -> list[Seance]:
    """What she leads and what she lives herself, still standing, from a little while ago on."""
    person = agenda.personne
    rows = Seance.objects.filter(
        fin__gte=now - CHAQUE * 4 * 24, etat__in=[EtatSeance.PREVUE, EtatSeance.TENUE]
    ).exclude(nature=Nature.TRAVAIL_PERSONNEL)
    works_in = person.membres.filter(jusqu_au=None).values("organisme")
    mine = rows.filter(consultant=person, bilan__organisme__in=works_in)
    return list(
        (mine | rows.filter(bilan__beneficiaire=person))
        .select_related("bilan__organisme", "bilan__beneficiaire", "consultant", "lieu")
        .order_by("debut", "id")
        .distinct()
    )


def _address(acces: Acces, row: Publication) -> str:
    base = acces.adresse if acces.adresse.endswith("/") else acces.adresse + "/"
    return urljoin(base, f"{row.seance_id}.ics")


def _put(acces: Acces, row: Publication, data: bytes, now: datetime) -> None:
    """Ours wins: a version that moved there is asked for, once, and written over."""
    condition = {"If-Match": row.version} if row.version else {"If-None-Match": "*"}
    answer = _write(acces, row, data, condition)
    if answer.statut == 412:
        there = ask("GET", _address(acces, row), identifiants=acces.identifiants)
        condition = {"If-Match": there.etag} if there.statut == 200 and there.etag else {}
        answer = _write(acces, row, data, condition)
    if answer.statut not in (200, 201, 204):
        raise SortieRefusee(code_of(answer.statut))
    row.version = answer.etag or _etag(acces, row)
    row.empreinte, row.publiee_le = print_of(data), now
    row.save()


def _write(acces: Acces, row: Publication, data: bytes, condition: dict[str, str]) -> Reponse:
    return ask(
        "PUT",
        _address(acces, row),
        corps=data,
        entetes={"Content-Type": "text/calendar; charset=utf-8", **condition},
        identifiants=acces.identifiants,
    )


def _etag(acces: Acces, row: Publication) -> str:
    """A server may keep its ETag to itself when it has rewritten what it was given."""
    return ask("GET", _address(acces, row), identifiants=acces.identifiants).etag


def _delete(acces: Acces, row: Publication) -> None:
    condition = {"If-Match": row.version} if row.version else {}
    answer = ask("DELETE", _address(acces, row), entetes=condition, identifiants=acces.identifiants)
    if answer.statut == 412:
        answer = ask("DELETE", _address(acces, row), identifiants=acces.identifiants)
    if answer.statut not in (200, 204, 404, 410):
        raise SortieRefusee(code_of(answer.statut))
    row.version = row.empreinte = ""
    row.save()
