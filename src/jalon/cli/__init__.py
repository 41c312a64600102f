"""The `jalon` command. Each module beside this one brings its subcommands.

A module exposes `register(subparsers)`; each of its parsers calls `set_defaults(run=function)`, and
`function(arguments) -> int` is what runs. Only the module of the asked command is loaded, so that
`jalon droit` starts without Django.
"""

from __future__ import annotations

import argparse
import importlib
import io
import sys
from collections.abc import Sequence

# Where a command lives. One that is not listed is looked for in every module.
HOMES = {
    "droit": "droit",
    "cotation": "cotation",
    "metiers": "metiers",
    "servir": "exploitation",
    "demo": "exploitation",
    "echeances": "exploitation",
    "verifier": "exploitation",
    "sauvegarder": "exploitation",
    "restaurer": "exploitation",
    "sante": "exploitation",
    "initialiser": "exploitation",
    "cle-secours": "exploitation",
    "nouvelle-cle": "exploitation",
    "saisir-cle": "exploitation",
    "changer-cle-maitresse": "exploitation",
    "rendre-acces": "exploitation",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; answers its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    speak_utf8()
    parser = argparse.ArgumentParser(
        prog="jalon", description="Jalon : conduire des bilans de compétences.", allow_abbrev=False
    )
    subparsers = parser.add_subparsers(title="commandes", metavar="COMMANDE", dest="commande")
    known = _register(subparsers, arguments[0] if arguments else "")
    if not arguments:
        parser.print_help()
        return 2
    try:
        asked = parser.parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    run = getattr(asked, "run", None)
    if run is None:
        known[asked.commande].print_help()
        return 2
    return int(run(asked) or 0)


def _register(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], command: str
) -> dict[str, argparse.ArgumentParser]:
    """Load the module of the asked command, or all of them when it is not known yet (help, typing error)."""
    home = HOMES.get(command)
    if home is not None:
        _load(home, subparsers)
    if command not in subparsers.choices:
        for name in _modules():
            if name != home:
                _load(name, subparsers)
    return dict(subparsers.choices)


def _modules() -> list[str]:
    """The names of the modules and packages beside this file."""
    import pkgutil  # slow to import, and only the help needs it

    return [module.name for module in pkgutil.iter_modules(__path__)]


def _load(name: str, subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """A module that is not there must not break the others; one that is there and broken must say so."""
    path = f"{__name__}.{name}"
    try:
        module = importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name == path:
            return
        raise
    register = getattr(module, "register", None)
    if register is not None:
        register(subparsers)


def speak_utf8() -> None:
    """Answers are UTF-8 whatever the machine's locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
