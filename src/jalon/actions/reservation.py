"""The entretien préalable: free, without engagement, outside the hours and the phases. Booked by the person herself without an
account, or fixed with her by the cabinet; confirmed, moved or cancelled by a link in a neutral mail.

One door takes a moment, whoever asks: the agenda is locked, the moment is looked for again among those that are free.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.disponibilite import Moment, list_moments, read_agendas
from jalon.access.reservation import link_fingerprint
from jalon.actions import contact as contacts
from jalon.actions import secret
from jalon.actions.echeance import cancel, schedule
from jalon.actions.envoi import enqueue
from jalon.actions.miroir import refresh_mirror
from jalon.actions.occupation import lock_agenda, refuse_if_busy
from jalon.domain.jours import local_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.seance import Modalite
from jalon.records.evenements import Nom, record
from jalon.records.models import Contact, Echeance, Lieu, Membre, Organisme, Personne

_REMINDER = timedelta(hours=24)
_GONE = Obstacle(
    "Ce moment vient d’être pris, ou n’est plus proposé. Choisissez-en un autre : rien de ce que vous avez écrit n’est perdu.",
    code="occupe",
    field="debut",
)


@dataclass(frozen=True)
class Reservation:
    """The contact that was made, and the secret end of its link, which is kept nowhere."""

    contact: Contact
    jeton: str


def link_token(contact_id: Any) -> str:
    """Made again each time from a secret of this installation: the database, or its copy, opens no link."""
    return secret.fingerprint("rendez_vous", str(contact_id))[:40]


@transaction.atomic
def book_entretien(
    *,
    organisme: Organisme,
    consultant_id: Any,
    debut: datetime,
    modalite: Modalite,
    prenom: str,
    now: datetime,
    email: str = "",
    telephone: str = "",
    rappel_discret: bool = True,
    propos: str = "",
) -> Reservation:
    """By the person: everybody may, so there is no right to ask for; the page slows repetition down."""
    if modalite == Modalite.TELEPHONE and not telephone.strip():
        raise Refused(
            Obstacle("Laissez le numéro où vous appeler à l’heure dite.", code="telephone", field="telephone")
        )
    lock_agenda(consultant_id)
    moment = _take(organisme, consultant_id, debut, modalite, now)
    contact = contacts.receive(
        organisme=organisme,
        canal=Contact.Canal.RENDEZ_VOUS,
        prenom=prenom,
        email=email,
        telephone=telephone,
        rappel_discret=rappel_discret,
        propos=propos,
        by=None,
        now=now,
    )
    _fix(contact, moment, now)
    _record(Nom.ENTRETIEN_FIXE, contact, None, now)
    _tell(contact, "rendez_vous_fixe", now)
    _tell_consultant(contact, "pris", now)
    return Reservation(contact, link_token(contact.pk))


@transaction.atomic
def move_entretien(
    *, contact: Contact, consultant_id: Any, debut: datetime, modalite: Modalite, now: datetime
) -> Contact:
    """By the person with her link: to any moment that is free, with whom she wants."""
    lock_agenda(consultant_id)
    contact = _coming(contacts.lock_contact(contact), now)
    if modalite == Modalite.TELEPHONE and not contact.telephone:
        raise Refused(
            Obstacle(
                "Nous n’avons pas votre numéro : choisissez une autre façon, ou prenez un nouveau rendez-vous.",
                code="telephone",
                field="modalite",
            )
        )
    moment = _take(contact.organisme, consultant_id, debut, modalite, now, sauf=contact)
    first = contact.entretien_le is None
    other = contact.entretien_consultant_id not in (None, consultant_id)
    if other:
        _tell_consultant(contact, "annule", now)
    _fix(contact, moment, now)
    _tell_consultant(contact, "pris" if first or other else "deplace", now)
    _record(Nom.ENTRETIEN_FIXE if first else Nom.ENTRETIEN_DEPLACE, contact, None, now)
    _tell(contact, "rendez_vous_fixe" if first else "rendez_vous_deplace", now)
    return contact


@transaction.atomic
def confirm_entretien(*, contact: Contact, now: datetime) -> Contact:
    """By the person with her link. Confirming twice changes nothing."""
    contact = _coming(contacts.lock_contact(contact), now)
    if contact.entretien_le is not None and contact.entretien_confirme_le is None:
        contact.entretien_confirme_le = now
        contact.save(update_fields=["entretien_confirme_le"])
        record(Nom.ENTRETIEN_CONFIRME, contact.organisme, by=None, now=now, faits={"contact": contact.pk})
    return contact


@transaction.atomic
def cancel_entretien(*, contact: Contact, effacer: bool, now: datetime) -> None:
    """By the person with her link: the moment is free again; and, if she wants, nothing of her stays."""
    contact = _coming(contacts.lock_contact(contact), now)
    _record(Nom.ENTRETIEN_ANNULE, contact, None, now)
    _tell_consultant(contact, "annule", now)
    if effacer:
        contacts.forget(contact, by=None, now=now)
        return
    _free(contact, now)


@transaction.atomic
def plan_entretien(
    *,
    contact: Contact,
    debut: datetime,
    modalite: str,
    consultant: Personne,
    by: Personne,
    now: datetime,
    minutes: int = 60,
    lieu: Lieu | None = None,
    prevenir: bool = False,
) -> Contact:
    """By the cabinet, with the person on the telephone: at any hour, even outside those that are offered to all."""
    access.require(Action.RECORD_CONTACT, by, contact)
    lock_agenda(consultant.pk)
    contact = contacts.running(contacts.lock_contact(contact))
    found = []
    if debut <= now:
        found.append(
            Obstacle("Cette date est passée : choisissez un moment à venir.", code="debut", field="debut")
        )
    if not contact.organisme.membres.filter(
        personne=consultant, role=Membre.Role.CONSULTANT, jusqu_au=None
    ).exists():
        found.append(
            Obstacle(
                "Choisissez quelqu’un qui conduit des bilans ici.", code="consultant", field="consultant"
            )
        )
    if modalite not in {m.value for m in Modalite}:
        found.append(Obstacle("Choisissez comment aura lieu l’entretien.", code="modalite", field="modalite"))
    if lieu is not None and lieu.organisme_id != contact.organisme_id:
        found.append(Obstacle("Ce lieu n’est pas un lieu du cabinet.", code="lieu", field="lieu"))
    if found:
        raise Refused(found)
    fin = debut + timedelta(minutes=minutes)
    refuse_if_busy(consultant.pk, debut, fin, sauf=contact)
    moved = contact.entretien_le is not None
    _write(contact, debut, fin, Modalite(modalite), consultant.pk, lieu, now)
    _record(Nom.ENTRETIEN_DEPLACE if moved else Nom.ENTRETIEN_FIXE, contact, by, now)
    if prevenir:
        _tell(contact, "rendez_vous_deplace" if moved else "rendez_vous_fixe", now)
    return contact


@transaction.atomic
def withdraw_entretien(*, contact: Contact, by: Personne, now: datetime) -> Contact:
    """By the cabinet: it cannot take place. The person is told, and may choose another moment."""
    access.require(Action.RECORD_CONTACT, by, contact)
    contact = contacts.running(contacts.lock_contact(contact))
    if contact.entretien_le is None or contact.entretien_tenu_le is not None:
        raise Refused(Obstacle("Aucun entretien n’est à annuler.", code="entretien"))
    _tell(contact, "rendez_vous_annule", now)
    _record(Nom.ENTRETIEN_ANNULE, contact, by, now)
    _free(contact, now)
    return contact


def remind_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    contact = echeance.contact
    if contact is not None and contact.entretien_le is not None and contact.entretien_le > now:
        _tell(contact, "rendez_vous_rappel", now)


def _take(
    organisme: Organisme,
    consultant_id: Any,
    debut: datetime,
    modalite: Modalite,
    now: datetime,
    *,
    sauf: Contact | None = None,
) -> Moment:
    """Under the lock of that agenda: the very moment that was shown, if it is still free."""
    agendas = read_agendas(organisme, now, consultant_id=consultant_id)
    if not agendas:
        raise Refused(_GONE)
    day = local_day(debut, agendas[0].emploi.fuseau)
    free = list_moments(organisme, agendas, modalite, [day], now, sauf=sauf)
    found = next((m for m in free if m.debut == debut), None)
    if found is None:
        raise Refused(_GONE)
    return found


def _fix(contact: Contact, moment: Moment, now: datetime) -> None:
    _write(contact, moment.debut, moment.fin, moment.modalite, moment.membre.personne_id, moment.lieu, now)


def _write(
    contact: Contact,
    debut: datetime,
    fin: datetime,
    modalite: Modalite,
    consultant_id: Any,
    lieu: Lieu | None,
    now: datetime,
) -> None:
    contact.entretien_le, contact.entretien_fin, contact.entretien_modalite = debut, fin, modalite
    contact.entretien_consultant_id = consultant_id
    contact.entretien_lieu = lieu if modalite == Modalite.PRESENTIEL else None
    contact.entretien_confirme_le = contact.entretien_tenu_le = None
    contact.lien_empreinte = link_fingerprint(link_token(contact.pk))
    contact.save()
    at = debut - _REMINDER
    if contact.email and at > now:
        schedule("entretien_rappel", at, organisme=contact.organisme, contact=contact)
    else:
        cancel("entretien_rappel", now=now, contact=contact)
    # The key of the link may just have been made.
    transaction.on_commit(partial(refresh_mirror, now))


def _free(contact: Contact, now: datetime) -> None:
    contact.entretien_le = contact.entretien_fin = contact.entretien_confirme_le = None
    contact.entretien_consultant = contact.entretien_lieu = None
    contact.entretien_modalite = ""
    contact.save()
    cancel("entretien_rappel", now=now, contact=contact)


def _coming(contact: Contact, now: datetime) -> Contact:
    """What the link may still change: until the hour has come."""
    contacts.running(contact)
    if contact.entretien_tenu_le is not None or (
        contact.entretien_le is not None and contact.entretien_le <= now
    ):
        raise Refused(
            Obstacle(
                "L’heure de ce rendez-vous est passée : il ne se change plus ici. Appelez-nous.", code="passe"
            )
        )
    return contact


def _record(nom: Nom, contact: Contact, by: Personne | None, now: datetime) -> None:
    record(
        nom,
        contact.organisme,
        by=by,
        now=now,
        faits={
            "contact": contact.pk,
            "le": contact.entretien_le,
            "modalite": contact.entretien_modalite,
            "consultant": contact.entretien_consultant_id,
        },
    )


def _tell(contact: Contact, genre: str, now: datetime) -> None:
    """Neutral, and only to the address that she left. What leads to her page is made when the mail leaves."""
    if not contact.email or contact.entretien_le is None:
        return
    enqueue(
        genre,
        adresse=contact.email,
        organisme=contact.organisme,
        now=now,
        donnees={
            "contact": str(contact.pk),
            "debut": contact.entretien_le.isoformat(),
            "maniere": contact.entretien_modalite,
            "fuseau": zone_of(contact),
        },
    )


def _tell_consultant(contact: Contact, mouvement: str, now: datetime) -> None:
    """What the person did to an agenda is told to the one who keeps it: when and how, not with whom."""
    if contact.entretien_le is None or contact.entretien_consultant is None:
        return
    enqueue(
        "agenda_change",
        personne=contact.entretien_consultant,
        organisme=contact.organisme,
        now=now,
        donnees={
            "mouvement": mouvement,
            "debut": contact.entretien_le.isoformat(),
            "maniere": contact.entretien_modalite,
            "fuseau": zone_of(contact),
        },
    )


def zone_of(contact: Contact) -> str:
    """The hour in which it is told: the cabinet's."""
    return zone(contact.organisme.fuseau).key
