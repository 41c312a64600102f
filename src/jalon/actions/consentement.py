"""Consent: given by the beneficiary alone, taken back by her alone (L. 6313-4, al. 2)."""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.piece import lock_bilan
from jalon.actions.terme import abandon_bilan
from jalon.domain import consentement as texte
from jalon.domain.bilan import CLOSED, RUNNING, Etat
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import CONSENT
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Consentement, Personne


def give_consentement(*, bilan: Bilan, by: Personne, now: datetime, empreinte_vue: str = "") -> Consentement:
    """`empreinte_vue`: the fingerprint of the text that was on the page, so that nobody agrees to another one."""
    access.require(Action.GIVE_CONSENTEMENT, by, bilan)
    if empreinte_vue and empreinte_vue != texte.fingerprint():
        raise Refused(
            Obstacle(
                "Le texte a changé depuis l’affichage : relisez-le avant de décider.", CONSENT, code="texte"
            )
        )
    return _give(bilan, by, now, Consentement.Canal.ECRAN)


def enter_consentement_papier(*, bilan: Bilan, by: Personne, now: datetime) -> Consentement:
    """The signed paper is in the consultant's hands; the assistant never enters it."""
    access.require(Action.ENTER_CONSENTEMENT_PAPIER, by, bilan)
    return _give(bilan, by, now, Consentement.Canal.PAPIER)


@transaction.atomic
def _give(bilan: Bilan, by: Personne, now: datetime, canal: str) -> Consentement:
    bilan = lock_bilan(bilan)
    if Etat(bilan.etat) in CLOSED:
        raise Refused(
            Obstacle("Ce dossier est clos : le consentement n’y a plus d’objet.", CONSENT, code="clos")
        )
    given = bilan.consentements.filter(retire_le=None).first()
    if given is not None:
        return given
    given = Consentement.objects.create(
        bilan=bilan,
        donne_le=now,
        canal=canal,
        saisi_par=by,
        texte_version=texte.VERSION,
        texte_empreinte=texte.fingerprint(),
    )
    record(
        Nom.CONSENTEMENT_DONNE,
        bilan,
        by=by,
        now=now,
        faits={"canal": canal, "texte": texte.VERSION, "empreinte": given.texte_empreinte},
    )
    return given


@transaction.atomic
def withdraw_consentement(*, bilan: Bilan, by: Personne, now: datetime) -> None:
    """Without consent there is no bilan: once begun, taking it back stops the action, and the content is destroyed."""
    access.require(Action.WITHDRAW_CONSENTEMENT, by, bilan)
    bilan = lock_bilan(bilan)
    given = bilan.consentements.filter(retire_le=None).first()
    if given is None:
        raise Refused(
            Obstacle("Il n’y a pas de consentement en cours à retirer.", CONSENT, code="consentement")
        )
    given.retire_le = now
    given.save(update_fields=["retire_le"])
    record(Nom.CONSENTEMENT_RETIRE, bilan, by=by, now=now)
    if Etat(bilan.etat) in RUNNING:
        abandon_bilan(bilan=bilan, by=by, now=now)
