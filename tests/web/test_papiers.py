"""Papers and signatures in the cabinet: what is missing is said, what is issued is sealed, what is to be signed is sent."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.factories import MembreFactory
from tests.signatures import TRACE, place_of, project, responsable, settled
from tests.web.espaces import at, queries_of
from tests.web.espaces import text_of as words
from tests.web.test_gates import sign_in

from jalon.actions.papiers import issue_papier
from jalon.actions.signature import withdraw_circuit

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment(monkeypatch, now):
    at(monkeypatch, now)
    return now


@pytest.fixture
def bilan(moment):
    return settled(moment)


@pytest.fixture
def maud(client, bilan):
    person = MembreFactory(organisme=bilan.organisme, role="assistant").personne
    sign_in(client, person)
    return person


def papers(client, bilan):
    return client.get(reverse("organisme_papiers", args=[bilan.pk]))


def test_all_the_ready_papers_are_issued_at_once_and_the_others_say_what_they_miss(client, maud, bilan):
    page = words(papers(client, bilan))
    assert "Il manque la personne qui signe pour l’employeur" in page
    assert "art. R. 6313-8" in page
    done = client.post(reverse("organisme_papiers_etablir", args=[bilan.pk]))
    assert done["Location"] == reverse("organisme_papiers", args=[bilan.pk])
    assert bilan.documents.filter(genre="programme").exists()
    assert not bilan.documents.filter(genre="convention").exists()
    assert {c.document.genre for c in bilan.circuits.all()} == {"fiche_engagement", "charte"}
    assert client.post(reverse("organisme_papiers_etablir", args=[bilan.pk])).status_code == 422
    refused = client.post(reverse("organisme_papier_etablir", args=[bilan.pk, "convention"]))
    assert refused.status_code == 422
    unknown = client.post(reverse("organisme_papier_etablir", args=[bilan.pk, "certificat"]))
    assert unknown.status_code == 422


def test_a_scanned_page_is_entered_read_again_and_refused_with_a_forged_date(client, maud, bilan, moment):
    issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=moment)
    circuit = bilan.circuits.get()
    address = reverse("organisme_circuit", args=[bilan.pk, circuit.pk])
    out = io.BytesIO()
    Image.new("L", (30, 40), 200).save(out, "PNG")

    def scanned(day, *qualites):
        return {
            "signataires": [str(place_of(circuit, q).pk) for q in qualites],
            "signe_le": day.isoformat(),
            "scan": SimpleUploadedFile("page.png", out.getvalue(), "image/png"),
        }

    future = client.post(address, scanned(moment.date() + timedelta(days=1), "beneficiaire"))
    assert future.status_code == 422
    assert "dans l’avenir" in words(future)
    assert client.post(address, scanned(moment.date(), "beneficiaire")).status_code == 302
    assert "Sur papier" in words(client.get(address)) or "sur papier" in words(client.get(address))
    one = place_of(circuit, "beneficiaire")
    kept = client.get(reverse("organisme_circuit_page", args=[bilan.pk, circuit.pk, one.pk]))
    assert kept.content.startswith(b"\x89PNG")
    other = place_of(circuit, "consultant")
    assert (
        client.get(reverse("organisme_circuit_page", args=[bilan.pk, circuit.pk, other.pk])).status_code
        == 404
    )


def test_only_a_responsable_signs_for_the_cabinet(client, maud, bilan, moment):
    convention = project(bilan, moment)
    one = place_of(convention.circuit, "prestataire")
    address = reverse("organisme_signer", args=[bilan.pk, one.pk])
    assert client.get(address).status_code == 404
    sign_in(client, responsable(bilan))
    assert "Ce n’est pas encore votre tour" in words(client.get(address))
    said = {"moyen": "dessin", "trace": TRACE, "empreinte": convention.circuit.empreinte, "lu": "oui"}
    assert client.post(address, said).status_code == 422


def test_the_person_signs_in_her_space_or_declines_without_a_reason(client, bilan, moment):
    issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=moment)
    circuit = bilan.circuits.get()
    client.force_login(bilan.beneficiaire)
    liste = reverse("beneficiaire_a_signer", args=[bilan.pk])
    assert "Un document attend votre signature" in words(client.get(liste))
    one = place_of(circuit, "beneficiaire")
    address = reverse("beneficiaire_signer", args=[bilan.pk, one.pk])
    assert client.get(address).status_code == 200
    changed = {"moyen": "dessin", "trace": TRACE, "empreinte": "0" * 64, "lu": "oui"}
    assert client.post(address, changed).status_code == 422
    for moyen in ({"moyen": "cle", "credential": "{}"}, {"moyen": "fax"}, {}):
        said = {"empreinte": circuit.empreinte, "lu": "oui", **moyen}
        assert client.post(address, said).status_code == 422
    client.post(reverse("beneficiaire_signer_refuser", args=[bilan.pk, one.pk]))
    circuit.refresh_from_db()
    assert circuit.etat == "sans_suite"
    assert "Rien n’attend votre signature" in words(client.get(liste))


def test_the_list_of_circuits_costs_the_same_for_one_and_for_six(client, maud, bilan, moment):
    def again():
        issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=moment)
        withdraw_circuit(circuit=bilan.circuits.get(etat="ouvert"), by=bilan.consultant, now=moment)

    again()
    few = queries_of(client, reverse("organisme_papiers", args=[bilan.pk]))
    for _ in range(5):
        again()
    assert queries_of(client, reverse("organisme_papiers", args=[bilan.pk])) == few


def test_settings_of_papers_keep_what_was_typed_and_are_for_responsables(client, maud, bilan):
    pages = ("organisme_clauses", "organisme_cachet")
    assert {client.get(reverse(p)).status_code for p in pages} == {404}
    sign_in(client, responsable(bilan))
    assert {client.get(reverse(p)).status_code for p in pages} == {200}
    address = reverse("organisme_clause", args=["charte"])
    wrong = client.post(address, {"titre": ["Sans texte"], "texte": [""]})
    assert wrong.status_code == 422
    assert 'value="Sans texte"' in wrong.content.decode()
    assert (
        client.post(address, {"titre": ["Retard"], "texte": ["On s’attend un quart d’heure."]}).status_code
        == 302
    )
    assert "Retard" in client.get(address).content.decode()
    assert client.get(reverse("organisme_clause", args=["inconnu"])).status_code == 404
    assert client.post(reverse("organisme_logo")).status_code == 422
    not_one = SimpleUploadedFile("cle.p12", b"rien", "application/x-pkcs12")
    assert client.post(reverse("organisme_cachet"), {"fichier": not_one}).status_code == 422
    assert client.post(reverse("organisme_cachet_renouveler")).status_code == 302
    assert client.get(reverse("organisme_cachet_certificat")).content


def test_the_person_asks_for_an_absence_on_its_route_alone(client, bilan, moment):
    client.force_login(bilan.beneficiaire)
    assert client.get(reverse("beneficiaire_absence", args=[bilan.pk])).status_code == 404
    own = settled(moment, financement="cpf_sur_temps")
    client.force_login(own.beneficiaire)
    address = reverse("beneficiaire_absence", args=[own.pk])
    near = {"debut": "2026-04-01", "fin": "2026-06-01"}
    told = client.post(address, near)
    assert told.status_code == 422
    assert "60 jours avant" in words(told)
    assert client.post(address, near | {"motif-preavis": "choix_de_la_personne"}).status_code == 302
    absence = own.absences.get()
    letter = client.get(reverse("beneficiaire_absence_imprimer", args=[own.pk, absence.pk]))
    assert letter.content.startswith(b"%PDF")
    received = reverse("beneficiaire_absence_recue", args=[own.pk, absence.pk])
    assert client.post(received, {"recue_le": "2027-01-01"}).status_code == 422
    assert client.post(received, {"recue_le": moment.date().isoformat()}).status_code == 302
    assert "à minuit" in words(client.get(address))
    assert client.post(reverse("beneficiaire_absence_retirer", args=[own.pk, absence.pk])).status_code == 302
