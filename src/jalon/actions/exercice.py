"""The cabinet's own exercises: a file is read whole before it is kept; what was kept never changes. Hers until she shares it."""

import hashlib
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.domain.obstacle import Obstacle, Refused
from jalon.instruments import Exercice, InstrumentRefuse, library, order_of, read_exercice
from jalon.records.evenements import Nom, record
from jalon.records.models import ExercicePropre, Organisme, Personne


@transaction.atomic
def deposit_exercice(
    *,
    organisme: Organisme,
    nom_fichier: str,
    octets: bytes,
    by: Personne,
    now: datetime,
    partage: bool = False,
) -> ExercicePropre:
    """A new exercise, or a new version of one. `partage`: the whole cabinet may propose it at once."""
    access.require(Action.MANAGE_EXERCICES, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    try:
        exercice = read_exercice(octets, nom_fichier)
    except InstrumentRefuse as refused:
        raise Refused(Obstacle(f"{refused}.", code="fichier", field="fichier")) from None
    _check_free(organisme, exercice, by)
    row = ExercicePropre.objects.create(
        organisme=organisme,
        auteur=by,
        partage=partage,
        code=exercice.code,
        version=exercice.version,
        titre=exercice.titre,
        contenu=octets.decode("utf-8-sig"),
        empreinte=hashlib.sha256(octets).hexdigest(),
        depose_le=now,
    )
    record(
        Nom.EXERCICE_DEPOSE,
        organisme,
        by=by,
        now=now,
        faits={"exercice": row.code, "version": row.version, "objet": row.pk, "partage": partage},
    )
    return row


def _check_free(organisme: Organisme, exercice: Exercice, by: Personne) -> None:
    if exercice.code in library():
        raise _refuse(
            f"Le code « {exercice.code} » est celui d’un exercice fourni\u00a0: donnez-lui un autre code, par exemple "
            f"« {exercice.code}_cabinet »."
        )
    known = list(ExercicePropre.objects.filter(organisme=organisme, code=exercice.code))
    if any(not row.partage and row.auteur_id != by.pk for row in known):
        raise _refuse(
            f"Le code « {exercice.code} » est déjà pris dans le cabinet\u00a0: choisissez-en un autre."
        )
    versions = [row.version for row in known]
    if exercice.version in versions:
        raise _refuse(
            f"La version {exercice.version} est déjà là\u00a0: changez le numéro de version dans le fichier."
        )
    newest = max(versions, key=order_of, default=None)
    if newest is not None and order_of(exercice.version) < order_of(newest):
        raise _refuse(
            f"La version {newest} est déjà là\u00a0: une nouvelle version porte un numéro plus grand."
        )


def _refuse(sentence: str) -> Refused:
    return Refused(Obstacle(sentence, code="version", field="fichier"))


@transaction.atomic
def share_exercice(*, exercice: ExercicePropre, by: Personne, now: datetime) -> None:
    """By its author alone. What was shared is the cabinet's, and stays so."""
    row, organisme = _locked(exercice, by)
    if row.auteur_id != by.pk:
        raise Refused(Obstacle("Seule la personne qui l’a déposé peut le partager.", code="auteur"))
    if not row.partage:
        row.partage = True
        row.save(update_fields=["partage"])
        record(Nom.EXERCICE_PARTAGE, organisme, by=by, now=now, faits={"exercice": row.code, "objet": row.pk})


@transaction.atomic
def withdraw_exercice(*, exercice: ExercicePropre, by: Personne, now: datetime) -> None:
    """No longer proposed; the work that was already given keeps its own copy."""
    row, organisme = _locked(exercice, by)
    if row.retire_le is None:
        row.retire_le = now
        row.save(update_fields=["retire_le"])
        record(Nom.EXERCICE_RETIRE, organisme, by=by, now=now, faits={"exercice": row.code, "objet": row.pk})


def _locked(exercice: ExercicePropre, by: Personne) -> tuple[ExercicePropre, Organisme]:
    access.require(Action.MANAGE_EXERCICES, by, exercice.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=exercice.organisme_id)
    row = ExercicePropre.objects.get(pk=exercice.pk)
    if not row.partage and row.auteur_id != by.pk:
        raise Refused(Obstacle("Cet exercice n’est pas partagé avec le cabinet.", code="auteur"))
    return row, organisme
