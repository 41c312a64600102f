"""What we keep of a file that somebody hands in: its content, never what rides along with it.

The type is read in the file itself, not in its name. Pictures are drawn anew (no place, no device, no hidden
thumbnail); PDFs lose their description, scripts, attachments and actions. All in memory: nothing clear on the disk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jalon.vault.erreurs import FichierRefuse
from jalon.vault.objets import TAILLE_MAX

_PDF_MARK_WITHIN = 1024
_IMAGES = ((b"\xff\xd8\xff", "JPEG", ".jpg"), (b"\x89PNG\r\n\x1a\n", "PNG", ".png"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class FichierAccepte:
    data: bytes
    type_mime: str
    extension: str


def accept_file(data: bytes, nom: str) -> FichierAccepte:
    """The cleaned file, or `FichierRefuse` with what to do. `nom` only helps to say what went wrong."""
    if not data:
        raise FichierRefuse("Ce fichier est vide. Choisissez-en un autre.")
    if len(data) > TAILLE_MAX:
        raise FichierRefuse(
            f"Ce fichier est trop lourd : {TAILLE_MAX // (1024 * 1024)} Mo au plus. "
            "Réduisez-le, ou déposez-le en plusieurs fichiers."
        )
    # Heavy libraries: each is loaded with the first file that needs it.
    if b"%PDF-" in data[:_PDF_MARK_WITHIN]:
        from jalon.vault.reception_pdf import clean_pdf

        return FichierAccepte(clean_pdf(data), "application/pdf", ".pdf")
    for start, kind, extension in _IMAGES:
        if data.startswith(start):
            from jalon.vault.reception_image import clean_image

            return FichierAccepte(clean_image(data, kind), f"image/{kind.lower()}", extension)
    text = _plain_text(data)
    if text is not None:
        return FichierAccepte(text.encode(), "text/plain", ".txt")
    raise FichierRefuse(_advice(nom))


def _plain_text(data: bytes) -> str | None:
    """UTF-8, else the old Western encoding; None for what is not text at all. Kept as UTF-8."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None


def _advice(nom: str) -> str:
    """The way out for the formats that people really have."""
    accepted = "Les fichiers acceptés sont le PDF, les images JPEG et PNG, et le texte simple."
    ending = nom.rpartition(".")[2].lower()
    if ending in ("doc", "docx", "odt", "rtf", "pages", "ppt", "pptx", "odp", "xls", "xlsx", "ods"):
        return f"Ce type de fichier ne peut pas être déposé. {accepted} Exportez votre document en PDF, puis déposez-le."
    if ending in ("heic", "heif", "webp", "tif", "tiff", "gif", "bmp"):
        return f"Ce type d’image ne peut pas être déposé. {accepted} Enregistrez votre image en JPEG, puis déposez-la."
    return f"Ce type de fichier ne peut pas être déposé. {accepted} Convertissez-le en PDF, puis déposez-le."
