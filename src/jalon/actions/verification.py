"""Look at everything that must hold: chains, roots, seals, keys, files, what is due, the mirror. Reads, and changes nothing."""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import ProgrammingError, connection

from jalon import documents
from jalon.access.coffre import coffre
from jalon.access.conservation import overdue_since
from jalon.access.exploitation import SAUVEGARDE, home, mails_given_up, read_state
from jalon.actions import orphelins
from jalon.actions.cachet import certificates
from jalon.actions.exploitation import master_path
from jalon.actions.sauvegarde import latest
from jalon.actions.signature_verification import broken_circuits
from jalon.domain.bilan import CLOSED
from jalon.domain.decision import Choix
from jalon.records.evenements import broken_chains
from jalon.records.models import Bilan, Decision, Destruction, DocumentEmis, Echeance, Fichier, Piece
from jalon.records.racines import broken_roots
from jalon.vault import CleAbsente, ErreurCoffre, disque
from jalon.vault.maitresse import VARIABLE_FICHIER

# Ours: a night may be missed, not two.
MIRROR_AGE = timedelta(hours=48)
LATE = timedelta(days=1)
UNFINISHED = timedelta(hours=1)
# Clocks that end something the law wants ended.
ENDING = ("destruction", "conservation_fin", "suivi_fin", "contact_effacement", "compte_effacement")
_SHOWN = 20


@dataclass(frozen=True)
class Anomalie:
    controle: str
    phrase: str


def verify(now: datetime, *, deep: bool = True) -> list[Anomalie]:
    """Everything that is wrong. Sentences name identifiers only. `deep` opens each paper and file: long when there are many."""
    checks: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("chaines", lambda: iter(broken_chains())),
        ("racines", lambda: iter(broken_roots())),
        ("pieces", _unreadable_pieces),
        ("orphelins", _orphans),
        ("destructions", lambda: _late_destructions(now)),
        ("miroir", lambda: _mirror(now)),
        ("courriels", _mails),
    ]
    if deep:
        checks += [
            ("cachets", _broken_seals),
            ("signatures", broken_circuits),
            ("fichiers", _unreadable_files),
        ]
    return [Anomalie(name, phrase) for name, look in checks for phrase in _bounded(list(look()))]


def _bounded(found: list[str]) -> list[str]:
    if len(found) <= _SHOWN:
        return found
    return [*found[:_SHOWN], f"… et {len(found) - _SHOWN} autres anomalies du même genre."]


def _unreadable_pieces() -> Iterator[str]:
    """Opened and forgotten, one by one: a ciphertext that was altered, cut or moved shows here."""
    vault = coffre()
    columns = ("pk", "cle", "revision", "chiffre")
    for pk, cle, revision, chiffre in Piece.objects.order_by().values_list(*columns).iterator(500):
        try:
            vault.open_piece(bytes(chiffre), key_id=cle, piece_id=pk, revision=revision)
        except CleAbsente:
            continue  # told among the orphans
        except ErreurCoffre:
            yield f"Pièce {pk} : son contenu chiffré a été modifié, tronqué ou déplacé. Restaurez-la."
    for key_id in vault.damaged_keys():
        yield f"Clé {key_id} : elle est abîmée et n’ouvre plus rien. Restaurez le trousseau depuis le miroir."


def _orphans() -> Iterator[str]:
    found = orphelins.find()
    for pk in found.pieces:
        yield f"Pièce {pk} : aucune clé ne l’ouvre, et elle n’a pas été effacée."
    for name in found.manquants:
        yield f"Fichier {name} : le dossier des fichiers chiffrés ne l’a plus. Restaurez-le."
    # A key or a file may be alone for the time of a deposit: only what already was last night is an anomaly.
    former = read_state(orphelins.ETAT) or {}
    for kind, names in (("Clé", found.cles), ("Fichier", found.objets)):
        known = set(former.get("cles" if kind == "Clé" else "objets", []))
        for name in names:
            if name in known:
                yield f"{kind} {name} : plus rien ne s’y rapporte."


def _late_destructions(now: datetime) -> Iterator[str]:
    for pk in Destruction.objects.filter(faite_le=None, commencee_le__lt=now - UNFINISHED).values_list(
        "pk", flat=True
    ):
        yield f"Destruction {pk} : commencée et pas achevée. Elle reprend au démarrage du service."
    if coffre().mirror_state().chemin is not None:
        late = Destruction.objects.filter(faite_le__lt=now - LATE, miroir_rafraichi_le=None)
        for pk in late.values_list("pk", flat=True):
            yield f"Destruction {pk} : la copie des clés ne l’a pas suivie. Branchez son support, puis sauvegardez."
    yield from _still_alive(now)
    open_ones = Echeance.objects.filter(faite_le=None, annulee_le=None, echoit_le__lt=now - LATE)
    for pk, nom in open_ones.filter(nom__in=ENDING).values_list("pk", "nom"):
        yield f"Échéance {pk} ({nom}) : elle aurait dû être faite. Vérifiez que le service tourne."


def _still_alive(now: datetime) -> Iterator[str]:
    """From the state itself, not from its clock: a clock that was cancelled or lost hides nothing (R. 6313-7)."""
    closed = Bilan.objects.filter(etat__in=CLOSED, contenu_detruit_le=None, termine_le__lt=now - 2 * LATE)
    for bilan in closed.order_by("termine_le", "id"):
        last = overdue_since(bilan, now - LATE)
        if last is not None:
            yield f"Dossier {bilan.numero} : son contenu devrait être détruit depuis le {last:%d/%m/%Y}."
    today = now.date() - LATE
    kept = Decision.objects.filter(choix=Choix.CONSERVER, detruit_le=None, conserve_jusqu_au__lt=today)
    for numero in kept.filter(bilan__pieces__isnull=False).values_list("bilan__numero", flat=True).distinct():
        yield f"Dossier {numero} : un accord de conservation est fini, et ses documents sont encore là."


def _mirror(now: datetime) -> Iterator[str]:
    state = coffre().mirror_state()
    if state.chemin is None:
        yield "Les clés n’ont pas de miroir : lancez « jalon sauvegarder DOSSIER --miroir CHEMIN »."
    elif state.a_rafraichir:
        yield "Le miroir garde des clés détruites depuis : branchez son support, puis relancez la sauvegarde."
    elif state.rafraichi_le is None or now - state.rafraichi_le > MIRROR_AGE:
        yield "Le miroir n’a pas été rafraîchi depuis plus de deux jours : vérifiez son support et le service."


def _mails() -> Iterator[str]:
    count = mails_given_up().count()
    if count:
        yield f"{count} courriels n’ont pas pu partir et ne sont plus essayés."


def _broken_seals() -> Iterator[str]:
    """Each issued paper against its fingerprint, and against the certificates of its cabinet."""
    known = cache(certificates)
    papers = DocumentEmis.objects.select_related("organisme", "circuit")
    for paper in papers.order_by("emis_le", "id").iterator(100):
        try:
            data = _bytes_of(paper)
        except CleAbsente:
            continue
        except ErreurCoffre:
            yield f"Document {paper.numero} : son fichier chiffré est abîmé ou manque. Restaurez-le."
            continue
        if data is None:
            continue
        if hashlib.sha256(data).hexdigest() != paper.empreinte:
            yield f"Document {paper.numero} : il n’a plus l’empreinte qu’il avait à son émission."
        elif hasattr(paper, "circuit"):
            continue  # what is to be signed gets its seal after the last signature: told among the signatures
        elif not (state := documents.check(data, known(paper.organisme))).intact:
            yield f"Document {paper.numero} : {state.raison}"


def _bytes_of(paper: DocumentEmis) -> bytes | None:
    if paper.octets is not None:
        return bytes(paper.octets)
    if not paper.objet:
        return None
    return coffre().objects.load(paper.objet, key_id=paper.cle, context=str(paper.pk))


def _unreadable_files() -> Iterator[str]:
    """Every chunk of every deposited file, opened and forgotten."""
    vault = coffre()
    for one in Fichier.objects.order_by("depose_le", "id").iterator(500):
        try:
            for _ in vault.objects.reader(one.objet, key_id=one.cle, context=str(one.pk)):
                pass
        except CleAbsente:
            continue  # its sheet is told among the orphans
        except ErreurCoffre:
            yield f"Fichier {one.pk} : son contenu chiffré a été modifié, tronqué ou déplacé. Restaurez-le."


_NO_SCRATCH = (
    "L’exercice a besoin d’une base d’essai, et le compte PostgreSQL n’a pas le droit d’en créer une "
    "(ALTER ROLE … CREATEDB)."
)


def drill() -> tuple[list[Anomalie], dict[str, Any]]:
    """Restore the newest backup into a temporary folder, open one piece, prove that what was destroyed stays closed, and
    delete it all. The living installation is only read."""
    state, mirror = read_state(SAUVEGARDE) or {}, coffre().mirror_state().chemin
    snapshot = latest(Path(state["dossier"])) if state.get("dossier") else None
    if snapshot is None or mirror is None:
        return [
            Anomalie("exercice", "Il n’y a pas encore de sauvegarde à essayer : faites-en une d’abord.")
        ], {}
    with contextlib.ExitStack() as scratch:
        folder = scratch.enter_context(_scratch_home())
        try:
            conninfo = scratch.enter_context(_scratch_database())
        except ProgrammingError:
            return [Anomalie("exercice", _NO_SCRATCH)], {}
        environment = {**os.environ, "JALON_HOME": str(folder)}
        path = master_path()
        if path is not None:
            environment[VARIABLE_FICHIER] = str(path)
        if conninfo:
            environment["JALON_POSTGRES"] = conninfo
        command = [
            sys.executable,
            "-m",
            "jalon",
            "restaurer",
            str(snapshot),
            "--miroir",
            str(mirror),
            "--exercice",
        ]
        answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    try:
        told: dict[str, Any] = json.loads(answer.stdout)
    except ValueError:
        return [Anomalie("exercice", "La restauration d’essai s’est arrêtée sans répondre.")], {}
    if "erreur" in told:
        return [Anomalie("exercice", f"La restauration d’essai a échoué. {told['erreur']}")], {}
    found = [Anomalie("exercice", phrase) for phrase in told["anomalies"]]
    if told["detruites_lisibles"]:
        found.append(
            Anomalie(
                "exercice",
                f"{told['detruites_lisibles']} pièces détruites s’ouvrent encore avec cette sauvegarde.",
            )
        )
    return found, {key: value for key, value in told.items() if key not in ("anomalies", "sources")}


@contextlib.contextmanager
def _scratch_home() -> Iterator[Path]:
    """Beside the data, on the same disk, for its owner alone; keys and database are overwritten before they are deleted."""
    folder = home() / f"exercice-{secrets.token_hex(4)}"
    disque.make_folder(folder)
    try:
        yield folder
    finally:
        for path in folder.iterdir():
            if path.is_file():
                disque.overwrite(path)
        shutil.rmtree(folder)


@contextlib.contextmanager
def _scratch_database() -> Iterator[str]:
    """On PostgreSQL, an empty database of the same server, dropped afterwards; on SQLite the file is in the folder."""
    if connection.vendor == "sqlite":
        yield ""
        return
    from psycopg.conninfo import make_conninfo

    name = f"jalon_exercice_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield make_conninfo(os.environ["JALON_POSTGRES"], dbname=name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
