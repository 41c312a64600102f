"""The `jalon` command: one module loaded at a time, and a missing one breaks nothing."""

import sys

import pytest

import jalon.cli
from jalon.cli import main


@pytest.fixture
def annex(tmp_path, monkeypatch):
    """Modules that stand beside the real ones for the time of a test."""

    def annex(name, text):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(jalon.cli, "__path__", [str(tmp_path)])
        monkeypatch.delitem(sys.modules, f"jalon.cli.{name}", raising=False)

    yield annex
    for name in [name for name in sys.modules if name.startswith("jalon.cli.essai")]:
        del sys.modules[name]


ESSAI = """
def register(subparsers):
    parser = subparsers.add_parser("essai", help="un essai")
    parser.add_argument("--etat", type=int, default=0)
    parser.set_defaults(run=lambda arguments: print("fait") or arguments.etat)
"""


def test_a_module_brings_its_command_and_its_exit_status(annex, capsys):
    annex("essai", ESSAI)
    assert main(["essai"]) == 0
    assert capsys.readouterr().out == "fait\n"
    assert main(["essai", "--etat", "3"]) == 3


def test_an_unknown_command_is_refused(annex, capsys):
    annex("essai", ESSAI)
    assert main(["essais"]) == 2
    assert "essai" in capsys.readouterr().err


def test_without_a_command_the_known_ones_are_shown(annex, capsys):
    annex("essai", ESSAI)
    assert main([]) == 2
    assert "essai" in capsys.readouterr().out


def test_help_is_no_error(capsys):
    assert main(["droit", "--help"]) == 0
    assert "calculer" in capsys.readouterr().out
    assert main(["droit"]) == 2


def test_a_module_that_is_not_there_breaks_nothing(annex, monkeypatch):
    annex("essai", ESSAI)
    monkeypatch.setitem(jalon.cli.HOMES, "essai", "essai_absent")
    assert main(["essai"]) == 0


def test_a_module_that_is_broken_says_so(annex):
    annex("essai_casse", "import module_that_does_not_exist\n")
    with pytest.raises(ModuleNotFoundError, match="module_that_does_not_exist"):
        main(["autre"])


def test_a_module_without_a_command_is_left_aside(annex):
    annex("essai_muet", "VALUE = 1\n")
    assert main(["autre"]) == 2
