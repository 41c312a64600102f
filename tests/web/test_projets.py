"""Projects put to the test: compared by her criteria, inquired into, tried; what remains is told to both; her life stays hers."""

import re

import pytest
from tests.fouille import leftovers
from tests.web.ecrits import read, situation, strangers
from tests.web.espaces import text_of

from jalon.access.pieces import open_for_action
from jalon.actions.ecrit import write_ecrit
from jalon.records.models import Piece
from jalon.vault.pieces import Projet

pytestmark = pytest.mark.django_db


@pytest.fixture
def s(now):
    found = situation(en_investigation=True)
    by = found.bilan.beneficiaire
    found.refs = [
        write_ecrit(bilan=found.bilan, contenu=Projet(nature, name), by=by, now=now).reference
        for nature, name in (("principal", "Fleuriste"), ("alternatif", "Formatrice"))
    ]
    return found


def marks(s, *rows):
    data = {"lignes": str(len(rows))}
    for rank, (name, weight, *notes) in enumerate(rows):
        data |= {f"nom_{rank}": name, f"poids_{rank}": str(weight)}
        for reference, note in zip(s.refs, notes, strict=True):
            data[f"note{reference.replace('-', '')}_{rank}"] = str(note)
    return data


def saved(nature):
    return open_for_action(Piece.objects.get(nature=nature))


def test_the_computation_is_read_line_by_line_with_what_would_change_the_order(s):
    page = s.a("beneficiaire_comparaison")
    assert s.personne.post(page, marks(s, ("Salaire", 2, 2, 4), ("Horaires", 5, 4, 3))).status_code == 302
    for text in (text_of(s.personne.get(page)), text_of(s.consultant.get(s.a("consultant_comparaison")))):
        assert "« Fleuriste » arrive devant « Formatrice », de 1 point" in text
        assert "2 × 2 + 5 × 4" in text
        assert "24 sur 35" in text
        assert (
            "L’ordre change si « Salaire » compte pour 3 au lieu de 2 : « Formatrice » passe devant." in text
        )
        assert "Un total ne décide rien" in text
    blank = s.personne.post(page, marks(s, ("Salaire", 2, 2, 4), ("Trajet", 5, 4, "")) | {"revision": "1"})
    assert blank.status_code == 302
    assert "Pas comptés, faute d’une note : « Trajet » (Formatrice)" in text_of(s.personne.get(page))


def test_a_criterion_without_a_name_is_refused_and_two_writers_read_both(s):
    page = s.a("beneficiaire_comparaison")
    refused = s.personne.post(page, marks(s, ("", 2, 2, 4)))
    assert refused.status_code == 422
    assert "Donnez un nom à ce critère" in text_of(refused)
    twice = s.personne.post(page, marks(s, ("Salaire", 2, 2, 4), ("salaire", 1, 1, 1)))
    assert "Deux critères portent le même nom" in text_of(twice)
    s.personne.post(page, marks(s, ("Salaire", 2, 2, 4)))
    late = s.consultant.post(
        s.a("consultant_comparaison"), marks(s, ("Horaires", 2, 2, 4)) | {"revision": "0"}
    )
    assert late.status_code == 409
    assert "Horaires" in text_of(late)
    assert saved("comparaison").criteres[0].nom == "Salaire"


def test_a_project_put_aside_keeps_its_marks_for_the_day_it_is_taken_up_again(s, now):
    page = s.a("beneficiaire_comparaison")
    by = s.bilan.beneficiaire
    third = write_ecrit(bilan=s.bilan, contenu=Projet("alternatif", "Rester"), by=by, now=now).reference
    s.refs.append(third)
    s.personne.post(page, marks(s, ("Salaire", 2, 2, 4, 5)))
    dropped = Projet("ecarte", "Rester", raison_ecart="Non")
    write_ecrit(bilan=s.bilan, contenu=dropped, by=by, now=now, reference=third)
    s.refs.pop()
    s.personne.post(page, marks(s, ("Salaire", 3, 2, 4)) | {"revision": "1"})
    assert {n.projet for n in saved("comparaison").criteres[0].notes} == {*s.refs, third}
    assert "Rester" not in text_of(s.personne.get(page)).split("Les critères")[1]


def test_an_inquiry_begins_with_a_guide_and_its_people_are_nowhere_in_clear(s):
    page = s.a("beneficiaire_enquete_ecrire")
    shown = read(s.personne, f"{page}?projet={s.refs[0]}")
    assert "Comment s’est passée votre dernière journée" in shown
    assert re.search(rf'value="{s.refs[0]}" selected', shown)
    data = {
        "intitule": "Chez une fleuriste",
        "projet": s.refs[0],
        "etat": "preparation",
        "lignes": "2",
        "question_0": "À quelle heure ?",
        "question_1": "Et l’hiver ?",
        "contact_nom_0": "Ana XTIERSX",
        "contact_coordonnees_0": "XTELX",
        "contact_etat_0": "contacte",
    }
    assert s.personne.post(page, data).status_code == 302
    assert leftovers("XTIERSX") == leftovers("XTELX") == []
    sheet = saved("enquete")
    assert [(c.nom, c.etat) for c in sheet.contacts] == [("Ana XTIERSX", "contacte")]
    assert "Ana XTIERSX" in text_of(s.consultant.get(s.a("consultant_enquetes")))
    address = s.a("beneficiaire_enquete", Piece.objects.get(nature="enquete").reference)
    assert 'name="contact_nom_1"' in read(s.personne, address)
    done = data | {"etat": "faite", "revision": "1"}
    refused = s.personne.post(address, done)
    assert refused.status_code == 422
    assert "rien n’en est écrit" in text_of(refused)
    assert "Ana XTIERSX" in refused.content.decode()
    s.personne.post(address, done | {"reponse_0": "Cinq heures", "change": "Je me lève tôt"})
    project = text_of(s.consultant.get(s.a("consultant_projet_lire", s.refs[0])))
    assert "Et l’hiver ?" in project.split("Ce qui reste à vérifier")[1].split("Le projet")[0]
    assert "Je me lève tôt" in project
    s.personne.post(s.a("beneficiaire_enquete_effacer", Piece.objects.get(nature="enquete").reference))
    assert not Piece.objects.filter(nature="enquete").exists()
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("consultant_enquetes")).status_code == 404


def test_what_remains_is_one_list_with_its_article_for_both(s):
    s.personne.post(
        s.a("beneficiaire_essai_ecrire"),
        {
            "intitule": "Trois jours",
            "genre": "immersion",
            "etat": "prevu",
            "projet": s.refs[0],
            "debut": "2026-04-01",
        },
    )
    s.personne.post(
        s.a("beneficiaire_projet_formation", s.refs[0]),
        {
            "lignes": "1",
            "genre_0": "vae",
            "intitule_0": "CAP fleuriste",
            "a_verifier_0": "Le calendrier du jury",
        },
    )
    for client, space in ((s.personne, "beneficiaire"), (s.consultant, "consultant")):
        text = text_of(client.get(s.a(f"{space}_projet_lire", s.refs[0])))
        assert "Essayer : Trois jours" in text
        assert "CAP fleuriste : Le calendrier du jury" in text
        assert "R. 6313-4, 2°" in text
        assert "Une VAE, à préparer après" in text
        board = text_of(client.get(s.a(f"{space}_projets")))
        assert "2 choses à vérifier" in board
    late = s.personne.post(
        s.a("beneficiaire_essai_ecrire"),
        {"intitule": "Y", "genre": "stage", "etat": "fait", "debut": "2026-04-03", "fin": "2026-04-01"},
    )
    assert late.status_code == 422
    assert "Le dernier jour vient avant le premier" in text_of(late)
    nameless = s.personne.post(
        s.a("beneficiaire_projet_formation", s.refs[1]), {"lignes": "1", "ou_0": "Angers"}
    )
    assert "Donnez un nom à cette piste" in text_of(nameless)


def test_what_a_project_changes_at_home_is_hers_until_she_ticks_the_box(s):
    page = s.a("beneficiaire_contraintes_ecrire", s.refs[0])
    assert s.personne.post(page, {"argent": "XARGENTX", "revision": "0"}).status_code == 302
    assert leftovers("XARGENTX") == []
    for address in (s.a("consultant_contraintes"), s.a("consultant_projet_lire", s.refs[0])):
        assert "XARGENTX" not in read(s.consultant, address)
    assert "XARGENTX" in read(s.personne, s.a("beneficiaire_projet_lire", s.refs[0]))
    s.personne.post(page, {"argent": "XARGENTX", "partage": "on", "revision": "1"})
    for address in (s.a("consultant_contraintes"), s.a("consultant_projet_lire", s.refs[0])):
        assert "XARGENTX" in read(s.consultant, address)
    both = s.personne.post(page, {"argent": "Autre", "revision": "0"})
    assert both.status_code == 409
    assert "XARGENTX" in text_of(both)
