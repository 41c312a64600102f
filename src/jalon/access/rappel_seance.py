"""How a person wants to be reminded, and what the link of a reminder opens."""

import hmac
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import Http404

from jalon.access.coffre import coffre
from jalon.access.disponibilite import Moment, list_moments, read_agendas
from jalon.domain.rappel_seance import PAR_DEFAUT, Avance, Canal, Formule, Silence
from jalon.domain.seance import EtatSeance, Modalite
from jalon.records.models import Organisme, Personne, ReglageRappels, ReglageSeances, Seance


@dataclass(frozen=True)
class Rappels:
    canal: Canal = Canal.COURRIEL
    avances: tuple[Avance, ...] = PAR_DEFAUT
    formule: Formule = Formule.RENDEZ_VOUS
    silence: Silence = field(default_factory=Silence)


def read_rappels(personne: Personne) -> Rappels:
    row = ReglageRappels.objects.filter(pk=personne.pk).first()
    if row is None:
        return Rappels()
    known = set(Avance)
    return Rappels(
        Canal(row.canal),
        tuple(Avance(one) for one in row.avances if one in known),
        Formule(row.formule),
        Silence(row.silence_debut, row.silence_fin),
    )


def reglage_seances(organisme: Organisme) -> ReglageSeances:
    """The cabinet's rules for its séances; without a row, those of the product (not saved)."""
    return ReglageSeances.objects.filter(pk=organisme.pk).first() or ReglageSeances(organisme=organisme)


_DAYS, _MOST = 28, 60


def free_moments(seance: Seance, now: datetime) -> list[Moment]:
    """When this séance may go, with the same consultant, in the same way, for as long: hours that she has opened, free today."""
    bilan = seance.bilan
    mine = [a for a in read_agendas(bilan.organisme, now) if a.consultant.pk == seance.consultant_id]
    duree = seance.fin - seance.debut
    mine = [
        replace(a, emploi=replace(a.emploi, reglage=replace(a.emploi.reglage, duree=duree))) for a in mine
    ]
    today = now.astimezone(ZoneInfo(bilan.fuseau)).date()
    days = [today + timedelta(days=n) for n in range(_DAYS)]
    return list_moments(bilan.organisme, mine, Modalite(seance.modalite), days, now)[:_MOST]


def link_token(seance: Seance) -> str:
    """Made again each time, kept nowhere. A séance that moves gets another one: the former mail opens nothing any more."""
    about = f"{seance.pk}\x1f{seance.debut.astimezone(UTC).isoformat()}"
    secret = coffre().installation_secret("rappel-seance")
    return hmac.new(secret, about.encode(), "sha256").hexdigest()[:40]


def get_by_link(seance_id: Any, jeton: str) -> Seance:
    """The séance that this link speaks of, while it is planned; else a page that does not exist."""
    try:
        found = Seance.objects.select_related(
            "bilan__organisme", "bilan__beneficiaire", "bilan__consultant", "consultant", "lieu"
        ).get(pk=seance_id)
    except (Seance.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None
    person = found.bilan.beneficiaire
    if found.etat != EtatSeance.PREVUE or not person.is_active:
        raise Http404
    if not jeton.isascii() or not hmac.compare_digest(jeton, link_token(found)):
        raise Http404
    return found
