"""Reminders of séances: at the hours that the person chose, in her own neutral words; a link confirms, moves or cancels.

One open échéance for each séance, always the next reminder: a séance that moves or is cancelled takes it along.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from jalon.access.rappel_seance import Rappels, link_token, read_rappels
from jalon.actions import envoi
from jalon.actions.echeance import cancel, schedule
from jalon.actions.porte_sms import is_open
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Nature
from jalon.domain.rappel_seance import Avance, Canal, Formule, rappels
from jalon.domain.seance import EtatSeance
from jalon.records.models import Echeance, Personne, ReglageRappels, Seance

GENRES = {
    Formule.RENDEZ_VOUS: "rappel_seance",
    Formule.DATE: "rappel_seance_date",
    Formule.ESPACE: "rappel_seance_espace",
}
NOM = "seance_rappel"
# A worker that was down for long does not remind of what has begun, nor an hour too late of «two hours before».
_STALE = timedelta(hours=1)


def plan_next(seance: Seance, now: datetime) -> None:
    """The next reminder that is still to come, or none."""
    bilan = seance.bilan
    chosen = read_rappels(bilan.beneficiaire)
    at = _next(seance, chosen, now)
    if at is None:
        drop(seance, now)
    else:
        schedule(NOM, at, organisme=bilan.organisme, bilan=bilan, reference=str(seance.pk))


def drop(seance: Seance, now: datetime) -> None:
    cancel(NOM, now=now, bilan=seance.bilan, reference=str(seance.pk))


def _next(seance: Seance, chosen: Rappels, now: datetime) -> datetime | None:
    planned = seance.etat == EtatSeance.PREVUE and seance.nature != Nature.TRAVAIL_PERSONNEL
    if not planned or chosen.canal == Canal.AUCUN:
        return None
    all_of_them = rappels(seance.debut, chosen.avances, chosen.silence, ZoneInfo(seance.bilan.fuseau))
    return next((at for _, at in all_of_them if at > now), None)


def remind_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    seance = Seance.objects.select_related("bilan__organisme", "bilan__beneficiaire").get(
        pk=echeance.reference
    )
    if seance.etat != EtatSeance.PREVUE or seance.debut <= now:
        return
    plan_next(seance, now)
    if now - echeance.echoit_le > _STALE and seance.debut - now < _STALE:
        return
    person = seance.bilan.beneficiaire
    chosen = read_rappels(person)
    about: dict[str, Any] = {
        "debut": seance.debut.isoformat(),
        "modalite": seance.modalite,
        "fuseau": seance.bilan.fuseau,
        "rappel": str(seance.pk),
    }
    by_sms = chosen.canal == Canal.SMS and is_open() and person.telephone
    genre = GENRES[chosen.formule]
    envoi.enqueue(
        f"sms_{genre}" if by_sms else genre,
        personne=person,
        adresse=person.telephone if by_sms else "",
        bilan=seance.bilan,
        now=now,
        donnees=about,
    )


@transaction.atomic
def choose_rappels(
    *,
    by: Personne,
    now: datetime,
    canal: Canal,
    avances: Iterable[Avance],
    formule: Formule,
    silence_debut: int,
    silence_fin: int,
) -> None:
    """Her own, for all her appointments; those already planned follow at once."""
    chosen = sorted({Avance(one) for one in avances}, key=list(Avance).index)
    if canal != Canal.AUCUN and not chosen:
        raise Refused(
            Obstacle("Choisissez au moins un moment, ou « Aucun rappel ».", code="avances", field="avances")
        )
    if canal == Canal.SMS and not is_open():
        raise Refused(
            Obstacle("Le cabinet n’envoie pas de SMS : choisissez le courriel.", code="sms", field="canal")
        )
    if canal == Canal.SMS and not by.telephone:
        raise Refused(
            Obstacle(
                "Ajoutez d’abord votre numéro de téléphone à votre profil : les SMS y arriveront.",
                code="telephone",
                field="canal",
            )
        )
    ReglageRappels.objects.update_or_create(
        personne=by,
        defaults={
            "canal": canal,
            "avances": [one.value for one in chosen],
            "formule": formule,
            "silence_debut": silence_debut,
            "silence_fin": silence_fin,
        },
    )
    coming = Seance.objects.select_related("bilan__organisme", "bilan__beneficiaire").filter(
        bilan__beneficiaire=by, etat=EtatSeance.PREVUE, debut__gt=now
    )
    for seance in coming:
        plan_next(seance, now)


__all__ = ["choose_rappels", "drop", "link_token", "plan_next", "remind_when_due"]
