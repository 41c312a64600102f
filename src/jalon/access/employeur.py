"""What the employer's space may show, and the doors of its link: dates, presence, papers to sign, and nothing else.

BC-18: outside the routes where it has a part, there is no link, no row and no page. No word of content is ever read here.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jalon.access import Action, require
from jalon.domain.convention import EtatConvention
from jalon.domain.financement import WITH_EMPLOYER
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance
from jalon.domain.signature import EtatCircuit, Qualite
from jalon.records.models import Absence, AccesEmployeur, Bilan, Circuit, Convention, Personne, Signataire


def link_fingerprint(token: str) -> str:
    """Of the 256 bits of a link: a plain hash is enough, nobody guesses them."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_acces(token: str) -> AccesEmployeur | None:
    """The open link of this secret, on a route that still has a place for the employer."""
    return (
        AccesEmployeur.objects.select_related("bilan__organisme", "personne")
        .filter(empreinte=link_fingerprint(token), clos_le=None, bilan__financement__in=WITH_EMPLOYER)
        .first()
    )


def employer_of(acces_id: Any, bilan_id: Any) -> Personne | None:
    """Who acts for the employer, for a session that says so; nobody once the link is closed."""
    found = (
        AccesEmployeur.objects.select_related("personne")
        .filter(pk=acces_id, bilan=bilan_id, clos_le=None)
        .first()
    )
    return found.personne if found else None


def read_acces(bilan: Bilan) -> AccesEmployeur | None:
    """For the cabinet's page of a dossier that its door has already given."""
    return AccesEmployeur.objects.select_related("personne").filter(bilan=bilan, clos_le=None).first()


@dataclass(frozen=True)
class DemiJournee:
    """A half-day: what the employer may know of a séance. Neither its hours, its place nor its phase."""

    jour: date
    moment: str
    presente: bool


@dataclass(frozen=True)
class DossierEmployeur:
    bilan: Bilan
    convention: Convention | None
    absence: Absence | None
    a_signer: tuple[Signataire, ...]
    signes: tuple[Circuit, ...]
    dates: tuple[DemiJournee, ...]
    debut: date | None
    fin: date | None

    @property
    def convention_conclue(self) -> bool:
        return self.convention is not None and self.convention.etat == EtatConvention.CONCLUE


def read_dossier_employeur(personne: Personne, bilan: Bilan) -> DossierEmployeur:
    require(Action.VIEW_EMPLOYEUR, personne, bilan)
    mine = (
        Signataire.objects.filter(circuit__bilan=bilan, personne=personne, qualite=Qualite.EMPLOYEUR)
        .select_related("circuit__document", "circuit__scelle")
        .order_by("circuit__ouvert_le", "id")
    )
    row = getattr(bilan, "engagement", None)
    return DossierEmployeur(
        bilan=bilan,
        convention=bilan.conventions.select_related("circuit__document").order_by("-etablie_le").first(),
        absence=bilan.absences.exclude(reponse="retiree").order_by("-demandee_le").first(),
        a_signer=tuple(
            one
            for one in mine
            if one.circuit.etat == EtatCircuit.OUVERT and one.signe_le is None and one.refuse_le is None
        ),
        signes=tuple(one.circuit for one in mine if one.circuit.etat == EtatCircuit.SCELLE),
        dates=half_days(bilan),
        debut=row.debut_prevu_le if row else None,
        fin=row.fin_prevue_le if row else None,
    )


def half_days(bilan: Bilan) -> tuple[DemiJournee, ...]:
    """Planned or held, by half-day; personal work and the follow-up are not the employer's."""
    place = ZoneInfo(bilan.fuseau)
    rows = bilan.seances.filter(
        etat__in=[EtatSeance.PREVUE, EtatSeance.TENUE], nature=Nature.ACCOMPAGNEMENT
    ).order_by("debut")
    found: dict[tuple[date, str], bool] = {}
    for debut, etat in rows.values_list("debut", "etat"):
        local = debut.astimezone(place)
        key = (local.date(), _moment(local))
        found[key] = found.get(key, False) or etat == EtatSeance.TENUE
    return tuple(DemiJournee(jour, moment, present) for (jour, moment), present in found.items())


def _moment(local: datetime) -> str:
    if local.hour < 12:
        return "matin"
    return "après-midi" if local.hour < 18 else "soirée"


def read_signed(personne: Personne, bilan: Bilan, circuit_id: Any) -> tuple[str, bytes] | None:
    """The sealed document that this employer has signed, or None."""
    require(Action.VIEW_EMPLOYEUR, personne, bilan)
    found = (
        Circuit.objects.select_related("scelle")
        .filter(
            pk=circuit_id,
            bilan=bilan,
            scelle__isnull=False,
            signataires__personne=personne,
        )
        .first()
    )
    if found is None or found.scelle is None or found.scelle.octets is None:
        return None
    return found.scelle.numero, bytes(found.scelle.octets)
