"""A zip under a passphrase, that 7-Zip, WinZip, Keka or libarchive open: AES-256 as WinZip published it (AE-2).

The format's key derivation is old (1,000 rounds of SHA-1): what protects is the length of the passphrase, so a short one
is refused. Reasons: docs/decisions, «zip chiffré».
"""

from __future__ import annotations

import unicodedata
import zipfile
import zlib
from datetime import datetime
from io import BytesIO

from jalon.vault.erreurs import ErreurCoffre

PHRASE_MIN = 16
PHRASE_MAX = 200
# The method number under which the format hides how an encrypted entry was compressed.
_AES = 99


class PhraseRefusee(ErreurCoffre):
    """A passphrase too short to protect, or that does not open this archive."""


def seal_zip(nom: str, contenu: bytes, phrase: str, *, lisible: dict[str, bytes], le: datetime) -> bytes:
    """One encrypted entry `nom`, and beside it what anybody may read: how to open the other."""
    key = phrase_bytes(phrase)
    # Slow to load, and seldom needed.
    import pyzipper

    buffer = BytesIO()
    moment = le.timetuple()[:6]
    with pyzipper.AESZipFile(buffer, "w", compression=pyzipper.ZIP_DEFLATED) as archive:
        for name, data in lisible.items():
            archive.writestr(archive.zipinfo_cls(name, moment), data)
        archive.setpassword(key)
        # Version 2: no checksum of the clear content is written beside the ciphertext.
        archive.setencryption(pyzipper.WZ_AES, nbits=256, force_wz_aes_version=2)
        archive.writestr(archive.zipinfo_cls(nom, moment), contenu, pyzipper.ZIP_STORED)
    return buffer.getvalue()


def open_zip(data: bytes, phrase: str) -> bytes:
    """The first encrypted entry of an archive, whoever wrote it in this format."""
    import pyzipper

    try:
        with pyzipper.AESZipFile(BytesIO(data)) as archive:
            entry = next((one for one in archive.infolist() if one.flag_bits & 1), None)
            if entry is None:
                raise PhraseRefusee("Cette archive ne contient rien de chiffré que Jalon sache ouvrir.")
            content: bytes = archive.read(entry, phrase_bytes(phrase, short_too=True))
    except RuntimeError:
        raise PhraseRefusee(
            "Cette phrase n’ouvre pas l’archive. Vérifiez-la, majuscules et espaces compris."
        ) from None
    except (pyzipper.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise PhraseRefusee(
            "Cette archive a été modifiée ou est tronquée. Reprenez-en une copie entière."
        ) from None
    if len(content) != entry.file_size:
        raise PhraseRefusee("Cette archive est tronquée. Reprenez-en une copie entière.")
    return content


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
