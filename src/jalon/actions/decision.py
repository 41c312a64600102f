"""Document by document, before the term: destroyed by default, kept only under a written agreement, revocable (R. 6313-7)."""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.destruction import destroy_kept
from jalon.actions.echeance import cancel
from jalon.actions.piece import lock_bilan
from jalon.actions.suivi import plan_invitation
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.conservation import Accord, agreement_refusals, late_cep_request
from jalon.domain.decision import Choix, Ensemble
from jalon.domain.jours import add_months
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import DESTRUCTION
from jalon.domain.suivi import MONTHS
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Decision, DemandeCep, Personne


@transaction.atomic
def decide(
    *,
    bilan: Bilan,
    ensemble: Ensemble,
    choix: Choix,
    by: Personne,
    now: datetime,
    fonde_sur_suivi: bool = False,
    duree_mois: int | None = None,
) -> Decision:
    """`CONSERVER` is the written agreement: its ground and its length are the person's own words on the form, never ticked
    beforehand. Only before the term."""
    access.require(Action.DECIDE_DOCUMENTS, by, bilan)
    bilan = lock_bilan(bilan)
    day = local_day(bilan, now)
    law = law_on(day)
    found: list[Obstacle] = []
    if bilan.etat in CLOSED:
        found.append(
            Obstacle(
                "L’accompagnement est terminé : un accord donné après le terme ne peut plus rien conserver.",
                law.bilan_competences.retention_exception_annees.source,
                code="accord_apres_terme",
            )
        )
    if choix == Choix.CONSERVER:
        if duree_mois is None or duree_mois < 1:
            found.append(
                Obstacle(
                    "Indiquez pour combien de mois vous demandez la conservation.",
                    DESTRUCTION,
                    code="duree",
                    field="duree_mois",
                )
            )
        accord = Accord(signe_le=day, fonde_sur_suivi=fonde_sur_suivi, duree_mois=duree_mois)
        found += agreement_refusals(accord, bilan.terme_prevu_le or day, law)
    if found:
        raise Refused(tuple(found))
    bilan.decisions.filter(ensemble=ensemble, retire_le=None).update(retire_le=now)
    made = Decision.objects.create(
        bilan=bilan,
        ensemble=ensemble,
        choix=choix,
        decide_le=now,
        fonde_sur_suivi=choix == Choix.CONSERVER,
        duree_mois=duree_mois if choix == Choix.CONSERVER else None,
    )
    record(
        Nom.DECISION_PRISE,
        bilan,
        by=by,
        now=now,
        faits={"ensemble": ensemble, "choix": choix, "mois": made.duree_mois, "droit_du": day},
    )
    return made


def withdraw_decision(*, decision: Decision, by: Personne, now: datetime) -> None:
    """Revocable at any time: before the term the documents will die at it; after it, they die at once."""
    access.require(Action.DECIDE_DOCUMENTS, by, decision.bilan)
    with transaction.atomic():
        bilan = lock_bilan(decision.bilan)
        decision = Decision.objects.select_for_update().get(pk=decision.pk)
        if decision.retire_le is not None or decision.choix != Choix.CONSERVER:
            raise Refused(Obstacle("Cet accord n’est plus en cours.", DESTRUCTION, code="retire"))
        decision.retire_le = now
        decision.save(update_fields=["retire_le"])
        record(Nom.DECISION_RETIREE, bilan, by=by, now=now, faits={"ensemble": decision.ensemble})
    # Begun is enough: between that and its end, what is kept already has keys of its own, which nothing else would destroy.
    if bilan.destruction_commencee_le is not None:
        destroy_kept(decision=decision, by=by, now=now, motif="retrait_accord")


@transaction.atomic
def ask_cep(*, bilan: Bilan, operateur: str, by: Personne, now: datetime) -> DemandeCep:
    """The first exception of R. 6313-7, in its narrow reading: the synthesis that the person asks to be sent to the CEP."""
    access.require(Action.ASK_CEP, by, bilan)
    bilan = lock_bilan(bilan)
    day = local_day(bilan, now)
    terme = local_day(bilan, bilan.termine_le) if bilan.termine_le else (bilan.terme_prevu_le or day)
    late = late_cep_request(day, terme, law_on(day))
    if late or bilan.etat in CLOSED:
        raise Refused(
            late
            or Obstacle(
                "L’accompagnement est terminé : la synthèse ne peut plus être communiquée.",
                DESTRUCTION,
                code="etat",
            )
        )
    asked, new = DemandeCep.objects.get_or_create(
        bilan=bilan, defaults={"operateur": operateur, "demandee_le": now}
    )
    if new:
        record(Nom.CEP_DEMANDE, bilan, by=by, now=now)
    return asked


@transaction.atomic
def choose_recontact(
    *, bilan: Bilan, accept: bool, by: Personne, now: datetime, un_an: bool = False
) -> Bilan:
    """To be written to again for the follow-up, and once more a year after: its own decision, apart from the documents."""
    access.require(Action.ACCEPT_RECONTACT, by, bilan)
    bilan = lock_bilan(bilan)
    bilan.recontact_accepte_le = now if accept else None
    bilan.recontact_un_an = accept and un_an
    bilan.save(update_fields=["recontact_accepte_le", "recontact_un_an"])
    if bilan.etat == Etat.TERMINE and bilan.termine_le is not None:
        cancel("suivi_invitation", now=now, bilan=bilan)
        if accept:
            _plan_what_is_to_come(bilan, now)
    record(
        Nom.RECONTACT_CHOISI,
        bilan,
        by=by,
        now=now,
        faits={"accepte": accept, "un_an": bilan.recontact_un_an},
    )
    return bilan


def _plan_what_is_to_come(bilan: Bilan, now: datetime) -> None:
    """Decided after the term: only the dates that are not past."""
    assert bilan.termine_le is not None
    terme = local_day(bilan, bilan.termine_le)
    for months in MONTHS if bilan.recontact_un_an else MONTHS[:1]:
        if add_months(terme, months) > local_day(bilan, now):
            plan_invitation(bilan, terme, months, reference="" if months == MONTHS[0] else str(months))
