"""What was achieved, the sentence that proves, the voices side by side: on the pages of the portfolio."""

import re

import pytest
from tests.web.ecrits import read, situation
from tests.web.espaces import text_of

from jalon.access.pieces import open_for_action
from jalon.actions.fichier import deposit_fichier
from jalon.domain.phrase import mark
from jalon.records.models import Piece

pytestmark = pytest.mark.django_db
PHRASE = "J’ai rappelé trois anciennes le soir même."


@pytest.fixture
def s():
    found = situation(en_investigation=True)
    found.personne.post(
        found.a("beneficiaire_portefeuille_experience_ecrire"),
        {
            "intitule": "Vendeuse",
            "debut": "2012",
            "texte": "J’ouvrais la boutique à six heures. Je formais les nouvelles.",
        },
    )
    return found


def reference(nature):
    return Piece.objects.get(nature=nature).reference


def opened(nature):
    return open_for_action(Piece.objects.get(nature=nature))


def tell(s, **fields):
    data = {
        "titre": "Le réveillon",
        "experience": reference("experience"),
        "situation": "Deux absentes.",
        "action": f"{PHRASE} Et j’ai fait les plannings.",
        "resultat": "Aucune commande perdue.",
    }
    return s.personne.post(s.a("beneficiaire_portefeuille_realisation_ecrire"), data | fields)


def test_an_achievement_stands_under_its_experience_step_by_step_for_both(s):
    start = s.a("beneficiaire_portefeuille_realisation_ecrire")
    chosen = read(s.personne, f"{start}?experience={reference('experience')}")
    assert re.search(rf'value="{reference("experience")}" selected', chosen)
    answer = tell(s)
    assert answer["Location"] == s.a(
        "beneficiaire_portefeuille_realisation_phrases", reference("realisation")
    )
    text = text_of(s.consultant.get(s.a("consultant_portefeuille")))
    assert "Le réveillon" in text
    assert "Ce que cela a donné" in text
    assert tell(s, titre="").status_code == 422
    # Its experience erased, it is still there.
    s.personne.post(s.a("beneficiaire_portefeuille_experience_effacer", reference("experience")))
    assert "D’autres réussites" in text_of(s.personne.get(s.a("beneficiaire_portefeuille")))


def test_the_sentence_that_proves_stays_with_the_competence_even_when_its_source_is_gone(s):
    tell(s)
    page = s.a("beneficiaire_portefeuille_phrases", reference("experience"))
    shown = text_of(s.personne.get(page))
    assert PHRASE in shown
    assert "Je formais les nouvelles." in shown
    for data, said in (
        ({"intitule": "Trouver vite de l’aide"}, "Choisissez d’abord une phrase"),
        ({"phrase": mark(PHRASE)}, "Dites ce que cette phrase montre"),
        (
            {"phrase": mark("Une phrase qu’elle n’a jamais écrite."), "intitule": "X"},
            "Choisissez d’abord une phrase",
        ),
    ):
        refused = s.personne.post(page, data)
        assert refused.status_code == 422
        assert said in text_of(refused)
    assert not Piece.objects.filter(nature="competence").exists()
    assert (
        s.personne.post(page, {"phrase": mark(PHRASE), "intitule": "Trouver vite de l’aide"}).status_code
        == 303
    )
    held = opened("competence")
    assert [one.phrase for one in held.phrases] == [PHRASE]
    assert held.experience == reference("experience")
    # A second one is added to the same competence; the same one twice is told once.
    for _ in range(2):
        second = {"phrase": mark("Je formais les nouvelles."), "competence": reference("competence")}
        s.personne.post(page, second)
    assert len(opened("competence").phrases) == 2
    s.personne.post(s.a("beneficiaire_portefeuille_realisation_effacer", reference("realisation")))
    assert PHRASE in text_of(s.personne.get(s.a("beneficiaire_portefeuille")))


def test_the_three_voices_stand_side_by_side_with_files_and_are_never_averaged(s, now):
    s.personne.post(s.a("beneficiaire_portefeuille_competence_ecrire"), {"intitule": "Former"})
    ref = reference("competence")
    file = deposit_fichier(
        bilan=s.bilan, nom="titre.txt", data=b"Diplome", description="", by=s.bilan.beneficiaire, now=now
    )
    page = s.a("beneficiaire_portefeuille_preuves", ref)
    rows = {
        "lignes": "3",
        "revision": "1",
        "voix_0": "soi",
        "niveau_0": "2",
        "voix_1": "autre",
        "niveau_1": "4",
        "voix_2": "faits",
        "texte_2": "Quatorze apprentis, tous en poste.",
        f"fichier_{file.pk}": "on",
        "transferable": "on",
        "transfert": "Dans un CFA",
    }
    refused = s.personne.post(page, rows)
    assert refused.status_code == 422
    assert "Dites qui" in text_of(refused)
    assert "Quatorze apprentis" in text_of(refused)
    assert s.personne.post(page, rows | {"qui_1": "ma cheffe"}).status_code == 302
    held = opened("competence")
    assert [(one.voix, one.niveau, one.qui) for one in held.niveaux] == [
        ("soi", 2, ""),
        ("autre", 4, "ma cheffe"),
        ("faits", 0, ""),
    ]
    assert held.fichiers == (str(file.pk),)
    text = text_of(s.consultant.get(s.a("consultant_portefeuille")))
    for said in (
        "Dit par soi",
        "Dit par d’autres",
        "Dit par les faits",
        "ma cheffe",
        "titre.txt",
        "Sert ailleurs",
    ):
        assert said in text
    assert "Les voix ne disent pas la même chose" in text
    # The name of the competence, written from its own form, leaves its proofs as they are.
    s.personne.post(
        s.a("beneficiaire_portefeuille_competence", ref),
        {"intitule": "Former des apprentis", "revision": "2"},
    )
    assert opened("competence").niveaux == held.niveaux
    late = s.consultant.post(s.a("consultant_portefeuille_preuves", ref), rows | {"qui_1": "un autre"})
    assert late.status_code == 409


def test_a_row_more_saves_nothing_and_a_sentence_unticked_goes(s):
    page = s.a("beneficiaire_portefeuille_phrases", reference("experience"))
    s.personne.post(page, {"phrase": mark("Je formais les nouvelles."), "intitule": "Former"})
    proofs = s.a("beneficiaire_portefeuille_preuves", reference("competence"))
    more = s.personne.post(
        proofs, {"lignes": "1", "texte_0": "gardé", "geste": "ajouter", "garder_0": "on", "revision": "1"}
    )
    assert more.status_code == 200
    assert "gardé" in more.content.decode()
    assert re.search(r'name="garder_0"[^>]*checked', more.content.decode())
    assert opened("competence").niveaux == ()
    s.personne.post(proofs, {"lignes": "1", "revision": "1"})
    assert opened("competence").phrases == ()
