"""What we keep of a file that somebody hands in: its content, never what rides along with it.

The type is read in the file itself, not in its name. Pictures are drawn anew (no place, no device, no hidden
thumbnail); PDFs lose their description, scripts, attachments and actions. All in memory: nothing clear on the disk.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from PIL import Image, ImageOps

from jalon.vault.erreurs import FichierRefuse
from jalon.vault.objets import TAILLE_MAX
from jalon.vault.reception_pdf import clean_pdf

PIXELS_MAX = 40_000_000

_PDF_MARK_WITHIN = 1024
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
    if b"%PDF-" in data[:_PDF_MARK_WITHIN]:
        return FichierAccepte(clean_pdf(data), "application/pdf", ".pdf")
    if data.startswith(b"\xff\xd8\xff"):
        return FichierAccepte(_clean_image(data, "JPEG"), "image/jpeg", ".jpg")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FichierAccepte(_clean_image(data, "PNG"), "image/png", ".png")
    text = _plain_text(data)
    if text is not None:
        return FichierAccepte(text.encode(), "text/plain", ".txt")
    raise FichierRefuse(_advice(nom))


def _clean_image(data: bytes, kind: str) -> bytes:
    """Only the pixels survive, turned the right way up as the camera had noted."""
    try:
        # Opening only reads the header: nothing is drawn before its size is known.
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            if image.width * image.height > PIXELS_MAX:
                raise _too_many_pixels()
            return _drawn_anew(ImageOps.exif_transpose(image), kind)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_pixels() from None
    except FichierRefuse:
        raise
    except Exception:
        # Pillow's decoders fail in many ways on a damaged picture; none of them is worth a word of the file in a log.
        raise FichierRefuse(
            "Cette image est abîmée et ne peut pas être lue. Enregistrez-la à nouveau, puis redéposez-la."
        ) from None


def _drawn_anew(image: Image.Image, kind: str) -> bytes:
    if image.mode.startswith("I"):
        # Sixteen bits of grey: drawing them on eight would turn all but the darkest white.
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    mode = _kept_mode(image, kind)
    fresh = Image.new(mode, image.size)
    fresh.paste(image.convert(mode))
    output = io.BytesIO()
    if kind == "JPEG":
        fresh.save(output, "JPEG", quality=90, optimize=True)
    else:
        fresh.save(output, "PNG", optimize=True)
    return output.getvalue()


def _kept_mode(image: Image.Image, kind: str) -> str:
    if image.mode in ("1", "L"):
        return "L"
    transparent = "A" in image.getbands() or "transparency" in image.info
    return "RGBA" if kind == "PNG" and transparent else "RGB"


def _plain_text(data: bytes) -> str | None:
    """UTF-8, else the old Western encoding; None for what is not text at all. Kept as UTF-8."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None


def _too_many_pixels() -> FichierRefuse:
    return FichierRefuse(
        f"Cette image est trop grande : {PIXELS_MAX // 1_000_000} millions de points au plus. "
        "Réduisez ses dimensions, puis redéposez-la."
    )


def _advice(nom: str) -> str:
    """The way out for the formats that people really have."""
    accepted = "Les fichiers acceptés sont le PDF, les images JPEG et PNG, et le texte simple."
    ending = nom.rpartition(".")[2].lower()
    if ending in ("doc", "docx", "odt", "rtf", "pages", "ppt", "pptx", "odp", "xls", "xlsx", "ods"):
        return f"Ce type de fichier ne peut pas être déposé. {accepted} Exportez votre document en PDF, puis déposez-le."
    if ending in ("heic", "heif", "webp", "tif", "tiff", "gif", "bmp"):
        return f"Ce type d’image ne peut pas être déposé. {accepted} Enregistrez votre image en JPEG, puis déposez-la."
    return f"Ce type de fichier ne peut pas être déposé. {accepted} Convertissez-le en PDF, puis déposez-le."
