"""The contract of a person who pays herself: concluded, given up, started early at her request, paid in its time."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.engagement import current_engagement
from jalon.actions import envoi
from jalon.actions.echeance import cancel, schedule
from jalon.actions.engagement import need_engagement, refuse_future
from jalon.actions.papier import frame, freeze
from jalon.actions.piece import lock_bilan
from jalon.actions.terme import abandon_bilan
from jalon.documents.accuse_retractation.data import AccuseRetractation
from jalon.domain.contrat_individuel import Cause, due_pro_rata, largest_first_payment
from jalon.domain.depart import read_retractation, source_of
from jalon.domain.faits import CLOSED, RUNNING, Etat
from jalon.domain.financement import Financement
from jalon.domain.francais import euros, jour_complet
from jalon.domain.horloges import Dates, retractation
from jalon.domain.jours import end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import TypeAction, sum_lignes
from jalon.domain.retractation import Lieu, Retractation
from jalon.domain.seance import done_hours
from jalon.law import law_on
from jalon.records.engagement import euros_of, read_engagements
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day, read_lignes, read_seances
from jalon.records.models import Bilan, Echeance, Engagement, Personne, Versement

CONTRACT = "Code du travail, art. L. 6353-3 et L. 6353-4"
MONEY = "Code du travail, art. L. 6353-6"
EXPRESS = "Code de la consommation, art. L. 221-25"


@transaction.atomic
def conclude_contrat(*, bilan: Bilan, le: datetime, lieu: Lieu, by: Personne, now: datetime) -> Engagement:
    """Every party has signed, at `le`: the withdrawal period runs from there. Called by the signature, or for a paper one."""
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    return mark_concluded(bilan, le=le, lieu=lieu, by=by, now=now)


def mark_concluded(
    bilan: Bilan, *, le: datetime, lieu: Lieu, by: Personne | None, now: datetime
) -> Engagement:
    """For the action of the last signatory, whose right to sign was asked there. Inside a transaction."""
    bilan = lock_bilan(bilan)
    row = _own_contract(bilan)
    refuse_future(bilan, local_day(bilan, le), now, "le")
    if bilan.etat != Etat.PREPARATION:
        raise Refused(
            Obstacle("L’accompagnement a commencé : un contrat se signe avant.", CONTRACT, code="etat")
        )
    if row.conclu_le is not None and row.retracte_le is None:
        raise Refused(Obstacle("Le contrat est déjà signé.", CONTRACT, code="deja"))
    row.conclu_le, row.lieu_conclusion, row.retracte_le = le, lieu.value, None
    row.save(update_fields=["conclu_le", "lieu_conclusion", "retracte_le"])
    record(Nom.CONTRAT_CONCLU, bilan, by=by, now=now, faits={"le": le, "lieu": lieu.value})
    facts = read_engagements([bilan.pk])[bilan.pk]
    clock = retractation(
        facts, Dates(TypeAction(bilan.type_action), bilan.fuseau, bilan.organisme.fuseau), now
    )
    if clock is not None and clock.fin > now:
        schedule("retractation", clock.fin, organisme=bilan.organisme, bilan=bilan)
    return row


@transaction.atomic
def note_convention(*, bilan: Bilan, le: date, by: Personne, now: datetime) -> Engagement:
    """D. 6353-1 where no employer is a party: the convention that a self-employed person signs with the cabinet, on paper,
    for her fund. With an employer it has three signatures and its own circuit (R. 6313-8)."""
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    bilan = lock_bilan(bilan)
    row = need_engagement(bilan)
    if bilan.financement != Financement.OPCO or bilan.employeur_nom:
        raise Refused(
            Obstacle(
                "Ici la convention se signe à trois, par ses propres étapes : établissez-la dans les papiers du dossier.",
                "Code du travail, art. R. 6313-8",
                code="convention",
            )
        )
    refuse_future(bilan, le, now, "le")
    if bilan.etat != Etat.PREPARATION or row.conclu_le is not None:
        raise Refused(Obstacle("Cette convention est déjà signée.", code="deja"))
    row.conclu_le = min(end_of_day(le, zone(bilan.fuseau)) - timedelta(seconds=1), now)
    row.save(update_fields=["conclu_le"])
    record(Nom.CONTRAT_CONCLU, bilan, by=by, now=now, faits={"le": le})
    return row


@transaction.atomic
def ask_early_start(*, bilan: Bilan, by: Personne, now: datetime) -> Engagement:
    """L. 221-25: she asks to start before the end of the period, knowing what she would then owe. Hers alone."""
    access.require(Action.ASK_EARLY_START, by, bilan)
    bilan = lock_bilan(bilan)
    row = _own_contract(bilan)
    period = _period(bilan, row)
    if row.conclu_le is None or row.retracte_le is not None or period is None:
        raise Refused(Obstacle("Aucun contrat signé n’est en cours.", CONTRACT, code="contrat"))
    if local_day(bilan, now) > period.dernier_jour:
        raise Refused(
            Obstacle("Le délai est passé : l’accompagnement peut commencer sans cela.", EXPRESS, code="delai")
        )
    if row.demande_expresse_le is None:
        row.demande_expresse_le = now
        row.save(update_fields=["demande_expresse_le"])
        record(Nom.CONTRAT_ANTICIPE, bilan, by=by, now=now)
    return row


@transaction.atomic
def renounce_contrat(*, bilan: Bilan, by: Personne, now: datetime) -> Engagement:
    """BC-31: online, without a reason, until the last minute of the last day. What was started stops with the contract."""
    access.require(Action.RENOUNCE_CONTRAT, by, bilan)
    bilan = lock_bilan(bilan)
    row = _own_contract(bilan)
    period = _period(bilan, row)
    if row.conclu_le is None or row.retracte_le is not None or period is None:
        raise Refused(Obstacle("Aucun contrat signé n’est en cours.", CONTRACT, code="contrat"))
    facts = read_engagements([bilan.pk])[bilan.pk]
    if local_day(bilan, now) > period.dernier_jour:
        raise Refused(
            Obstacle(
                f"Le délai pour renoncer s’est terminé le {jour_complet(period.dernier_jour)} à minuit. Vous pouvez "
                "toujours arrêter l’accompagnement, depuis la page « Mes droits ».",
                source_of(facts, TypeAction(bilan.type_action)),
                code="delai",
            )
        )
    owed = _owed(bilan, row)
    row.retracte_le = now
    row.save(update_fields=["retracte_le"])
    cancel("retractation", bilan=bilan, now=now)
    record(Nom.CONTRAT_RENONCE, bilan, by=by, now=now, faits={"du_centimes": int(owed * 100)})
    data = AccuseRetractation(
        papier=frame("accuse_retractation", bilan, now),
        beneficiaire=bilan.beneficiaire.nom_complet,
        intitule=bilan.parcours.intitule,
        conclu_le=row.conclu_le,
        recue_le=now,
        prix=euros(euros_of(row.prix_centimes or 0)),
        du=euros(owed),
        commence=bilan.etat in RUNNING,
        source=source_of(facts, TypeAction(bilan.type_action)),
    )
    freeze("accuse_retractation", data, bilan, by=by, now=now, reason="Accusé de réception")
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    if bilan.etat in RUNNING:
        abandon_bilan(bilan=bilan, by=by, now=now)
    return row


@transaction.atomic
def receive_versement(*, versement: Versement, le: date, by: Personne, now: datetime) -> Versement:
    """BC-28 to BC-30: nothing before the contract, nothing before the end of the period, 30 % at most then."""
    bilan = versement.engagement.bilan
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    bilan = lock_bilan(bilan)
    row = _own_contract(bilan)
    if versement.engagement_id != row.pk:
        raise Refused(Obstacle("Ce versement n’est pas de ce contrat.", code="versement"))
    refuse_future(bilan, le, now, "le")
    _refuse_early_money(bilan, row, le)
    first = versement.rang == 0
    if not first and row.versements.filter(rang__lt=versement.rang, recu_le=None).exists():
        raise Refused(
            Obstacle("Un versement plus tôt n’est pas encore noté comme reçu.", MONEY, code="ordre")
        )
    if first and bilan.type_action == TypeAction.BILAN:
        price = euros_of(row.prix_centimes or 0)
        largest = largest_first_payment(price, law_on(local_day(bilan, row.conclu_le or now)))
        if euros_of(versement.montant_centimes) > largest:
            raise Refused(
                Obstacle(
                    f"Le premier versement ne peut pas dépasser {euros(largest)}.", MONEY, code="acompte"
                )
            )
    versement.recu_le = le
    versement.save(update_fields=["recu_le"])
    record(
        Nom.VERSEMENT_RECU,
        bilan,
        by=by,
        now=now,
        faits={"rang": versement.rang, "centimes": versement.montant_centimes, "le": le},
    )
    return versement


def _refuse_early_money(bilan: Bilan, row: Engagement, le: date) -> None:
    if row.conclu_le is None:
        raise Refused(
            Obstacle("Aucun paiement avant la signature du contrat.", CONTRACT, code="paiement", field="le")
        )
    if row.retracte_le is not None:
        raise Refused(
            Obstacle("La personne a renoncé au contrat : rien n’est à recevoir.", MONEY, code="retracte")
        )
    period = _period(bilan, row)
    if period is not None and le < period.premier_paiement_le:
        raise Refused(
            Obstacle(
                f"Aucun paiement avant le {jour_complet(period.premier_paiement_le)} : la personne peut encore renoncer.",
                MONEY,
                code="paiement",
                field="le",
            )
        )


def close_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """The period is over and she has not given up: the contract holds, and money may be received."""
    assert echeance.bilan is not None
    bilan = lock_bilan(echeance.bilan)
    row = current_engagement(bilan)
    if row is None or row.conclu_le is None or row.retracte_le is not None or bilan.etat in CLOSED:
        return
    record(Nom.DELAI_PASSE, bilan, by=by, now=now, faits={"delai": "retractation"})


def _own_contract(bilan: Bilan) -> Engagement:
    if bilan.financement != Financement.PERSONNEL:
        raise Refused(
            Obstacle(
                "La personne ne paie pas elle-même ce dossier : il n’a pas de contrat.", CONTRACT, code="voie"
            )
        )
    return need_engagement(bilan)


def _period(bilan: Bilan, row: Engagement) -> Retractation | None:
    facts = read_engagements([bilan.pk])[bilan.pk]
    if facts.conclu_le is None:
        return None
    return read_retractation(facts, TypeAction(bilan.type_action), facts.conclu_le)


def _owed(bilan: Bilan, row: Engagement) -> Decimal:
    """L. 221-25: what was really provided, in proportion, only if she had asked to start."""
    planned = sum_lignes(read_lignes([bilan.pk])[bilan.pk]).total
    done = done_hours(list(read_seances([bilan.pk])[bilan.pk])).total
    if not planned:
        return euros_of(0)
    return due_pro_rata(
        euros_of(row.prix_centimes or 0),
        minutes_prevues=planned,
        minutes_faites=done,
        cause=Cause.RETRACTATION,
        demande_expresse=row.demande_expresse_le is not None,
    )
