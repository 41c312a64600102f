import pytest

from jalon.metiers import Filtre, Metiers
from jalon.metiers.recherche.synonymes import load_synonymes

ASKED = [
    ("infirmiere", "J1506"),
    ("infirmère", "J1506"),
    ("Infirmier", "J1506"),
    ("developeur web", "M1805"),
    ("dévelopeuse", "M1805"),
    ("contable", "M1203"),
    ("boulangere", "D1102"),
    ("boulangères", "D1102"),
    ("aide soigante", "J1501"),
    ("secretaire medicale", "M1609"),
    ("proffesseur des écoles", "K2106"),
    ("électricen", "F1602"),
    ("conducteur poids lourd", "N4101"),
    ("conductrice de poids lourds", "N4101"),
    ("dev", "M1805"),
    ("nounou", "K1303"),
    ("toubib", "J1102"),
    ("routier", "N4101"),
    ("drh", "M1503"),
    ("kiné", "J1404"),
    ("femme de chambre", "G1502"),
    ("m1805", "M1805"),
]


@pytest.mark.parametrize(("text", "code"), ASKED)
def test_an_occupation_is_found_as_one_types(text: str, code: str, depart: Metiers):
    assert depart.search(text, 3)[0].code == code


def test_both_genders_give_the_same_list(depart: Metiers):
    for masculine, feminine in (
        ("boulanger", "boulangère"),
        ("vendeur", "vendeuse"),
        ("directeur", "directrice"),
        ("technicien", "technicienne"),
        ("chef d’équipe", "cheffe d’équipe"),
    ):
        found = depart.search(masculine)
        assert found
        assert [one.code for one in found] == [one.code for one in depart.search(feminine)]


def test_an_appellation_that_answered_is_named_and_a_title_is_not(depart: Metiers):
    by_title = depart.search("horloger", 1)[0]
    assert (by_title.libelle, by_title.appellation) == ("Horloger / Horlogère", None)
    by_name = depart.search("potier", 1)[0]
    assert (by_name.code, by_name.appellation) == ("B1201", "Potier")


@pytest.mark.parametrize(
    "text", ["", "   ", "'\"*()", "zzzzqqqq", "' OR 1=1 --", "NEAR(", "a" * 5000, "é" * 300, "\x00"]
)
def test_what_is_no_word_finds_nothing_and_breaks_nothing(text: str, depart: Metiers):
    assert isinstance(depart.search(text), list)
    assert isinstance(depart.search_skills(text), list)
    assert depart.search("zzzzqqqq") == []


def test_the_best_come_first_and_no_more_than_asked(depart: Metiers):
    found = depart.search("responsable", 4)
    assert len(found) == 4
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len({one.code for one in found}) == 4


def test_skills_are_found_by_their_words_with_how_many_occupations_hold_them(depart: Metiers):
    found = depart.search_skills("soudé un metal", 3)
    assert found[0].libelle == "Souder des pièces métalliques"
    assert found[0].fiches == len(depart.list_fiches(Filtre(competences=[found[0].code_ogr])))


def test_occupations_are_listed_by_domain_letters_tags_and_conditions(depart: Metiers):
    health = depart.list_fiches(Filtre(domaines=["J"]))
    assert health
    assert all(one.code.startswith("J") for one in health)
    managers = {one.code for one in depart.list_fiches(Filtre(etiquettes={"cadre": "O"}))}
    assert "M1503" in managers
    assert "M1607" not in managers
    social = {one.code for one in depart.list_fiches(Filtre(riasec="SI"))}
    assert "J1506" in social
    assert "M1203" not in social
    night = next(one for one in depart.contextes() if one.libelle == "Travail de nuit")
    assert "D1102" not in {one.code for one in depart.list_fiches(Filtre(contextes_refuses=[night.code_ogr]))}
    assert "D1102" in {one.code for one in depart.list_fiches(Filtre())}
    assert [one.code for one in depart.search("boulanger", filtre=Filtre(domaines=["M"]))] == []
    green = {one.code for one in depart.list_fiches(Filtre(transition_eco=True))}
    assert "F1114" in green
    assert "M1203" not in green
    with pytest.raises(ValueError, match="unknown tag"):
        depart.list_fiches(Filtre(etiquettes={"libelle": "O"}))


def test_every_everyday_word_leads_somewhere_else_than_itself():
    for phrase, official in load_synonymes().entries.items():
        assert phrase
        assert official
