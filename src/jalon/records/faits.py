"""From rows to the frozen facts that the rules read: dates, numbers and yes or no, in a fixed number of queries."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from jalon.domain.bilan import Etat, Facts
from jalon.domain.financement import Financement
from jalon.domain.parcours import Ligne as LigneFacts
from jalon.domain.parcours import Nature, Phase, TypeAction
from jalon.domain.seance import EtatSeance, Modalite, SeanceFacts
from jalon.records.models import Bilan, Ligne, Seance


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
    """Six queries, whatever the number of rows; prefetched relations cost none."""
    organisme = bilan.organisme
    pieces = list(
        bilan.pieces.values_list(
            "nature", "valide_beneficiaire_le", "valide_consultant_le", "restitue_le", "reference"
        )
    )

    def agreed(nature: str) -> bool:
        return any(
            kind == nature and by_person and by_consultant for kind, by_person, by_consultant, _, _ in pieces
        )

    return Facts(
        etat=Etat(bilan.etat),
        type_action=TypeAction(bilan.type_action),
        financement=Financement(bilan.financement),
        organisme_siren=organisme.siren,
        employeur_siren=bilan.employeur_siren,
        autres_activites=organisme.autres_activites,
        organisation_decrite=bool(organisme.organisation_identifiee),
        consentement=any(c.retire_le is None for c in bilan.consentements.all()),
        lignes=tuple(ligne_facts(x) for x in bilan.lignes.all()),
        seances=tuple(seance_facts(s) for s in bilan.seances.prefetch_related("emargements")),
        demande_convenue=agreed("demande"),
        objectifs_convenus=agreed("objectifs"),
        preliminaire_clos_beneficiaire=bilan.preliminaire_clos_beneficiaire_le is not None,
        preliminaire_clos_consultant=bilan.preliminaire_clos_consultant_le is not None,
        resultats_non_restitues=sum(
            1 for kind, _, _, restitue, _ in pieces if kind == "resultat" and restitue is None
        ),
        projets=sum(1 for kind, *_ in pieces if kind == "projet"),
        plan_d_action=any(kind == "plan" for kind, *_ in pieces),
        synthese_validee=any(kind == "synthese" and by_person for kind, by_person, *_ in pieces),
        synthese_remise=bilan.synthese_remise_le is not None,
        emporte=bilan.emporte_le is not None,
        terme_prevu=bilan.terme_prevu_le,
        decisions=frozenset(d.ensemble for d in bilan.decisions.all() if d.retire_le is None),
    )


def local_day(bilan: Bilan, now: datetime) -> date:
    """The bilan's own calendar day: the law counts local dates."""
    return now.astimezone(ZoneInfo(bilan.fuseau)).date()
