"""A picture without what rides along: drawn anew, so that only its pixels survive."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from jalon.vault.erreurs import FichierRefuse

PIXELS_MAX = 40_000_000


def clean_image(data: bytes, kind: str) -> bytes:
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


def _too_many_pixels() -> FichierRefuse:
    return FichierRefuse(
        f"Cette image est trop grande : {PIXELS_MAX // 1_000_000} millions de points au plus. "
        "Réduisez ses dimensions, puis redéposez-la."
    )
