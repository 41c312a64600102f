"""A sealed file is intact to the byte, for pyHanko, for poppler and for us; anything else is refused and said."""

import io
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from tests.documents.echantillons import HORODATAGE, rendered

from jalon.documents import Cachet, CachetIllisible, check, seal

SIGNE_LE = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)


@cache
def un_cachet(nom: str = "Cabinet Œuvre & Sillage") -> Cachet:
    return Cachet.create(nom, HORODATAGE)


@cache
def scelle(kind: str = "synthese") -> bytes:
    return seal(rendered(kind), un_cachet(), signed_at=SIGNE_LE, reason="Remise à la personne")


def _certificats() -> list[bytes]:
    return [un_cachet().certificate_bytes()]


def test_a_sealed_paper_is_intact_and_tells_who_and_when() -> None:
    etat = check(scelle(), _certificats())
    assert etat.intact
    assert etat.signataire == "Cabinet Œuvre & Sillage"
    assert etat.signe_le == SIGNE_LE
    assert len(etat.empreinte) == 64
    assert etat.raison == "Ce document est tel qu’il a été scellé."


def test_pyhanko_alone_finds_the_certifying_seal_valid() -> None:
    racine = x509.Certificate.load(un_cachet().certificate_bytes())
    (signature,) = PdfFileReader(io.BytesIO(scelle())).embedded_signatures
    etat = validate_pdf_signature(
        signature, ValidationContext(trust_roots=[racine], moment=SIGNE_LE, allow_fetching=False)
    )
    assert etat.bottom_line
    assert etat.docmdp_ok
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == "Remise à la personne"


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_pdfsig_finds_the_whole_document_signed_and_sees_a_flipped_byte(tmp_path: Path) -> None:
    fichier = tmp_path / "scelle.pdf"

    def said(octets: bytes) -> str:
        fichier.write_bytes(octets)
        return subprocess.run(["pdfsig", "-nocert", str(fichier)], capture_output=True).stdout.decode()

    assert "Signature is Valid" in said(scelle())
    assert "Total document signed" in said(scelle())
    assert "Signature is Valid" not in said(_flipped(scelle(), scelle().index(b"endstream") - 30))


def _flipped(pdf: bytes, position: int) -> bytes:
    octets = bytearray(pdf)
    octets[position] ^= 1
    return bytes(octets)


def test_one_flipped_byte_anywhere_is_refused() -> None:
    pdf = scelle("codes_papier")
    assert check(pdf, _certificats()).intact
    signature = pdf.rindex(b"/Contents <")
    tirage = random.Random(7)
    partout = [tirage.randrange(len(pdf)) for _ in range(60)]
    dans_la_signature = [tirage.randrange(signature, signature + 16_000) for _ in range(40)]
    for position in partout + dans_la_signature:
        etat = check(_flipped(pdf, position), _certificats())
        assert not etat.intact, position
        assert etat.raison


def test_bytes_added_after_the_seal_are_refused() -> None:
    assert check(scelle(), _certificats()).intact
    assert (
        check(scelle() + b"\n% plus\n", _certificats()).raison
        == "Ce document a été modifié après son scellement."
    )


def test_a_file_rewritten_or_sealed_twice_is_refused() -> None:
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(scelle())) as document:
        document.save(sortie)
    assert not check(sortie.getvalue(), _certificats()).intact


def test_the_seal_of_somebody_else_an_unsealed_file_and_no_pdf_are_told_apart() -> None:
    autre = un_cachet("Autre cabinet")
    assert (
        check(scelle(), [autre.certificate_bytes()]).raison == "Ce cachet n’est pas un cachet de ce cabinet."
    )
    assert check(scelle(), []).raison == "Ce cachet n’est pas un cachet de ce cabinet."
    assert check(rendered("synthese"), _certificats()).raison == "Ce document ne porte pas de cachet."
    assert check(b"bonjour", _certificats()).raison == "Ce fichier n’est pas un PDF lisible."
    assert check(b"", _certificats()).raison == "Ce fichier n’est pas un PDF lisible."


def test_a_seal_stays_intact_when_its_certificate_has_run_out_or_been_replaced() -> None:
    vieux = Cachet.create("Cabinet Rive", datetime(2005, 3, 3, tzinfo=UTC))
    pdf = seal(rendered("synthese"), vieux, signed_at=datetime(2006, 3, 3, tzinfo=UTC), reason="Remise")
    assert vieux.expire_le < HORODATAGE
    assert check(pdf, [un_cachet().certificate_bytes(), vieux.certificate_bytes()]).intact


def test_sealing_keeps_the_file_within_its_norms() -> None:
    """Invisible field, same PDF version, same metadata: what veraPDF accepted before is still so written."""
    assert scelle().startswith(rendered("synthese"))
    with (
        pikepdf.open(io.BytesIO(scelle())) as document,
        pikepdf.open(io.BytesIO(rendered("synthese"))) as avant,
    ):
        assert document.pdf_version == "1.7"
        assert "/Version" not in document.Root
        assert document.Root.Metadata.read_bytes() == avant.Root.Metadata.read_bytes()
        (champ,) = document.Root.AcroForm.Fields
        assert [float(c) for c in champ.Rect] == [0, 0, 0, 0]
        assert "/DocMDP" in document.Root.Perms


def test_a_cachet_survives_storage_and_only_with_its_own_key() -> None:
    relu = Cachet.from_bytes(un_cachet().to_bytes())
    assert relu.nom == "Cabinet Œuvre & Sillage"
    assert relu.cle.key_size == 3072
    assert relu.expire_le > HORODATAGE + timedelta(days=3650)
    assert check(seal(rendered("synthese"), relu, signed_at=SIGNE_LE, reason="Remise"), _certificats()).intact
    autre = un_cachet("Autre cabinet").to_bytes()
    cle, certificat = (
        un_cachet().to_bytes().split(b"-----BEGIN CERT")[0],
        autre[autre.index(b"-----BEGIN CERT") :],
    )
    for octets in (b"", b"abc", cle + certificat):
        with pytest.raises(CachetIllisible):
            Cachet.from_bytes(octets)


def test_a_cachet_carries_a_name_and_a_seal_an_instant_with_its_zone() -> None:
    with pytest.raises(ValueError, match="nom"):
        Cachet.create("  ", HORODATAGE)
    assert len(Cachet.create("x" * 90, HORODATAGE).nom) == 64
    with pytest.raises(ValueError, match="fuseau"):
        seal(rendered("synthese"), un_cachet(), signed_at=datetime(2026, 11, 20), reason="Remise")


def test_loading_the_room_does_not_load_pyhanko() -> None:
    programme = "import sys, jalon.documents, jalon.documents.courriels; print('pyhanko' in sys.modules)"
    chemin = {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    lu = subprocess.run([sys.executable, "-c", programme], env=chemin, capture_output=True, check=True)
    assert lu.stdout.decode().strip() == "False"


def test_nothing_claims_a_higher_level_of_signature() -> None:
    salle = Path(__file__).parents[2] / "src" / "jalon" / "documents"
    for fichier in [
        *salle.rglob("*.py"),
        *salle.rglob("*.typ"),
        *salle.rglob("*.txt"),
        *salle.rglob("*.json"),
    ]:
        if "fonts" not in fichier.parts:
            texte = fichier.read_text(encoding="utf-8").casefold()
            assert "signature avancée" not in texte
            assert "qualifié" not in texte, fichier
