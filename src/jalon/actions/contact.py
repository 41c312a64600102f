"""First contacts: received, met in a free entretien préalable, then opened as a dossier or erased. Nothing is kept by name.

What the person said is sealed under a key of its own. Erasing destroys that key first: were the machine stopped just
after, a row would remain that nobody can read, and the next erasure would finish the work.
"""

import uuid
from datetime import datetime
from functools import partial

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre
from jalon.actions.echeance import cancel, schedule
from jalon.actions.envoi import enqueue
from jalon.actions.miroir import refresh_mirror
from jalon.actions.repli import fold_journal
from jalon.domain.adresse import normalize
from jalon.domain.jours import Calendrier, Territoire, add_years, end_of_day, local_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.models import Contact, Echeance, Envoi, Organisme, Personne, Piece
from jalon.vault import contact_key
from jalon.vault.pieces.contact import Propos

# The answer promised on the form: two working days. Ours, not the law's.
REPONSE_JOURS_OUVRES = 2
_BY_HERSELF = frozenset({Contact.Canal.FORMULAIRE, Contact.Canal.RENDEZ_VOUS})


def record_contact(
    *,
    organisme: Organisme,
    canal: str,
    prenom: str = "",
    nom: str = "",
    email: str = "",
    telephone: str = "",
    rappel_discret: bool = True,
    propos: str = "",
    by: Personne,
    now: datetime,
) -> Contact:
    """Noted by somebody of the cabinet. Whoever notes need not be able to read it again."""
    access.require(Action.RECORD_CONTACT, by, organisme)
    return receive(
        organisme=organisme,
        canal=Contact.Canal(canal),
        prenom=prenom,
        nom=nom,
        email=email,
        telephone=telephone,
        rappel_discret=rappel_discret,
        propos=propos,
        by=by,
        now=now,
    )


def receive_contact(
    *,
    organisme: Organisme,
    prenom: str,
    nom: str = "",
    email: str = "",
    telephone: str = "",
    rappel_discret: bool = True,
    propos: str = "",
    now: datetime,
) -> Contact:
    """From the public form: everybody may write, so there is no right to ask for; the page slows repetition down."""
    contact = receive(
        organisme=organisme,
        canal=Contact.Canal.FORMULAIRE,
        prenom=prenom,
        nom=nom,
        email=email,
        telephone=telephone,
        rappel_discret=rappel_discret,
        propos=propos,
        by=None,
        now=now,
    )
    if contact.email and organisme.telephone:
        place = zone(organisme.fuseau)
        day = local_day(now, place)
        days = Calendrier(Territoire(organisme.territoire), law_on(day))
        enqueue(
            "contact_recu",
            adresse=contact.email,
            organisme=organisme,
            now=now,
            donnees={
                "reponse_avant": days.nth_ouvre_after(day, REPONSE_JOURS_OUVRES).isoformat(),
                "efface_le": contact.effacement_le.isoformat(),
                "telephone": organisme.telephone,
            },
        )
    return contact


@transaction.atomic
def receive(
    *,
    organisme: Organisme,
    canal: Contact.Canal,
    by: Personne | None,
    now: datetime,
    prenom: str = "",
    nom: str = "",
    email: str = "",
    telephone: str = "",
    rappel_discret: bool = True,
    propos: str = "",
) -> Contact:
    """However it came. The person's own ways ask for a means to answer her."""
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    email, telephone = normalize(email), telephone.strip()
    if canal in _BY_HERSELF and not (email or telephone):
        raise Refused(
            Obstacle(
                "Laissez une adresse électronique ou un numéro de téléphone : sans cela nous ne pourrions pas vous répondre.",
                code="joindre",
                field="email",
            )
        )
    contact = Contact(
        id=uuid.uuid4(),
        organisme=organisme,
        canal=canal,
        prenom=prenom.strip(),
        nom=nom.strip(),
        email=email,
        telephone=telephone,
        rappel_discret=rappel_discret,
        recu_le=now,
    )
    # A key for each, said something or not: after a restore, whoever has lost its key had been erased.
    coffre().create_keys([contact_key(contact.pk)])
    _plan_erasure(contact, now)
    contact.save(force_insert=True)
    schedule("contact_effacement", _erased_at(contact), organisme=organisme, contact=contact)
    if propos.strip():
        _seal_propos(contact, propos.strip(), by, now)
    record(
        Nom.CONTACT_RECU,
        organisme,
        by=by,
        now=now,
        faits={"contact": contact.pk, "canal": str(canal)},
    )
    transaction.on_commit(partial(refresh_mirror, now))
    return contact


def _seal_propos(contact: Contact, texte: str, by: Personne | None, now: datetime) -> None:
    piece = Piece(
        id=uuid.uuid4(),
        contact=contact,
        nature=Propos.kind,
        cle=contact_key(contact.pk),
        auteur=by,
        cree_le=now,
        modifie_le=now,
    )
    piece.chiffre = coffre().seal(
        Propos(texte=texte), key_id=piece.cle, piece_id=piece.pk, revision=piece.revision
    )
    piece.save(force_insert=True)


def _plan_erasure(contact: Contact, now: datetime) -> None:
    """So many years after the last exchange, on the local calendar."""
    day = local_day(now, zone(contact.organisme.fuseau))
    contact.effacement_le = add_years(day, int(law_on(day).conservation.prospect_annees.value))


def _erased_at(contact: Contact) -> datetime:
    return end_of_day(contact.effacement_le, zone(contact.organisme.fuseau))


def lock_contact(contact: Contact) -> Contact:
    """The cabinet's row first: its chain of events is one line."""
    Organisme.objects.select_for_update().get(pk=contact.organisme_id)
    return Contact.objects.select_for_update(of=("self",)).select_related("organisme").get(pk=contact.pk)


@transaction.atomic
def update_contact(
    *,
    contact: Contact,
    prenom: str,
    nom: str,
    email: str,
    telephone: str,
    rappel_discret: bool,
    by: Personne,
    now: datetime,
) -> Contact:
    access.require(Action.RECORD_CONTACT, by, contact)
    contact = running(lock_contact(contact))
    wanted = {
        "prenom": prenom.strip(),
        "nom": nom.strip(),
        "email": normalize(email),
        "telephone": telephone.strip(),
        "rappel_discret": rappel_discret,
    }
    changed = [field for field, value in wanted.items() if getattr(contact, field) != value]
    if "email" in changed:
        _forget_mails(contact)
    for field in changed:
        setattr(contact, field, wanted[field])
    contact.save()
    record(
        Nom.CONTACT_MODIFIE,
        contact.organisme,
        by=by,
        now=now,
        faits={"contact": contact.pk, "champs": changed},
    )
    return contact


@transaction.atomic
def hold_entretien(*, contact: Contact, issue: str, by: Personne, now: datetime) -> Contact | None:
    """It took place. To go on, the contact waits for its dossier; otherwise it is erased at once and None comes back."""
    access.require(Action.RECORD_CONTACT, by, contact)
    outcome = Contact.Issue(issue)
    if outcome == Contact.Issue.EN_COURS:
        raise ValueError("an interview that was held has an outcome")
    contact = running(lock_contact(contact))
    record(
        Nom.ENTRETIEN_CONCLU,
        contact.organisme,
        by=by,
        now=now,
        faits={"contact": contact.pk, "issue": str(outcome)},
    )
    if outcome != Contact.Issue.SUITE:
        erase_contact(contact=contact, by=by, now=now)
        return None
    contact.entretien_tenu_le = now
    # What has been is no longer hers to move.
    contact.lien_empreinte = ""
    cancel("entretien_rappel", now=now, contact=contact)
    _plan_erasure(contact, now)
    contact.save()
    schedule("contact_effacement", _erased_at(contact), organisme=contact.organisme, contact=contact)
    return contact


def running(contact: Contact) -> Contact:
    if contact.issue != Contact.Issue.EN_COURS:
        raise Refused(
            Obstacle(
                "Un dossier a déjà été ouvert pour ce contact : continuez dans le dossier.", code="suite"
            )
        )
    return contact


@transaction.atomic
def erase_contact(*, contact: Contact, by: Personne, now: datetime) -> None:
    """Key, text, name and mails: everything goes. One event stays, which only says that it was done."""
    access.require(Action.ERASE_CONTACT, by, contact)
    forget(lock_contact(contact), by=by, now=now)


def forget(contact: Contact, *, by: Personne | None, now: datetime) -> None:
    """Inside a transaction, once it is locked: by the cabinet, by the clock, or by the person herself with her link."""
    organisme, pk = contact.organisme, contact.pk
    _forget(contact)
    contact.delete()
    record(Nom.CONTACT_EFFACE, organisme, by=by, now=now, faits={"contact": pk})
    transaction.on_commit(partial(refresh_mirror, now))
    # A name is not under a key: no page of the journal may keep it.
    transaction.on_commit(fold_journal)


def close_for_dossier(contact: Contact, *, by: Personne, now: datetime) -> None:
    """Inside the opening of a dossier: the name now lives there, what was said is destroyed. The date and way stay, nameless,
    until the day of erasure, to know how many contacts become dossiers."""
    contact = running(lock_contact(contact))
    _forget(contact)
    contact.pieces.all().delete()
    contact.prenom = contact.nom = contact.email = contact.telephone = contact.lien_empreinte = ""
    cancel("entretien_rappel", now=now, contact=contact)
    contact.issue = Contact.Issue.SUITE
    contact.save()
    record(
        Nom.CONTACT_MODIFIE,
        contact.organisme,
        by=by,
        now=now,
        faits={"contact": contact.pk, "issue": str(contact.issue)},
    )


def _forget(contact: Contact) -> None:
    """What hangs on no row of ours: the key in the ring, the address in the outbox."""
    coffre().destroy_keys([contact_key(contact.pk)])
    _forget_mails(contact)


def _forget_mails(contact: Contact) -> None:
    if contact.email:
        Envoi.objects.filter(
            organisme=contact.organisme, personne=None, adresse__iexact=contact.email
        ).delete()


def erase_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    if echeance.contact is not None:
        erase_contact(contact=echeance.contact, by=by, now=now)


def erase_keyless(*, by: Personne, now: datetime) -> int:
    """Finish what an interruption left, and what an older copy of the database brought back: no key, no contact."""
    vault = coffre()
    found = [
        contact
        for contact in Contact.objects.filter(issue=Contact.Issue.EN_COURS).select_related("organisme")
        if not vault.has_key(contact_key(contact.pk))
    ]
    for contact in found:
        erase_contact(contact=contact, by=by, now=now)
    return len(found)
