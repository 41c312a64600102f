"""The synthesis written together, on both sides: gathered with its sources, reread in place, commented, corrected, compared."""

import pytest
from django.urls import reverse
from tests.factories import BilanFactory
from tests.web.ecrits import read, situation, strangers
from tests.web.espaces import at
from tests.web.espaces import text_of as words

from jalon.access.matiere import list_matiere
from jalon.actions import synthese as acts
from jalon.actions import synthese_a_deux as duo
from jalon.actions.ecrit import write_ecrit
from jalon.vault.pieces.projet import Projet
from jalon.vault.pieces.synthese import Synthese

pytestmark = pytest.mark.django_db


@pytest.fixture
def s(monkeypatch, now):
    at(monkeypatch, now)
    found = situation(en_conclusions=True)
    write_ecrit(
        bilan=found.bilan,
        contenu=Projet("principal", "Formatrice", "Former des vendeurs."),
        by=found.bilan.beneficiaire,
        now=now,
    )
    return found


def proposed(s, now, **text):
    piece = acts.write_synthese(
        bilan=s.bilan,
        synthese=Synthese(**({"circonstances": "Un départ.", "projet": "Elle veut toujours former."} | text)),
        by=s.bilan.consultant,
        now=now,
    )
    acts.propose_synthese(bilan=s.bilan, by=s.bilan.consultant, now=now)
    return piece


def test_passages_are_ticked_and_land_under_the_chosen_heading_with_a_link_to_their_source(s, now):
    address = s.a("consultant_synthese_rassembler")
    page = read(s.consultant, address)
    assert "Former des vendeurs." in page
    assert " checked" not in page.split("<main")[1]
    [project] = list_matiere(s.bilan.consultant, s.bilan, now=now)
    nothing = s.consultant.post(address, {"revision": "0"})
    assert nothing.status_code == 422
    assert "au moins un passage" in words(nothing)
    sent = {
        "passages": [f"{project.piece}.1"],
        f"rubrique-{project.piece}": "circonstances",
        "revision": "0",
        "texte": "pirate",
    }
    assert s.consultant.post(address, sent)["Location"] == s.a("consultant_synthese")
    form = read(s.consultant, s.a("consultant_synthese"))
    assert "Former des vendeurs. ⟦1⟧" in form
    together = read(s.consultant, s.a("consultant_synthese_ensemble"))
    assert "⟦" not in together
    assert f'href="{s.a("consultant_projets")}"' in together.split("D’après")[1][:200]
    conflict = s.consultant.post(address, sent)
    assert conflict.status_code == 409
    assert "checked" in conflict.content.decode().split("<main")[1]


def test_words_to_reread_are_marked_in_place_with_their_reason_and_quotes_are_left_alone(s, now):
    proposed(s, now, competences="Elle est fragile.\n\n> Je suis fragile.")
    page = read(s.personne, s.a("beneficiaire_synthese_ensemble"))
    assert "<mark>toujours</mark>" in page
    assert page.count("<mark>fragile</mark>") == 1
    assert "décrivez plutôt ce qu’elle fait" in page


def test_either_comments_a_paragraph_and_a_remark_survives_the_change_of_its_paragraph(s, now):
    proposed(s, now)
    remark = {"rubrique": "projet", "passage": "Elle veut toujours former.", "texte": "Depuis 2024."}
    empty = s.personne.post(s.a("beneficiaire_synthese_commenter"), remark | {"texte": " "})
    assert empty.status_code == 422
    assert s.personne.post(s.a("beneficiaire_synthese_commenter"), remark).status_code == 302
    page = read(s.consultant, s.a("consultant_synthese_ensemble"))
    assert "Depuis 2024." in page
    assert "C’est réglé" in page
    duo.correct_synthese(bilan=s.bilan, textes={"projet": "Former."}, by=s.bilan.beneficiaire, now=now)
    moved = words(s.consultant.get(s.a("consultant_synthese_ensemble")))
    assert "Sur un passage qui a changé depuis" in moved
    assert "Elle veut toujours former." in moved


def test_the_person_corrects_and_both_read_what_changed_with_ins_and_del_said_in_words(s, now):
    proposed(s, now)
    address = s.a("beneficiaire_synthese_corriger")
    assert "Elle veut toujours former." in read(s.personne, address)
    said = {"circonstances": "Un départ choisi.", "competences": "", "projet": "Former.", "revision": "1"}
    assert s.personne.post(address, said).status_code == 302
    again = s.personne.post(address, said | {"projet": "Autre chose."})
    assert again.status_code == 409
    for client, space in ((s.personne, "beneficiaire"), (s.consultant, "consultant")):
        page = client.get(s.a(f"{space}_synthese_versions"))
        assert page.status_code == 200
        html = page.content.decode()
        assert "<ins>" in html
        assert "ajouté" in html.split("<ins>")[1][:120]
        assert "retiré" in html.split("<del>")[1][:120]
    assert "La dernière version est de la personne" in words(s.consultant.get(s.a("consultant_synthese")))


def test_the_person_does_not_see_the_drafts_from_before_it_was_proposed(s, now):
    for draft in ("XBROUILLONX", "Deux."):
        acts.write_synthese(
            bilan=s.bilan, synthese=Synthese(circonstances=draft), by=s.bilan.consultant, now=now
        )
    assert s.personne.get(s.a("beneficiaire_synthese_versions")).status_code == 302
    from datetime import timedelta

    later = now + timedelta(hours=1)
    acts.propose_synthese(bilan=s.bilan, by=s.bilan.consultant, now=later)
    duo.correct_synthese(
        bilan=s.bilan, textes={"circonstances": "Trois."}, by=s.bilan.beneficiaire, now=later
    )
    hers = read(s.personne, s.a("beneficiaire_synthese_versions") + "?avant=1&apres=3")
    assert "XBROUILLONX" not in hers
    assert "XBROUILLONX" in read(s.consultant, s.a("consultant_synthese_versions") + "?avant=1&apres=3")


def test_strangers_and_another_bilan_find_none_of_these_pages(s, now):
    proposed(s, now)
    for client in strangers(s.bilan):
        for name in (
            "consultant_synthese_rassembler",
            "consultant_synthese_ensemble",
            "beneficiaire_synthese_ensemble",
            "beneficiaire_synthese_corriger",
            "beneficiaire_synthese_versions",
        ):
            assert client.get(s.a(name)).status_code == 404
    other = BilanFactory(en_conclusions=True)
    assert s.personne.get(reverse("beneficiaire_synthese_ensemble", args=[other.pk])).status_code == 404
