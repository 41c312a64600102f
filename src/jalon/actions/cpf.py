"""The steps of a CPF dossier, noted as they happen on the platform, and the clocks that each of them starts."""

from datetime import date, datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.echeance import cancel, schedule
from jalon.actions.engagement import need_engagement, recompute, refuse_future
from jalon.actions.piece import lock_bilan
from jalon.domain.engagement import CPF, MotifSortie
from jalon.domain.faits import CLOSED, Etat
from jalon.domain.horloge import Horloge
from jalon.domain.horloges import (
    Dates,
    cpf_confirmation,
    cpf_entree,
    cpf_onze_jours,
    cpf_reponse,
    cpf_sortie,
)
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import TypeAction
from jalon.law import law_on
from jalon.records.engagement import read_engagements
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Echeance, Engagement, Personne

PLATFORM = "Caisse des dépôts, conditions générales de Mon Compte Formation"


@transaction.atomic
def note_demande(*, bilan: Bilan, le: date, dossier: str = "", by: Personne, now: datetime) -> Engagement:
    """The person's request, received on the platform: its day fixes the law of the figures (participation, ceiling, gap)."""
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    bilan, row = _open(bilan)
    refuse_future(bilan, le, now, "le")
    if row.cpf_proposition_le is not None and le > row.cpf_proposition_le:
        raise Refused(
            Obstacle(
                "La demande ne peut pas suivre la proposition de commande.",
                PLATFORM,
                code="ordre",
                field="le",
            )
        )
    row.cpf_demande_le = le
    row.cpf_dossier = dossier.strip() or row.cpf_dossier
    recompute(bilan, row, local_day(bilan, now))
    _start("cpf_reponse", bilan, now)
    record(Nom.CPF_DEMANDE, bilan, by=by, now=now, faits={"le": le, "droit_du": row.droit_le})
    return row


@transaction.atomic
def note_proposition(*, bilan: Bilan, le: date, by: Personne, now: datetime) -> Engagement:
    """The order proposal: from here eleven working days before the start, and the holder's own days to confirm."""
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    bilan, row = _open(bilan)
    refuse_future(bilan, le, now, "le")
    if row.cpf_demande_le is None or le < row.cpf_demande_le:
        raise Refused(
            Obstacle(
                "Une proposition répond à une demande de la personne : notez d’abord la demande, à sa date.",
                PLATFORM,
                code="ordre",
                field="le",
            )
        )
    row.cpf_proposition_le = le
    row.save(update_fields=["cpf_proposition_le"])
    cancel("cpf_reponse", bilan=bilan, now=now)
    _start("cpf_confirmation", bilan, now)
    _start("cpf_onze_jours", bilan, now)
    record(Nom.CPF_PROPOSITION, bilan, by=by, now=now, faits={"le": le})
    return row


@transaction.atomic
def note_acceptation(*, bilan: Bilan, le: date, by: Personne, now: datetime) -> Engagement:
    """The holder has confirmed: the platform's conditions stand for the convention (D. 6353-1, III)."""
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    bilan, row = _open(bilan)
    refuse_future(bilan, le, now, "le")
    if row.cpf_proposition_le is None or le < row.cpf_proposition_le:
        raise Refused(
            Obstacle(
                "Une confirmation suit une proposition de commande : notez d’abord la proposition, à sa date.",
                PLATFORM,
                code="ordre",
                field="le",
            )
        )
    row.cpf_acceptation_le = le
    row.save(update_fields=["cpf_acceptation_le"])
    cancel("cpf_confirmation", bilan=bilan, now=now)
    record(Nom.CPF_ACCEPTATION, bilan, by=by, now=now, faits={"le": le})
    return row


@transaction.atomic
def declare_entree(*, bilan: Bilan, le: date, by: Personne, now: datetime) -> Engagement:
    """Said on the platform by the cabinet, then noted here."""
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    bilan = lock_bilan(bilan)
    row = _on_account(bilan)
    refuse_future(bilan, le, now, "le")
    if bilan.preliminaire_le is None or le < local_day(bilan, bilan.preliminaire_le):
        raise Refused(
            Obstacle(
                "L’entrée se déclare une fois l’accompagnement commencé, jamais avant.",
                PLATFORM,
                code="entree",
                field="le",
            )
        )
    row.cpf_entree_declaree_le = le
    row.save(update_fields=["cpf_entree_declaree_le"])
    cancel("cpf_entree", bilan=bilan, now=now)
    record(Nom.CPF_ENTREE, bilan, by=by, now=now, faits={"le": le})
    return row


@transaction.atomic
def declare_sortie(
    *, bilan: Bilan, le: date, motif: MotifSortie, realisation: int, by: Personne, now: datetime
) -> Engagement:
    """With the service fait: without its rate the platform does not register the exit."""
    access.require(Action.MANAGE_ENGAGEMENT, by, bilan)
    bilan = lock_bilan(bilan)
    row = _on_account(bilan)
    refuse_future(bilan, le, now, "le")
    if bilan.termine_le is None or le < local_day(bilan, bilan.termine_le):
        raise Refused(
            Obstacle(
                "La sortie se déclare une fois l’accompagnement terminé ou arrêté.",
                PLATFORM,
                code="sortie",
                field="le",
            )
        )
    if row.cpf_entree_declaree_le is None:
        raise Refused(
            Obstacle(
                "L’entrée n’est pas déclarée : elle se déclare d’abord.", PLATFORM, code="entree", field="le"
            )
        )
    if not 0 <= realisation <= 100:
        raise Refused(Obstacle("Un taux va de 0 à 100.", PLATFORM, code="realisation", field="realisation"))
    row.cpf_sortie_declaree_le, row.cpf_sortie_motif = le, motif.value
    row.cpf_realisation = realisation
    row.save(update_fields=["cpf_sortie_declaree_le", "cpf_sortie_motif", "cpf_realisation"])
    cancel("cpf_sortie", bilan=bilan, now=now)
    record(Nom.CPF_SORTIE, bilan, by=by, now=now, faits={"le": le, "motif": motif.value, "taux": realisation})
    return row


# What the life of the bilan starts


def after_start(bilan: Bilan, now: datetime) -> None:
    """BC-25: the entry is to be declared within three working days."""
    if bilan.financement in CPF:
        _start("cpf_entree", bilan, now)


def after_end(bilan: Bilan, now: datetime) -> None:
    if bilan.financement in CPF and bilan.preliminaire_le is not None:
        _start("cpf_sortie", bilan, now)


_MAKE = {
    "cpf_reponse": cpf_reponse,
    "cpf_confirmation": cpf_confirmation,
    "cpf_onze_jours": cpf_onze_jours,
    "cpf_entree": cpf_entree,
    "cpf_sortie": cpf_sortie,
}


def _start(nom: str, bilan: Bilan, now: datetime) -> None:
    """One clock, at the end of its last day in its own time zone."""
    clock = _read(nom, bilan, now)
    schedule(nom, clock.fin, organisme=bilan.organisme, bilan=bilan)


def _read(nom: str, bilan: Bilan, now: datetime) -> Horloge:
    facts = read_engagements([bilan.pk])[bilan.pk]
    dates = Dates(
        type_action=TypeAction(bilan.type_action),
        fuseau=bilan.fuseau,
        fuseau_cabinet=bilan.organisme.fuseau,
        entree_le=local_day(bilan, bilan.preliminaire_le) if bilan.preliminaire_le else None,
        sortie_le=local_day(bilan, bilan.termine_le) if bilan.termine_le else None,
    )
    return _MAKE[nom](facts, dates, now)


# The clocks


def tell_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """A duty missed, or a delay that is over: the event stays, and the cabinet's page shows what is still to be done."""
    assert echeance.bilan is not None
    bilan = lock_bilan(echeance.bilan)
    record(Nom.DELAI_PASSE, bilan, by=by, now=now, faits={"delai": echeance.nom})


def lapse_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """The holder has not confirmed in time: the order falls, and her request and the eleven days with it. She has nothing
    to justify; another order begins with another request."""
    assert echeance.bilan is not None
    bilan = lock_bilan(echeance.bilan)
    row = Engagement.objects.filter(bilan=bilan).first()
    if row is None or row.cpf_acceptation_le is not None or row.cpf_proposition_le is None:
        return
    row.cpf_demande_le = row.cpf_proposition_le = None
    row.cpf_dossier = ""
    row.save(update_fields=["cpf_demande_le", "cpf_proposition_le", "cpf_dossier"])
    cancel("cpf_onze_jours", bilan=bilan, now=now)
    record(Nom.CPF_CADUQUE, bilan, by=by, now=now)


def _on_account(bilan: Bilan) -> Engagement:
    if bilan.financement not in CPF:
        raise Refused(
            Obstacle(
                "Ce dossier n’est pas payé par le compte personnel de formation.",
                "Code du travail, art. L. 6323-6",
                code="cpf",
            )
        )
    return need_engagement(bilan)


def _open(bilan: Bilan) -> tuple[Bilan, Engagement]:
    bilan = lock_bilan(bilan)
    row = _on_account(bilan)
    if Etat(bilan.etat) in CLOSED or bilan.etat != Etat.PREPARATION:
        raise Refused(
            Obstacle("L’accompagnement a commencé : la commande est déjà derrière.", PLATFORM, code="etat")
        )
    _require_certificate(bilan, now_day=row.debut_prevu_le)
    return bilan, row


def _require_certificate(bilan: Bilan, now_day: date | None) -> None:
    """BC-35: no order is proposed for a day that no certificate covers."""
    if now_day is None or bilan.type_action != TypeAction.BILAN:
        return
    facts = read_engagements([bilan.pk])[bilan.pk]
    if law_on(now_day).qualite.certification_requise.value and not facts.certified_on(now_day):
        raise Refused(
            Obstacle(
                "Le certificat du cabinet pour les bilans ne couvre pas le début prévu.",
                "Code du travail, art. L. 6316-1",
                code="certification",
            )
        )
