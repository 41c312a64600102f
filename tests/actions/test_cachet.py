"""The cabinet's seal: made, renewed in time, or brought; and what the cabinet adds to its papers."""

import io
from datetime import timedelta
from functools import partial

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.exceptions import PermissionDenied
from PIL import Image
from tests.signatures import responsable, settled, sign_by_drawing

from jalon import documents
from jalon.actions.cachet import bring_cachet, certificates, get_cachet, renew_cachet
from jalon.actions.clause import deposit_logo, remove_logo, write_clauses
from jalon.actions.echeance import run_due
from jalon.actions.papiers import issue_papier
from jalon.domain.obstacle import Refused
from jalon.records.models import Clause, Envoi

pytestmark = pytest.mark.django_db


def codes(refused):
    return {o.code for o in refused.value.obstacles}


def p12(now, *, key=None, signs=True, days=365, password=b"secret"):
    """A certificate issued to the cabinet by somebody else."""
    key = key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    issuer = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Cap & Jalons")])
    by = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Autorité d’exemple")])
    usage = x509.KeyUsage(signs, signs, not signs, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=10))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(usage, critical=True)
        .sign(issuer, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(password)
    return pkcs12.serialize_key_and_certificates(b"cachet", key, made, None, locked)


@pytest.fixture
def bilan(now):
    return settled(now)


def bring(bilan, now, fichier, mot_de_passe="secret", by=None):
    return bring_cachet(
        organisme=bilan.organisme,
        fichier=fichier,
        mot_de_passe=mot_de_passe,
        by=by or responsable(bilan),
        now=now,
    )


def test_what_former_certificates_have_sealed_stays_checkable(bilan, now):
    first = issue_papier(bilan=bilan, genre="programme", by=bilan.consultant, now=now)
    brought = bring(bilan, now, p12(now))
    assert not brought.auto_signe
    second = issue_papier(bilan=bilan, genre="programme", by=bilan.consultant, now=now)
    renewed = renew_cachet(organisme=bilan.organisme, by=responsable(bilan), now=now)
    issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=now)
    circuit = bilan.circuits.get()
    for qualite in ("beneficiaire", "consultant"):
        sign_by_drawing(circuit, qualite, now)
    circuit.refresh_from_db()
    known = certificates(bilan.organisme)
    assert len(known) >= 3
    for paper in (first, second, circuit.scelle):
        assert documents.check(bytes(paper.octets), known).intact
    assert get_cachet(bilan.organisme, now).empreinte == renewed.empreinte


def test_our_own_is_renewed_two_months_before_and_a_brought_one_serves_to_its_end(bilan, now):
    first = get_cachet(bilan.organisme, now)
    assert get_cachet(bilan.organisme, first.expire_le - timedelta(days=61)).empreinte == first.empreinte
    assert get_cachet(bilan.organisme, first.expire_le - timedelta(days=59)).empreinte != first.empreinte
    brought = bring(bilan, now, p12(now, days=30))
    assert get_cachet(bilan.organisme, now + timedelta(days=29)).empreinte == brought.empreinte
    assert get_cachet(bilan.organisme, now + timedelta(days=31)).empreinte != brought.empreinte


def test_a_certificate_that_would_not_do_is_refused_and_the_former_stays(bilan, now):
    before = get_cachet(bilan.organisme, now).empreinte
    wrong = {
        "pkcs12": (b"autre chose", "secret"),
        "rsa": (p12(now, key=ec.generate_private_key(ec.SECP256R1())), "secret"),
        "dates": (p12(now, days=-1), "secret"),
        "usage": (p12(now, signs=False), "secret"),
        "poids": (b"x" * 200_000, "secret"),
    }
    for code, (fichier, password) in wrong.items():
        with pytest.raises(Refused) as refused:
            bring(bilan, now, fichier, password)
        assert codes(refused) == {code}
    with pytest.raises(Refused) as refused:
        bring(bilan, now, p12(now), "faux")
    assert codes(refused) == {"pkcs12"}
    with pytest.raises(PermissionDenied):
        bring(bilan, now, p12(now), by=bilan.consultant)
    assert get_cachet(bilan.organisme, now).empreinte == before


def write(bilan, now, *rows, genre="charte"):
    write_clauses(organisme=bilan.organisme, genre=genre, clauses=rows, by=responsable(bilan), now=now)


def test_clauses_are_added_under_their_own_heading_and_never_mislead(bilan, now):
    before = issue_papier(bilan=bilan, genre="programme", by=bilan.consultant, now=now)
    write(bilan, now, ("Report", "Une séance se déplace l’avant-veille."), ("", ""), genre="programme")
    after = issue_papier(bilan=bilan, genre="programme", by=bilan.consultant, now=now)
    assert len(bytes(after.octets)) > len(bytes(before.octets))
    for row in (("Report", ""), ("", "Texte"), ("T" * 121, "x"), ("Prix", "Un bilan 100 % pris en charge.")):
        with pytest.raises(Refused):
            write(bilan, now, row)
    with pytest.raises(Refused):
        write(bilan, now, *[("Titre", "Texte")] * 9)
    with pytest.raises(Refused):
        write(bilan, now, ("Titre", "Texte"), genre="certificat_realisation")
    assert Clause.objects.filter(organisme=bilan.organisme).count() == 1


def test_a_logo_is_drawn_anew_and_printed_beside_the_name(bilan, now):
    out = io.BytesIO()
    Image.new("RGB", (1200, 300), (23, 89, 79)).save(out, "JPEG")
    common = {"organisme": bilan.organisme, "by": responsable(bilan), "now": now}
    logo = deposit_logo(**common, fichier=out.getvalue(), nom="logo.jpg")
    with Image.open(io.BytesIO(bytes(logo.octets))) as image:
        assert image.size == (480, 120)
    paper = issue_papier(bilan=bilan, genre="programme", by=bilan.consultant, now=now)
    with pikepdf.open(io.BytesIO(bytes(paper.octets))) as pdf:
        assert pdf.open_metadata().pdfa_status == "2A"
        assert any("/Figure" in repr(o.get("/S")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary))
    with pytest.raises(Refused):
        deposit_logo(**common, fichier=b"%PDF-1.7 nothing", nom="logo.pdf")
    remove_logo(**common)
    assert issue_papier(bilan=bilan, genre="programme", by=bilan.consultant, now=now).numero


def test_the_end_of_a_brought_certificate_is_told_in_time_to_those_who_can_replace_it(bilan, now):
    bring(bilan, now, p12(now, days=40))
    boss = responsable(bilan)
    told = partial(Envoi.objects.filter, genre="alerte_exploitation", personne=boss)
    run_due(now + timedelta(days=9))
    assert not told().exists()
    run_due(now + timedelta(days=10, minutes=1))
    assert told().get().donnees["alerte"] == "cachet"
    run_due(now + timedelta(days=39, minutes=1))
    assert told().count() == 3


def test_a_certificate_that_was_replaced_warns_of_nothing(bilan, now):
    bring(bilan, now, p12(now, days=40))
    renew_cachet(organisme=bilan.organisme, by=responsable(bilan), now=now + timedelta(days=5))
    run_due(now + timedelta(days=41))
    assert not Envoi.objects.filter(genre="alerte_exploitation").exists()
