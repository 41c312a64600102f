"""From rows to the frozen facts that the rules read: dates, numbers and yes or no, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jalon.domain.bilan import Etat, Facts
from jalon.domain.financement import Financement
from jalon.domain.parcours import Ligne as LigneFacts
from jalon.domain.parcours import Nature, Phase, TypeAction
from jalon.domain.seance import EtatSeance, Modalite, SeanceFacts
from jalon.records.models import Bilan, Consentement, Decision, Emargement, Ligne, Piece, Seance

# Kinds whose existence and dates the rules and the pages read. Notes, notebook and drafts are nobody's fact.
_KINDS = (
    "demande",
    "objectifs",
    "reponses",
    "resultat",
    "recap",
    "projet",
    "conclusions",
    "plan",
    "synthese",
)


@dataclass(frozen=True)
class PieceFacts:
    """Of one piece of content: that it exists, and what was done with it. Never a word of it."""

    nature: str
    reference: str
    partagee: bool = False
    valide_beneficiaire: bool = False
    valide_consultant: bool = False
    restituee: bool = False


@dataclass(frozen=True)
class Rows:
    """All that is known of one bilan without opening anything."""

    facts: Facts
    pieces: tuple[PieceFacts, ...]
    consentement_le: datetime | None


def ligne_facts(ligne: Ligne) -> LigneFacts:
    return LigneFacts(Phase(ligne.phase), Nature(ligne.nature), ligne.nombre, ligne.minutes, ligne.collectif)


def seance_facts(seance: Seance) -> SeanceFacts:
    signed = set() if seance._state.adding else {e.qualite for e in seance.emargements.all()}
    return _seance_facts(seance, signed)


def _seance_facts(seance: Seance, signed: set[str]) -> SeanceFacts:
    return SeanceFacts(
        id=str(seance.pk),
        phase=Phase(seance.phase),
        nature=Nature(seance.nature),
        modalite=Modalite(seance.modalite),
        etat=EtatSeance(seance.etat),
        debut=seance.debut,
        fin=seance.fin,
        debut_reel=seance.debut_reel,
        fin_reelle=seance.fin_reelle,
        lieu=str(seance.lieu_id or ""),
        collectif=seance.collectif,
        signee_beneficiaire="beneficiaire" in signed,
        signee_consultant="consultant" in signed,
    )


def bilan_facts(bilan: Bilan) -> Facts:
    return read_rows([bilan])[bilan.pk].facts


def read_rows(bilans: Iterable[Bilan]) -> dict[Any, Rows]:
    """Six queries, whatever the number of bilans and of rows. Load each bilan with its `organisme`."""
    found = list(bilans)
    wanted = [bilan.pk for bilan in found]
    if not wanted:
        return {}
    consents = dict(
        Consentement.objects.filter(bilan__in=wanted, retire_le=None).values_list("bilan_id", "donne_le")
    )
    lignes: dict[Any, list[LigneFacts]] = defaultdict(list)
    for ligne in Ligne.objects.filter(bilan__in=wanted).order_by("ordre", "id"):
        lignes[ligne.bilan_id].append(ligne_facts(ligne))
    signed: dict[Any, set[str]] = defaultdict(set)
    for seance_id, qualite in Emargement.objects.filter(seance__bilan__in=wanted).values_list(
        "seance_id", "qualite"
    ):
        signed[seance_id].add(qualite)
    seances: dict[Any, list[SeanceFacts]] = defaultdict(list)
    for seance in Seance.objects.filter(bilan__in=wanted).order_by("debut", "id"):
        seances[seance.bilan_id].append(_seance_facts(seance, signed[seance.pk]))
    pieces: dict[Any, list[PieceFacts]] = defaultdict(list)
    for bilan_id, nature, reference, partage, by_person, by_consultant, restitue in (
        Piece.objects.filter(bilan__in=wanted, nature__in=_KINDS)
        .order_by("cree_le", "id")
        .values_list(
            "bilan_id",
            "nature",
            "reference",
            "partage_le",
            "valide_beneficiaire_le",
            "valide_consultant_le",
            "restitue_le",
        )
    ):
        pieces[bilan_id].append(
            PieceFacts(nature, reference, bool(partage), bool(by_person), bool(by_consultant), bool(restitue))
        )
    decisions: dict[Any, set[str]] = defaultdict(set)
    for bilan_id, ensemble in Decision.objects.filter(bilan__in=wanted, retire_le=None).values_list(
        "bilan_id", "ensemble"
    ):
        decisions[bilan_id].add(ensemble)
    return {
        bilan.pk: Rows(
            _facts(
                bilan,
                consent=bilan.pk in consents,
                lignes=tuple(lignes[bilan.pk]),
                seances=tuple(seances[bilan.pk]),
                pieces=pieces[bilan.pk],
                decisions=frozenset(decisions[bilan.pk]),
            ),
            tuple(pieces[bilan.pk]),
            consents.get(bilan.pk),
        )
        for bilan in found
    }


def _facts(
    bilan: Bilan,
    *,
    consent: bool,
    lignes: tuple[LigneFacts, ...],
    seances: tuple[SeanceFacts, ...],
    pieces: list[PieceFacts],
    decisions: frozenset[str],
) -> Facts:
    organisme = bilan.organisme

    def agreed(nature: str) -> bool:
        return any(p.nature == nature and p.valide_beneficiaire and p.valide_consultant for p in pieces)

    return Facts(
        etat=Etat(bilan.etat),
        type_action=TypeAction(bilan.type_action),
        financement=Financement(bilan.financement),
        organisme_siren=organisme.siren,
        employeur_siren=bilan.employeur_siren,
        autres_activites=organisme.autres_activites,
        organisation_decrite=bool(organisme.organisation_identifiee),
        consentement=consent,
        lignes=lignes,
        seances=seances,
        demande_convenue=agreed("demande"),
        objectifs_convenus=agreed("objectifs"),
        preliminaire_clos_beneficiaire=bilan.preliminaire_clos_beneficiaire_le is not None,
        preliminaire_clos_consultant=bilan.preliminaire_clos_consultant_le is not None,
        resultats_non_restitues=sum(1 for p in pieces if p.nature == "resultat" and not p.restituee),
        projets=sum(1 for p in pieces if p.nature == "projet"),
        plan_d_action=any(p.nature == "plan" for p in pieces),
        synthese_validee=any(p.nature == "synthese" and p.valide_beneficiaire for p in pieces),
        synthese_remise=bilan.synthese_remise_le is not None,
        emporte=bilan.emporte_le is not None,
        terme_prevu=bilan.terme_prevu_le,
        decisions=decisions,
    )


def local_day(bilan: Bilan, now: datetime) -> date:
    """The bilan's own calendar day: the law counts local dates."""
    return now.astimezone(ZoneInfo(bilan.fuseau)).date()
