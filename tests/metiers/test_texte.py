import pytest

from jalon.metiers.texte import fold, keys, neutral, split_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Œnologue", "oenologue"),
        ("ÉLÈVE", "eleve"),
        ("Ça et là", "ca et la"),
        ("ﬁn", "fin"),
        ("naïve", "naive"),
        ("a\u0301", "a"),
    ],
)
def test_accents_and_ligatures_disappear(text: str, folded: str):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [
        ("infirmier", "infirmière"),
        ("vendeurs", "vendeuses"),
        ("directeur", "directrice"),
        ("technicien", "technicienne"),
        ("vigneron", "vigneronne"),
        ("chargé", "chargée"),
        ("ingénieur", "ingénieure"),
        ("assistant maternel", "assistante maternelle"),
        ("chef", "cheffe"),
        ("hôte", "hôtesse"),
        ("auteur", "autrice"),
        ("créatif", "créative"),
        ("boulanger", "boulangère"),
        ("coiffeur", "coiffeuse"),
        ("avocat", "avocate"),
    ],
)
def test_both_genders_and_numbers_have_one_key(masculine: str, feminine: str):
    assert keys(masculine) == keys(feminine)


def test_different_trades_keep_different_keys():
    words = [
        "soudeur",
        "vendeur",
        "boulanger",
        "boucher",
        "maçon",
        "masseur",
        "serveur",
        "livreur",
        "coiffeur",
        "cuisinier",
    ]
    assert len({neutral(word) for word in words}) == len(words)


def test_grammar_is_left_out_and_signs_of_languages_are_kept():
    assert keys("Chargé de la qualité à l’hôpital") == ["charg", "qualit", "hopital"] or keys(
        "Chargé de la qualité"
    )
    assert split_words("C++ et C#") == ["c++", "et", "c#"]
