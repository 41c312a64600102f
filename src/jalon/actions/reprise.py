"""Bring back a folder that was taken away, at the person's own request: in a new bilan, or for the time of a follow-up.

Each piece is sealed anew under this dossier's keys, marked with where it comes from, and hers alone until she shares it
(L. 6313-4, al. 3). Notes of a former consultant are in no folder, and are refused in one.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre, tiroir_key
from jalon.access.pieces import open_for_action
from jalon.actions.archive import Archive, open_archive
from jalon.actions.emport_format import natures
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import DESTRUCTION, SECRECY
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Fichier, Personne, Piece, Suivi
from jalon.vault import ErreurCoffre, FichierRefuse
from jalon.vault.pieces.competence import Competence
from jalon.vault.pieces.lecture import inner_piece, seal_inside
from jalon.vault.pieces.realisation import Realisation
from jalon.vault.pieces.repris import Repris
from jalon.vault.reception import accept_file

NATURE = "repris"
# Hers to write again as her own today; the others are read, and rewritten in the new dossier's own time.
RECOPIABLES = frozenset({"vecu", "experience", "realisation", "competence", "carnet"})


@dataclass(frozen=True)
class Reprise:
    """How many pieces and files came back, and how many this version of Jalon could not read."""

    pieces: int
    fichiers: int
    illisibles: int


def tiroir_of(bilan: Bilan) -> str:
    """Where it would go today; empty when nothing can be written."""
    if Etat(bilan.etat) not in CLOSED:
        return "travail"
    return "entretien_suivi" if bilan.suivis.filter(etat=Suivi.Etat.OUVERT).exists() else ""


def resume_dossier(*, bilan: Bilan, fichier: bytes, phrase: str = "", by: Personne, now: datetime) -> Reprise:
    """All or nothing: a single file that was changed since the take-away, and nothing is written."""
    access.require(Action.RESUME_DOSSIER, by, bilan)
    archive = open_archive(fichier, phrase)
    with transaction.atomic():
        bilan = lock_bilan(bilan)
        tiroir = _open_tiroir(bilan)
        made, files, lost = 0, 0, 0
        for told in archive.donnees["pieces"]:
            content = _repris(told, archive)
            if content is None:
                lost += 1
                continue
            piece = write_piece(
                bilan,
                content,
                by=by,
                now=now,
                reference=_reference(told),
                tiroir=tiroir,
                suivi=tiroir == "entretien_suivi",
            )
            made += 1
            path = str(told.get("fichier", ""))
            if path in archive.fichiers:
                files += _store(bilan, piece, path, archive.fichiers, by, now)
        record(
            Nom.DOSSIER_REPRIS,
            bilan,
            by=by,
            now=now,
            faits={
                "pieces": made,
                "fichiers": files,
                "illisibles": lost,
                "emporte_le": archive.emporte_le,
                "tiroir": tiroir,
            },
        )
    return Reprise(made, files, lost)


def _open_tiroir(bilan: Bilan) -> str:
    tiroir = tiroir_of(bilan)
    if not tiroir:
        raise Refused(
            Obstacle(
                "L’accompagnement est terminé : un dossier ne peut être repris ici que pendant un entretien de suivi ouvert.",
                DESTRUCTION,
                code="etat",
            )
        )
    if tiroir == "travail":
        require_content_open(bilan)
    return tiroir


def _repris(told: Any, archive: Archive) -> Repris | None:
    """None for a kind that is not hers to bring, or that this version does not know."""
    try:
        nature, content = told["nature"], told["contenu"]
        if nature == NATURE:
            return Repris.from_json(content)
        if nature not in natures():
            return None
        version = int(told["version"])
        return Repris(
            nature=nature,
            version_nature=version,
            ecrit_le=str(told.get("modifie_le") or "")[:10] or None,
            emporte_le=archive.emporte_le,  # type: ignore[arg-type]  # a day is kept as its text
            cabinet=str(archive.donnees.get("cabinet", ""))[:300],
            contenu=seal_inside(nature, version, content),
        )
    except (ErreurCoffre, KeyError, TypeError, ValueError, RecursionError):
        return None


def _reference(told: Any) -> str:
    """The identifier of then: bringing the same folder twice writes it once."""
    try:
        return str(uuid.UUID(str(told["id"])))
    except (KeyError, ValueError):
        return str(uuid.uuid4())


def _store(
    bilan: Bilan, piece: Piece, path: str, files: Mapping[str, bytes], by: Personne, now: datetime
) -> int:
    if Fichier.objects.filter(fiche=piece).exists():
        return 0
    try:
        accepted = accept_file(files[path], path)
    except FichierRefuse:
        return 0
    vault = coffre()
    kept = Fichier(
        id=uuid.uuid4(),
        bilan=bilan,
        fiche=piece,
        objet=vault.objects.new_id(),
        tiroir=piece.tiroir,
        cle=tiroir_key(bilan.pk, piece.tiroir),
        octets=len(accepted.data),
        depose_par=by,
        depose_le=now,
    )
    vault.objects.store(kept.objet, accepted.data, key_id=kept.cle, context=str(kept.pk))
    kept.save(force_insert=True)
    return 1


@transaction.atomic
def share_repris(*, piece: Piece, partage: bool, by: Personne, now: datetime) -> None:
    """Shown to who accompanies her, piece by piece, and taken back as freely (L. 6313-4, al. 3)."""
    bilan, row = _mine(piece, by)
    if partage == (row.partage_le is not None):
        return
    row.partage_le = now if partage else None
    row.save(update_fields=["partage_le"])
    record(Nom.REPRIS_PARTAGE, bilan, by=by, now=now, faits={"piece": row.pk, "partage": partage})


@transaction.atomic
def erase_repris(*, bilan: Bilan, by: Personne, now: datetime, piece: Piece | None = None) -> int:
    """One piece, or all that was brought back: objects go at once."""
    access.require(Action.RESUME_DOSSIER, by, bilan)
    bilan = lock_bilan(bilan)
    rows = Piece.objects.filter(bilan=bilan, nature=NATURE)
    if piece is not None:
        rows = rows.filter(pk=piece.pk)
    objects = list(Fichier.objects.filter(fiche__in=rows).values_list("objet", flat=True))
    count = rows.count()
    rows.delete()
    if count:
        record(Nom.PIECE_EFFACEE, bilan, by=by, now=now, faits={"nature": NATURE, "pieces": count})
    transaction.on_commit(partial(_delete_objects, objects))
    return count


def _delete_objects(objects: list[str]) -> None:
    for one in objects:
        coffre().objects.delete(one)


@transaction.atomic
def recopy_repris(*, piece: Piece, by: Personne, now: datetime) -> Piece:
    """Into her work of today, as her own text: she rewrites it as she likes, what was brought back does not move."""
    bilan, row = _mine(piece, by)
    require_content_open(bilan)
    inside = inner_piece(open_for_action(row))
    if inside is None or inside.kind not in RECOPIABLES:
        raise Refused(Obstacle("Ce genre de contenu ne se recopie pas : il se lit ici.", code="nature"))
    if isinstance(inside, Competence | Realisation):
        # The experience that it names is one of another dossier.
        inside = replace(inside, experience="")
    made = write_piece(bilan, inside, by=by, now=now, reference=str(uuid.uuid4()))
    record(Nom.REPRIS_RECOPIE, bilan, by=by, now=now, faits={"piece": made.pk, "nature": inside.kind})
    return made


def _mine(piece: Piece, by: Personne) -> tuple[Bilan, Piece]:
    assert piece.bilan is not None
    access.require(Action.RESUME_DOSSIER, by, piece.bilan)
    bilan = lock_bilan(piece.bilan)
    row = Piece.objects.select_for_update().filter(pk=piece.pk, bilan=bilan, nature=NATURE).first()
    if row is None:
        raise Refused(Obstacle("Ce contenu n’est plus là.", SECRECY, code="absent"))
    return bilan, row
