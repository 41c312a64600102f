"""The cabinet's seal: made at its first use, its private key only ever stored encrypted under a key of the installation."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from jalon import documents
from jalon.access.coffre import coffre
from jalon.documents import Cachet
from jalon.records.models import Organisme
from jalon.vault import disque, installation_key

_RENEW_BEFORE = timedelta(days=60)


def _folder() -> Path:
    return Path(settings.DONNEES) / "cachets"


def get_cachet(organisme: Organisme, now: datetime) -> Cachet:
    """The seal in force; a new one is made when there is none or when it is about to expire. Old certificates stay beside,
    so that what they sealed can still be checked."""
    path = _folder() / f"{organisme.pk}.scelle"
    key_id = installation_key(f"cachet-{organisme.pk}")
    vault = coffre()
    if path.exists() and vault.has_key(key_id):
        found = Cachet.from_bytes(
            vault.open_bytes(path.read_bytes(), key_id=key_id, piece_id=organisme.pk, label="cachet")
        )
        if found.expire_le > now + _RENEW_BEFORE:
            return found
    made = Cachet.create(organisme.nom, now)
    if not vault.has_key(key_id):
        vault.create_keys([key_id])
    disque.make_folder(_folder())
    certificate = _folder() / f"{organisme.pk}-{made.certificat.serial_number:x}.der"
    disque.write_whole(certificate, made.certificate_bytes())
    sealed = vault.seal_bytes(made.to_bytes(), key_id=key_id, piece_id=organisme.pk, label="cachet")
    disque.write_whole(path, sealed)
    return made


def certificates(organisme: Organisme) -> list[bytes]:
    """Every certificate that this cabinet has sealed with, to check its papers."""
    return [path.read_bytes() for path in sorted(_folder().glob(f"{organisme.pk}-*.der"))]


def seal_pdf(
    pdf: bytes,
    organisme: Organisme,
    *,
    now: datetime,
    reason: str,
    jointe: "documents.PieceJointe | None" = None,
) -> bytes:
    # Its library is slow to load: the pages must not wait for it at their start.
    return documents.seal(pdf, get_cachet(organisme, now), signed_at=now, reason=reason, jointe=jointe)
