"""Several hands on one document at the same instant, each with its own connection: every act finds what the other has done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import close_old_connections, connections
from tests.signatures import TRACE, place_of, project, settled, sign_by_drawing

from jalon import access
from jalon.actions.convention import transmit_convention
from jalon.actions.echeance import run_due
from jalon.actions.papiers import issue_papier
from jalon.actions.porte_signature import Geste
from jalon.actions.signature import sign_document
from jalon.domain.obstacle import Refused
from jalon.domain.signature import Moyen
from jalon.records.evenements import broken_chains
from jalon.records.models import CodeUnique, DocumentEmis, Evenement

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts):
    """What each did, or why it was refused."""
    ready = Barrier(len(acts))

    def one(act):
        close_old_connections()
        ready.wait()
        try:
            act()
            return "fait"
        except Refused as refused:
            return refused.obstacles[0].code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def charter(now):
    bilan = settled(now)
    issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=now)
    return bilan.circuits.get()


def test_the_two_last_signatures_at_once_make_one_seal_and_one_proof(now):
    charte = charter(now)
    said = at_once([lambda q=q: sign_by_drawing(charte, q, now) for q in ("beneficiaire", "consultant")])
    assert said == ["fait", "fait"]
    charte.refresh_from_db()
    assert charte.etat == "scelle"
    assert DocumentEmis.objects.filter(genre="preuve_signature").count() == 1
    assert broken_chains() == []


def test_one_code_sent_five_times_at_once_signs_once(now, monkeypatch):
    charte = charter(now)
    monkeypatch.setattr("jalon.actions.code_unique.secrets.randbelow", lambda most: 12345678)
    from jalon.actions.signature import send_signing_code

    one = place_of(charte, "beneficiaire")
    send_signing_code(signataire=one, by=one.personne, now=now)

    def sign():
        sign_document(
            signataire=place_of(charte, "beneficiaire"),
            geste=Geste(Moyen.CODE, code="1234-5678"),
            empreinte_vue=charte.empreinte,
            by=one.personne,
            now=now,
        )

    said = at_once([sign] * 5)
    assert sorted(said).count("fait") == 1
    assert set(said) <= {"fait", "code_servi", "deja_signe"}
    assert CodeUnique.objects.get().utilise_le == now
    assert Evenement.objects.filter(nom="signature.donnee").count() == 1


def test_a_signature_and_the_end_of_the_ten_days_at_once_leave_one_truth(now):
    """The signature is of the last second; the clock acts at the next. Whichever comes first, the two never both stand."""
    convention = project(settled(now), now)
    employer = convention.bilan.acces_employeur.get().personne
    transmit_convention(convention=convention, by=employer, now=now)
    convention.refresh_from_db()
    end = convention.fin_le
    one = place_of(convention.circuit, "beneficiaire")
    access.systeme()

    def sign():
        sign_document(
            signataire=one,
            geste=Geste(Moyen.DESSIN, trace=TRACE),
            empreinte_vue=convention.circuit.empreinte,
            by=one.personne,
            now=end - timedelta(seconds=1),
        )

    said = at_once([sign, lambda: run_due(end)])
    convention.refresh_from_db()
    signed = place_of(convention.circuit, "beneficiaire").signe_le is not None
    assert (convention.etat == "acceptee") == signed == (said[0] == "fait")
    assert convention.etat in ("acceptee", "non_conclue")
    assert broken_chains() == []
