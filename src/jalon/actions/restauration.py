"""Restore: a backup and the mirror become an installation again, and what was destroyed since stays destroyed.

The mirror decides what can be read: its ring has forgotten the destroyed keys, and its register says what the older
database does not know yet. All of it is replayed before anybody can enter: a marker stands in the data folder until then.
"""

import contextlib
import os
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction

from jalon import access
from jalon.access.coffre import close_coffre, coffre
from jalon.access.exploitation import RESTAURATION, RESTAURATION_ENVOI, home
from jalon.actions import registre
from jalon.actions.contact import erase_keyless
from jalon.actions.echeance import cancel
from jalon.actions.exploitation import ExploitationRefusee, is_initialised, out_of_service, write_mode
from jalon.actions.miroir import note_refreshed
from jalon.actions.partage_copie import forget_unreadable
from jalon.actions.piece import lock_bilan
from jalon.actions.proces_verbal import issue_proces_verbal
from jalon.actions.sauvegarde import BASE, CACHETS, MANIFESTE, OBJETS, copy_file, latest, read_manifest
from jalon.actions.terme import plan_suivi
from jalon.domain.bilan import Etat
from jalon.records import copie
from jalon.records.evenements import Nom, broken_chains, record
from jalon.records.faits import local_day
from jalon.records.models import (
    Bilan,
    Decision,
    DemandeCep,
    Destruction,
    DocumentEmis,
    Envoi,
    Fichier,
    Organisme,
    Piece,
)
from jalon.records.racines import broken_roots
from jalon.vault import CleAbsente, Coffre, CoffreRefuse, ErreurCoffre, disque
from jalon.vault import miroir as mirror
from jalon.vault.epoque import AutreCle
from jalon.vault.maitresse import read_master
from jalon.vault.porte_cles import TROUSSEAU
from jalon.vault.serrure import COURANTE, SUIVANTE


@dataclass
class Restauration:
    """What was done, and the proofs: one living piece opens, none of the destroyed does."""

    instant: datetime
    destructions_rejouees: int = 0
    pieces_sans_cle_effacees: int = 0
    envois_suspendus: int = 0
    piece_ouverte: bool | None = None
    detruites_refusees: int = 0
    detruites_lisibles: int = 0
    anomalies: list[str] = field(default_factory=list)


def restore(dossier: Path, miroir: Path, *, now: datetime, drill: bool = False) -> Restauration:
    """Into an empty installation. `drill`: the mirror and its register are only read."""
    snapshot = find_snapshot(dossier.absolute())
    manifest = read_manifest(snapshot)
    copie.require_known(manifest["migrations"])
    _require_same_ring(miroir.absolute(), manifest)
    with out_of_service():
        _require_empty()
        disque.write_whole(home() / RESTAURATION, b"")
        _lay_down(snapshot, miroir.absolute(), manifest, drill=drill)
        write_mode()
        done = Restauration(datetime.fromisoformat(manifest["instant"]))
        lines = registre.read(miroir)
        if lines.refusees:
            done.anomalies.append(
                f"Le registre des destructions a {lines.refusees} lignes que cette installation n’a pas écrites, ou abîmées."
            )
        _prove_destroyed(lines, done)
        done.destructions_rejouees = _replay(lines, now, drill=drill)
        _forget_unreadable(done, now, drill=drill)
        _after(done, now, drill=drill)
        _prove_living(done)
        done.anomalies += broken_chains() + broken_roots()
        if not drill:
            disque.make_folder(miroir.absolute().parent)
            registre.prepare_secret()
            coffre().mirror_to(miroir.absolute(), now)
            note_refreshed(miroir.absolute(), now)
        disque.remove(home() / RESTAURATION)
    return done


def find_snapshot(dossier: Path) -> Path:
    """The folder of backups means its newest; the folder of one backup means that one."""
    found = dossier if (dossier / MANIFESTE).exists() else latest(dossier)
    if found is None:
        raise ExploitationRefusee(
            f"Il n’y a pas de sauvegarde dans «\u00a0{dossier}\u00a0». Rien n’a été modifié. "
            "Donnez le dossier des sauvegardes, ou celui de l’une d’elles.",
            "dossier",
        )
    return found


def _require_same_ring(miroir: Path, manifest: dict[str, Any]) -> None:
    """The mirror, its master key and the backup go together: looked at before anything is written."""
    epoque, _ = mirror.read(miroir)
    try:
        epoque.open(read_master(home(), os.environ))
    except AutreCle:
        raise CoffreRefuse(
            "Cette clé maîtresse n’ouvre pas le miroir. Rien n’a été modifié. "
            "Fournissez la clé maîtresse de cette installation, telle qu’elle figure sur la feuille de secours."
        ) from None
    if epoque.trousseau != manifest["trousseau"]:
        raise ExploitationRefusee(
            "Cette sauvegarde et ce miroir ne viennent pas de la même installation. Rien n’a été modifié. "
            "Vérifiez les deux chemins.",
            "miroir",
        )


def _require_empty() -> None:
    """Nothing is ever restored over something, except over what an interrupted restore left."""
    if (home() / RESTAURATION).exists():
        _wipe_unfinished()
        return
    if is_initialised() or not copie.is_empty():
        raise ExploitationRefusee(
            f"Il y a déjà une installation dans «\u00a0{home()}\u00a0». Rien n’a été modifié. "
            "Restaurez dans un dossier de données vide (JALON_HOME), et dans une base vide."
        )


def _wipe_unfinished() -> None:
    close_coffre()
    for name in (TROUSSEAU, COURANTE, SUIVANTE):
        disque.overwrite(home() / name)
        disque.remove(home() / name)
    if connection.vendor == "sqlite":
        connection.close()
        base = Path(connection.settings_dict["NAME"])
        for suffix in ("", "-wal", "-shm"):
            disque.remove(base.with_name(base.name + suffix))
    elif not copie.is_empty():
        raise ExploitationRefusee(
            "Une restauration interrompue a rempli la base PostgreSQL. Videz cette base "
            "(ou créez-en une autre et nommez-la dans JALON_POSTGRES), puis recommencez."
        )
    for name in (OBJETS, CACHETS):
        shutil.rmtree(home() / name, ignore_errors=True)


def _lay_down(snapshot: Path, miroir: Path, manifest: dict[str, Any], *, drill: bool) -> None:
    Coffre.restore_mirror(miroir, home())
    close_coffre()
    coffre()
    copie.lay_down(snapshot / BASE, manifest["migrations"])
    for folder in (OBJETS, CACHETS):
        for source in sorted((snapshot / folder).rglob("*")):
            if source.is_file():
                target = home() / source.relative_to(snapshot)
                disque.make_folder(target.parent)
                _bring(source, target, drill=drill)


def _bring(source: Path, target: Path, *, drill: bool) -> None:
    """A drill reads the backup's own files where the disk lets it: they are never written again."""
    if drill:
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    copy_file(source, target)


def _prove_destroyed(lines: registre.Registre, done: Restauration) -> None:
    """Before they are deleted again: the ciphertexts that the backup still has of destroyed bilans must not open."""
    keys = {key for line in lines.lignes for key in line["destruction"]["cles"]}
    for piece in Piece.objects.exclude(bilan=None).iterator(chunk_size=500):
        if piece.cle in keys:
            try:
                _open(piece)
            except CleAbsente:
                done.detruites_refusees += 1
            else:
                done.detruites_lisibles += 1


def _replay(lines: registre.Registre, now: datetime, *, drill: bool) -> int:
    """Keys first, all at once, then each destruction that this database does not know as done."""
    keys = sorted({key for line in lines.lignes for key in line["destruction"]["cles"]})
    coffre().destroy_keys(keys)
    return sum(_replay_one(line, now, drill=drill) for line in lines.lignes)


@transaction.atomic
def _replay_one(line: dict[str, Any], now: datetime, *, drill: bool) -> bool:
    values = registre.as_fields(Destruction, line["destruction"])
    if Destruction.objects.filter(pk=values["id"], faite_le__isnull=False).exists():
        return False
    try:
        bilan = lock_bilan(Bilan(pk=values["bilan_id"]))
    except ObjectDoesNotExist:
        return False  # opened after the backup: nothing of it came back
    Bilan.objects.filter(pk=bilan.pk).update(**registre.as_fields(Bilan, line["bilan"]))
    for model, rows in ((Decision, line["decisions"]), (DemandeCep, line["cep"])):
        for row in rows:
            marks = registre.as_fields(model, row)
            model._default_manager.filter(pk=marks.pop("id")).update(**marks)
    Destruction.objects.filter(pk=values["id"]).delete()
    replayed = Destruction.objects.create(**values)
    bilan.seances.exclude(visio_lien="").update(visio_lien="")
    bilan.refresh_from_db()
    if bilan.contenu_detruit_le is not None:
        cancel("destruction", now=now, bilan=bilan)
        cancel("terme", now=now, bilan=bilan)
        cancel("terme_rappel", now=now, bilan=bilan)
    if bilan.etat == Etat.TERMINE and bilan.recontact_accepte_le and not bilan.suivis.exists():
        assert bilan.termine_le is not None
        plan_suivi(bilan, local_day(bilan, bilan.termine_le))
    by = access.systeme()
    record(
        Nom.DOCUMENTS_DETRUITS,
        bilan,
        by=by,
        now=now,
        faits={
            "destruction": replayed.pk,
            "motif": replayed.motif,
            "rejouee": True,
            "faite_le": replayed.faite_le,
            "epoque_avant": replayed.epoque_avant,
            "epoque_apres": replayed.epoque_apres,
        },
    )
    if not drill:
        issue_proces_verbal(destruction=replayed, by=by, now=now)
    return True


def _forget_unreadable(done: Restauration, now: datetime, *, drill: bool) -> None:
    """What the ring has no key for can be read by nobody: erased since, or never mirrored. Its ciphertext goes too."""
    known = frozenset(coffre().key_ids())
    erase_keyless(by=access.systeme(), now=now)
    for model in (Fichier, DocumentEmis):
        for row in model._default_manager.exclude(cle="").iterator(chunk_size=500):
            if row.cle in known:
                continue
            if not drill:
                coffre().objects.delete(row.objet)
            if model is Fichier:
                row.delete()
            else:
                model._default_manager.filter(pk=row.pk).update(objet="", tiroir="", cle="")
    forget_unreadable(known, now=now, drill=drill)
    orphans = [pk for pk, cle in Piece.objects.values_list("pk", "cle") if cle not in known]
    for start in range(0, len(orphans), 500):
        Piece.objects.filter(pk__in=orphans[start : start + 500]).delete()
    done.pieces_sans_cle_effacees = len(orphans)


def _after(done: Restauration, now: datetime, *, drill: bool) -> None:
    """Mails that waited then have left since; the cabinets' chains say that history may lack its last hours."""
    done.envois_suspendus = Envoi.objects.filter(envoye_le=None, abandonne_le=None).update(
        abandonne_le=now, erreur=RESTAURATION_ENVOI
    )
    if drill:
        return
    by = access.systeme()
    for organisme in Organisme.objects.all():
        with transaction.atomic():
            locked = Organisme.objects.select_for_update().get(pk=organisme.pk)
            record(
                Nom.INSTALLATION_RESTAUREE,
                locked,
                by=by,
                now=now,
                faits={
                    "sauvegarde_du": done.instant,
                    "destructions_rejouees": done.destructions_rejouees,
                },
            )


def _prove_living(done: Restauration) -> None:
    """One piece, opened and forgotten at once: the backup, the mirror and the master key do go together."""
    piece = Piece.objects.order_by("-modifie_le", "id").first()
    if piece is None:
        return
    try:
        _open(piece)
        done.piece_ouverte = True
    except ErreurCoffre:
        done.piece_ouverte = False
        done.anomalies.append("Une pièce restaurée ne s’ouvre pas : la sauvegarde est abîmée.")


def _open(piece: Piece) -> Any:
    return coffre().open_piece(
        bytes(piece.chiffre), key_id=piece.cle, piece_id=piece.pk, revision=piece.revision
    )
