"""Signatures: each on the very bytes shown, by a means that serves once, in order, in time; the seal after the last."""

import hashlib
import io
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import PersonneFactory
from tests.fouille import leftovers
from tests.signatures import (
    TRACE,
    last_code,
    place_of,
    responsable,
    settled,
    sign_by_code,
    sign_by_drawing,
)

from jalon import documents
from jalon.actions.cachet import certificates
from jalon.actions.echeance import run_due
from jalon.actions.papiers import issue_papier
from jalon.actions.porte_signature import Geste
from jalon.actions.signature import (
    refuse_document,
    send_signing_code,
    sign_document,
    withdraw_circuit,
)
from jalon.actions.signature_papier import enter_paper, read_kept
from jalon.actions.verification import verify
from jalon.domain.obstacle import Refused
from jalon.domain.signature import Moyen
from jalon.records.evenements import broken_chains
from jalon.records.models import Circuit, CodeUnique, DocumentEmis, Engagement, Envoi, Evenement

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan(now):
    return settled(now)


@pytest.fixture
def charte(bilan, now):
    issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=now)
    return bilan.circuits.get()


def codes(refused):
    return {o.code for o in refused.value.obstacles}


def test_two_people_sign_by_different_means_and_the_very_bytes_are_sealed_with_their_proof(
    charte, bilan, now, django_capture_on_commit_callbacks
):
    shown = bytes(charte.document.octets)
    sign_by_code(charte, "beneficiaire", now, django_capture_on_commit_callbacks)
    charte.refresh_from_db()
    assert charte.etat == "ouvert"
    sign_by_drawing(charte, "consultant", now + timedelta(hours=1))
    charte.refresh_from_db()
    assert charte.etat == "scelle"
    sealed = bytes(charte.scelle.octets)
    # Sealing only adds: what was signed is the beginning of what is kept.
    assert sealed.startswith(shown)
    assert hashlib.sha256(sealed[: len(shown)]).hexdigest() == charte.empreinte
    assert documents.check(sealed, certificates(bilan.organisme)).intact
    assert not documents.check(sealed[:-9] + b"x" + sealed[-8:], certificates(bilan.organisme)).intact
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        inside = pdf.attachments[f"{charte.preuve.numero}.pdf"].get_file().read_bytes()
    assert inside == bytes(charte.preuve.octets)
    assert documents.check(inside, certificates(bilan.organisme)).intact
    assert broken_chains() == []
    assert [a for a in verify(now, deep=True) if a.controle in ("cachets", "signatures")] == []


def test_a_drawing_is_in_no_column_and_no_file_in_clear(charte, now):
    signed = sign_by_drawing(charte, "beneficiaire", now)
    one = place_of(signed, "beneficiaire")
    assert read_kept(one) == TRACE.encode()
    assert leftovers(TRACE[:40]) == []
    assert one.temoin == {"sha256": hashlib.sha256(TRACE.encode()).hexdigest()}


@pytest.mark.parametrize("trace", ["", "M1 2", TRACE + "<script>", "M1 1L1 2" * 8, TRACE * 400])
def test_what_is_not_a_drawing_signs_nothing(charte, now, trace):
    one = place_of(charte, "beneficiaire")
    with pytest.raises(Refused) as refused:
        sign_document(
            signataire=one,
            geste=Geste(Moyen.DESSIN, trace=trace),
            empreinte_vue=charte.empreinte,
            by=one.personne,
            now=now,
        )
    assert codes(refused) == {"trace"}
    assert place_of(charte, "beneficiaire").signe_le is None


def _try(charte, now, code, *, qualite="beneficiaire", empreinte=None, by=None):
    one = place_of(charte, qualite)
    return sign_document(
        signataire=one,
        geste=Geste(Moyen.CODE, code=code),
        empreinte_vue=empreinte or charte.empreinte,
        by=by or one.personne,
        now=now,
    )


def test_a_code_serves_once_for_one_signature_of_one_document_and_for_a_quarter_of_an_hour(
    charte, bilan, now, django_capture_on_commit_callbacks
):
    one = place_of(charte, "beneficiaire")
    with pytest.raises(Refused) as refused:
        _try(charte, now, "1234-5678")
    assert codes(refused) == {"code_absent"}
    with django_capture_on_commit_callbacks(execute=True):
        send_signing_code(signataire=one, by=one.personne, now=now)
    code = last_code()
    # Only its print is kept, and the mail that carried it has forgotten it.
    assert leftovers(code) == [] == leftovers(code.replace("-", ""))
    assert Envoi.objects.get(genre="code_signature").donnees == {}
    issue_papier(bilan=bilan, genre="fiche_engagement", by=bilan.consultant, now=now)
    other = bilan.circuits.get(document__genre="fiche_engagement")
    with pytest.raises(Refused):
        _try(other, now, code)
    with pytest.raises(Refused) as refused:
        _try(charte, now + timedelta(minutes=16), code)
    assert codes(refused) == {"code_expire"}
    _try(charte, now, code)
    with pytest.raises(Refused) as refused:
        _try(charte, now, code)
    assert codes(refused) == {"deja_signe"}
    # The same code, put back by hand into another place of the same circuit.
    CodeUnique.objects.filter(signataire=one).update(signataire=place_of(charte, "consultant"))
    with pytest.raises(Refused) as refused:
        _try(charte, now, code, qualite="consultant")
    assert codes(refused) == {"code_servi"}


def test_wrong_codes_are_counted_and_end_the_code(charte, now, django_capture_on_commit_callbacks):
    one = place_of(charte, "beneficiaire")
    with django_capture_on_commit_callbacks(execute=True):
        send_signing_code(signataire=one, by=one.personne, now=now)
    code = last_code()
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    for _ in range(5):
        with pytest.raises(Refused) as refused:
            _try(charte, now, wrong)
        assert codes(refused) == {"code_faux"}
    with pytest.raises(Refused) as refused:
        _try(charte, now, code)
    assert codes(refused) == {"code_epuise"}


def test_a_mailbox_is_not_flooded_with_codes(charte, now):
    one = place_of(charte, "beneficiaire")
    for minute in range(5):
        send_signing_code(signataire=one, by=one.personne, now=now + timedelta(minutes=minute))
    with pytest.raises(Refused) as refused:
        send_signing_code(signataire=one, by=one.personne, now=now + timedelta(minutes=6))
    assert codes(refused) == {"trop_de_codes"}
    send_signing_code(signataire=one, by=one.personne, now=now + timedelta(hours=1))


def test_nobody_signs_for_another_nor_another_text(charte, bilan, now):
    one = place_of(charte, "beneficiaire")
    for stranger in (bilan.consultant, responsable(bilan), PersonneFactory()):
        with pytest.raises(PermissionDenied):
            _try(charte, now, "1", by=stranger)
    gesture = Geste(Moyen.DESSIN, trace=TRACE)
    with pytest.raises(Refused) as refused:
        sign_document(signataire=one, geste=gesture, empreinte_vue="0" * 64, by=one.personne, now=now)
    assert codes(refused) == {"empreinte"}
    with pytest.raises(Refused) as refused:
        sign_document(
            signataire=one,
            geste=Geste(Moyen.CLE, cle=12),
            empreinte_vue=charte.empreinte,
            by=one.personne,
            now=now,
        )
    assert codes(refused) == {"cle"}


def test_the_order_of_the_signatories_is_kept(now, django_capture_on_commit_callbacks):
    bilan = settled(now, financement="personnel")
    issue_papier(bilan=bilan, genre="contrat_individuel", by=bilan.consultant, now=now)
    circuit = bilan.circuits.get()
    assert place_of(circuit, "prestataire").demande_le is None
    with pytest.raises(Refused) as refused:
        sign_by_drawing(circuit, "prestataire", now)
    assert codes(refused) == {"rang"}
    sign_by_code(circuit, "beneficiaire", now, django_capture_on_commit_callbacks)
    assert place_of(circuit, "prestataire").demande_le == now
    assert Engagement.objects.get(bilan=bilan).conclu_le is None
    sign_by_drawing(circuit, "prestataire", now + timedelta(days=1))
    # The contract is concluded by its last signature.
    assert Engagement.objects.get(bilan=bilan).conclu_le == now + timedelta(days=1)


def test_a_refusal_asks_no_reason_and_ends_the_circuit_for_everybody(charte, bilan, now):
    one = place_of(charte, "beneficiaire")
    refuse_document(signataire=one, by=one.personne, now=now)
    charte.refresh_from_db()
    assert (charte.etat, charte.clos_le) == ("sans_suite", now)
    with pytest.raises(Refused) as refused:
        sign_by_drawing(charte, "consultant", now)
    assert codes(refused) == {"clos"}
    said = [e.faits for e in Evenement.objects.filter(chaine=bilan.pk, nom="signature.refusee")]
    assert said == [{"circuit": str(charte.pk), "par": "beneficiaire"}]


def test_an_expired_circuit_is_not_revived_by_a_late_signature(charte, now):
    sign_by_drawing(charte, "beneficiaire", now)
    late = charte.expire_le
    with pytest.raises(Refused) as refused:  # at the very first instant outside, before the clock has acted
        sign_by_drawing(charte, "consultant", late)
    assert codes(refused) == {"expire"}
    run_due(late)
    charte.refresh_from_db()
    assert charte.etat == "sans_suite"
    with pytest.raises(Refused) as refused:
        sign_by_drawing(charte, "consultant", late + timedelta(minutes=1))
    assert codes(refused) == {"clos"}
    assert charte.scelle is None


def test_the_cabinet_takes_a_document_back_and_sends_another(charte, bilan, now):
    with pytest.raises(Refused):
        issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=now)
    withdraw_circuit(circuit=charte, by=bilan.consultant, now=now)
    again = issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=now)
    assert again.numero != charte.document.numero
    with pytest.raises(Refused):
        withdraw_circuit(circuit=charte, by=bilan.consultant, now=now)


def scan():
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (40, 60), 230).save(out, "PNG")
    return out.getvalue()


def enter(charte, bilan, now, le, *qualites, octets=None, nom="page.png"):
    wanted = [place_of(charte, q).pk for q in qualites]
    return enter_paper(
        circuit=charte,
        signataires=wanted,
        signe_le=le,
        scan=scan() if octets is None else octets,
        nom=nom,
        by=bilan.consultant,
        now=now,
    )


def test_paper_is_an_equal_way_with_one_page_for_several_signatures(charte, bilan, now):
    later = now + timedelta(days=2)
    enter(charte, bilan, later, now.date() + timedelta(days=1), "beneficiaire", "consultant")
    charte.refresh_from_db()
    assert charte.etat == "scelle"
    one = place_of(charte, "beneficiaire")
    assert (one.moyen, one.recopie_le, one.recopie_par) == ("papier", later, bilan.consultant)
    assert read_kept(one).startswith(b"\x89PNG")


def test_a_forged_date_a_wrong_file_or_nobody_named_is_refused(charte, bilan, now):
    day = now.date()
    for le, code in ((day + timedelta(days=3), "date_future"), (day - timedelta(days=1), "date_anterieure")):
        with pytest.raises(Refused) as refused:
            enter(charte, bilan, now, le, "beneficiaire")
        assert codes(refused) == {code}
    with pytest.raises(Refused) as refused:
        enter(charte, bilan, now, day, "beneficiaire", octets=b"PK\x03\x04", nom="page.docx")
    assert codes(refused) == {"fichier"}
    with pytest.raises(Refused) as refused:
        enter(charte, bilan, now, day, "beneficiaire", octets=b"du texte", nom="page.txt")
    assert codes(refused) == {"fichier"}
    with pytest.raises(Refused) as refused:
        enter(charte, bilan, now, day)
    assert codes(refused) == {"signataires"}
    with pytest.raises(PermissionDenied):
        enter_paper(
            circuit=charte,
            signataires=[],
            signe_le=day,
            scan=scan(),
            nom="p",
            by=bilan.beneficiaire,
            now=now,
        )


def test_killed_before_the_seal_the_signatures_stay_and_the_clock_seals(charte, now, monkeypatch):
    def dies(*args, **kwargs):
        raise SystemError("killed")

    sign_by_drawing(charte, "beneficiaire", now)
    with monkeypatch.context() as broken:
        broken.setattr("jalon.actions.signature_sceau.seal_pdf", dies)
        sign_by_drawing(charte, "consultant", now)
    charte.refresh_from_db()
    assert charte.etat == "complet"
    assert not DocumentEmis.objects.filter(genre="preuve_signature").exists()
    run_due(now)
    charte.refresh_from_db()
    assert charte.etat == "scelle"
    run_due(now + timedelta(days=1))
    assert DocumentEmis.objects.filter(genre="preuve_signature").count() == 1


def test_an_outside_provider_may_take_the_place_of_our_door(bilan, now, settings):
    settings.JALON_PORTE_SIGNATURE = "tests.porte_exterieure:Exterieure"
    issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=now)
    charte = bilan.circuits.get()
    assert charte.porte == "exterieure"
    assert not Envoi.objects.filter(genre="signature_demandee").exists()
    with pytest.raises(Refused) as refused:
        _try(charte, now, "faux")
    assert codes(refused) == {"exterieur"}
    _try(charte, now, "vrai")
    assert place_of(charte, "beneficiaire").temoin == {"dossier": "EXT-1"}
    settings.JALON_PORTE_SIGNATURE = ""
    with pytest.raises(Refused) as refused:
        _try(charte, now, "vrai", qualite="consultant")
    assert codes(refused) == {"porte"}


def test_any_change_of_a_signed_row_or_of_the_bytes_shows_in_the_verification(charte, now):
    sign_by_drawing(charte, "beneficiaire", now)
    sign_by_drawing(charte, "consultant", now)
    looked = [a for a in verify(now, deep=True) if a.controle == "signatures"]
    assert looked == []
    place_of(charte, "beneficiaire").circuit.signataires.filter(qualite="beneficiaire").update(
        signe_le=now - timedelta(days=3)
    )
    assert [a for a in verify(now, deep=True) if a.controle == "signatures"]
    Circuit.objects.filter(pk=charte.pk).update(empreinte="1" * 64)
    assert len([a for a in verify(now, deep=True) if a.controle == "signatures"]) >= 2


def test_figures_do_not_change_under_a_contract_that_waits_to_be_signed(now):
    from jalon.actions.engagement import settle_engagement
    from jalon.domain.reglage import Reglage

    bilan = settled(now, financement="personnel")
    issue_papier(bilan=bilan, genre="contrat_individuel", by=bilan.consultant, now=now)
    with pytest.raises(Refused) as refused:
        settle_engagement(bilan=bilan, reglage=Reglage(prix=None), by=responsable(bilan), now=now)
    assert codes(refused) == {"contrat_envoye"}
    withdraw_circuit(circuit=bilan.circuits.get(), by=bilan.consultant, now=now)
    with pytest.raises(Refused) as refused:
        settle_engagement(bilan=bilan, reglage=Reglage(prix=None), by=responsable(bilan), now=now)
    assert "contrat_envoye" not in codes(refused)
