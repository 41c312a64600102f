"""The doors of administrative dossiers: the list sorted by what is due first, and one dossier without a word of content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, overload
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window

from jalon.access import Action, list_bilans
from jalon.access.bilan import Situation, read_situation
from jalon.access.compte import is_open, valid_codes, warning_for
from jalon.access.echeance import OUVERTES, PRINCIPALES
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.obstacle import Obstacle
from jalon.records.models import (
    Bilan,
    Consentement,
    Destruction,
    DocumentEmis,
    Echeance,
    Invitation,
    Organisme,
    Personne,
    Seance,
)

# Beyond, the page asks for a filter: nobody reads a list of a thousand, and counting it has a price.
COMPTE_MAX = 1000
BIENTOT = timedelta(days=30)
CETTE_SEMAINE = timedelta(days=7)


@dataclass(frozen=True)
class Filtre:
    """What the address of the list says."""

    etat: str = ""
    consultant: str = ""
    echeance: str = ""
    numero: str = ""


ETATS = (("", "À suivre"), *((e.value, e.label) for e in Etat), ("tous", "Tous"))
ECHEANCES = (
    ("", "Toutes"),
    ("retard", "En retard"),
    ("semaine", "Dans les sept jours"),
    ("mois", "Dans les trente jours"),
)


def filter_dossiers(
    personne: Personne, organisme: Organisme, filtre: Filtre, now: datetime
) -> QuerySet[Bilan]:
    found = list_bilans(Action.MANAGE_DOSSIER, personne).filter(organisme=organisme)
    if filtre.etat == "":
        # Running, or closed with something left to destroy: an index holds just these.
        found = found.filter(contenu_detruit_le=None)
    elif filtre.etat != "tous":
        found = found.filter(etat=filtre.etat)
    if filtre.consultant:
        try:
            found = found.filter(consultant=UUID(filtre.consultant))
        except ValueError:
            found = found.none()
    if filtre.numero:
        found = found.filter(numero__startswith=filtre.numero)
    if filtre.echeance in {"retard", "semaine", "mois"}:
        until = {"retard": timedelta(), "semaine": CETTE_SEMAINE, "mois": BIENTOT}[filtre.echeance]
        found = found.filter(
            Exists(
                Echeance.objects.filter(
                    OUVERTES, bilan=OuterRef("pk"), nom__in=PRINCIPALES, echoit_le__lt=now + until
                )
            )
        )
    return found


@dataclass(frozen=True)
class Ligne:
    bilan: Bilan
    prochaine: Echeance | None
    a_detruire: bool

    @property
    def en_echec(self) -> bool:
        return self.prochaine is not None and self.prochaine.essais > 0


# What a row shows: reading only this is half the cost of the page.
_COLONNES = (
    "numero",
    "etat",
    "termine_le",
    "contenu_detruit_le",
    "fuseau",
    "beneficiaire__prenom",
    "beneficiaire__nom",
    "consultant__prenom",
    "consultant__nom",
)


class ParRisque(Sequence[Ligne]):
    """The filtered dossiers: what should be destroyed already, then what is due, soonest first, then the others, newest
    first. Two queries for the first page."""

    def __init__(self, found: QuerySet[Bilan], now: datetime, per_page: int = 20) -> None:
        self._now = now
        self._per_page = per_page
        self._head: list[Bilan] | None = None
        clocks = Echeance.objects.filter(OUVERTES, bilan=OuterRef("pk"), nom__in=PRINCIPALES)
        overdue = Q(etat__in=CLOSED, contenu_detruit_le=None, termine_le__lt=now - timedelta(days=1))
        self._rows = (
            found.annotate(
                echoit=Subquery(clocks.order_by("echoit_le").values("echoit_le")[:1]),
                alarme=Case(When(overdue, then=Value(0)), default=Value(1)),
                total=Window(Count("pk")),
            )
            .select_related("beneficiaire", "consultant")
            .only(*_COLONNES)
            .order_by("alarme", F("echoit").asc(nulls_last=True), "-numero", "pk")
        )
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            head = self._read(slice(0, self._per_page))
            self._count = min(head[0].total, COMPTE_MAX) if head else 0  # type: ignore[attr-defined]
        return self._count

    def _read(self, wanted: slice) -> list[Bilan]:
        """The first page brings the number of all rows with it: nothing else has to count them."""
        if self._head is None:
            self._head = list(self._rows[: self._per_page])
        if (wanted.start or 0) == 0 and wanted.stop is not None and wanted.stop <= self._per_page:
            return self._head[: wanted.stop]
        return list(self._rows[wanted])

    @overload
    def __getitem__(self, wanted: int) -> Ligne: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[Ligne]: ...
    def __getitem__(self, wanted: int | slice) -> Ligne | list[Ligne]:
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        bilans = self._read(wanted)
        clocks: dict[Any, Echeance] = {}
        for one in Echeance.objects.filter(OUVERTES, bilan__in=bilans, nom__in=PRINCIPALES).order_by(
            "-echoit_le", "-id"
        ):
            clocks[one.bilan_id] = one
        return [Ligne(b, clocks.get(b.pk), needs_destruction(b, clocks.get(b.pk), self._now)) for b in bilans]


def needs_destruction(bilan: Bilan, prochaine: Echeance | None, now: datetime) -> bool:
    """Closed, not destroyed, and its clock late or missing: an alarm."""
    if bilan.etat not in CLOSED or bilan.contenu_detruit_le is not None:
        return False
    if prochaine is not None and prochaine.nom == "destruction":
        return prochaine.echoit_le < now
    return bilan.termine_le is not None and bilan.termine_le < now - timedelta(days=1)


# One dossier


@dataclass(frozen=True)
class Acces:
    """How the person enters, as far as the administration may know."""

    ouvert: bool
    invitation: Invitation | None
    codes: int
    alerte: Obstacle | None


@dataclass(frozen=True)
class Dossier:
    """Vault one, and nothing of vault two: dates, hours, names of papers, yes or no."""

    bilan: Bilan
    situation: Situation
    seances: list[Seance]
    consentement: Consentement | None
    papiers: list[DocumentEmis]
    echeances: list[Echeance]
    destructions: list[Destruction]
    acces: Acces


def read_dossier(bilan: Bilan, now: datetime) -> Dossier:
    """For a bilan that the gate has already given."""
    personne = bilan.beneficiaire
    return Dossier(
        bilan=bilan,
        situation=read_situation(bilan, now=now),
        seances=list(
            bilan.seances.select_related("lieu").prefetch_related("emargements").order_by("debut", "id")
        ),
        consentement=bilan.consentements.filter(retire_le=None).first(),
        papiers=list(bilan.documents.defer("octets").order_by("-emis_le", "id")),
        echeances=list(bilan.echeances.filter(OUVERTES).order_by("echoit_le", "id")),
        destructions=list(bilan.destructions.all()),
        acces=Acces(
            ouvert=is_open(personne),
            invitation=personne.invitations.order_by("-creee_le").first(),
            codes=valid_codes(personne, now),
            alerte=warning_for(personne, personne.email) if personne.email else None,
        ),
    )
