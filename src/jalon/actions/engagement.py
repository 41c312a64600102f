"""Settle who pays what for a dossier, before it starts; note the funders' agreements; begin again when the route changes."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.engagement import cadre_of, current_engagement
from jalon.actions.echeance import cancel
from jalon.actions.piece import lock_bilan
from jalon.domain.convention import VIVANTES
from jalon.domain.engagement import CPF
from jalon.domain.faits import Etat
from jalon.domain.financement import WITH_EMPLOYER
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.ouverture import check_opening
from jalon.domain.reglage import Cadre, Reglage, law_day, reglage_obstacles, repartition, versements
from jalon.domain.regles import PHASES
from jalon.domain.regles_engagement import too_early
from jalon.domain.signature import EtatCircuit
from jalon.law import law_on
from jalon.records.engagement import cents_of, reglage_of
from jalon.records.evenements import Nom, record
from jalon.records.faits import bilan_facts, local_day
from jalon.records.models import Bilan, Engagement, Part, Personne, Versement

CLOCKS = ("cpf_reponse", "cpf_confirmation", "cpf_onze_jours", "cpf_entree", "cpf_sortie", "retractation")


@transaction.atomic
def settle_engagement(
    *,
    bilan: Bilan,
    reglage: Reglage,
    by: Personne,
    now: datetime,
    reasons: Mapping[str, Motif] | None = None,
) -> Engagement:
    """The price, the payers in the order of the funds, the dates; under the law of the day that counts for this route."""
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    bilan = lock_bilan(bilan)
    row = current_engagement(bilan)
    _refuse_once_bound(bilan, row)
    day = local_day(bilan, now)
    frame = cadre_of(bilan, row)
    check_opening(reglage_obstacles(reglage, frame, day), reasons or {})
    if row is None:
        Engagement.objects.filter(bilan=bilan).delete()
        row = Engagement(bilan=bilan, voie=bilan.financement)
    if row.retracte_le is not None:
        # What she gave up is in the events: this is another contract.
        row.conclu_le = row.retracte_le = row.demande_expresse_le = None
    _fill(row, reglage, frame, day)
    record(
        Nom.ENGAGEMENT_REGLE,
        bilan,
        by=by,
        now=now,
        faits={
            "voie": str(row.voie),
            "prix_centimes": row.prix_centimes,
            "droit_du": row.droit_le,
            "parts": [
                {"poste": str(p.poste), "payeur": str(p.payeur), "centimes": p.montant_centimes}
                for p in row.parts.all()
            ],
            "motifs": {code: str(motif.value) for code, motif in (reasons or {}).items()},
        },
    )
    return row


@transaction.atomic
def note_accord(
    *, bilan: Bilan, part: Part, accord_le: date, reference: str, by: Personne, now: datetime
) -> Part:
    """A funder has agreed: the day and the number of its letter."""
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    bilan = lock_bilan(bilan)
    if part.engagement.bilan_id != bilan.pk:
        raise Refused(Obstacle("Ce financeur n’est pas de ce dossier.", code="part"))
    refuse_future(bilan, accord_le, now, "accord_le")
    part.accord_le, part.reference = accord_le, reference.strip()
    part.save(update_fields=["accord_le", "reference"])
    record(
        Nom.ACCORD_RECU,
        bilan,
        by=by,
        now=now,
        faits={"payeur": str(part.payeur), "le": accord_le, "part": part.pk},
    )
    return part


def forget_engagement(bilan: Bilan, *, by: Personne, now: datetime) -> None:
    """The route changes: what was settled for the other one goes, with every row that named its payers (BC-18)."""
    row = Engagement.objects.filter(bilan=bilan).first()
    if row is None:
        return
    _refuse_once_bound(bilan, row)
    row.delete()
    stop_clocks(bilan, now)
    record(Nom.ENGAGEMENT_OUBLIE, bilan, by=by, now=now, faits={"voie": str(row.voie)})


def stop_clocks(bilan: Bilan, now: datetime) -> None:
    for nom in CLOCKS:
        cancel(nom, bilan=bilan, now=now)


def need_engagement(bilan: Bilan) -> Engagement:
    row = current_engagement(bilan)
    if row is None or row.prix_centimes is None:
        raise Refused(
            Obstacle(
                "Réglez d’abord le financement : prix, payeurs, dates.",
                "Code du travail, art. L. 6353-1 et L. 6353-3",
                code="engagement",
            )
        )
    return row


def refuse_future(bilan: Bilan, day: date, now: datetime, field: str) -> None:
    """A forged date: what is noted here has happened."""
    if day > local_day(bilan, now):
        raise Refused(
            Obstacle(
                "Cette date est à venir : notez-la le jour où la chose est faite.", code="date", field=field
            )
        )


def refuse_too_early(bilan: Bilan, debut: datetime) -> None:
    """BC-24 and BC-32 in the planner: no séance before the first day that the route already fixes."""
    if bilan.etat != Etat.PREPARATION:
        return
    day = local_day(bilan, debut)
    found = too_early(bilan_facts(bilan), day, law_on(day))
    if found is not None:
        raise Refused(found)


def _refuse_once_bound(bilan: Bilan, row: Engagement | None) -> None:
    if bilan.etat != Etat.PREPARATION:
        raise Refused(
            Obstacle("L’accompagnement a commencé : le financement ne change plus ici.", PHASES, code="etat")
        )
    if row is not None and row.conclu_le is not None and row.retracte_le is None:
        raise Refused(
            Obstacle(
                "Le contrat est signé : son prix et ses versements ne changent plus. Un avenant, ou un autre contrat, se "
                "signe de nouveau.",
                "Code du travail, art. L. 6353-4",
                code="contrat_signe",
            )
        )
    if bilan.circuits.filter(document__genre="contrat_individuel", etat=EtatCircuit.OUVERT).exists():
        raise Refused(
            Obstacle(
                "Un contrat établi sur ces chiffres attend ses signatures : retirez-le d’abord, dans « Papiers et "
                "signatures », puis établissez-en un autre.",
                "Code du travail, art. L. 6353-4",
                code="contrat_envoye",
            )
        )
    if bilan.conventions.filter(etat__in=[*VIVANTES, "conclue"]).exists():
        raise Refused(
            Obstacle(
                "Une convention est établie sur ces chiffres : retirez-la d’abord, puis établissez-en une autre.",
                "Code du travail, art. R. 6313-8",
                code="convention_etablie",
            )
        )


def recompute(bilan: Bilan, row: Engagement, day: date) -> None:
    """The same words under another day's law: the request on the platform fixes which one counts."""
    said = reglage_of(row)
    _fill(row, said, cadre_of(bilan, row), day)


def _fill(row: Engagement, said: Reglage, frame: Cadre, day: date) -> None:
    row.droit_le = law_day(frame, day)
    law = law_on(row.droit_le)
    row.prix_centimes = cents_of(said.prix) if said.prix is not None else None
    row.debut_prevu_le, row.fin_prevue_le = said.debut_prevu_le, said.fin_prevue_le
    row.minutes_sur_temps = said.minutes_sur_temps if frame.voie in WITH_EMPLOYER else None
    row.lieu_conclusion = said.lieu_conclusion
    on_account = frame.voie in CPF
    row.precedent = said.precedent.value if said.precedent else ""
    row.precedent_le = said.precedent_le
    row.precedent_financeur = said.precedent_financeur.value if said.precedent_financeur else ""
    row.droits_centimes = cents_of(said.droits) if on_account and said.droits is not None else None
    row.dotation_centimes = cents_of(said.dotation) if on_account else None
    row.exemption = said.exemption.value if on_account and said.exemption else ""
    row.participation_payeur = (
        said.participation_payeur.value if on_account and said.participation_payeur else ""
    )
    row.save()
    sheet = repartition(said, frame, law)
    assert sheet is not None  # the obstacles refuse an engagement without a price
    row.parts.all().delete()
    Part.objects.bulk_create(
        Part(
            engagement=row,
            ordre=rank,
            voie=row.voie,
            poste=part.poste.value,
            payeur=part.payeur.value,
            debiteur=(part.debiteur or part.payeur).value,
            montant_centimes=cents_of(part.montant),
            nom=part.nom,
            siren=part.siren,
            reference=part.reference,
            accord_le=part.accord_le,
        )
        for rank, part in enumerate(sheet.parts)
    )
    row.versements.all().delete()
    Versement.objects.bulk_create(
        Versement(engagement=row, rang=rank, montant_centimes=cents_of(amount))
        for rank, amount in enumerate(versements(said, sheet, frame, law))
    )
