"""The master key: 32 random bytes, kept apart from everything it protects, and a sheet of paper to survive the machine.

The text form is four numbered lines of base32 without ambiguous letters. Each line carries its own check, bound to its
number: a letter typed wrong, a line missed or two lines swapped are found, and the line is named.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from jalon.vault import disque
from jalon.vault.epoque import KEY_BYTES
from jalon.vault.erreurs import CleIllisible, CoffreRefuse

FICHIER = "cle-maitresse"
VARIABLE = "JALON_MASTER_KEY"
VARIABLE_FICHIER = "JALON_MASTER_KEY_FILE"

# Crockford's alphabet: no I, L, O, U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_LINES = 4
_LINE_BYTES = KEY_BYTES // _LINES
_CHECK_BYTES = 2
_LINE_CHARACTERS = (_LINE_BYTES + _CHECK_BYTES) * 8 // 5
_GROUP = 4
_NUMBER = re.compile(r"(?:(?<=\s)|^)([1-4])\s*[.):]\s*")


def new_master() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def format_secours(master: bytes) -> list[str]:
    """The lines to print and lock away: `1. K7QD-93TZ-…`."""
    if len(master) != KEY_BYTES:
        raise ValueError("a master key has 32 bytes")
    lines = []
    for number in range(1, _LINES + 1):
        part = master[(number - 1) * _LINE_BYTES : number * _LINE_BYTES]
        letters = _to_base32(part + _check(number, part))
        groups = [letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP)]
        lines.append(f"{number}. {'-'.join(groups)}")
    return lines


def parse_secours(text: str) -> bytes:
    """The key as typed from paper. Case, dashes, spaces and line numbers are free; O, I and L are read as 0 and 1."""
    lines = _lines(text)
    if len(lines) != _LINES:
        raise CleIllisible(
            f"La clé maîtresse compte {_LINES} lignes, et {len(lines)} ont été lues. "
            "Recopiez les quatre lignes de la feuille de secours, dans l’ordre."
        )
    return b"".join(_parse_line(number, line) for number, line in enumerate(lines, 1))


def read_master(home: Path, environ: Mapping[str, str]) -> bytes:
    """From the environment, from the file it names, or from the data folder: the first that is given, never a default."""
    if environ.get(VARIABLE, "").strip():
        return parse_secours(environ[VARIABLE])
    if environ.get(VARIABLE_FICHIER, "").strip():
        return _read_file(Path(environ[VARIABLE_FICHIER].strip()))
    path = home / FICHIER
    if not path.exists():
        raise CoffreRefuse(
            "La clé maîtresse est introuvable : sans elle, aucun contenu ne peut être lu. Rien n’a été modifié. "
            f"Donnez-la par la variable {VARIABLE}, par le fichier que nomme {VARIABLE_FICHIER}, "
            f"ou dans « {path} »."
        )
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise CoffreRefuse(
            f"D’autres comptes de la machine peuvent lire la clé maîtresse « {path} ». Rien n’a été modifié. "
            f"Réservez-la à votre compte (chmod 600 {path}), puis redémarrez."
        )
    return _read_file(path)


def write_master(path: Path, master: bytes) -> None:
    """A new file that only its owner reads. An existing key is never replaced: it may be the only one."""
    if path.exists():
        raise CoffreRefuse(
            f"Il y a déjà une clé maîtresse dans « {path} ». Elle n’a pas été remplacée. "
            "Gardez-la, ou déplacez-la en lieu sûr d’abord."
        )
    disque.make_folder(path.parent)
    disque.write_whole(path, ("\n".join(format_secours(master)) + "\n").encode())


def _read_file(path: Path) -> bytes:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise CoffreRefuse(
            f"Le fichier de la clé maîtresse « {path} » ne peut pas être lu. Rien n’a été modifié. "
            "Vérifiez qu’il existe, que ce compte peut le lire et qu’il contient les quatre lignes de la clé."
        ) from None
    return parse_secours(text)


def _lines(text: str) -> list[str]:
    """Lines as written, or one long line as an environment variable holds it. `#` starts a comment."""
    kept = [line.partition("#")[0] for line in text.splitlines()]
    lines = [_letters(_NUMBER.sub("", line)) for line in kept if line.strip()]
    if len(lines) == 1:
        whole = lines[0]
        return [whole[start : start + _LINE_CHARACTERS] for start in range(0, len(whole), _LINE_CHARACTERS)]
    return lines


def _letters(line: str) -> str:
    return re.sub(r"[\s\-–—_]", "", line).upper().translate(_LOOKALIKES)


def _parse_line(number: int, letters: str) -> bytes:
    for rank, letter in enumerate(letters, 1):
        if letter not in _ALPHABET:
            raise CleIllisible(
                f"Ligne {number} : le caractère {rank} n’existe pas dans une clé maîtresse. "
                "Les lettres possibles sont A à Z sans I, L, O ni U, et les chiffres.",
                number,
            )
    if len(letters) != _LINE_CHARACTERS:
        raise CleIllisible(
            f"Ligne {number} : {len(letters)} caractères au lieu de {_LINE_CHARACTERS}. "
            "Relisez cette ligne sur la feuille de secours.",
            number,
        )
    data = _from_base32(letters)
    part, check = data[:_LINE_BYTES], data[_LINE_BYTES:]
    if check != _check(number, part):
        raise CleIllisible(
            f"Ligne {number} : une erreur de frappe s’est glissée, ou ce n’est pas la ligne {number}. "
            "Relisez-la caractère par caractère.",
            number,
        )
    return part


def _check(number: int, part: bytes) -> bytes:
    return hashlib.sha256(b"jalon/secours/1" + bytes([number]) + part).digest()[:_CHECK_BYTES]


def _to_base32(data: bytes) -> str:
    value = int.from_bytes(data, "big")
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(len(data) * 8 - 5, -1, -5))


def _from_base32(letters: str) -> bytes:
    value = 0
    for letter in letters:
        value = value << 5 | _ALPHABET.index(letter)
    return value.to_bytes(len(letters) * 5 // 8, "big")
