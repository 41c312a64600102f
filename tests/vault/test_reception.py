"""Received files: told by their content, kept without what rides along, refused with what to do."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from jalon.vault import FichierRefuse, reception, reception_image
from jalon.vault.reception import accept_file

MARK = "XMARKERX"


def jpeg_with_place(size=(40, 20), **options) -> bytes:
    """A photograph as a telephone makes it: turned, with place, device and comment."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = MARK
    exif.get_ifd(0x8825)[1] = "N"
    output = io.BytesIO()
    image.save(output, "JPEG", exif=exif, comment=MARK, quality=95, **options)
    return output.getvalue()


def png_with_text(mode="RGBA") -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", MARK)
    output = io.BytesIO()
    Image.new(mode, (10, 10), 0).save(output, "PNG", pnginfo=info)
    return output.getvalue()


def save(pdf: pikepdf.Pdf, **options) -> bytes:
    output = io.BytesIO()
    # Uncompressed, so that a word left anywhere can be seen.
    options = {"compress_streams": False, "object_stream_mode": pikepdf.ObjectStreamMode.disable} | options
    pdf.save(output, **options)
    return output.getvalue()


def pdf_with(change=lambda pdf: None, **options) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    change(pdf)
    return save(pdf, **options)


def visible(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return save(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)


def test_a_photograph_is_kept_the_right_way_up_without_place_nor_device():
    data = jpeg_with_place()
    assert MARK.encode() in data
    assert Image.open(io.BytesIO(data)).getexif()[0x0112] == 6

    accepted = accept_file(data, "photo.JPG")

    assert (accepted.type_mime, accepted.extension) == ("image/jpeg", ".jpg")
    assert MARK.encode() not in accepted.data
    with Image.open(io.BytesIO(accepted.data)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()
        assert "comment" not in image.info
        red, white = image.getpixel((10, 5)), image.getpixel((10, 35))
    assert red[0] > 200 > red[1]
    assert min(white) > 200


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_picture_keeps_its_points_and_loses_its_notes(mode):
    data = png_with_text(mode)
    assert MARK.encode() in data
    accepted = accept_file(data, "image.png")
    assert (accepted.type_mime, accepted.extension) == ("image/png", ".png")
    assert MARK.encode() not in accepted.data
    with Image.open(io.BytesIO(accepted.data)) as image:
        assert image.size == (10, 10)
        assert image.mode in ("RGB", "RGBA", "L")
        assert image.convert("L").getextrema() == (0, 0)


def test_transparency_and_deep_greys_survive():
    output = io.BytesIO()
    Image.new("RGBA", (2, 2), (10, 20, 30, 40)).save(output, "PNG")
    with Image.open(io.BytesIO(accept_file(output.getvalue(), "a.png").data)) as image:
        assert image.getpixel((0, 0)) == (10, 20, 30, 40)
    output = io.BytesIO()
    Image.new("I;16", (2, 2), 0x8000).save(output, "PNG")
    with Image.open(io.BytesIO(accept_file(output.getvalue(), "a.png").data)) as image:
        assert 120 <= image.getpixel((0, 0)) <= 135


def test_a_print_ready_photograph_in_four_colours_is_kept():
    output = io.BytesIO()
    Image.new("CMYK", (4, 4), (0, 255, 255, 0)).save(output, "JPEG")
    with Image.open(io.BytesIO(accept_file(output.getvalue(), "a.jpg").data)) as image:
        assert image.mode == "RGB"
        assert image.getpixel((1, 1))[0] > 180 > image.getpixel((1, 1))[1]


def test_a_picture_too_large_to_open_safely_is_refused(monkeypatch):
    data = png_with_text()
    assert accept_file(data, "image.png").type_mime == "image/png"
    monkeypatch.setattr(reception_image, "PIXELS_MAX", 99)
    with pytest.raises(FichierRefuse, match="trop grande"):
        accept_file(data, "image.png")


@pytest.mark.parametrize("side", [7_000, 10_000, 14_000])
def test_a_picture_bomb_is_refused_before_it_is_drawn(side):
    output = io.BytesIO()
    Image.new("1", (side, side)).save(output, "PNG")
    assert len(output.getvalue()) < 100_000
    with pytest.raises(FichierRefuse, match="trop grande"):
        accept_file(output.getvalue(), "bombe.png")


def test_a_pdf_loses_description_scripts_and_attachments_and_keeps_its_pages():
    def dress(pdf):
        with pdf.open_metadata() as meta:
            meta["dc:title"] = MARK + "2"
        pdf.docinfo["/Author"] = MARK + "1"
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=MARK + "3")
        pdf.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(
                Names=["x", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=MARK + "4")]
            )
        )
        pdf.attachments["note.txt"] = (MARK + "5").encode()
        page = pdf.pages[0].obj
        page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=MARK + "6"))
        page.PieceInfo = pikepdf.Dictionary(App=MARK + "7")
        page.Metadata = pdf.make_stream((MARK + "8").encode())
        attached = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Filespec,
                F=MARK + "9",
                EF=pikepdf.Dictionary(F=pdf.make_stream((MARK + "A").encode())),
            )
        )
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=MARK + "B")
        hop = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://exemple.fr", Next=launch)
        rect = [0, 0, 9, 9]
        page.Annots = [
            pdf.make_indirect(
                pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, Rect=rect, FS=attached)
            ),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=rect, A=launch),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=rect, A=hop),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=rect, Contents="Une remarque gardée"),
        ]
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream((MARK + "C").encode()))
        pdf.Root.AF = [attached]

    data = pdf_with(dress)
    for sign in "123456789ABC":
        assert (MARK + sign).encode() in data, sign

    accepted = accept_file(data, "cv.pdf")

    assert (accepted.type_mime, accepted.extension) == ("application/pdf", ".pdf")
    left = visible(accepted.data)
    assert [sign for sign in "123456789ABC" if (MARK + sign).encode() in left] == []
    assert b"JavaScript" not in left
    assert b"EmbeddedFile" not in left
    with pikepdf.open(io.BytesIO(accepted.data)) as pdf:
        assert len(pdf.pages) == 1
        kinds = [str(annotation.Subtype) for annotation in pdf.pages[0].Annots]
        assert kinds == ["/Link", "/Link", "/Text"]
        assert str(pdf.pages[0].Annots[1].A.URI) == "https://exemple.fr"
        assert str(pdf.pages[0].Annots[2].Contents) == "Une remarque gardée"
        assert "/Info" not in pdf.trailer


def test_a_former_version_kept_inside_a_pdf_is_dropped():
    first = pdf_with(
        lambda pdf: pdf.pages[0].obj.__setitem__("/Contents", pdf.make_stream(b"% " + MARK.encode()))
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(first))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"% corrige"))
    writer.update_container(page)
    output = io.BytesIO()
    writer.write(output)
    assert MARK.encode() in output.getvalue()
    left = visible(accept_file(output.getvalue(), "a.pdf").data)
    assert b"% corrige" in left
    assert MARK.encode() not in left


def test_a_tagged_pdf_stays_readable_aloud():
    def tag(pdf):
        cell = pikepdf.Dictionary(
            S=pikepdf.Name.TH, A=pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        )
        pdf.Root.StructTreeRoot = pikepdf.Dictionary(K=pdf.make_indirect(cell))
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.Root.Lang = "fr"

    with pikepdf.open(io.BytesIO(accept_file(pdf_with(tag), "a.pdf").data)) as pdf:
        assert str(pdf.Root.StructTreeRoot.K.A.Scope) == "/Row"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr"


def test_a_scanned_page_loses_the_place_where_it_was_photographed():
    photo = jpeg_with_place()

    def scan(pdf):
        image = pikepdf.Stream(pdf, b"")
        image.write(photo, filter=pikepdf.Name.DCTDecode)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = (
            40,
            20,
            8,
            pikepdf.Name.DeviceRGB,
        )
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))

    data = pdf_with(scan)
    assert MARK.encode() in data
    accepted = accept_file(data, "scan.pdf")
    assert MARK.encode() not in accepted.data
    with pikepdf.open(io.BytesIO(accepted.data)) as pdf:
        kept = pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
    with Image.open(io.BytesIO(kept)) as after, Image.open(io.BytesIO(photo)) as before:
        assert after.tobytes() == before.tobytes()
        assert not after.getexif()


def test_a_locked_pdf_is_refused_with_the_way_out():
    lock = pikepdf.Encryption(owner="proprietaire", user="ouvrir")
    with pytest.raises(FichierRefuse, match="mot de passe"):
        accept_file(pdf_with(encryption=lock), "cv.pdf")
    with pytest.raises(FichierRefuse, match="mot de passe"):
        accept_file(pdf_with(encryption=pikepdf.Encryption(owner="proprietaire", user="")), "cv.pdf")


@pytest.mark.parametrize(
    ("data", "nom", "says"),
    [
        (b"", "vide.pdf", "est vide"),
        (b"%PDF-1.7 n'importe quoi", "cv.pdf", "PDF est abîmé"),
        (b"\xff\xd8\xff\xe0 abime", "photo.jpg", "image est abîmée"),
        (b"\x89PNG\r\n\x1a\n abime", "image.png", "image est abîmée"),
        (b"PK\x03\x04\0\0contenu", "CV de Marie.docx", "Exportez votre document en PDF"),
        (b"RIFF\0\0\0\0WEBP", "photo.webp", "Enregistrez votre image en JPEG"),
        (b"MZ\x90\0\x03", "programme.exe", "Convertissez-le en PDF"),
        (b"GIF89a\x01\0", "cv.pdf", "Ce type de fichier ne peut pas être déposé"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(data, nom, says):
    with pytest.raises(FichierRefuse, match=says) as caught:
        accept_file(data, nom)
    assert "Marie" not in caught.value.phrase


def test_the_name_never_decides_of_the_type():
    assert accept_file(png_with_text(), "cv.pdf").type_mime == "image/png"
    assert accept_file(b"Bonjour", "photo.jpg").type_mime == "text/plain"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_plain_text_is_kept_in_one_encoding(encoding):
    text = "Été 2019 : œuvre, 12 €\r\nFin\t."
    accepted = accept_file(text.encode(encoding), "notes.txt")
    assert accepted.data.decode() == text
    assert (accepted.type_mime, accepted.extension) == ("text/plain", ".txt")


def test_a_file_that_is_too_heavy_is_refused(monkeypatch):
    assert accept_file(b"x" * 101, "a.txt").data == b"x" * 101
    monkeypatch.setattr(reception, "TAILLE_MAX", 100)
    with pytest.raises(FichierRefuse, match="trop lourd"):
        accept_file(b"x" * 101, "a.txt")


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_junk_is_accepted_as_text_or_refused_and_nothing_worse(junk, head):
    try:
        accepted = accept_file(head + junk, "x.bin")
    except FichierRefuse:
        return
    assert accepted.type_mime == "text/plain"
