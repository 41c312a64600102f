"""One bilan for the consultant: what blocks with its article, reasons for warnings, steps, consent on paper, papers."""

from datetime import timedelta

import pytest
from tests.factories import BilanFactory, ConsentementFactory, MembreFactory, ParcoursFactory, SeanceFactory
from tests.web.espaces import at, sign_in, text_of

from jalon.domain.bilan import Etat
from jalon.domain.parcours import Nature, Phase
from jalon.records.models import Bilan, Consentement, DocumentEmis, Evenement

pytestmark = pytest.mark.django_db

SHORT = [
    (Phase.PRELIMINAIRE, Nature.ACCOMPAGNEMENT, 1, 120),
    (Phase.INVESTIGATION, Nature.ACCOMPAGNEMENT, 2, 120),
    (Phase.CONCLUSIONS, Nature.ACCOMPAGNEMENT, 1, 120),
]


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    at(monkeypatch, now)


def test_the_page_says_all_that_blocks_with_its_article_and_greys_the_step():
    bilan = BilanFactory(en_cours=True)
    answer = sign_in(bilan.consultant).get(f"/consultant/{bilan.pk}/")
    page = text_of(answer)
    for said in (
        "Aucun entretien signé par les deux en phase préliminaire",
        "L’analyse de la demande n’est pas encore convenue",
        "Les objectifs ne sont pas encore convenus",
        "il manque l’accord de la personne et du consultant",
        "Code du travail, art. R. 6313-4, 1° c",
    ):
        assert said in page
    assert 'aria-disabled="true"' in answer.content.decode()
    assert "Phase d’investigation, travail personnel" in page


def test_a_step_that_is_blocked_is_refused_and_one_that_is_free_is_made():
    bilan = BilanFactory()
    client = sign_in(bilan.consultant)
    refused = client.post(f"/consultant/{bilan.pk}/avancer/", {"pas": "start"})
    assert refused.status_code == 422
    assert "Elle seule peut le donner" in text_of(refused)
    ConsentementFactory(bilan=bilan)
    assert client.post(f"/consultant/{bilan.pk}/avancer/", {"pas": "start"}).status_code == 302
    assert Bilan.objects.get().etat == Etat.PRELIMINAIRE
    for forged in ("finish", "abandon", "", "x"):
        assert client.post(f"/consultant/{bilan.pk}/avancer/", {"pas": forged}).status_code == 404
    assert client.get(f"/consultant/{bilan.pk}/avancer/").status_code == 405


def test_a_warning_asks_for_a_reason_of_the_closed_list():
    bilan = BilanFactory(parcours=ParcoursFactory(lignes=SHORT))
    ConsentementFactory(bilan=bilan)
    client = sign_in(bilan.consultant)
    assert 'name="motif-moins_de_13h"' in client.get(f"/consultant/{bilan.pk}/").content.decode()
    address = f"/consultant/{bilan.pk}/avancer/"
    assert client.post(address, {"pas": "start"}).status_code == 422
    forged = {"pas": "start", "motif-moins_de_13h": "parce que c’est comme ça"}
    assert client.post(address, forged).status_code == 422
    assert not Evenement.objects.exists()
    assert client.post(address, {"pas": "start", "motif-moins_de_13h": "rythme_adapte"}).status_code == 302
    assert Evenement.objects.get().faits["motifs"] == {"moins_de_13h": "rythme_adapte"}


def test_going_back_and_not_concluding_tell_their_effects_first():
    bilan = BilanFactory(en_investigation=True)
    client = sign_in(bilan.consultant)
    assert "se clôt de nouveau à deux" in text_of(client.get(f"/consultant/{bilan.pk}/revenir/"))
    assert Bilan.objects.get().etat == Etat.INVESTIGATION
    assert client.post(f"/consultant/{bilan.pk}/revenir/").status_code == 302
    assert client.post(f"/consultant/{bilan.pk}/revenir/").status_code == 422
    other = BilanFactory(organisme=bilan.organisme, consultant=bilan.consultant)
    assert "Aucune raison" in text_of(client.get(f"/consultant/{other.pk}/decliner/"))
    assert client.post(f"/consultant/{other.pk}/decliner/").status_code == 302
    assert Bilan.objects.get(pk=other.pk).etat == Etat.NON_CONCLU


def test_consent_is_shown_as_yes_or_no_and_entered_from_paper_only_with_it_in_hand():
    bilan = BilanFactory()
    client = sign_in(bilan.consultant)
    address = f"/consultant/{bilan.pk}/consentement/"
    page = client.get(address)
    assert "n’a pas donné son consentement" in text_of(page)
    assert client.post(f"{address}papier/").status_code == 422
    assert not Consentement.objects.exists()
    assert client.post(f"{address}papier/", {"en_main": "oui"}).status_code == 302
    given = Consentement.objects.get()
    assert (given.canal, given.saisi_par) == ("papier", bilan.consultant)
    assert "a donné son consentement" in text_of(client.get(address))


def test_the_paper_form_is_printed_in_large_letters_under_a_neutral_name():
    bilan = BilanFactory()
    client = sign_in(bilan.consultant)
    address = f"/consultant/{bilan.pk}/consentement/papier/"
    printed = client.get(f"{address}?taille=18")
    assert printed.content.startswith(b"%PDF")
    assert printed["Content-Disposition"] == 'attachment; filename="formulaire.pdf"'
    assert client.get(f"{address}?taille=99").status_code == 422
    assistant = sign_in(MembreFactory(organisme=bilan.organisme, role="assistant").personne)
    assert assistant.get(address).status_code == 404
    assert assistant.post(address, {"en_main": "oui"}).status_code == 404


def test_an_attendance_sheet_is_issued_once_numbered_and_downloaded(now):
    bilan = BilanFactory(en_cours=True)
    client = sign_in(bilan.consultant)
    address = f"/consultant/{bilan.pk}/papiers/"
    refused = client.post(f"{address}emargement/", {"taille": "normal"})
    assert refused.status_code == 422
    assert "Aucune séance n’a encore été tenue" in text_of(refused)
    start = now - timedelta(hours=3)
    SeanceFactory(
        bilan=bilan, debut=start, etat="tenue", debut_reel=start, fin_reelle=start + timedelta(hours=2)
    )
    assert client.post(f"{address}emargement/", {"taille": "42"}).status_code == 422
    assert client.post(f"{address}emargement/", {"taille": "20"}).status_code == 302
    paper = DocumentEmis.objects.get()
    page = text_of(client.get(address))
    assert paper.numero in page
    assert paper.empreinte[:12] in page
    assert "20 points" in page
    person = sign_in(bilan.beneficiaire)
    assert paper.numero in text_of(person.get(f"/espace/{bilan.pk}/papiers/"))
    got = person.get(f"/espace/{bilan.pk}/papiers/{paper.pk}/")
    assert got.content == bytes(paper.octets)
    assert got["Content-Disposition"] == f'attachment; filename="{paper.numero}.pdf"'
    assert "no-store" in got["Cache-Control"]
    other = BilanFactory()
    assert sign_in(other.beneficiaire).get(f"/espace/{other.pk}/papiers/{paper.pk}/").status_code == 404


def test_a_bilan_of_a_colleague_is_404_and_a_substitute_finds_it():
    bilan = BilanFactory(en_cours=True)
    colleague = MembreFactory(organisme=bilan.organisme, role="consultant").personne
    assert sign_in(colleague).get(f"/consultant/{bilan.pk}/").status_code == 404
    bilan.substitut = colleague
    bilan.save()
    assert sign_in(colleague).get(f"/consultant/{bilan.pk}/").status_code == 200
