"""Read back a folder that was taken away: its fingerprints first, then its data. Everything in memory, nothing trusted."""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from jalon.actions.emport_format import FORMAT
from jalon.domain.obstacle import Obstacle, Refused
from jalon.vault import ErreurCoffre
from jalon.vault.zip_chiffre import is_sealed, open_zip

# What an honest folder never reaches: beyond, somebody sends something else.
ENTREES_MAX = 2_000
OCTETS_MAX = 400 * 1024 * 1024
EMPREINTES = "empreintes-sha256.txt"
DONNEES = "donnees.json"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True)
class Archive:
    """What was verified: the open data, the files by their path, the day of the take-away."""

    donnees: Mapping[str, Any]
    fichiers: Mapping[str, bytes]
    emporte_le: date


def open_archive(data: bytes, phrase: str = "") -> Archive:
    """`Refused`, with the name of the file that is missing or was changed."""
    try:
        if is_sealed(data):
            if not phrase.strip():
                raise _refuse(
                    "Ce dossier est chiffré\u00a0: donnez la phrase que vous aviez choisie.", "phrase"
                )
            with zipfile.ZipFile(BytesIO(data)) as outer:
                if sum(entry.file_size for entry in outer.infolist()) > OCTETS_MAX:
                    raise _refuse("Cette archive est trop lourde pour être un dossier emporté avec Jalon.")
            data = open_zip(data, phrase)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _verified(archive)
    except ErreurCoffre as refused:
        raise _refuse(refused.phrase, "phrase") from None
    except _BROKEN:
        raise _refuse(
            "Ce fichier n’est pas un dossier emporté, ou il est abîmé. Choisissez le fichier .zip tel que vous l’aviez reçu."
        ) from None


def _verified(archive: zipfile.ZipFile) -> Archive:
    entries = {entry.filename: entry for entry in archive.infolist()}
    lists = sorted((name for name in entries if name.rsplit("/", 1)[-1] == EMPREINTES), key=len)
    if not lists:
        raise _refuse(
            f"Il manque le fichier «\u00a0{EMPREINTES}\u00a0»\u00a0: ce n’est pas un dossier emporté avec Jalon."
        )
    # A folder that was unpacked and packed again has one more level.
    prefix = lists[0].removesuffix(EMPREINTES)
    if len(entries) > ENTREES_MAX or sum(entry.file_size for entry in entries.values()) > OCTETS_MAX:
        raise _refuse("Cette archive est trop lourde pour être un dossier emporté avec Jalon.")
    told = _read(archive, entries[lists[0]]).decode("utf-8", "replace")
    found = {}
    for line in filter(None, told.replace("\r", "").split("\n")):
        matched = _LINE.fullmatch(line)
        if matched is None:
            raise _refuse(f"Le fichier «\u00a0{EMPREINTES}\u00a0» a été modifié.")
        digest, name = matched.groups()
        entry = entries.get(prefix + name)
        if entry is None:
            raise _refuse(f"Il manque le fichier «\u00a0{name}\u00a0»\u00a0: prenez le dossier entier.")
        content = _read(archive, entry)
        if hashlib.sha256(content).hexdigest() != digest:
            raise _refuse(
                f"Le fichier «\u00a0{name}\u00a0» a été modifié depuis que le dossier a été emporté. "
                "Prenez une copie intacte\u00a0: rien n’a été repris."
            )
        found[name] = content
    return _data(found)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Never more than what the entry announces: a bomb that lies about its size is cut."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ValueError("size")
    return content


def _data(found: dict[str, bytes]) -> Archive:
    try:
        data = json.loads(found[DONNEES])
        said = data["format"]
        taken = date.fromisoformat(str(data["emporte_le"])[:10])
        pieces = data["pieces"]
    except (KeyError, TypeError, ValueError, RecursionError):
        raise _refuse(f"Le fichier «\u00a0{DONNEES}\u00a0» ne peut pas être lu.") from None
    if said != FORMAT or not isinstance(pieces, list):
        raise _refuse(
            "Ce dossier est dans un format que cette version de Jalon ne connaît pas. "
            "Il reste lisible avec un navigateur\u00a0: ouvrez «\u00a0mon-dossier.html\u00a0»."
        )
    files = {name: content for name, content in found.items() if name.startswith("fichiers/")}
    return Archive(data, files, taken)


def _refuse(sentence: str, field: str = "fichier") -> Refused:
    return Refused(Obstacle(sentence, code="archive", field=field))
