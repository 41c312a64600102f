"""Invitations: the only way an account is opened. A link by mail, for fourteen days, that serves once."""

import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.compte import EtatInvitation, is_open, state_of, token_fingerprint
from jalon.actions import secret
from jalon.actions.compte import note_entry
from jalon.actions.envoi import enqueue
from jalon.actions.piece import lock_bilan
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Invitation, Organisme, Personne

VALABLE = timedelta(days=14)


@transaction.atomic
def invite(
    *,
    personne: Personne,
    by: Personne,
    now: datetime,
    bilan: Bilan | None = None,
    organisme: Organisme | None = None,
) -> Invitation:
    """For a beneficiary give her `bilan`, for a member of the cabinet its `organisme`. Inviting again replaces the link."""
    about: Bilan | Organisme
    if bilan is not None:
        access.require(Action.INVITE_BENEFICIAIRE, by, bilan)
        about = lock_bilan(bilan)
        concerned = about.beneficiaire_id == personne.pk
    elif organisme is not None:
        access.require(Action.MANAGE_MEMBRES, by, organisme)
        about = Organisme.objects.select_for_update().get(pk=organisme.pk)
        concerned = personne.membres.filter(organisme=about, jusqu_au=None).exists()
    else:
        raise ValueError("an invitation is for a dossier or for a cabinet")
    if not concerned:
        raise ValueError("the person has no part in what she is invited to")
    personne = Personne.objects.select_for_update().get(pk=personne.pk)
    _require_invitable(personne)
    Invitation.objects.filter(personne=personne).delete()
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        personne=personne, empreinte=token_fingerprint(token), creee_le=now, expire_le=now + VALABLE
    )
    enqueue(
        "invitation" if bilan is not None else "invitation_membre",
        personne=personne,
        bilan=bilan,
        organisme=organisme,
        now=now,
        donnees={"jeton": secret.seal_text(token), "expire_le": invitation.expire_le.isoformat()},
    )
    record(Nom.INVITATION_ENVOYEE, about, by=by, now=now, faits={"personne": personne.pk})
    return invitation


def _require_invitable(personne: Personne) -> None:
    if not personne.email:
        raise Refused(
            Obstacle(
                f"{personne.nom_complet} n’a pas d’adresse électronique\u00a0: notez-en une, "
                "ou remettez-lui des codes sur papier.",
                code="sans_adresse",
            )
        )
    if is_open(personne):
        raise Refused(
            Obstacle(
                f"{personne.nom_complet} a déjà ouvert son espace\u00a0: elle y entre avec son adresse, sans invitation.",
                code="deja_ouvert",
            )
        )
    if EmailAddress.objects.filter(email=personne.email.lower()).exclude(user_id=personne.pk).exists():
        raise Refused(
            Obstacle(
                "Cette adresse ouvre déjà l’espace d’une autre personne\u00a0: demandez une adresse qui soit à elle seule.",
                code="adresse_prise",
                field="email",
            )
        )


@transaction.atomic
def accept_invitation(*, token: str, now: datetime) -> Personne:
    """Opens the account, once. Whoever reads this mailbox is the person invited: the link proves the address."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("personne")
        .filter(empreinte=token_fingerprint(token))
        .first()
    )
    etat = EtatInvitation.INCONNUE if invitation is None else state_of(invitation, now)
    if invitation is None or etat is not EtatInvitation.VALABLE:
        raise Refused(Obstacle(SENTENCES[etat], code=etat.value))
    invitation.utilisee_le = now
    invitation.save(update_fields=["utilisee_le"])
    note_entry(personne=invitation.personne, adresse_prouvee=True, now=now)
    return invitation.personne


SENTENCES = {
    EtatInvitation.SERVIE: "Cette invitation a déjà servi.",
    EtatInvitation.EXPIREE: "Cette invitation n’est plus valable\u00a0: elle l’était quatorze jours.",
    EtatInvitation.INCONNUE: "Cette invitation n’existe pas, ou une plus récente l’a remplacée.",
}
