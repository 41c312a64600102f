"""The administrative dossier after its opening: who accompanies, who pays, where, and how the person is reached."""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import envoi
from jalon.actions.droits import satisfy_change
from jalon.actions.employeur import forget_employeur
from jalon.actions.engagement import forget_engagement
from jalon.actions.ouverture import copy_lignes, is_consultant
from jalon.actions.personne import correct_address
from jalon.actions.piece import lock_bilan
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.financement import Financement
from jalon.domain.identite import digits
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.ouverture import Certificat, Demande, check_opening, opening_obstacles
from jalon.domain.parcours import TypeAction
from jalon.domain.regles import PHASES, SECRECY
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.faits import ligne_facts, local_day
from jalon.records.models import Bilan, Lieu, Parcours, Personne


@transaction.atomic
def change_consultant(*, bilan: Bilan, consultant: Personne, by: Personne, now: datetime) -> Bilan:
    """No explanation is asked. The person is told; the former consultant's own notes stay closed to everybody."""
    access.require(Action.MANAGE_DOSSIER, by, bilan)
    bilan = _open(lock_bilan(bilan))
    if consultant.pk == bilan.consultant_id:
        raise Refused(Obstacle("Cette personne accompagne déjà ce dossier.", code="deja", field="consultant"))
    _check_reader(bilan, consultant, by)
    former = bilan.consultant_id
    bilan.consultant = consultant
    fields = ["consultant"]
    if bilan.substitut_id == consultant.pk:
        bilan.substitut = None
        fields.append("substitut")
    # What both had closed, they closed together: the newcomer reads before agreeing.
    if bilan.etat == Etat.PRELIMINAIRE and bilan.preliminaire_clos_consultant_le is not None:
        bilan.preliminaire_clos_consultant_le = None
        fields.append("preliminaire_clos_consultant_le")
    bilan.save(update_fields=fields)
    bilan.seances.filter(etat="prevue", debut__gt=now, consultant_id=former).update(consultant=consultant)
    record(
        Nom.BILAN_MODIFIE,
        bilan,
        by=by,
        now=now,
        faits={"champs": ["consultant"], "consultant": consultant.pk, "avant": former},
    )
    satisfy_change(bilan, by=by, now=now)
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return bilan


@transaction.atomic
def name_substitut(*, bilan: Bilan, substitut: Personne | None, by: Personne, now: datetime) -> Bilan:
    """Somebody named in advance, who may carry on when the consultant cannot; or nobody."""
    access.require(Action.MANAGE_DOSSIER, by, bilan)
    bilan = _open(lock_bilan(bilan))
    if substitut is not None:
        if substitut.pk == bilan.consultant_id:
            raise Refused(
                Obstacle(
                    "La personne qui accompagne ne peut pas se remplacer elle-même.",
                    code="deja",
                    field="substitut",
                )
            )
        _check_reader(bilan, substitut, by)
    bilan.substitut = substitut
    bilan.save(update_fields=["substitut"])
    record(
        Nom.BILAN_MODIFIE,
        bilan,
        by=by,
        now=now,
        faits={"champs": ["substitut"], "substitut": substitut.pk if substitut else None},
    )
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return bilan


def _check_reader(bilan: Bilan, reader: Personne, by: Personne) -> None:
    """Whoever is named here reads the content. So nobody who administers can name herself, once there is some."""
    if not is_consultant(bilan.organisme, reader):
        raise Refused(
            Obstacle(
                "Cette personne ne conduit pas de bilans ici : choisissez quelqu’un de l’équipe.",
                code="consultant",
                field="consultant",
            )
        )
    if reader.pk == bilan.beneficiaire_id:
        raise Refused(Obstacle("Personne ne s’accompagne soi-même.", code="soi_meme", field="consultant"))
    if reader.pk == by.pk and by.pk != bilan.consultant_id and _has_content(bilan):
        raise Refused(
            Obstacle(
                "Vous ne pouvez pas vous confier vous-même un dossier déjà commencé, car vous en liriez le contenu. "
                "La personne qui l’accompagne aujourd’hui, ou quelqu’un d’autre de l’administration, peut vous le confier.",
                SECRECY,
                code="soi_meme",
                field="consultant",
            )
        )


def _has_content(bilan: Bilan) -> bool:
    return bilan.etat != Etat.PREPARATION or bilan.pieces.exists()


def _open(bilan: Bilan) -> Bilan:
    if Etat(bilan.etat) in CLOSED:
        raise Refused(
            Obstacle("L’accompagnement est terminé : ce dossier ne change plus.", PHASES, code="etat")
        )
    return bilan


@transaction.atomic
def update_beneficiaire(
    *,
    bilan: Bilan,
    prenom: str,
    nom: str,
    telephone: str,
    email: str,
    by: Personne,
    now: datetime,
) -> None:
    """Name and telephone as they will stand on the next papers. The address is the key to the space: once something has
    been said in it, or once the person has entered, only she changes it."""
    access.require(Action.MANAGE_DOSSIER, by, bilan)
    bilan = lock_bilan(bilan)
    personne = Personne.objects.select_for_update().get(pk=bilan.beneficiaire_id)
    if (personne.email or "") != email.strip().lower():
        correct_address(bilan=bilan, by=by, adresse=email, now=now)
        personne.refresh_from_db()
    wanted = {"prenom": prenom.strip(), "nom": nom.strip(), "telephone": telephone.strip()}
    if not wanted["prenom"] and not wanted["nom"]:
        raise Refused(Obstacle("Donnez au moins un prénom.", code="prenom", field="prenom"))
    changed = [field for field, value in wanted.items() if getattr(personne, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(personne, field, wanted[field])
    personne.save(update_fields=changed)
    record(Nom.BILAN_MODIFIE, bilan, by=by, now=now, faits={"champs": changed})


@transaction.atomic
def update_cadre(
    *,
    bilan: Bilan,
    parcours: Parcours,
    financement: Financement | str,
    employeur_nom: str,
    employeur_siren: str,
    by: Personne,
    now: datetime,
) -> Bilan:
    """Who pays and what was agreed: only before the start, because everything that follows rests on it."""
    access.require(Action.MANAGE_DOSSIER, by, bilan)
    bilan = lock_bilan(bilan)
    if bilan.etat != Etat.PREPARATION:
        raise Refused(
            Obstacle(
                "L’accompagnement a commencé : le parcours et le financement ne changent plus ici.",
                PHASES,
                code="etat",
            )
        )
    organisme, day = bilan.organisme, local_day(bilan, now)
    if parcours.organisme_id != organisme.pk or (not parcours.actif and parcours.pk != bilan.parcours_id):
        raise Refused(
            Obstacle(
                "Ce parcours n’est plus proposé : choisissez-en un autre.", code="parcours", field="parcours"
            )
        )
    demande = Demande(
        type_action=TypeAction(parcours.type_action),
        financement=Financement(financement),
        lignes=tuple(ligne_facts(ligne) for ligne in parcours.lignes.all()),
        prenom=bilan.beneficiaire.prenom or bilan.beneficiaire.nom,
        nom=bilan.beneficiaire.nom,
        email="",
        employeur_nom=employeur_nom.strip(),
        employeur_siren=digits(employeur_siren),
        organisme_siren=organisme.siren,
        certificat=Certificat(
            organisme.qualiopi_bilans, organisme.qualiopi_obtenu_le, organisme.qualiopi_expire_le
        ),
    )
    check_opening(opening_obstacles(demande, law_on(day), day), {})
    before = (bilan.financement, bilan.employeur_nom, bilan.employeur_siren, bilan.parcours_id)
    after = (demande.financement, demande.employeur_nom, demande.employeur_siren, parcours.pk)
    if before != after:
        forget_engagement(bilan, by=by, now=now)
        forget_employeur(bilan, voie=demande.financement, nom=demande.employeur_nom, by=by, now=now)
    if parcours.pk != bilan.parcours_id:
        bilan.parcours, bilan.type_action = parcours, parcours.type_action
        copy_lignes(parcours, bilan)
    bilan.financement = demande.financement
    bilan.employeur_nom, bilan.employeur_siren = demande.employeur_nom, demande.employeur_siren
    bilan.save()
    record(
        Nom.BILAN_MODIFIE,
        bilan,
        by=by,
        now=now,
        faits={
            "champs": ["parcours", "financement"],
            "parcours": parcours.pk,
            "financement": str(bilan.financement),
        },
    )
    return bilan


@transaction.atomic
def choose_lieu(*, bilan: Bilan, lieu: Lieu | None, by: Personne, now: datetime) -> Bilan:
    """Where the séances usually are: proposed when the next ones are planned."""
    access.require(Action.MANAGE_DOSSIER, by, bilan)
    bilan = _open(lock_bilan(bilan))
    if lieu is not None and (lieu.organisme_id != bilan.organisme_id or not lieu.actif):
        raise Refused(
            Obstacle("Ce lieu n’est plus utilisé : choisissez-en un autre.", code="lieu", field="lieu")
        )
    bilan.lieu = lieu
    bilan.save(update_fields=["lieu"])
    record(
        Nom.BILAN_MODIFIE,
        bilan,
        by=by,
        now=now,
        faits={"champs": ["lieu"], "lieu": lieu.pk if lieu else None},
    )
    return bilan
