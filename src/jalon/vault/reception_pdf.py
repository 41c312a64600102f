"""A PDF without what rides along: description, scripts, attachments, actions that reach out of the page."""

from __future__ import annotations

import io

import pikepdf

from jalon.vault.erreurs import FichierRefuse

PAGES_MAX = 1_000

# Actions that stay inside the document and show nothing of the reader to anybody.
_QUIET_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
_LOUD_ANNOTATIONS = frozenset({"/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"})
_ROOT_KEYS = ("/Metadata", "/PieceInfo", "/OpenAction", "/AA", "/AF", "/Collection", "/SpiderInfo", "/URI")
_ANYWHERE_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF", "/JS", "/EF")

_START_OF_SCAN = b"\xda"
# Exif and XMP, Photoshop, comments. The others are needed to draw: colour profile, Adobe's transform.
_JPEG_NOTES = frozenset({b"\xe1", b"\xed", b"\xfe"})


def clean_pdf(data: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise pikepdf.PasswordError
            if not pdf.pages:
                raise FichierRefuse("Ce PDF n’a aucune page. Choisissez-en un autre.")
            if len(pdf.pages) > PAGES_MAX:
                raise FichierRefuse(
                    f"Ce PDF a trop de pages : {PAGES_MAX} au plus. Gardez les pages utiles, puis redéposez-le."
                )
            _strip(pdf)
            output = io.BytesIO()
            pdf.save(output, deterministic_id=True)
            return output.getvalue()
    except pikepdf.PasswordError:
        raise FichierRefuse(
            "Ce PDF est protégé par un mot de passe : il ne pourrait pas être relu. "
            "Enregistrez-en une copie sans protection, puis déposez-la."
        ) from None
    except FichierRefuse:
        raise
    except Exception:
        # The parser fails in many ways on a damaged file; none of them is worth a word of the file in a log.
        raise FichierRefuse(
            "Ce PDF est abîmé et ne peut pas être lu. Imprimez-le à nouveau en PDF, puis redéposez-le."
        ) from None


def without_exif(jpeg: bytes) -> bytes:
    """A scanned page is a photograph: place and device leave it too, without touching a pixel."""
    kept, position = bytearray(jpeg[:2]), 2
    while jpeg[position : position + 1] == b"\xff":
        marker = jpeg[position + 1 : position + 2]
        if marker == _START_OF_SCAN:
            return bytes(kept + jpeg[position:])
        end = position + 2 + int.from_bytes(jpeg[position + 2 : position + 4], "big")
        if not position + 4 <= end <= len(jpeg):
            break
        if marker not in _JPEG_NOTES:
            kept += jpeg[position:end]
        position = end
    raise ValueError("not a JPEG stream")


def _strip(pdf: pikepdf.Pdf) -> None:
    """First cut what leads to the unwanted things, then clean every object that is left: saving drops the unreachable."""
    _delete(pdf.trailer, "/Info")
    root = pdf.Root
    for key in _ROOT_KEYS:
        _delete(root, key)
    if isinstance(root.get("/Names"), pikepdf.Dictionary):
        for key in ("/JavaScript", "/EmbeddedFiles", "/Renditions"):
            _delete(root["/Names"], key)
    if isinstance(root.get("/AcroForm"), pikepdf.Dictionary):
        _delete(root["/AcroForm"], "/XFA")
    for page in pdf.pages:
        _strip_annotations(page.obj)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _strip_object(thing)


def _strip_annotations(page: pikepdf.Object) -> None:
    annotations = page.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        _delete(page, "/Annots")
        return
    kept = [
        annotation
        for annotation in annotations
        if isinstance(annotation, pikepdf.Dictionary)
        and str(annotation.get("/Subtype")) not in _LOUD_ANNOTATIONS
    ]
    for annotation in kept:
        _strip_object(annotation)
    page["/Annots"] = pikepdf.Array(kept)


def _strip_object(thing: pikepdf.Object) -> None:
    for key in _ANYWHERE_KEYS:
        _delete(thing, key)
    for key in ("/A", "/OpenAction"):
        action = thing.get(key)
        # Only an action has /S here: the /A of a structure element holds what makes a table readable aloud.
        if isinstance(action, pikepdf.Dictionary) and "/S" in action:
            _delete(action, "/Next")
            if str(action["/S"]) not in _QUIET_ACTIONS:
                _delete(thing, key)
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == pikepdf.Name.DCTDecode:
        thing.write(without_exif(thing.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


def _delete(thing: pikepdf.Object, key: str) -> None:
    if key in thing:
        del thing[key]
