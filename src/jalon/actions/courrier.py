"""Send what waits in the outbox: rendered at the last moment, tried again with patience, given up in plain sight.

Each mail is taken by a lease, in one short transaction that needs no lock, so that several workers never send the same
one; no transaction is open while a mail server answers. A worker killed while it holds a mail leaves it to the next one
when the lease ends. Killed after the server has accepted it and before that was written down, the same mail leaves again
under the same Message-ID, by which mail servers and readers know it for the same.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, formataddr, parseaddr
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.urls import reverse

from jalon import access
from jalon.access import Action
from jalon.access.exploitation import ECARTE
from jalon.access.rappel_seance import link_token as link_of_reminder
from jalon.access.repondant import address_of, last_day_of, signature_of
from jalon.actions import regards_lien, secret
from jalon.actions.invitation_agenda import calendar_of
from jalon.actions.porte_sms import send_sms
from jalon.actions.reservation import link_token
from jalon.documents.courriels import COURRIELS, Courriel, render_courriel
from jalon.documents.courriels.champs import ChampRefuse, expediteur
from jalon.documents.ics import Participant
from jalon.domain.conservation import plan_conservation
from jalon.domain.jours import zone
from jalon.law import law_on
from jalon.records.models import Envoi, Organisme, Personne, Seance

_log = logging.getLogger("jalon.courrier")

MAX_TRIES = 8
# Longer than any server takes to answer (EMAIL_TIMEOUT), short enough that a killed worker delays nobody.
LEASE = timedelta(minutes=5)
_SLOWEST = timedelta(hours=6)
_NEUTRAL = "Votre espace personnel"
_SMS = "sms_"


@dataclass
class Tally:
    """What one pass did: ids and kinds, never an address nor a text."""

    envoyes: list[dict[str, str]] = field(default_factory=list)
    en_echec: list[dict[str, str]] = field(default_factory=list)


class SansAdresse(Exception):
    """The person has no address any more."""


def send_due(now: datetime, *, stop: Callable[[], bool] = lambda: False) -> Tally:
    """Everything that is due at `now`, oldest first, each by one worker only."""
    tally = Tally()
    due = Envoi.objects.filter(envoye_le=None, abandonne_le=None, prochain_essai_le__lte=now)
    for pk, seen in due.order_by("prochain_essai_le", "id").values_list("pk", "prochain_essai_le")[:500]:
        if stop():
            break
        if _take(pk, seen, now):
            _send_one(Envoi.objects.select_related("organisme", "bilan", "personne").get(pk=pk), now, tally)
    return tally


def send_soon(envoi: Envoi | None, now: datetime) -> None:
    """Once its row is sure: somebody waits for this one. If it cannot leave, the worker tries again as for the others."""
    if envoi is not None:
        transaction.on_commit(partial(_send_if_free, envoi.pk, envoi.prochain_essai_le, now))


def _send_if_free(pk: Any, seen: datetime, now: datetime) -> None:
    if _take(pk, seen, now):
        _send_one(Envoi.objects.select_related("organisme", "bilan", "personne").get(pk=pk), now, Tally())


def _take(pk: Any, seen: datetime, now: datetime) -> bool:
    """Whoever moves the row from the very instant it was seen at has it; the others change nothing."""
    taken = Envoi.objects.filter(pk=pk, envoye_le=None, abandonne_le=None, prochain_essai_le=seen)
    return bool(taken.update(prochain_essai_le=now + LEASE))


def _send_one(envoi: Envoi, now: datetime, tally: Tally) -> None:
    said = {"id": str(envoi.pk), "genre": envoi.genre}
    try:
        _deliver(envoi, now)
    except Exception as failure:  # one mail that fails must not stop the others
        kind = type(failure).__name__
        _log.warning("mail %s not sent: %s", envoi.pk, kind)
        envoi.essais += 1
        envoi.erreur = kind[:100]
        envoi.prochain_essai_le = now + min(timedelta(minutes=2**envoi.essais), _SLOWEST)
        if envoi.essais >= MAX_TRIES or isinstance(failure, SansAdresse):
            envoi.abandonne_le = now
        envoi.save(update_fields=["essais", "erreur", "prochain_essai_le", "abandonne_le"])
        tally.en_echec.append({**said, "erreur": kind})
        return
    # The one-time secret has left: nothing of it stays.
    envoi.envoye_le, envoi.donnees, envoi.erreur = now, {}, ""
    envoi.save(update_fields=["envoye_le", "donnees", "erreur"])
    tally.envoyes.append(said)


def _deliver(envoi: Envoi, now: datetime) -> None:
    if envoi.genre.startswith(_SMS):
        send_sms(envoi.adresse, render(envoi).texte.strip(), identifiant=str(envoi.pk))
    else:
        message(envoi, now).send()


def message(envoi: Envoi, now: datetime) -> EmailMessage:
    """The mail as it leaves. Its Message-ID is the row's: sent twice, it is still one mail."""
    to = (
        envoi.adresse
        or _asked_for_a_look(envoi)
        or (envoi.personne.email if envoi.personne and envoi.personne.is_active else None)
    )
    if not to:
        raise SansAdresse
    text = render(envoi)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    domain = sender.rpartition("@")[2] or "localhost"
    mail = EmailMultiAlternatives(
        subject=text.sujet,
        body=text.texte,
        from_email=formataddr((_sender(envoi), sender)),
        to=[to],
        reply_to=[envoi.organisme.courriel] if envoi.organisme and envoi.organisme.courriel else None,
        headers={
            "Message-ID": f"<{envoi.pk}@{domain}>",
            "Date": format_datetime(now.astimezone(UTC)),
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(),
    )
    calendar = calendar_of(envoi, Participant(_sender(envoi), _answered_to(envoi, sender)), to)
    if calendar is not None:
        mail.attach_alternative(calendar[1].decode(), f"text/calendar; method={calendar[0]}")
    return mail


def _asked_for_a_look(envoi: Envoi) -> str:
    """The address of a respondent, read under her own key at the very moment of sending."""
    return address_of(envoi.donnees["repondant"]) if "repondant" in envoi.donnees else ""


def _answered_to(envoi: Envoi, sender: str) -> str:
    return (envoi.organisme.courriel if envoi.organisme else "") or sender


def render(envoi: Envoi) -> Courriel:
    """Each field of the kind, from the row if it holds it, else from where the field always comes from."""
    given = {**envoi.donnees}
    place = given.pop("fuseau", "") or _place(envoi)
    data = {name: given[name] if name in given else _FIELDS[name](envoi) for name in COURRIELS[envoi.genre]}
    return render_courriel(envoi.genre, data, fuseau=place)


def _place(envoi: Envoi) -> str:
    if envoi.bilan is not None:
        return envoi.bilan.fuseau
    return envoi.organisme.fuseau if envoi.organisme is not None else "Europe/Paris"


def _sender(envoi: Envoi) -> str:
    return neutral_name(envoi.organisme)


def neutral_name(organisme: Organisme | None) -> str:
    """The cabinet's neutral name; a plain one when that says too much or has letters that no mail header should hold."""
    name = organisme.expediteur if organisme is not None else _NEUTRAL
    try:
        return _NEUTRAL if "bilan" in name.casefold() else expediteur(name, zone("Europe/Paris"))
    except ChampRefuse:
        return _NEUTRAL


def _link(envoi: Envoi) -> str:
    base = settings.JALON_BASE_URL.rstrip("/")
    if "jeton" in envoi.donnees:
        return base + reverse("compte_invitation", args=[secret.open_text(envoi.donnees["jeton"])])
    if "jeton_employeur" in envoi.donnees:
        return base + reverse("employeur_lien", args=[secret.open_text(envoi.donnees["jeton_employeur"])])
    if "jeton_partage" in envoi.donnees:
        return base + reverse("partage_lien", args=[secret.open_text(envoi.donnees["jeton_partage"])])
    if "jeton_rappels" in envoi.donnees:
        stop = secret.open_text(envoi.donnees["jeton_rappels"])
        return base + reverse("public_rappels_arreter", args=[envoi.bilan_id, stop])
    if "repondant" in envoi.donnees:
        return base + reverse("repondant", args=[regards_lien.token(envoi.donnees["repondant"])])
    bilan = envoi.bilan
    if "circuit" in envoi.donnees and bilan is not None and envoi.personne_id == bilan.beneficiaire_id:
        return base + reverse("beneficiaire_a_signer", args=[bilan.pk])
    if "contact" in envoi.donnees:
        return base + _appointment(envoi)
    if "rappel" in envoi.donnees:
        return base + _reminder(envoi)
    return base + settings.LOGIN_REDIRECT_URL


def _appointment(envoi: Envoi) -> str:
    """The person's own page; where her appointment was withdrawn, it lets her choose another moment."""
    return reverse("public_rendez_vous", args=[link_token(envoi.donnees["contact"])])


def _reminder(envoi: Envoi) -> str:
    """Its end is made again from a secret of this installation, for the séance as it is planned now."""
    seance = Seance.objects.get(pk=envoi.donnees["rappel"])
    return reverse("public_rdv", args=[seance.pk, link_of_reminder(seance)])


def _last_day(envoi: Envoi) -> date:
    """The last day on which the documents exist, counted from the announced end of the action."""
    terme = date.fromisoformat(envoi.donnees["terme"])
    return plan_conservation(terme, law_on(terme)).destruction_travail_le


def _destroyed_at(envoi: Envoi) -> datetime:
    return envoi.cree_le


def _phone(envoi: Envoi) -> str:
    return envoi.organisme.telephone if envoi.organisme is not None else ""


def _code(envoi: Envoi) -> str:
    return secret.open_text(envoi.donnees["code_scelle"])


def _asker(envoi: Envoi) -> str:
    """The name that the person chose to ask under."""
    return signature_of(envoi.donnees["repondant"])


def _answer_by(envoi: Envoi) -> date | None:
    return last_day_of(envoi.donnees["repondant"])


_FIELDS: Mapping[str, Callable[[Envoi], Any]] = {
    "expediteur": _sender,
    "lien": _link,
    "dernier_jour": _last_day,
    "detruit_le": _destroyed_at,
    "telephone": _phone,
    "demandeur": _asker,
    "repondre_avant": _answer_by,
    "code": _code,
}


def try_again(*, envoi: Envoi, by: Personne, now: datetime) -> None:
    """A mail given up is put back in the outbox, once its address or the server has been put right."""
    _require_team(envoi, by)
    Envoi.objects.filter(pk=envoi.pk, abandonne_le__isnull=False, envoye_le=None).update(
        abandonne_le=None, essais=0, erreur="", prochain_essai_le=now
    )


def set_aside(*, envoi: Envoi, by: Personne) -> None:
    """Nobody waits for this one any more: it leaves the queue, and what it would have carried is erased."""
    _require_team(envoi, by)
    Envoi.objects.filter(pk=envoi.pk, abandonne_le__isnull=False, envoye_le=None).update(
        erreur=ECARTE, donnees={}
    )


def _require_team(envoi: Envoi, by: Personne) -> None:
    if envoi.organisme is None:
        raise PermissionDenied(Action.VIEW_CABINET.value)
    access.require(Action.VIEW_CABINET, by, envoi.organisme)
    if envoi.bilan is not None:
        access.require(Action.VIEW_DOSSIER, by, envoi.bilan)
