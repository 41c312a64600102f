"""Instruments are data that is checked whole: a file that is not right is refused by name and line, and nothing of it is used."""

import re

import pytest

from jalon.instruments import BANQUE, Genre, InstrumentRefuse, Lecture, bank, get, read, read_bytes

GOOD = (BANQUE / "point_de_depart" / "1.toml").read_text(encoding="utf-8")
WITH_CONDITION = (BANQUE / "contraintes" / "1.toml").read_text(encoding="utf-8")
TEST = (BANQUE / "aptitude_mots" / "1.toml").read_text(encoding="utf-8")
EVERY = [version for versions in bank().values() for version in versions]


@pytest.mark.parametrize("instrument", EVERY, ids=lambda i: f"{i.code}-{i.version}")
def test_every_shipped_instrument_has_its_method_sheet_and_says_why_it_asks_each_question(instrument):
    assert instrument.questions
    assert all(q.lien for q in instrument.questions)
    sheet = ("mesure", "ne_mesure_pas", "source", "licence", "fidelite", "usage", "restitution")
    assert all(getattr(instrument, name) for name in sheet)
    # Nobody is named by a gender that is not hers, and nothing is asked about health.
    words = " ".join(q.texte for q in instrument.questions).lower()
    assert not re.search(r"diagnostic|symptôme|maladie|dépressi|anxieu|trouble", words)


def test_the_bank_covers_what_a_bilan_asks():
    assert len(bank()) >= 12
    families = {instrument.famille for instrument in EVERY}
    assert {
        "interets",
        "personnalite",
        "valeurs",
        "aptitudes",
        "recit",
        "situation",
        "regards",
        "suivi",
    } == families
    assert get("recit", "1") is get("recit")
    assert get("recit", "99") is None
    assert get("inconnu") is None


def test_the_keys_of_the_public_domain_markers_are_those_of_their_authors():
    interests = get("interets_riasec")
    assert interests.lecture == Lecture.HEXAGONE
    assert [(e.code, len(e.items), len(e.inverses)) for e in interests.echelles] == [
        (c, 8, 0) for c in "RIASEC"
    ]
    long = {e.code: e for e in get("personnalite_50").echelles}
    assert {code: len(e.items) for code, e in long.items()} == dict.fromkeys("EACNO", 10)
    assert long["E"].inverses == {"E2", "E4", "E6", "E8", "E10"}
    assert long["N"].inverses == {"N2", "N4"}
    assert long["A"].inverses == {"A1", "A3", "A5", "A7"}
    assert long["C"].inverses == {"C2", "C4", "C6", "C8"}
    assert long["O"].inverses == {"O2", "O4", "O6"}
    short = get("personnalite_20")
    # Donnellan and others 2006: items 6 to 10 and 15 to 20 count backwards.
    backwards = {code for e in short.echelles for code in e.inverses}
    order = [q.code for q in short.questions]
    assert sorted(order.index(code) + 1 for code in backwards) == [6, 7, 8, 9, 10, 15, 16, 17, 18, 19, 20]
    for code in ("interets_riasec", "personnalite_50", "personnalite_20"):
        assert "0" in get(code).manquants
        assert "domaine public" in get(code).licence


MALFORMED = [
    (GOOD, 'lien = "Analyser la demande', 'aide = "Analyser la demande', "n’existe pas"),
    (GOOD, '\nlien = "Analyser la demande', '\n# lien = "Analyser la demande', "lien direct et nécessaire"),
    (
        GOOD,
        'genre = "echelle"\nreponses = "accord"\ntexte = "Je sais dire',
        'genre = "devinette"\ntexte = "Je',
        "un mot parmi",
    ),
    (GOOD, 'code = "c2"\ngenre', 'code = "c1"\ngenre', "sert deux fois"),
    (GOOD, 'code = "c2"\ngenre', 'code = "ça va"\ngenre', "sans accent"),
    (GOOD, 'items = ["f1", "f2"]', 'items = ["f1", "zz"]', "« zz »"),
    (GOOD, 'items = ["f1", "f2"]', 'items = ["f1", "f1"]', "deux fois"),
    (GOOD, "minutes = 5", 'minutes = "cinq"', "nombre entier"),
    (GOOD, "valeur = 5", "valeur = 4", "différentes"),
    (GOOD, 'usage = "Tout', '# usage = "Tout', "texte est attendu"),
    (GOOD, 'famille = "suivi"', 'famille = "voyance"', "un mot parmi"),
    (GOOD, 'famille = "suivi"', 'famille = "suivi"\nlecture = "hexagone"', "six échelles"),
    (GOOD, 'famille = "suivi"', 'famille = "suivi"\nlecture = "poles"', "deux bouts"),
    (GOOD, 'titre = "Mon point', 'titre = Mon point"', "TOML"),
    (WITH_CONDITION, 'question = "proches"', 'question = "absente"', "dans une partie d’avant"),
    (WITH_CONDITION, 'parmi = ["oui"]', 'parmi = ["peut_etre"]', "réponses de la condition"),
    (WITH_CONDITION, "sensible = true", 'sensible = "oui"', "true ou false"),
    (TEST, 'famille = "mots"', 'famille = "chiffres"', "une famille parmi"),
    (TEST, "difficulte = -3.5", "difficulte = -5.5", "plus facile"),
    (TEST, '"pomme', '"poire', "une fois par niveau"),
    (TEST, "maximum = 15", "maximum = 2", "de 6 à 100"),
]


@pytest.mark.parametrize(("source", "good", "bad", "reason"), MALFORMED, ids=[case[3] for case in MALFORMED])
def test_a_malformed_file_is_refused_with_its_name_its_line_and_the_reason(
    tmp_path, source, good, bad, reason
):
    path = tmp_path / "1.toml"
    path.write_text(source, encoding="utf-8")
    assert read(path).questions
    assert good in source
    path.write_text(source.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(InstrumentRefuse, match=r"1\.toml, ligne \d+") as refused:
        read(path)
    assert reason in str(refused.value)


def test_the_line_is_that_of_the_question_which_is_wrong():
    bad = GOOD.replace('texte = "J’ai de l’élan pour avancer."', "texte = 12")
    with pytest.raises(InstrumentRefuse) as refused:
        read_bytes(bad.encode(), "mien.toml")
    assert bad.splitlines()[refused.value.line - 1] == "texte = 12"
    assert str(refused.value).startswith("mien.toml, ligne ")


@pytest.mark.parametrize("data", [b"\xff\xfe pas du texte", b"code = 'x'", b"", b"x" * 600_000])
def test_what_is_no_instrument_at_all_is_refused(data):
    with pytest.raises(InstrumentRefuse):
        read_bytes(data, "x.toml")


def test_a_condition_follows_the_answer_and_a_ranking_has_its_places():
    constraints = get("contraintes")
    asked = constraints.question("amenagement_dire")
    assert asked.sensible
    assert constraints.est_posee(asked, {"amenagement": "oui"})
    assert not constraints.est_posee(asked, {"amenagement": "non"})
    assert not constraints.est_posee(asked, {})
    ranking = get("valeurs_cartes").question("podium")
    assert (ranking.genre, ranking.rangs, len(ranking.modalites)) == (Genre.CLASSEMENT, 3, 10)
