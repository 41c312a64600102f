"""The employer's link: opened for one dossier where the route gives it a part, entered by a code, closed at any time.

BC-18: everywhere else nothing is written, no row, no mail, no name. What it opens is in `access/employeur.py`.
"""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.employeur import find_acces
from jalon.actions import absence, code_unique, lien_employeur
from jalon.actions.piece import lock_bilan
from jalon.domain.bilan import CLOSED
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import EMPLOYER
from jalon.records.evenements import Nom, record
from jalon.records.models import AccesEmployeur, Bilan, Membre, Personne

SILENT = "Code du travail, art. L. 6323-17 (a contrario)"


@transaction.atomic
def open_employeur(
    *, bilan: Bilan, prenom: str, nom: str, fonction: str, courriel: str, by: Personne, now: datetime
) -> AccesEmployeur:
    """Who signs and answers for the employer. Without an address everything goes on paper, and no link is sent."""
    access.require(Action.OPEN_EMPLOYEUR, by, bilan)
    bilan = lock_bilan(bilan)
    courriel = courriel.strip().lower()
    found = _obstacles(bilan, nom.strip(), courriel)
    if found:
        raise Refused(found)
    acces = AccesEmployeur.objects.create(
        bilan=bilan,
        voie=bilan.financement,
        personne=Personne.objects.create(email=None, prenom=prenom.strip(), nom=nom.strip(), cree_le=now),
        fonction=fonction.strip(),
        courriel=courriel,
        empreinte="-",
        ouvert_le=now,
        ouvert_par=by,
    )
    acces.empreinte = lien_employeur.seal_link(acces)
    acces.save(update_fields=["empreinte"])
    if courriel:
        lien_employeur.send_link(acces, now=now)
    record(
        Nom.EMPLOYEUR_OUVERT,
        bilan,
        by=by,
        now=now,
        faits={"personne": acces.personne_id, "par_courriel": bool(courriel)},
    )
    return acces


def _obstacles(bilan: Bilan, nom: str, courriel: str) -> list[Obstacle]:
    if bilan.financement not in WITH_EMPLOYER:
        return [
            Obstacle(
                f"Avec ce financement ({Financement(bilan.financement).label}), l’employeur n’a pas à être informé : "
                "rien ne lui est envoyé et aucun lien ne peut lui être ouvert.",
                SILENT,
                code="employeur_non_informe",
            )
        ]
    found = []
    if bilan.etat in CLOSED:
        found.append(
            Obstacle("L’accompagnement est clos : l’employeur n’a plus de part au dossier.", code="clos")
        )
    if not bilan.employeur_nom:
        found.append(
            Obstacle(
                "Donnez d’abord le nom de l’employeur dans le cadre du dossier.", code="employeur_absent"
            )
        )
    if bilan.employeur_siren and bilan.employeur_siren == bilan.organisme.siren:
        found.append(
            Obstacle(
                "L’employeur et le prestataire portent le même numéro SIREN : un employeur ne peut pas réaliser "
                "lui-même le bilan de ses salariés.",
                EMPLOYER,
                code="employeur_prestataire",
            )
        )
    if not nom:
        found.append(
            Obstacle("Donnez le nom de la personne qui signe pour l’employeur.", code="nom", field="nom")
        )
    if courriel and courriel == (bilan.beneficiaire.email or "").lower():
        found.append(
            Obstacle(
                "C’est l’adresse de la personne accompagnée : l’employeur reçoit son lien à une autre adresse.",
                code="adresse_personne",
                field="courriel",
            )
        )
    if (
        courriel
        and Membre.objects.filter(
            organisme=bilan.organisme, personne__email__iexact=courriel, jusqu_au=None
        ).exists()
    ):
        found.append(
            Obstacle(
                "Cette adresse est celle de quelqu’un du cabinet : personne ne signe pour les deux parties.",
                EMPLOYER,
                code="adresse_cabinet",
                field="courriel",
            )
        )
    if lien_employeur.open_acces(bilan) is not None:
        found.append(
            Obstacle("Un lien est déjà ouvert pour ce dossier : fermez-le d’abord.", code="deja_ouvert")
        )
    return found


@transaction.atomic
def send_again(*, acces: AccesEmployeur, by: Personne, now: datetime) -> None:
    access.require(Action.OPEN_EMPLOYEUR, by, acces.bilan)
    acces = AccesEmployeur.objects.select_related("bilan__organisme").get(pk=acces.pk)
    if acces.clos_le is not None or not acces.courriel:
        raise Refused(Obstacle("Ce lien est fermé, ou n’a pas d’adresse : ouvrez-en un autre.", code="clos"))
    lien_employeur.send_link(acces, now=now)


@transaction.atomic
def close_employeur(*, acces: AccesEmployeur, by: Personne, now: datetime) -> None:
    """From here on the link opens nothing. What was signed stays, as proof; who signed nothing leaves no row."""
    access.require(Action.OPEN_EMPLOYEUR, by, acces.bilan)
    _close(acces, lock_bilan(acces.bilan), by=by, now=now)


def forget_employeur(bilan: Bilan, *, voie: str, nom: str, by: Personne, now: datetime) -> None:
    """The route, or the employer, changes: the former one's link opens nothing any more. The caller holds the bilan's row."""
    acces = lien_employeur.open_acces(bilan)
    if acces is not None and (voie != acces.voie or nom != bilan.employeur_nom):
        _close(acces, bilan, by=by, now=now)


def _close(acces: AccesEmployeur, bilan: Bilan, *, by: Personne, now: datetime) -> None:
    acces = AccesEmployeur.objects.select_for_update().get(pk=acces.pk)
    if acces.clos_le is not None:
        return
    record(Nom.EMPLOYEUR_FERME, bilan, by=by, now=now, faits={"personne": acces.personne_id})
    if acces.personne.signatures.exists() or acces.entre_le is not None:
        acces.clos_le = now
        acces.save(update_fields=["clos_le"])
        return
    personne = acces.personne
    acces.delete()
    personne.delete()


def send_entry_code(*, token: str, now: datetime) -> AccesEmployeur | None:
    """The code goes to the address that the cabinet noted, whoever asks for it; an unknown link sends nothing."""
    acces = find_acces(token)
    if acces is None or not acces.courriel:
        return None
    with transaction.atomic():
        code_unique.send_code(
            "code_employeur",
            acces=acces,
            adresse=acces.courriel,
            bilan=lock_bilan(acces.bilan),
            now=now,
        )
    return acces


def enter(*, token: str, code: str, now: datetime) -> AccesEmployeur:
    """Opens the space of this one dossier. The first entry is also the receipt of what was waiting there."""
    acces = find_acces(token)
    if acces is None:
        raise Refused(
            Obstacle(
                "Ce lien n’ouvre plus rien : il a été fermé ou remplacé. Demandez-en un autre au cabinet.",
                code="lien",
            )
        )
    code_unique.use_code(code, acces=acces, now=now)
    with transaction.atomic():
        bilan = lock_bilan(acces.bilan)
        acces = AccesEmployeur.objects.select_for_update().select_related("personne").get(pk=acces.pk)
        acces.bilan = bilan
        if acces.entre_le is None:
            acces.entre_le = now
            acces.save(update_fields=["entre_le"])
            record(Nom.EMPLOYEUR_ENTRE, bilan, by=acces.personne, now=now)
        absence.note_receipt(bilan, by=acces.personne, now=now)
    return acces
