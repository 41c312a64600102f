"""A zip under a passphrase, that 7-Zip, WinZip, Keka or libarchive open: AES-256 as WinZip published it (AE-2).

Python's own zipfile writes no encryption, and a library that does would add a second set of ciphers to the one we audit:
the format is a hundred lines over `cryptography`. Its key derivation is old (1,000 rounds of SHA-1): what protects is the
length of the passphrase, so a short one is refused. Reasons: docs/decisions, «zip chiffré».
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
import unicodedata
import zipfile
from datetime import datetime
from io import BytesIO

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from jalon.vault.erreurs import ErreurCoffre

PHRASE_MIN = 16
PHRASE_MAX = 200
_ROUNDS = 1000
_SALT, _CHECK, _MAC = 16, 2, 10
_AES, _STORED = 99, 0
# Encrypted (bit 0), names in UTF-8 (bit 11).
_FLAGS = 0x0801
_EXTRA = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, _STORED)
_LIMIT = 2**32 - 2**16
_CHUNK = 1 << 16


class PhraseRefusee(ErreurCoffre):
    """A passphrase too short to protect, or that does not open this archive."""


def seal_zip(nom: str, contenu: bytes, phrase: str, *, lisible: dict[str, bytes], le: datetime) -> bytes:
    """One encrypted entry `nom`, and beside it what anybody may read: how to open the other."""
    key = phrase_bytes(phrase)
    salt = secrets.token_bytes(_SALT)
    cipher, mac, check = _derive(key, salt)
    body = _ctr(cipher, contenu)
    body = salt + check + body + hmac.new(mac, body, hashlib.sha1).digest()[:_MAC]
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in lisible.items():
            archive.writestr(zipfile.ZipInfo(name, le.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return _append(buffer.getvalue(), nom, body, len(contenu), le)


def open_zip(data: bytes, phrase: str) -> bytes:
    """The first encrypted entry of an archive, whoever wrote it in this format (stored or deflated)."""
    import zlib

    with zipfile.ZipFile(BytesIO(data)) as archive:
        entry = next((i for i in archive.infolist() if i.compress_type == _AES), None)
    if entry is None:
        raise PhraseRefusee("Cette archive ne contient rien de chiffré que Jalon sache ouvrir.")
    method, version = _aes_extra(entry.extra)
    name_length, extra_length = struct.unpack_from("<HH", data, entry.header_offset + 26)
    start = entry.header_offset + 30 + name_length + extra_length
    body = data[start : start + entry.compress_size]
    if len(body) < _SALT + _CHECK + _MAC:
        raise PhraseRefusee("Cette archive est tronquée. Reprenez-en une copie entière.")
    cipher, mac, check = _derive(phrase_bytes(phrase, short_too=True), body[:_SALT])
    sealed, tag = body[_SALT + _CHECK : -_MAC], body[-_MAC:]
    if not hmac.compare_digest(check, body[_SALT : _SALT + _CHECK]):
        raise PhraseRefusee("Cette phrase n’ouvre pas l’archive. Vérifiez-la, majuscules et espaces compris.")
    if not hmac.compare_digest(hmac.new(mac, sealed, hashlib.sha1).digest()[:_MAC], tag):
        raise PhraseRefusee("Cette phrase n’ouvre pas l’archive, ou l’archive a été modifiée.")
    clear = _ctr(cipher, sealed)
    if method == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-15)
        clear = unpacker.decompress(clear, entry.file_size)
    if len(clear) != entry.file_size or (version == 1 and zlib.crc32(clear) != entry.CRC):
        raise PhraseRefusee("Cette archive a été modifiée. Reprenez-en une copie entière.")
    return clear


def is_sealed(data: bytes) -> bool:
    """Does it hold an encrypted entry of this format?"""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return any(entry.compress_type == _AES for entry in archive.infolist())


def phrase_bytes(phrase: str, *, short_too: bool = False) -> bytes:
    """The same words typed on another keyboard give the same bytes."""
    told = unicodedata.normalize("NFC", phrase.strip())
    if not short_too and len(told) < PHRASE_MIN:
        raise PhraseRefusee(
            f"Cette phrase est trop courte : il faut {PHRASE_MIN} caractères au moins, par exemple cinq mots sans lien entre eux."
        )
    if len(told) > PHRASE_MAX:
        raise PhraseRefusee(f"Cette phrase est trop longue : {PHRASE_MAX} caractères au plus.")
    return told.encode()


def _derive(phrase: bytes, salt: bytes) -> tuple[bytes, bytes, bytes]:
    made = hashlib.pbkdf2_hmac("sha1", phrase, salt, _ROUNDS, 2 * 32 + _CHECK)
    return made[:32], made[32:64], made[64:]


def _ctr(key: bytes, data: bytes) -> bytes:
    """AES in counter mode, counting from 1 with the low byte first: WinZip's order, that no library mode has."""
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 (each block is a counter, never repeated)
    out = bytearray()
    count = 1
    for start in range(0, len(data), 16 * _CHUNK):
        part = data[start : start + 16 * _CHUNK]
        blocks = (len(part) + 15) // 16
        stream = encryptor.update(b"".join(n.to_bytes(16, "little") for n in range(count, count + blocks)))
        mixed = int.from_bytes(part, "big") ^ int.from_bytes(stream[: len(part)], "big")
        out += mixed.to_bytes(len(part), "big")
        count += blocks
    return bytes(out)


def _aes_extra(extra: bytes) -> tuple[int, int]:
    """The compression hidden behind the encryption, and the version of the format."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == 0x9901 and size == 7:
            version, _, strength, method = struct.unpack_from("<H2sBH", extra, at + 4)
            if strength == 3:
                return method, version
        at += 4 + size
    raise PhraseRefusee("Cette archive n’est pas chiffrée en AES-256 : Jalon ne peut pas l’ouvrir.")


def _append(readable: bytes, nom: str, body: bytes, size: int, le: datetime) -> bytes:
    """The archive with one more entry, written by hand: zipfile writes no method 99."""
    if len(readable) + len(body) > _LIMIT:
        raise ErreurCoffre("Ce dossier est trop lourd pour une archive chiffrée : emportez-le sans phrase.")
    end = readable.rfind(b"PK\x05\x06")
    count, directory_size, directory_at = struct.unpack_from("<HII", readable, end + 10)
    name = nom.encode()
    moment = le.hour << 11 | le.minute << 5 | le.second // 2
    day = (le.year - 1980) << 9 | le.month << 5 | le.day
    # AE-2: no checksum of the clear content is written beside the ciphertext.
    common = struct.pack(
        "<HHHHHIIIHH", 51, _FLAGS, _AES, moment, day, 0, len(body), size, len(name), len(_EXTRA)
    )
    local = b"PK\x03\x04" + common + name + _EXTRA
    central = (
        b"PK\x01\x02"
        + struct.pack("<H", 51)
        + common
        + struct.pack("<HHHII", 0, 0, 0, 0, directory_at)
        + name
        + _EXTRA
    )
    entries = readable[directory_at : directory_at + directory_size] + central
    new_at = directory_at + len(local) + len(body)
    tail = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count + 1, count + 1, len(entries), new_at, 0)
    return readable[:directory_at] + local + body + entries + tail
