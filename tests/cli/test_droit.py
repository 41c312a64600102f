"""`jalon droit`: UTF-8 and UTC on what goes out, the same everywhere, and quick to start."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from jalon.law import names

SOURCES = Path(__file__).parents[2] / "src"


def test_a_parameter_says_everything_about_itself(droit):
    assert droit("parametre", "cpf.plafond_bilan_eur", "--le", "2026-02-26") == (
        0,
        {
            "nom": "cpf.plafond_bilan_eur",
            "le": "2026-02-26",
            "valeur": "1600.00",
            "unite": "euro",
            "depuis": "2026-02-26",
            "source": "Code du travail, art. D. 6323-1 A (décret n° 2026-127)",
            "verifie_le": "2026-08-20",
            "certitude": "verified",
            "projet": None,
            "sources": ["Code du travail, art. D. 6323-1 A (décret n° 2026-127)"],
        },
    )


@pytest.mark.parametrize(
    ("nom", "le", "valeur"),
    [
        ("cpf.plafond_bilan_eur", "2026-02-25", None),
        ("cpf.participation_eur", "2024-05-01", "0.00"),
        ("cpf.participation_eur", "2025-06-01", "102.23"),
        ("contrat_individuel.premier_versement_max", "2026-11-22", "0.30"),
        ("cpf.sous_traitance_plafond", "2026-11-22", "0.80"),
        ("absence_cpf.prevenance_jours_6_mois_et_plus", "2026-11-22", 120),
        ("absence_cpf.silence", "2026-11-22", "acceptation"),
        ("demarchage.cpf_interdit", "2026-11-22", True),
        ("bilan_competences.phases", "2026-11-22", ["preliminaire", "investigation", "conclusions"]),
    ],
)
def test_values_have_the_types_of_the_contract(droit, nom, le, valeur):
    status, said = droit("parametre", nom, "--le", le)
    assert (status, said["valeur"], type(said["valeur"])) == (0, valeur, type(valeur))


def test_a_draft_stands_beside_the_value(droit):
    _, said = droit("parametre", "bilan_competences.duree_min_accompagnement_heures", "--le", "2026-11-22")
    assert said["valeur"] is None
    assert said["projet"]["valeur"] == 13
    assert set(said["projet"]) == {"valeur", "statut"}
    _, said = droit("parametre", "cpf.participation_complement_eur", "--le", "2026-11-22")
    assert said["projet"]["valeur"] == "200.00"


@pytest.mark.parametrize(
    ("arguments", "erreur", "champ"),
    [
        (("cpf.plafond_bilan_eur", "--le", "2018-12-31"), "non couvert", "le"),
        (("cpf.plafond", "--le", "2026-11-22"), "paramètre inconnu", "nom"),
        (("cpf.plafond_bilan_eur", "--le", "2026-02-30"), "cette date n'existe pas", "le"),
        (("cpf.plafond_bilan_eur", "--le", "22/11/2026"), "une date AAAA-MM-JJ est attendue", "le"),
        (("cpf.plafond_bilan_eur",), "une date AAAA-MM-JJ est attendue", "le"),
    ],
)
def test_a_wrong_question_is_refused_with_its_field(droit, arguments, erreur, champ):
    assert droit("parametre", *arguments) == (2, {"erreur": erreur, "champ": champ})


def test_all_names_are_listed(droit):
    status, said = droit("parametres")
    assert status == 0
    assert said["parametres"] == sorted(names())
    assert "cpf.plafond_bilan_eur" in said["parametres"]
    assert said["sources"]


def test_a_list_is_answered_in_order_with_its_refused_elements_in_place(droit):
    status, said = droit(
        "calculer",
        "acompte",
        send=[{"prix": "1600.00"}, {"prix": 1600}, 3, {"prix": "10.00", "tva": "0.00"}, {"prix": "0.10"}],
    )
    assert status == 0
    assert [one.get("premier_versement_max") for one in said] == ["480.00", None, None, None, "0.03"]
    assert [one.get("champ") for one in said] == [None, "prix", "entree", "tva", None]
    assert droit("calculer", "acompte", send=[]) == (0, [])


def test_an_unknown_calculation_is_refused_and_the_known_ones_are_named(droit):
    status, said = droit("calculer", "tva", send={})
    assert (status, said["champ"]) == (2, "calcul")
    assert "retractation" in said["erreur"]


def run(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    clean = {
        k: v
        for k, v in os.environ.items()
        if k not in {"TZ", "LANG", "LC_ALL", "PYTHONUTF8", "PYTHONIOENCODING"}
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps({"terme": "2023-12-30T23:30:00Z", "demande_cep_le": "2023-12-01"}).encode(),
        env={**clean, "PYTHONPATH": str(SOURCES), **environment},
        capture_output=True,
        check=True,
    )


MAIN = "import sys; from jalon.cli import main; status = main(['droit', 'calculer', 'conservation'])\n"


def test_answers_depend_neither_on_the_machine_s_time_zone_nor_on_its_locale():
    plain = run(MAIN)
    assert json.loads(plain.stdout)["synthese_jusqu_au"] == "2026-12-31"
    odd = run(MAIN, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert odd.stdout == plain.stdout
    assert "décret".encode() in odd.stdout


def test_the_command_starts_without_django_nor_the_rest_of_the_house():
    code = MAIN + (
        "loaded = {name.split('.')[0] for name in sys.modules} & {'django', 'typst', 'pyhanko', 'cryptography'}\n"
        "rooms = {name for name in sys.modules if name.startswith(('jalon.records', 'jalon.vault', 'jalon.settings'))}\n"
        "assert 'jalon.law' in sys.modules\n"
        "assert not loaded | rooms, loaded | rooms\n"
        "raise SystemExit(status)"
    )
    assert json.loads(run(code).stdout)["destruction_travail_le"] == "2023-12-31"


def test_no_clock_is_read_below_the_edges():
    """The law and its calculations name no « today »."""
    rooms = [*(SOURCES / "jalon/law").rglob("*.py"), *(SOURCES / "jalon/cli/droit").rglob("*.py")]
    assert len(rooms) > 8
    assert [str(path) for path in rooms if ".today(" in path.read_text() or ".now(" in path.read_text()] == []
    assert date.max.year == 9999
