"""Given to read, on both sides: two steps for the person, a link and a code for whoever reads, 404 the moment it stops."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.partages import MARK, delivered, shared
from tests.signatures import last_code
from tests.web.ecrits import read, situation, strangers
from tests.web.espaces import at
from tests.web.espaces import text_of as words

from jalon.actions.extrait import compose_extrait, seal_extrait
from jalon.actions.partage import revoke_share, token
from jalon.actions.synthese import load_document
from jalon.domain.partage import Destinataire
from jalon.records.models import Acces, Envoi, Evenement, Partage

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment(monkeypatch, now):
    at(monkeypatch, now)
    return now


def come_in(client, partage, capture):
    with capture(execute=True):
        client.post(reverse("partage_lien_code", args=[token(partage)]))
    return client.post(reverse("partage_lien", args=[token(partage)]), {"code": last_code()})


def typed(document, **values):
    return {
        "documents": [str(document.pk)],
        "destinataire": "tiers",
        "prenom": "Lucie",
        "nom": "Armand",
        "structure": "Transitions Ouest",
        "courriel": "lucie@transitions.example",
        "finalite": "formation",
        "fin": "2026-04-03",
    } | values


def test_nothing_leaves_before_she_has_read_the_agreement_and_what_the_other_will_see(moment):
    s = situation(en_conclusions=True)
    document = delivered(s.bilan, moment)
    address = s.a("beneficiaire_partage_nouveau")
    form = read(s.personne, address)
    assert document.numero in form
    assert " checked" not in form.split("<main")[1]
    before = Envoi.objects.filter(genre="partage_lien").count()
    step = s.personne.post(address, typed(document))
    page = words(step)
    assert step.status_code == 200
    assert "j’accepte que" in page
    assert document.numero in page
    assert not Partage.objects.exists()
    accord = re.search(r'name="accord" value="([0-9a-f]{64})"', step.content.decode())[1]
    forged = s.personne.post(address, typed(document, accord="0" * 64))
    assert forged.status_code == 422
    assert "relisez-le" in words(forged)
    changed = s.personne.post(address, typed(document, accord=accord, finalite="vae"))
    assert changed.status_code == 422
    back = s.personne.post(address, typed(document, accord=accord, geste="modifier"))
    assert back.status_code == 200
    assert 'value="Armand"' in back.content.decode()
    assert not Partage.objects.exists()
    done = s.personne.post(address, typed(document, accord=accord))
    assert done.status_code == 302
    assert Envoi.objects.filter(genre="partage_lien").count() == before + 1
    assert "Lucie Armand" in read(s.personne, s.a("beneficiaire_partages"))


def test_the_reader_enters_by_a_code_reads_the_copy_and_the_person_sees_when(
    moment, django_capture_on_commit_callbacks
):
    s = situation(en_conclusions=True)
    document = delivered(s.bilan, moment)
    made = shared(s.bilan, moment, document)
    reader = Client()
    home = reverse("partage_ouvert", args=[made.pk])
    assert reader.get(home).status_code == 404
    link = reader.get(reverse("partage_lien", args=[token(made)]))
    assert s.bilan.beneficiaire.nom not in words(link)
    assert "bilan" not in words(link).lower()
    wrong = reader.post(reverse("partage_lien", args=[token(made)]), {"code": "0000-0000"})
    assert wrong.status_code == 422
    answer = come_in(reader, made, django_capture_on_commit_callbacks)
    assert answer["Location"] == home
    assert all(m.to == ["lucie@transitions.example"] for m in mail.outbox)
    page = reader.get(home)
    assert s.bilan.beneficiaire.nom_complet in words(page)
    [copy] = made.copies.all()
    pdf = reader.get(reverse("partage_document", args=[made.pk, copy.pk]))
    assert pdf.content == load_document(document)
    assert 'filename="document.pdf"' in pdf["Content-Disposition"]
    assert list(Acces.objects.filter(lecteur=made.personne).values_list("nature", flat=True)) == ["synthese"]
    hers = words(s.personne.get(s.a("beneficiaire_partages")))
    assert "Ouvert par cette personne" in hers
    # A code serves once.
    again = Client().post(reverse("partage_lien", args=[token(made)]), {"code": last_code()})
    assert again.status_code == 422
    assert "déjà servi" in words(again)


def test_stopped_while_it_is_open_in_another_tab_everything_is_404(
    moment, django_capture_on_commit_callbacks
):
    s = situation(en_conclusions=True)
    made = shared(s.bilan, moment, delivered(s.bilan, moment))
    copy = made.copies.get()
    reader = Client()
    come_in(reader, made, django_capture_on_commit_callbacks)
    pages = [
        reverse("partage_ouvert", args=[made.pk]),
        reverse("partage_document", args=[made.pk, copy.pk]),
        reverse("partage_lien", args=[token(made)]),
    ]
    assert [reader.get(page).status_code for page in pages] == [200, 200, 200]
    stop = s.a("beneficiaire_partage_arreter", made.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert s.personne.post(stop).status_code == 302
    assert [reader.get(page).status_code for page in pages] == [404, 404, 404]
    assert reader.post(reverse("partage_lien_code", args=[token(made)])).status_code == 404
    assert "arrêté par vous" in words(s.personne.get(s.a("beneficiaire_partages")))


def test_after_its_last_day_the_open_page_is_404(moment, monkeypatch, django_capture_on_commit_callbacks):
    s = situation(en_conclusions=True)
    made = shared(s.bilan, moment, delivered(s.bilan, moment))
    reader = Client()
    come_in(reader, made, django_capture_on_commit_callbacks)
    at(monkeypatch, made.fin_le)
    assert reader.get(reverse("partage_ouvert", args=[made.pk])).status_code == 404
    assert reader.get(reverse("partage_lien", args=[token(made)])).status_code == 404


def test_a_forged_link_tells_nothing_and_one_share_does_not_open_another(
    moment, django_capture_on_commit_callbacks
):
    s = situation(en_conclusions=True)
    document = delivered(s.bilan, moment)
    made = shared(s.bilan, moment, document)
    other = shared(s.bilan, moment, document, courriel="paul@ailleurs.example", nom="Petit")
    before = Envoi.objects.count()
    for name in ("partage_lien", "partage_lien_code"):
        assert Client().post(reverse(name, args=["x" * 64]), {"code": "1"}).status_code == 404
    assert Envoi.objects.count() == before
    reader = Client()
    come_in(reader, made, django_capture_on_commit_callbacks)
    assert reader.get(reverse("partage_ouvert", args=[other.pk])).status_code == 404
    foreign = other.copies.get()
    assert reader.get(reverse("partage_document", args=[made.pk, foreign.pk])).status_code == 404
    # The link opens the share and nothing of the spaces.
    for name in ("beneficiaire_synthese", "consultant_synthese", "employeur_dossier"):
        assert reader.get(reverse(name, args=[s.bilan.pk])).status_code in (302, 404)


def test_neither_the_cabinet_nor_a_stranger_sees_to_whom_she_gives_what(moment):
    s = situation(en_conclusions=True)
    made = shared(s.bilan, moment, delivered(s.bilan, moment))
    for client in (s.consultant, *strangers(s.bilan)):
        assert client.get(s.a("beneficiaire_partages")).status_code == 404
        assert client.get(s.a("beneficiaire_extrait")).status_code == 404
        assert client.get(s.a("beneficiaire_resultats")).status_code == 404
        assert client.post(s.a("beneficiaire_partage_arreter", made.pk)).status_code == 404
    made.refresh_from_db()
    assert made.clos_le is None


def test_an_extract_is_chosen_read_sealed_previewed_and_received_the_same(
    moment, django_capture_on_commit_callbacks
):
    s = situation(en_conclusions=True)
    delivered(s.bilan, moment)
    address = s.a("beneficiaire_extrait")
    page = read(s.personne, address)
    assert MARK in page
    assert " checked" not in page.split("<main")[1]
    sent = s.personne.post(
        address, {"passages": ["projet.0"], "ajout": "Parlons-en au printemps.", "revision": "0"}
    )
    assert sent["Location"] == s.a("beneficiaire_extrait_relire")
    proof = read(s.personne, s.a("beneficiaire_extrait_relire"))
    assert "Devenir formatrice." in proof
    assert MARK not in proof
    sealed = s.personne.post(s.a("beneficiaire_extrait_sceller"), {"revision": "1"})
    form = s.personne.get(sealed["Location"]).content.decode()
    document = re.search(r'value="([0-9a-f-]{36})"[^>]*checked', form)[1]
    said = {
        "documents": [document],
        "destinataire": "employeur",
        "prenom": "Denis",
        "nom": "Larzul",
        "structure": "",
        "courriel": "denis@larzul.example",
        "finalite": "evolution",
        "fin": "2026-04-03",
    }
    step = s.personne.post(s.a("beneficiaire_partage_nouveau"), said)
    preview = words(step).split("Ce que l’autre verra")[1]
    href = re.search(rf'href="([^"]*{document}/)"', step.content.decode())[1]
    previewed = s.personne.get(href).content
    accord = re.search(r'name="accord" value="([0-9a-f]{64})"', step.content.decode())[1]
    s.personne.post(s.a("beneficiaire_partage_nouveau"), {**said, "accord": accord})
    made = Partage.objects.get()
    reader = Client()
    come_in(reader, made, django_capture_on_commit_callbacks)
    seen = reader.get(reverse("partage_ouvert", args=[made.pk]))
    told = words(seen).split("Ce que l’on vous donne à lire")[-1].split("Vous lisez en tant que")[0]
    assert " ".join(told.split()) in " ".join(preview.split())
    link = re.search(r'href="([^"]*/document/[^"]*)"', seen.content.decode())[1]
    assert reader.get(link).content == previewed


def test_the_employers_space_itself_never_shows_the_extract(moment):
    s = situation(en_conclusions=True, financement="plan", employeur_nom="Dupont SA")
    delivered(s.bilan, moment)
    piece = compose_extrait(bilan=s.bilan, places=["projet.0"], ajout="", by=s.bilan.beneficiaire, now=moment)
    issued = seal_extrait(bilan=s.bilan, revision=piece.revision, by=s.bilan.beneficiaire, now=moment)
    made = shared(s.bilan, moment, issued, destinataire=Destinataire.EMPLOYEUR)
    from tests.factories import AccesEmployeurFactory
    from tests.web.test_gates import sign_in

    employer = Client()
    sign_in(employer, AccesEmployeurFactory(bilan=s.bilan).personne)
    for name in ("employeur_dossier", "employeur_presence"):
        page = read(employer, s.a(name))
        assert issued.numero not in page
        assert "formatrice" not in page
    revoke_share(partage=made, by=s.bilan.beneficiaire, now=moment)


def test_the_detailed_results_say_what_is_missing_and_are_sealed_for_her(moment):
    from tests.actions.test_resultats import answered

    from jalon.actions.questionnaire import restitute

    s = situation(en_conclusions=True)
    assert "Vos résultats s’afficheront ici." in read(s.personne, s.a("beneficiaire_resultats"))
    assert s.personne.post(s.a("beneficiaire_resultats_reunir")).status_code == 422
    answered(s.bilan, moment, "motivations")
    page = read(s.personne, s.a("beneficiaire_resultats"))
    assert "n’a pas encore été restitué" in page
    restitute(bilan=s.bilan, code="motivations", by=s.bilan.consultant, now=moment)
    assert "C’est complet" in read(s.personne, s.a("beneficiaire_resultats"))
    assert s.personne.post(s.a("beneficiaire_resultats_reunir")).status_code == 302
    link = re.search(
        r'href="([^"]*/partages/document/[^"]*)"', read(s.personne, s.a("beneficiaire_resultats"))
    )[1]
    assert s.personne.get(link).content.startswith(b"%PDF")
    assert s.consultant.get(link).status_code == 404
    assert Evenement.objects.filter(nom="resultats.reunis").count() == 1
