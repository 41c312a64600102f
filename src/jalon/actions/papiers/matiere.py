"""What the papers are made of, read once for all of them: what was agreed, with whom, when, for how much."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from jalon.actions.cachet import get_cachet
from jalon.actions.papier import cabinet_of, frame
from jalon.documents.papier import Cabinet, Papier
from jalon.documents.prestation import Clause, Montant, PartPrix, PhasePrevue, Prestation
from jalon.domain.cpf import Financeur
from jalon.domain.engagement import EngagementFacts, PartFacts
from jalon.domain.francais import euros
from jalon.domain.parcours import LEGAL_PHASES, Nature, TypeAction
from jalon.domain.seance import EtatSeance, Modalite
from jalon.law import Law, law_on
from jalon.records.engagement import read_engagements
from jalon.records.faits import local_day, read_lignes
from jalon.records.models import (
    AccesEmployeur,
    Bilan,
    Engagement,
    Membre,
    Personne,
    Seance,
    Versement,
)
from jalon.records.models import Clause as ClauseRow

MANIERES = {
    Modalite.PRESENTIEL: "en présence",
    Modalite.VISIO: "en visio",
    Modalite.TELEPHONE: "par téléphone",
}


@dataclass(frozen=True)
class Fonds:
    """Who pays what, when it is settled for the dossier's own route; nothing otherwise."""

    ligne: Engagement | None = None
    faits: EngagementFacts | None = None
    versements: tuple[Versement, ...] = ()

    @property
    def prix(self) -> Decimal | None:
        return self.faits.prix if self.faits else None

    @property
    def parts(self) -> tuple[PartFacts, ...]:
        return self.faits.parts if self.faits else ()


def read_fonds(bilan: Bilan) -> Fonds:
    row = Engagement.objects.filter(bilan=bilan, voie=bilan.financement).first()
    if row is None:
        return Fonds()
    return Fonds(row, read_engagements([bilan.pk]).get(bilan.pk), tuple(row.versements.all()))


@dataclass
class Matiere:
    """`numerote`: a real number is taken; otherwise the papers are only tried, to say what they miss."""

    bilan: Bilan
    now: datetime
    numerote: bool
    vue: Fonds
    law: Law
    cabinet: Cabinet
    prestation: Prestation
    seances: tuple[Seance, ...]
    clauses: dict[str, tuple[Clause, ...]]
    employeur: AccesEmployeur | None
    prestataire: Personne | None
    _empreinte: list[str] = field(default_factory=list)

    @property
    def jour(self) -> date:
        return local_day(self.bilan, self.now)

    def papier(self, genre: str) -> Papier:
        """Without a number the frame is only tried: nothing is taken from the sequence."""
        return frame(genre, self.bilan, self.now, numero="" if self.numerote else "ESSAI")

    @property
    def prix(self) -> Montant | None:
        return montant(self.vue.prix) if self.vue.prix is not None else None

    @property
    def parts(self) -> tuple[PartPrix, ...]:
        return tuple(
            PartPrix(payeur_de(p, self.bilan), p.poste.label, montant(p.montant)) for p in self.vue.parts
        )

    @property
    def contact(self) -> str:
        organisme = self.bilan.organisme
        known = (organisme.representant, organisme.telephone, organisme.courriel)
        reached = organisme.telephone or organisme.courriel
        return ", ".join(part for part in known if part) if reached else ""

    @property
    def referent_handicap(self) -> str:
        organisme = self.bilan.organisme
        if not (organisme.referent_handicap and organisme.referent_handicap_contact):
            return ""
        return f"{organisme.referent_handicap}, {organisme.referent_handicap_contact}"

    @property
    def mediateur(self) -> str:
        organisme = self.bilan.organisme
        return ", ".join(part for part in (organisme.mediateur, organisme.mediateur_site) if part)

    @property
    def adresse_espace(self) -> str:
        return settings.JALON_BASE_URL.partition("://")[2].rstrip("/")

    def empreinte_cachet(self) -> str:
        """The certificate's print is the same for all the papers of one issue."""
        if not self._empreinte:
            self._empreinte.append(get_cachet(self.bilan.organisme, self.now).empreinte)
        return self._empreinte[0] if self.numerote else "0"


def read_matiere(bilan: Bilan, *, now: datetime, numerote: bool) -> Matiere:
    """A dozen queries, whatever the number of papers."""
    day = local_day(bilan, now)
    law = law_on(day)
    vue = read_fonds(bilan)
    seances = tuple(
        bilan.seances.exclude(etat=EtatSeance.ANNULEE).select_related("lieu").order_by("debut", "id")
    )
    clauses: dict[str, tuple[Clause, ...]] = {}
    for row in ClauseRow.objects.filter(organisme=bilan.organisme):
        clauses[row.genre] = (*clauses.get(row.genre, ()), Clause(row.titre, row.texte))
    return Matiere(
        bilan=bilan,
        now=now,
        numerote=numerote,
        vue=vue,
        law=law,
        cabinet=cabinet_of(bilan.organisme),
        prestation=_prestation(bilan, vue, seances, law),
        seances=seances,
        clauses=clauses,
        employeur=AccesEmployeur.objects.select_related("personne").filter(bilan=bilan, clos_le=None).first(),
        prestataire=signing_member(bilan),
    )


def signing_member(bilan: Bilan) -> Personne | None:
    """Who signs for the cabinet: the oldest of its responsables."""
    held = (
        Membre.objects.filter(
            organisme=bilan.organisme, role=Membre.Role.RESPONSABLE, jusqu_au=None, personne__is_active=True
        )
        .select_related("personne")
        .order_by("depuis", "id")
        .first()
    )
    return held.personne if held else None


def _prestation(bilan: Bilan, vue: Fonds, seances: tuple[Seance, ...], law: Law) -> Prestation:
    lignes = read_lignes([bilan.pk])[bilan.pk]
    phases = []
    for phase in LEGAL_PHASES:
        talks = [x for x in lignes if x.phase == phase and x.nature == Nature.ACCOMPAGNEMENT]
        work = [x for x in lignes if x.phase == phase and x.nature == Nature.TRAVAIL_PERSONNEL]
        if talks or work:
            phases.append(
                PhasePrevue(
                    phase,
                    sum(x.nombre for x in talks),
                    sum(x.total for x in talks),
                    sum(x.total for x in work),
                )
            )
    met = [s for s in seances if s.nature == Nature.ACCOMPAGNEMENT]
    places = [s.lieu for s in met if s.lieu] or ([bilan.lieu] if bilan.lieu else [])
    return Prestation(
        intitule=bilan.parcours.intitule,
        type_action=TypeAction(bilan.type_action),
        phases=tuple(phases),
        duree_max_heures=int(law.bilan_competences.duree_max_heures.value),
        conservation_max_annees=int(law.bilan_competences.retention_exception_annees.value),
        consultant=bilan.consultant.nom_complet,
        consultant_references=_references(bilan),
        debut=vue.faits.debut_prevu_le if vue.faits else None,
        fin=vue.faits.fin_prevue_le if vue.faits else None,
        lieux=tuple(dict.fromkeys(f"{place.nom}, {place.adresse}" for place in places))[:10],
        modalites=tuple(dict.fromkeys(MANIERES[Modalite(s.modalite)] for s in met)),
        taux_distance=_at_distance(met),
    )


def _at_distance(met: list[Seance]) -> int | None:
    """Share of the planned hours that are not in presence, rounded to the nearest hundredth; nothing planned, nothing said."""
    minutes: dict[bool, float] = {True: 0.0, False: 0.0}
    for one in met:
        minutes[one.modalite != Modalite.PRESENTIEL] += (one.fin - one.debut).total_seconds()
    total = sum(minutes.values())
    return round(100 * minutes[True] / total) if total else None


def _references(bilan: Bilan) -> str:
    held = Membre.objects.filter(
        organisme=bilan.organisme, personne=bilan.consultant, role=Membre.Role.CONSULTANT, jusqu_au=None
    ).first()
    return held.presentation if held else ""


def montant(amount: Decimal) -> Montant:
    return Montant(int((amount * 100).to_integral_value()))


def payeur_de(part: PartFacts, bilan: Bilan) -> str:
    if part.payeur == Financeur.PERSONNE:
        return bilan.beneficiaire.nom_complet
    if part.payeur == Financeur.EMPLOYEUR and bilan.employeur_nom:
        return bilan.employeur_nom
    return part.nom or part.payeur.label


def reglement(matiere: Matiere) -> str:
    """Who pays how much, in one sentence; nothing when nobody is named."""
    shares = [
        f"{payeur_de(p, matiere.bilan)} règle {euros(p.montant)}" for p in matiere.vue.parts if p.montant
    ]
    return f"{' ; '.join(shares)}. Sur facture, à la fin de l’action." if shares else ""


def en_clair(people: Any) -> str:
    return people.nom_complet if people else ""
