"""From rows to the frozen facts that the rules read: dates, numbers and yes or no, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jalon.domain.bilan import Etat, Facts
from jalon.domain.engagement import EngagementFacts
from jalon.domain.financement import Financement
from jalon.domain.parcours import Ligne as LigneFacts
from jalon.domain.parcours import Nature, Phase, TypeAction
from jalon.domain.seance import EtatSeance, Modalite, SeanceFacts
from jalon.records.engagement import read_engagements
from jalon.records.models import Bilan, Consentement, Decision, Ligne, Piece, Seance

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
_SEANCE = (
    *("phase", "nature", "modalite", "etat", "debut", "fin"),
    *("debut_reel", "fin_reelle", "lieu_id", "collectif"),
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


def ligne_facts(ligne: Ligne) -> LigneFacts:
    return LigneFacts(Phase(ligne.phase), Nature(ligne.nature), ligne.nombre, ligne.minutes, ligne.collectif)


def seance_facts(seance: Seance) -> SeanceFacts:
    signed = set() if seance._state.adding else {e.qualite for e in seance.emargements.all()}
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
    """Every fact of one bilan: six queries, whatever the number of its rows."""
    wanted = [bilan.pk]
    return make_facts(
        bilan,
        consentement_le=read_consentements(wanted).get(bilan.pk),
        lignes=read_lignes(wanted)[bilan.pk],
        seances=read_seances(wanted)[bilan.pk],
        pieces=read_pieces(wanted)[bilan.pk],
        decisions=read_decisions(wanted)[bilan.pk],
        # Only what has not begun is held back by it.
        engagement=read_engagements(wanted).get(bilan.pk) if bilan.etat == Etat.PREPARATION else None,
    )


# Each of these is one query, for one bilan or for a hundred: a page reads only those that it needs.


def read_consentements(wanted: list[Any]) -> dict[Any, datetime]:
    """When each was given, where one is in force."""
    rows = Consentement.objects.filter(bilan__in=wanted, retire_le=None)
    return dict(rows.values_list("bilan_id", "donne_le"))


def read_decisions(wanted: list[Any]) -> dict[Any, frozenset[str]]:
    read: dict[Any, frozenset[str]] = defaultdict(frozenset)
    rows = Decision.objects.filter(bilan__in=wanted, retire_le=None)
    for bilan_id, ensemble in rows.values_list("bilan_id", "ensemble"):
        read[bilan_id] |= {ensemble}
    return read


def read_lignes(wanted: list[Any]) -> dict[Any, tuple[LigneFacts, ...]]:
    read: dict[Any, tuple[LigneFacts, ...]] = defaultdict(tuple)
    rows = Ligne.objects.filter(bilan__in=wanted).order_by("ordre", "id")
    for bilan_id, phase, nature, nombre, minutes, collectif in rows.values_list(
        "bilan_id", "phase", "nature", "nombre", "minutes", "collectif"
    ):
        read[bilan_id] += (LigneFacts(Phase(phase), Nature(nature), nombre, minutes, collectif),)
    return read


def read_seances(wanted: list[Any]) -> dict[Any, tuple[SeanceFacts, ...]]:
    """With who signed, in one query: a séance has as many rows as signatures, one at least."""
    signed: dict[Any, set[str | None]] = defaultdict(set)
    rows: dict[Any, Any] = {}
    for pk, qualite, *rest in (
        Seance.objects.filter(bilan__in=wanted)
        .order_by("debut", "id")
        .values_list("id", "emargements__qualite", "bilan_id", *_SEANCE)
    ):
        signed[pk].add(qualite)
        rows[pk] = rest
    read: dict[Any, tuple[SeanceFacts, ...]] = defaultdict(tuple)
    for pk, (
        bilan_id,
        phase,
        nature,
        modalite,
        etat,
        debut,
        fin,
        real_debut,
        real_fin,
        lieu,
        group,
    ) in rows.items():
        read[bilan_id] += (
            SeanceFacts(
                id=str(pk),
                phase=Phase(phase),
                nature=Nature(nature),
                modalite=Modalite(modalite),
                etat=EtatSeance(etat),
                debut=debut,
                fin=fin,
                debut_reel=real_debut,
                fin_reelle=real_fin,
                lieu=str(lieu or ""),
                collectif=group,
                signee_beneficiaire="beneficiaire" in signed[pk],
                signee_consultant="consultant" in signed[pk],
            ),
        )
    return read


def read_pieces(wanted: list[Any]) -> dict[Any, tuple[PieceFacts, ...]]:
    read: dict[Any, tuple[PieceFacts, ...]] = defaultdict(tuple)
    rows = Piece.objects.filter(bilan__in=wanted, nature__in=_KINDS).order_by("cree_le", "id")
    for bilan_id, nature, reference, partage, by_person, by_consultant, restitue in rows.values_list(
        "bilan_id",
        "nature",
        "reference",
        "partage_le",
        "valide_beneficiaire_le",
        "valide_consultant_le",
        "restitue_le",
    ):
        read[bilan_id] += (
            PieceFacts(
                nature, reference, bool(partage), bool(by_person), bool(by_consultant), bool(restitue)
            ),
        )
    return read


def make_facts(
    bilan: Bilan,
    *,
    consentement_le: datetime | None,
    lignes: tuple[LigneFacts, ...],
    seances: tuple[SeanceFacts, ...],
    pieces: tuple[PieceFacts, ...],
    decisions: frozenset[str],
    engagement: EngagementFacts | None,
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
        engagement=engagement,
        autres_activites=organisme.autres_activites,
        organisation_decrite=bool(organisme.organisation_identifiee),
        consentement=consentement_le is not None,
        lignes=lignes,
        seances=seances,
        demande_convenue=agreed("demande"),
        objectifs_convenus=agreed("objectifs"),
        preliminaire_clos_beneficiaire=bilan.preliminaire_clos_beneficiaire_le is not None,
        preliminaire_clos_consultant=bilan.preliminaire_clos_consultant_le is not None,
        resultats_non_restitues=sum(
            1 for p in pieces if p.nature in ("resultat", "regards") and not p.restituee
        ),
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
