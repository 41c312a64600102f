"""The doors of accounts: what a link, a sheet of codes or a person's own page may show."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from jalon.domain.adresse import employer_warning
from jalon.domain.obstacle import Obstacle
from jalon.records.models import CodePapier, Invitation, Membre, Organisme, Personne

# A sheet that lies in a drawer must not open anything for ever.
CODES_VALABLES = timedelta(days=183)


class EtatInvitation(StrEnum):
    VALABLE = "valable"
    SERVIE = "servie"
    EXPIREE = "expiree"
    INCONNUE = "inconnue"


@dataclass(frozen=True)
class InvitationVue:
    """What the page of an invitation says: nothing at all for a link that opens nothing."""

    etat: EtatInvitation
    personne: Personne | None = None
    organisme: Organisme | None = None
    # Who will accompany, for a beneficiary; empty for a member of the cabinet.
    consultant: str = ""
    expire_le: datetime | None = None

    @property
    def valable(self) -> bool:
        return self.etat is EtatInvitation.VALABLE


def token_fingerprint(token: str) -> str:
    """Of the 256 random bits of a link: a plain hash is enough, nobody guesses them."""
    return hashlib.sha256(token.encode()).hexdigest()


def state_of(invitation: Invitation, now: datetime) -> EtatInvitation:
    if invitation.utilisee_le is not None or not invitation.personne.is_active:
        return EtatInvitation.SERVIE
    return EtatInvitation.VALABLE if now < invitation.expire_le else EtatInvitation.EXPIREE


def read_invitation(token: str, now: datetime) -> InvitationVue:
    invitation = (
        Invitation.objects.select_related("personne").filter(empreinte=token_fingerprint(token)).first()
    )
    if invitation is None:
        return InvitationVue(EtatInvitation.INCONNUE)
    etat = state_of(invitation, now)
    if etat is not EtatInvitation.VALABLE:
        return InvitationVue(etat)
    personne = invitation.personne
    bilan = personne.bilans.select_related("organisme", "consultant").order_by("-ouvert_le").first()
    membre = _membres(personne).first()
    if membre is not None:
        return InvitationVue(etat, personne, membre.organisme, expire_le=invitation.expire_le)
    if bilan is not None:
        return InvitationVue(
            etat, personne, bilan.organisme, bilan.consultant.nom_complet, invitation.expire_le
        )
    return InvitationVue(etat, personne, expire_le=invitation.expire_le)


def is_open(personne: Personne) -> bool:
    """Has the person entered once, or proved her address? From then on nobody else may change how she enters."""
    return (
        personne.last_login is not None
        or EmailAddress.objects.filter(user_id=personne.pk, verified=True).exists()
    )


def cabinets_of(personne: Personne) -> list[Organisme]:
    """Where she works, then where she is accompanied: the first gives its neutral name to her mails."""
    found = [membre.organisme for membre in _membres(personne)]
    found += [bilan.organisme for bilan in personne.bilans.select_related("organisme").order_by("-ouvert_le")]
    return list(dict.fromkeys(found))


def address_warning(personne: Personne) -> Obstacle | None:
    """Told to the person herself, for her own address; members of a cabinet use the one of their work."""
    if not personne.email or _membres(personne).exists():
        return None
    return warning_for(personne, personne.email, pour_soi=True)


def warning_for(personne: Personne, adresse: str, *, pour_soi: bool = False) -> Obstacle | None:
    """The rule of `domain/adresse`, with the employer that a dossier of this person names."""
    employeur = (
        personne.bilans.exclude(employeur_nom="")
        .order_by("-ouvert_le")
        .values_list("employeur_nom", flat=True)
        .first()
    )
    return employer_warning(adresse, employeur=employeur or "", nom=personne.nom, pour_soi=pour_soi)


def valid_codes(personne: Personne, now: datetime) -> int:
    """How many paper codes still open the person's space."""
    return _unused(now).filter(personne=personne).count()


def find_code(empreinte: str, now: datetime) -> CodePapier | None:
    return _unused(now).select_related("personne").filter(empreinte=empreinte).first()


def _unused(now: datetime) -> QuerySet[CodePapier]:
    return CodePapier.objects.filter(
        utilise_le=None, cree_le__gt=now - CODES_VALABLES, personne__is_active=True
    )


def codes_valid_until(cree_le: datetime) -> date:
    return (cree_le + CODES_VALABLES).date()


@dataclass(frozen=True)
class Moyens:
    """How a person enters, for her own page."""

    mot_de_passe: bool
    application: bool
    cles: int
    codes_secours: int
    codes_papier: int

    @property
    def second_facteur(self) -> bool:
        return self.application or self.cles > 0


def read_moyens(personne: Personne, now: datetime) -> Moyens:
    kinds = Authenticator.Type
    held = list(Authenticator.objects.filter(user_id=personne.pk))
    codes = [a for a in held if a.type == kinds.RECOVERY_CODES]
    return Moyens(
        mot_de_passe=personne.has_usable_password(),
        application=any(a.type == kinds.TOTP for a in held),
        cles=sum(a.type == kinds.WEBAUTHN for a in held),
        codes_secours=len(codes[0].wrap().get_unused_codes()) if codes else 0,
        codes_papier=valid_codes(personne, now),
    )


def may_remove_second_factor(personne: Personne, authenticator: Authenticator) -> bool:
    """Whoever works in a cabinet keeps one at least: she replaces it, she does not live without."""
    if not _membres(personne).exists():
        return True
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return (
        authenticator.type not in kinds
        or Authenticator.objects.filter(user_id=personne.pk, type__in=kinds)
        .exclude(pk=authenticator.pk)
        .exists()
    )


def list_sessions(personne: Personne) -> list[UserSession]:
    """The devices on which she is signed in now, the last used first."""
    found: list[UserSession] = UserSession.objects.purge_and_list(personne)
    return sorted(found, key=lambda session: session.last_seen_at, reverse=True)


def _membres(personne: Personne) -> QuerySet[Membre]:
    return (
        Membre.objects.filter(personne=personne, jusqu_au=None)
        .select_related("organisme")
        .order_by("depuis", "id")
    )


def cabinet_writing_to(adresse: str) -> Organisme | None:
    """Who signs a mail to this address; for an unknown one the oldest cabinet, so that the mail looks the same."""
    personne = Personne.objects.filter(email__iexact=adresse).first()
    cabinets = cabinets_of(personne) if personne else []
    return cabinets[0] if cabinets else Organisme.objects.order_by("ouvert_le").first()
