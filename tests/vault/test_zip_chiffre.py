"""A zip under a passphrase: what others wrote opens here, what was written here is the published format."""

import base64
import zipfile
from datetime import datetime
from io import BytesIO

import pytest

from jalon.vault.zip_chiffre import PhraseRefusee, is_sealed, open_zip, seal_zip

# Written by another program in this format (AE-2, 256 bits, deflated), under «une phrase écrite ailleurs».
D_AILLEURS = base64.b64decode(
    "UEsDBBQAAQBjACcFd10AAAAAPAAAAIcAAAALAAsAZG9zc2llci50eHQBmQcAAgBBRQMIAPU4PNz3WD3BABRpZdsb1Pyu7dFx5DzdeQrp"
    "Bp8rE3dbsqdsrcoM20HYVUGh+BufbiImH+2Ja2IIPyPRdVBLAQIUAxQAAQBjACcFd10AAAAAPAAAAIcAAAALAAsAAAAAAAAAAACAAQAA"
    "AABkb3NzaWVyLnR4dAGZBwACAEFFAwgAUEsFBgAAAAABAAEARAAAAHAAAAAAAA=="
)
PHRASE = "cheval agrafe pile correct"
LE = datetime(2026, 3, 3, 9)


def sealed(content=b"Mon dossier", phrase=PHRASE):
    return seal_zip("mon-dossier.zip", content, phrase, lisible={"LISEZ-MOI.txt": b"Comment ouvrir"}, le=LE)


def test_what_another_program_sealed_opens_here():
    assert open_zip(D_AILLEURS, "une phrase écrite ailleurs").decode() == "Écrit par un autre outil. " * 5


def test_what_is_sealed_here_is_the_published_format_and_hides_its_content():
    data = sealed(b"XMARKERX" * 100_000)
    assert b"XMARKERX" not in data
    assert is_sealed(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        guide, secret = archive.infolist()
        assert archive.read(guide) == b"Comment ouvrir"
        assert (secret.compress_type, secret.flag_bits & 1, secret.CRC) == (99, 1, 0)
        assert secret.extra == bytes.fromhex("0199070002004145030000")
    assert open_zip(data, f"  {PHRASE} ") == b"XMARKERX" * 100_000


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 65_536 * 16 + 3])
def test_any_length_comes_back_whole(size):
    content = bytes(range(256)) * (size // 256 + 1)
    assert open_zip(sealed(content[:size]), PHRASE) == content[:size]


def test_a_wrong_phrase_an_altered_byte_and_a_cut_are_refused():
    data = sealed()
    with pytest.raises(PhraseRefusee, match="n’ouvre pas"):
        open_zip(data, "une autre phrase entière")
    at = data.index(b"mon-dossier.zip") + len(b"mon-dossier.zip") + 11 + 18
    altered = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    with pytest.raises(PhraseRefusee):
        open_zip(altered, PHRASE)


@pytest.mark.parametrize("phrase", ["", "court", "x" * 15, "x" * 201])
def test_a_phrase_that_protects_nothing_is_refused(phrase):
    with pytest.raises(PhraseRefusee):
        sealed(phrase=phrase)
    assert sealed(phrase="x" * 16)


def test_a_plain_zip_is_not_sealed():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "a")
    assert not is_sealed(buffer.getvalue())
    with pytest.raises(PhraseRefusee):
        open_zip(buffer.getvalue(), PHRASE)
