"""Accounts: the first entry, the devices signed in, and the second factor of whoever lost it."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from jalon.access import compte as door
from jalon.actions import secret
from jalon.actions.envoi import enqueue
from jalon.actions.piece import lock_bilan
from jalon.domain.bilan import CLOSED
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Invitation, Organisme, Personne

_SECOND_FACTEUR = "second-facteur"


def seal_secret(plain: bytes) -> bytes:
    """The secret of a code generator, or the seed of recovery codes, before it goes into the database."""
    return secret.seal_bytes(plain, _SECOND_FACTEUR)


def open_secret(sealed: bytes) -> bytes:
    return secret.open_bytes(sealed, _SECOND_FACTEUR)


@transaction.atomic
def note_entry(*, personne: Personne, adresse_prouvee: bool, now: datetime) -> None:
    """The person is being let in. The first time opens her account, and links that were still waiting die."""
    first = not door.is_open(personne)
    if adresse_prouvee and personne.email:
        keep_address(personne)
    if not first:
        return
    Invitation.objects.filter(personne=personne, utilisee_le=None).update(utilisee_le=now)
    tell_chains(Nom.COMPTE_OUVERT, personne, by=personne, now=now)


def keep_address(personne: Personne) -> None:
    """The library's own table of proved addresses follows ours: one address a person."""
    assert personne.email
    EmailAddress.objects.filter(user_id=personne.pk).exclude(email=personne.email.lower()).delete()
    EmailAddress.objects.update_or_create(
        user_id=personne.pk, email=personne.email.lower(), defaults={"verified": True, "primary": True}
    )


def tell_chains(nom: Nom, personne: Personne, *, by: Personne | None, now: datetime, **faits: object) -> None:
    """One event in the journal of each open dossier of the person (the last one when all are closed), and of each
    cabinet where she works."""
    bilans = list(personne.bilans.order_by("ouvert_le", "id"))
    concerned = [bilan for bilan in bilans if bilan.etat not in CLOSED] or bilans[-1:]
    for bilan in concerned:
        record(nom, lock_bilan(bilan), by=by, now=now, faits=_named(personne, bilan, faits))
    works_in = personne.membres.filter(jusqu_au=None).values("organisme")
    for organisme in Organisme.objects.select_for_update().filter(pk__in=works_in).order_by("pk"):
        record(nom, organisme, by=by, now=now, faits={"personne": personne.pk, **faits})


def _named(personne: Personne, bilan: Bilan, faits: dict[str, object]) -> dict[str, object]:
    return faits if bilan.beneficiaire_id == personne.pk else {"personne": personne.pk, **faits}


def warn_person(personne: Personne, changement: str, *, now: datetime, adresse: str = "") -> None:
    """A security notice, in neutral words, through the outbox: nobody waits for it."""
    enqueue(
        "securite",
        personne=personne,
        adresse=adresse,
        organisme=next(iter(door.cabinets_of(personne)), None),
        now=now,
        donnees={"changement": changement, "constate_le": now.isoformat()},
    )


def note_activity(*, session_key: str, moment: datetime) -> None:
    """For the list of devices: when this one was last used."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=moment)


def end_session(*, by: Personne, session_id: int) -> bool:
    """Close one's own session on another device; an unknown or foreign one changes nothing."""
    session = UserSession.objects.filter(user_id=by.pk, pk=session_id).first()
    if session is None:
        return False
    session.end()
    return True


def end_other_sessions(*, by: Personne, current_key: str) -> int:
    others = list(UserSession.objects.filter(user_id=by.pk).exclude(session_key=current_key))
    for session in others:
        session.end()
    return len(others)


def end_all_sessions(personne: Personne) -> None:
    """Also those that the list does not know: whoever has no password gets a new mark in its place, which cuts them."""
    for session in UserSession.objects.filter(user_id=personne.pk):
        session.end()
    if not personne.has_usable_password():
        personne.set_unusable_password()
        personne.save(update_fields=["password"])


@transaction.atomic
def reset_second_factor(*, personne: Personne, now: datetime, by: Personne | None = None) -> int:
    """For whoever lost telephone, key and recovery codes. Called by the operator's command, after having made sure of
    who asks: the next entry goes through the person's mailbox alone, and asks for a new second factor at once.

    No page leads here: a stolen mailbox must not be enough. Returns how many means were removed.
    """
    held = Authenticator.objects.select_for_update().filter(user_id=personne.pk)
    removed = len(held)
    held.delete()
    end_all_sessions(personne)
    tell_chains(Nom.SECOND_FACTEUR_RETIRE, personne, by=by, now=now, retires=removed)
    warn_person(personne, "second_facteur_retire", now=now)
    return removed
