"""`jalon cotation`: scores by file, reliability, congruence; a bad file is refused by row and column, and changes nothing."""

import csv
import json

import pytest
from tests.domain.feuilles import sheets, sheets_with_gaps

from jalon.cli import cotation, main
from jalon.instruments import get

ITEMS = [f"Q{i}" for i in range(8)]
MIEN = """\
code = "mien"
version = "1"
titre = "Huit phrases"
objet = "Essayer."
mesure = "Rien."
ne_mesure_pas = "Rien."
source = "Les tests"
licence = "AGPL-3.0-or-later"
fidelite = "Aucune."
usage = "Les tests."
restitution = "Rien."
minutes = 1
famille = "situation"
manquants = [9, "NSP"]
""" + "".join(f'\n[[reponses.a]]\nvaleur = {v}\ntexte = "{v} points"\n' for v in range(1, 6))
MIEN += '\n[[parties]]\ntitre = "Tout"\nlien = "Analyser"\n'
MIEN += "".join(
    f'\n[[parties.questions]]\ncode = "{code}"\ngenre = "echelle"\nreponses = "a"\ntexte = "Phrase {code}"\n'
    for code in ITEMS
)
MIEN += f'\n[[echelles]]\ncode = "S"\nnom = "S"\nlecture = "S"\nminimum = 7\nitems = {json.dumps([f"-{c}" if c in ("Q1", "Q4") else c for c in ITEMS])}\n'


@pytest.fixture
def ask(tmp_path, capsys):
    (tmp_path / "mien.toml").write_text(MIEN, encoding="utf-8")

    def ask(action, *arguments, data=None, instrument=None):
        asked = ["cotation", action]
        if action != "congruence":
            path = tmp_path / "reponses.csv"
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
            asked += [instrument or str(tmp_path / "mien.toml"), "--reponses", str(path)]
        if action == "coter":
            asked += ["--sortie", str(tmp_path / "notes.csv")]
        status = main([*asked, *arguments])
        out = capsys.readouterr().out
        assert out.count("\n") == 1
        return status, json.loads(out)

    return ask


def as_csv(rows, separator=",", ids=False):
    lines = [separator.join((["id"] if ids else []) + ITEMS)]
    for rank, row in enumerate(rows):
        cells = ["" if value is None else str(value) for value in row]
        lines.append(separator.join(([f"p{rank}"] if ids else []) + cells))
    return "\n".join(lines) + "\n"


def notes(tmp_path):
    with (tmp_path / "notes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_scores_are_those_of_pandas_with_the_id_kept(ask, tmp_path):
    status, said = ask("coter", data=as_csv(sheets_with_gaps(), ids=True))
    assert status == 0
    assert said["personnes"] == 40
    assert said["sources"] == ["Les tests"]
    found = notes(tmp_path)
    assert list(found[0]) == ["id", "S", "S_n", "S_moyenne"]
    assert [row["id"] for row in found[:2]] == ["p0", "p1"]
    # pandas 3.1.1: mean(axis=1) * 8 with columns 1 and 4 turned, at least seven answers.
    assert [float(row["S"]) for row in found[:3]] == pytest.approx([176 / 7, 144 / 7, 32], rel=1e-12)
    assert (found[3]["S"], found[3]["S_n"], found[3]["S_moyenne"]) == ("", "6", "")
    assert sum(float(row["S"]) for row in found if row["S"]) == pytest.approx(829.7142857142857, rel=1e-12)


def test_many_sheets_are_scored_the_same_with_and_without_numpy(ask, tmp_path, monkeypatch):
    pytest.importorskip("numpy")
    data = as_csv(sheets_with_gaps() + sheets(30))
    told = []
    for threshold in (1, 10_000):
        monkeypatch.setattr(cotation, "EN_LOT", threshold)
        ask("coter", data=data)
        reliability = ask("fiabilite", data=data)[1]["echelles"]["S"]
        told.append(((tmp_path / "notes.csv").read_bytes(), reliability))
    assert told[0][0] == told[1][0]
    assert told[0][1]["alpha"] == pytest.approx(told[1][1]["alpha"], rel=1e-12)
    assert told[0][1]["n"] == told[1][1]["n"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_other_separators_and_encodings_are_read(ask, separator, encoding):
    rows = [["é", *[3] * 8]]
    text = "id" + separator + as_csv([]).replace(",", separator) + separator.join(map(str, rows[0])) + "\r\n"
    status, said = ask("coter", data=text.encode(encoding))
    assert (status, said["personnes"]) == (0, 1)


def test_reliability_is_that_of_pingouin(ask):
    straight = [[6 - v if place in (1, 4) else v for place, v in enumerate(row)] for row in sheets()]
    status, said = ask("fiabilite", data=as_csv(straight))
    found = said["echelles"]["S"]
    assert status == 0
    # pingouin 0.7.0 and scipy 1.17.1 on the same sheets
    assert found["alpha"] == pytest.approx(0.8717872249664496, rel=1e-9)
    assert found["alpha_ic95"] == pytest.approx([0.8339505956508163, 0.9037530586092215], rel=1e-9)
    assert found["omega"] == pytest.approx(0.8720887344727958, abs=1e-9)
    assert "McDonald" in found["omega_methode"]
    assert found["items"]["Q1"]["alpha_sans"] == pytest.approx(0.8469277630134995, rel=1e-9)


def test_what_is_undefined_is_null(ask):
    _, said = ask("fiabilite", data=as_csv([[3] * 8]))
    found = said["echelles"]["S"]
    assert (found["n"], found["alpha"], found["alpha_ic95"], found["sem"]) == (1, None, None, None)
    assert found["items"]["Q0"] == {"moyenne": 3, "ecart_type": None, "r_corrige": None, "alpha_sans": None}
    assert ask("fiabilite", data=as_csv([]))[1]["echelles"]["S"]["moyenne"] is None


def test_other_missing_codes_are_those_of_the_instrument(ask, tmp_path):
    ask("coter", data=as_csv([[9, "NSP", *[4] * 6], [9, 5, *[4] * 6]]))
    assert [row["S_n"] for row in notes(tmp_path)] == ["6", "7"]


BAD = [
    (as_csv([[3] * 8]).replace("Q3", "Q9"), "« Q9 »"),
    (as_csv([[3] * 8]).replace(",Q7", ""), "« Q7 » manque"),
    (as_csv([[3] * 8]).replace("Q7", "Q6"), "deux fois"),
    (as_csv([[3] * 8]).replace("Q7", ""), "n’a pas de nom"),
    (as_csv([[3] * 8, [3, 3, 7, 3, 3, 3, 3, 3]]), "Ligne 3, colonne « Q2 »"),
    (as_csv([[3] * 8, [3, 3, "oui", 3, 3, 3, 3, 3]]), "Ligne 3, colonne « Q2 »"),
    (as_csv([[3] * 8, [3, "3,5", 3, 3, 3, 3, 3, 3]], ";"), "le séparateur décimal est le point"),
    (as_csv([[3] * 8, [3] * 5]), "Ligne 3"),
    (as_csv([[3] * 8, ["nan", *[3] * 7]]), "Ligne 3"),
    ("", "vide"),
    (b"PK\x03\x04\x00\x00", "pas un texte"),
]


@pytest.mark.parametrize(("data", "reason"), BAD, ids=[reason for _, reason in BAD])
@pytest.mark.parametrize("action", ["coter", "fiabilite"])
def test_a_file_that_is_not_right_is_refused_by_row_and_column(ask, tmp_path, data, reason, action):
    status, said = ask(action, data=data)
    assert status == 2
    assert set(said) == {"erreur", "champ"}
    assert said["champ"] == "reponses"
    assert reason in said["erreur"]
    assert not (tmp_path / "notes.csv").exists()


@pytest.mark.parametrize("name", ["inconnu", "../mien", "recit", "interets_riasec:9", "absent.toml"])
def test_an_instrument_that_is_not_there_or_has_no_scale_is_refused(ask, name):
    status, said = ask("coter", data=as_csv([]), instrument=name)
    assert (status, said["champ"]) == (2, "instrument")


def test_a_malformed_instrument_is_refused_with_its_line(ask, tmp_path):
    (tmp_path / "faux.toml").write_text(
        MIEN.replace('famille = "situation"', 'famille = "x"'), encoding="utf-8"
    )
    status, said = ask("coter", data=as_csv([]), instrument=str(tmp_path / "faux.toml"))
    assert status == 2
    assert "faux.toml, ligne 13" in said["erreur"]


def test_a_shipped_instrument_is_named_and_zero_is_a_missing_answer(ask, tmp_path):
    codes = [q.code for q in get("interets_riasec").questions]
    data = ",".join(codes) + "\n" + ",".join("0" if c in ("R1", "R2") else "4" for c in codes) + "\n"
    assert ask("coter", data=data, instrument="interets_riasec")[0] == 0
    row = notes(tmp_path)[0]
    assert (row["R"], row["R_n"], row["C"], row["C_moyenne"]) == ("32", "6", "32", "4")


def test_congruence_answers_every_index_and_refuses_what_is_no_code(ask):
    status, said = ask("congruence", "--personne", "RIA", "--metier", "RIS")
    assert status == 0
    assert {key: said[key] for key in said if key != "sources"} == {
        "premiere_lettre": 1,
        "hexagone": 4,
        "zener_schnuelle": 5,
        "iachan_m": 27,
        "iachan_deux": 6,
        "brown_gore_c": 17,
        "consistance": 1,
    }
    assert said["sources"]
    for person, job, field in (("RIX", "RIS", "personne"), ("RIA", "RR", "metier"), ("", "R", "personne")):
        status, said = ask("congruence", "--personne", person, "--metier", job)
        assert (status, said["champ"]) == (2, field)
