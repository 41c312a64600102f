"""Open a dossier: the person, her parcours, who pays, who accompanies; its keys first, then its row, then her invitation."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models.functions import Length

from jalon import access
from jalon.access import Action, Role
from jalon.access.charge import read_charges
from jalon.access.coffre import coffre
from jalon.access.compte import is_open
from jalon.actions import envoi
from jalon.actions.contact import close_for_dossier
from jalon.actions.invitation import invite
from jalon.actions.miroir import refresh_mirror
from jalon.domain.adresse import normalize
from jalon.domain.bilan import CLOSED
from jalon.domain.charge import one_more
from jalon.domain.financement import Financement
from jalon.domain.identite import digits
from jalon.domain.jours import local_day, zone
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle
from jalon.domain.ouverture import (
    Certificat,
    Demande,
    check_opening,
    opening_obstacles,
    own_staff_obstacle,
)
from jalon.domain.parcours import TypeAction
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.faits import ligne_facts
from jalon.records.models import Bilan, Contact, Lieu, Ligne, Membre, Organisme, Parcours, Personne
from jalon.vault import tiroir_keys

# Opened at the follow-up only, six months after everything else was destroyed.
LATER_TIROIR = "entretien_suivi"


def open_bilan(
    *,
    organisme: Organisme,
    parcours: Parcours,
    consultant: Personne,
    financement: Financement | str,
    prenom: str,
    nom: str = "",
    email: str = "",
    telephone: str = "",
    employeur_nom: str = "",
    employeur_siren: str = "",
    lieu: Lieu | None = None,
    contact: Contact | None = None,
    reasons: Mapping[str, Motif] | None = None,
    by: Personne,
    now: datetime,
) -> Bilan:
    """A new dossier in preparation. Without `email` the consultant hands over paper codes; with it the invitation leaves.

    An address that already opens an account (an earlier bilan) opens this one too: the person keeps one space.
    `reasons`: for each warning passed over, why.
    """
    access.require(Action.OPEN_BILAN, by, organisme)
    day = local_day(now, zone(organisme.fuseau))
    demande = Demande(
        type_action=TypeAction(parcours.type_action),
        financement=Financement(financement),
        lignes=tuple(ligne_facts(ligne) for ligne in parcours.lignes.all()),
        prenom=prenom.strip(),
        nom=nom.strip(),
        email=normalize(email),
        employeur_nom=employeur_nom.strip(),
        employeur_siren=digits(employeur_siren),
        organisme_siren=organisme.siren,
        certificat=Certificat(
            organisme.qualiopi_bilans, organisme.qualiopi_obtenu_le, organisme.qualiopi_expire_le
        ),
    )
    known = Personne.objects.filter(email__iexact=demande.email).first() if demande.email else None
    found = opening_obstacles(demande, law_on(day), day)
    found += _places(organisme, parcours, consultant, lieu, by)
    full = one_more(read_charges(organisme, [consultant.pk])[consultant.pk])
    found += [full] if full else []
    if known is not None:
        found += _already_known(known, organisme)
    check_opening(found, reasons or {})
    bilan_id = uuid.uuid4()
    keys = [key for key in tiroir_keys(bilan_id) if not key.endswith(LATER_TIROIR)]
    # Before the row: a bilan without its keys could not hold a word.
    coffre().create_keys(keys)
    try:
        with transaction.atomic():
            organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
            personne = known or Personne.objects.create(
                email=demande.email or None,
                prenom=demande.prenom,
                nom=demande.nom,
                telephone=telephone.strip(),
                cree_le=now,
            )
            bilan = Bilan.objects.create(
                id=bilan_id,
                numero=next_numero(organisme, day.year),
                organisme=organisme,
                beneficiaire=personne,
                consultant=consultant,
                parcours=parcours,
                type_action=demande.type_action,
                financement=demande.financement,
                employeur_nom=demande.employeur_nom,
                employeur_siren=demande.employeur_siren,
                lieu=lieu,
                fuseau=organisme.fuseau,
                territoire=organisme.territoire,
                ouvert_le=now,
            )
            copy_lignes(parcours, bilan)
            record(
                Nom.BILAN_OUVERT,
                bilan,
                by=by,
                now=now,
                faits={
                    "numero": bilan.numero,
                    "parcours": parcours.pk,
                    "financement": str(bilan.financement),
                    "consultant": consultant.pk,
                    "contact": contact.pk if contact else None,
                    "motifs": {code: str(motif.value) for code, motif in (reasons or {}).items()},
                },
            )
            if personne.email and not is_open(personne):
                invite(personne=personne, bilan=bilan, by=by, now=now)
            else:
                envoi.enqueue("dossier_a_lire", personne=personne, bilan=bilan, now=now)
            if contact is not None:
                access.require(Action.ERASE_CONTACT, by, contact)
                close_for_dossier(contact, by=by, now=now)
            transaction.on_commit(partial(refresh_mirror, now))
    except BaseException:
        if not Bilan.objects.filter(pk=bilan_id).exists():
            coffre().destroy_keys(keys)
        raise
    return bilan


def next_numero(organisme: Organisme, year: int) -> str:
    """`2026-0001`: one line a year and a cabinet, inside the transaction that holds the cabinet."""
    start = f"{year}-"
    last = (
        Bilan.objects.filter(organisme=organisme, numero__startswith=start)
        .order_by(Length("numero").desc(), "-numero")  # after 9999 comes 10000
        .values_list("numero", flat=True)
        .first()
    )
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:04d}"


def copy_lignes(parcours: Parcours, bilan: Bilan) -> None:
    """What was agreed stays with the dossier, whatever becomes of the offer."""
    Ligne.objects.filter(bilan=bilan).delete()
    Ligne.objects.bulk_create(
        [
            Ligne(
                bilan=bilan,
                ordre=ligne.ordre,
                phase=ligne.phase,
                nature=ligne.nature,
                nombre=ligne.nombre,
                minutes=ligne.minutes,
                collectif=ligne.collectif,
            )
            for ligne in parcours.lignes.all()
        ]
    )


def _places(
    organisme: Organisme, parcours: Parcours, consultant: Personne, lieu: Lieu | None, by: Personne
) -> list[Obstacle]:
    """Everything named is the cabinet's own, and still in use."""
    found = []
    if parcours.organisme_id != organisme.pk or not parcours.actif:
        found.append(
            Obstacle(
                "Ce parcours n’est plus proposé : choisissez-en un autre.", code="parcours", field="parcours"
            )
        )
    if not is_consultant(organisme, consultant):
        found.append(
            Obstacle(
                "Cette personne ne conduit pas de bilans ici : choisissez quelqu’un de l’équipe.",
                code="consultant",
                field="consultant",
            )
        )
    if lieu is not None and (lieu.organisme_id != organisme.pk or not lieu.actif):
        found.append(
            Obstacle("Ce lieu n’est plus utilisé : choisissez-en un autre.", code="lieu", field="lieu")
        )
    held = access.cabinet_roles(by, organisme.pk)
    if by.pk != consultant.pk and not held & {Role.RESPONSABLE, Role.ASSISTANT}:
        found.append(
            Obstacle(
                "Vous ouvrez les dossiers que vous suivez vous-même ; pour une ou un collègue, demandez à la personne "
                "responsable ou à l’assistance.",
                code="consultant_autre",
                field="consultant",
            )
        )
    return found


def is_consultant(organisme: Organisme, personne: Personne) -> bool:
    return organisme.membres.filter(personne=personne, role=Membre.Role.CONSULTANT, jusqu_au=None).exists()


def _already_known(personne: Personne, organisme: Organisme) -> list[Obstacle]:
    found = []
    if personne.membres.filter(organisme=organisme, jusqu_au=None).exists():
        found.append(own_staff_obstacle())
    running = personne.bilans.filter(organisme=organisme).exclude(etat__in=CLOSED).first()
    if running is not None:
        found.append(
            Obstacle(
                f"Cette adresse a déjà un dossier en cours, le {running.numero} : continuez dans celui-là.",
                code="dossier_en_cours",
                field="email",
            )
        )
    if not personne.is_active:
        found.append(
            Obstacle("Ce compte est fermé : demandez une autre adresse.", code="ferme", field="email")
        )
    return found
