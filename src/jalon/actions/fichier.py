"""Files of a bilan: type and size checked by content, metadata removed, encrypted before they touch the disk."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre, tiroir_key
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Fichier, Personne
from jalon.vault import FichierRefuse
from jalon.vault.pieces.fichier import FicheFichier
from jalon.vault.reception import accept_file


@transaction.atomic
def deposit_fichier(
    *,
    bilan: Bilan,
    nom: str,
    data: bytes,
    description: str,
    by: Personne,
    now: datetime,
    tiroir: str = "travail",
) -> Fichier:
    """`nom` is only shown, never used as a path. Accepted: PDF, JPEG, PNG, plain text."""
    access.require(Action.DEPOSIT_FICHIER, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    try:
        accepted = accept_file(data, nom)
    except FichierRefuse as refused:
        raise Refused(Obstacle(str(refused), code="fichier", field="fichier")) from None
    vault = coffre()
    key_id = tiroir_key(bilan.pk, tiroir)
    fichier = Fichier(
        id=uuid.uuid4(),
        bilan=bilan,
        objet=vault.objects.new_id(),
        tiroir=tiroir,
        cle=key_id,
        octets=len(accepted.data),
        depose_par=by,
        depose_le=now,
    )
    stored = vault.objects.store(fichier.objet, accepted.data, key_id=key_id, context=str(fichier.pk))
    fichier.fiche = write_piece(
        bilan,
        FicheFichier(
            nom_original=nom[:300],
            type_mime=accepted.type_mime,
            taille=len(accepted.data),
            sha256=stored.sha256,
            description=description,
        ),
        by=by,
        now=now,
        reference=str(fichier.pk),
        tiroir=tiroir,
    )
    fichier.save(force_insert=True)
    record(Nom.FICHIER_DEPOSE, bilan, by=by, now=now, faits={"fichier": fichier.pk, "octets": fichier.octets})
    return fichier


@transaction.atomic
def erase_fichier(*, fichier: Fichier, by: Personne, now: datetime) -> None:
    """Erased by the person: the object goes at once, whatever its tiroir's key does later."""
    access.require(Action.ERASE_PIECE, by, fichier.bilan)
    bilan = lock_bilan(fichier.bilan)
    require_content_open(bilan)
    objet = fichier.objet
    fichier.fiche.delete()
    record(Nom.PIECE_EFFACEE, bilan, by=by, now=now, faits={"nature": "fichier"})
    transaction.on_commit(lambda: coffre().objects.delete(objet))


def read_fichier(fichier: Fichier) -> Iterator[bytes]:
    """The clear content, chunk by chunk, for a page that has already checked its right."""
    return iter(coffre().objects.reader(fichier.objet, key_id=fichier.cle, context=str(fichier.pk)))
