"""Presence otherwise than on one's own screen: by a code, in the room or at a distance; and signed hours put right, with a trace."""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.code_unique import send_code, use_code
from jalon.actions.piece import lock_bilan
from jalon.actions.seance import hold_seance, shown_fingerprint, sign_for_person
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Nature
from jalon.domain.presence import MotifCorrection
from jalon.domain.seance import EtatSeance
from jalon.records.evenements import Nom, record
from jalon.records.models import Emargement, Personne, Seance


def send_presence_code(*, seance: Seance, by: Personne, now: datetime) -> None:
    """To the person's own address, for these hours and no others: if they change, it signs nothing."""
    access.require(Action.SIGN_CONSULTANT, by, seance.bilan)
    _refuse_unsignable(seance)
    person = seance.bilan.beneficiaire
    if not person.email:
        raise Refused(
            Obstacle(
                "La personne n’a pas d’adresse électronique : faites-la signer sur papier, ou dans son espace avec un code papier.",
                code="adresse",
            )
        )
    send_code(
        "code_signature",
        bilan=seance.bilan,
        adresse=person.email,
        now=now,
        bound_to=shown_fingerprint(seance),
        seance=seance,
    )


def sign_by_code(*, seance: Seance, code: str, sur_place: bool, by: Personne, now: datetime) -> Emargement:
    """The person gives the code that she alone received; whose device it is typed on is said in the signature."""
    access.require(Action.SIGN_CONSULTANT, by, seance.bilan)
    _refuse_unsignable(seance)
    use_code(code, now=now, bound_to=shown_fingerprint(seance), seance=seance)
    maniere = Emargement.Maniere.SEANCE if sur_place else Emargement.Maniere.DISTANCE
    return sign_for_person(seance=seance, maniere=maniere, by=by, now=now)


@transaction.atomic
def correct_seance(
    *,
    seance: Seance,
    debut_reel: datetime,
    fin_reelle: datetime,
    motif: MotifCorrection,
    by: Personne,
    now: datetime,
) -> Seance:
    """Hours that somebody has signed and that were wrong. What was signed stays in the chain of events; both sign again."""
    access.require(Action.HOLD_SEANCE, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    found = Seance.objects.select_for_update().get(pk=seance.pk)
    _refuse_unsignable(found)
    if (found.debut_reel, found.fin_reelle) == (debut_reel, fin_reelle):
        raise Refused(Obstacle("Ces horaires sont ceux qui sont signés : rien ne change.", code="pareil"))
    signed = list(found.emargements.order_by("qualite").values_list("empreinte", flat=True))
    record(
        Nom.SEANCE_CORRIGEE,
        bilan,
        by=by,
        now=now,
        faits={
            "seance": found.pk,
            "motif": motif,
            "debut_avant": found.debut_reel,
            "fin_avant": found.fin_reelle,
            "empreintes_avant": signed,
        },
    )
    found.emargements.all().delete()
    return hold_seance(seance=found, debut_reel=debut_reel, fin_reelle=fin_reelle, by=by, now=now)


def _refuse_unsignable(seance: Seance) -> None:
    if seance.nature == Nature.TRAVAIL_PERSONNEL:
        raise Refused(Obstacle("Ce temps est celui de la personne : elle seule le note.", code="travail"))
    if seance.etat != EtatSeance.TENUE:
        raise Refused(Obstacle("Notez d’abord les horaires réels de la séance.", code="etat"))
