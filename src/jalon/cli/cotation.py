"""`jalon cotation`: score a file of answers, say how reliable the scales are, compare two codes of interests. Starts without Django.

Answers are one JSON object. A refused input is exit status 2 and `{"erreur", "champ"}`; nothing else has changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jalon.domain import congruence as interets
from jalon.domain import lot
from jalon.domain.cotation import score, straightened
from jalon.domain.fidelite import OMEGA_METHODE, Fidelite, reliability
from jalon.domain.moments import Moments, moments
from jalon.instruments import BANQUE, Echelle, Instrument, InstrumentRefuse, order_of, read
from jalon.instruments.tableau import Tableau, TableauRefuse, read_table, refuse_out_of_range

REFUSED = 2
Answer = dict[str, Any]
SOURCES_CONGRUENCE = [
    "Holland 1963",
    "Zener et Schnuelle 1976",
    "Iachan 1984 et 1990, Journal of Vocational Behavior 36, 176-180",
    "Brown et Gore 1994",
    "Hartmann, Heine et Ertl 2021, Psych 3(4), 47",
]
# Below that many sheets, plain Python has answered before NumPy is loaded.
EN_LOT = 500


class EntreeRefusee(ValueError):
    def __init__(self, phrase: str, champ: str) -> None:
        self.phrase, self.champ = phrase, champ
        super().__init__(phrase)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    cotation = subparsers.add_parser(
        "cotation",
        help="coter des réponses, mesurer la fidélité, comparer des codes d’intérêts",
        allow_abbrev=False,
    )
    actions = cotation.add_subparsers(title="actions", metavar="ACTION", required=True)
    coter = _add(actions, "coter", "une ligne de notes par personne", score_file)
    coter.add_argument(
        "instrument", metavar="INSTRUMENT", help="un nom de la banque, ou le chemin d’un fichier"
    )
    coter.add_argument("--reponses", metavar="F.csv", type=Path, required=True)
    coter.add_argument("--sortie", metavar="F.csv", type=Path, required=True)
    fiabilite = _add(
        actions, "fiabilite", "alpha, oméga, erreur de mesure, analyse des questions", assess_file
    )
    fiabilite.add_argument(
        "instrument", metavar="INSTRUMENT", help="un nom de la banque, ou le chemin d’un fichier"
    )
    fiabilite.add_argument("--reponses", metavar="F.csv", type=Path, required=True)
    congruence = _add(
        actions, "congruence", "les indices de congruence de deux codes d’intérêts", compare_codes
    )
    congruence.add_argument("--personne", metavar="RIA", required=True)
    congruence.add_argument("--metier", metavar="RIS", required=True)


def score_file(arguments: argparse.Namespace) -> Answer:
    instrument = _instrument(arguments.instrument)
    table = _table(arguments.reponses, instrument)
    columns = (
        _scores_together(instrument, table) if _together(table) else _scores_one_by_one(instrument, table)
    )
    names = [name for e in instrument.echelles for name in (e.code, f"{e.code}_n", f"{e.code}_moyenne")]
    if table.ids is not None:
        names, columns = ["id", *names], [map(_quoted, table.ids), *columns]
    body = "\n".join([",".join(names), *map(",".join, zip(*columns, strict=True))]) + "\n"
    try:
        arguments.sortie.write_text(body, encoding="utf-8", newline="")
    except OSError as error:
        raise EntreeRefusee(f"Le fichier « {arguments.sortie} » ne peut pas être écrit.", "sortie") from error
    return {
        "instrument": instrument.code,
        "version": instrument.version,
        "personnes": len(table.lignes),
        "echelles": [e.code for e in instrument.echelles],
        "sortie": str(arguments.sortie),
        "sources": [instrument.source],
    }


def assess_file(arguments: argparse.Namespace) -> Answer:
    instrument = _instrument(arguments.instrument)
    table = _table(arguments.reponses, instrument)
    found = (
        _moments_together(instrument, table) if _together(table) else _moments_one_by_one(instrument, table)
    )
    return {
        "instrument": instrument.code,
        "version": instrument.version,
        "personnes": len(table.lignes),
        "echelles": {
            e.code: _told(e, reliability(m)) for e, m in zip(instrument.echelles, found, strict=True)
        },
        "sources": [instrument.source],
    }


def compare_codes(arguments: argparse.Namespace) -> Answer:
    for champ in ("personne", "metier"):
        try:
            interets.code_of(getattr(arguments, champ))
        except interets.CodeRefuse as refused:
            raise EntreeRefusee(str(refused), champ) from None
    found = interets.congruence(arguments.personne, arguments.metier)
    return {**asdict(found), "sources": SOURCES_CONGRUENCE}


def _instrument(name: str) -> Instrument:
    """A shipped instrument (the newest version, or `nom:version`), or a file."""
    path = Path(name)
    if path.suffix == ".toml" or path.is_file():
        files = [path]
    else:
        code, _, version = name.partition(":")
        known = {file.stem: file for file in BANQUE.glob(f"{code}/*.toml")} if code.isidentifier() else {}
        wanted = version or max(known, key=order_of, default="")
        files = [known[wanted]] if wanted in known else []
    if not files:
        names = ", ".join(sorted(folder.name for folder in BANQUE.iterdir() if folder.is_dir()))
        raise EntreeRefusee(
            f"« {name} » n’est ni un fichier ni un instrument de la banque ({names}).", "instrument"
        )
    try:
        found = read(files[0])
    except InstrumentRefuse as refused:
        raise EntreeRefusee(str(refused), "instrument") from None
    if not found.echelles:
        raise EntreeRefusee(f"« {found.code} » n’a pas d’échelle à coter.", "instrument")
    return found


def _table(path: Path, instrument: Instrument) -> Tableau:
    try:
        table = read_table(path.read_bytes(), instrument)
        _check_range(table, instrument)
    except OSError as error:
        raise EntreeRefusee(f"Le fichier « {path} » ne se lit pas.", "reponses") from error
    except TableauRefuse as refused:
        raise EntreeRefusee(str(refused), "reponses") from None
    return table


def _check_range(table: Tableau, instrument: Instrument) -> None:
    bounds = instrument.bornes()
    for place, item in enumerate(table.items):
        low, high = bounds[item]
        # The different answers of a column are few, however many people gave them.
        said = {row[place] for row in table.lignes} - {None}
        if any(value < low or value > high for value in said if value is not None):
            for rank, row in enumerate(table.lignes):
                value = row[place]
                if value is not None and not low <= value <= high:
                    raise refuse_out_of_range(table, rank, item, low, high)


def _together(table: Tableau) -> bool:
    return len(table.lignes) >= EN_LOT and lot.available()


def _scores_one_by_one(instrument: Instrument, table: Tableau) -> list[Iterable[str]]:
    bounds = instrument.bornes()
    columns: list[Iterable[str]] = []
    sheets = [dict(zip(table.items, row, strict=True)) for row in table.lignes]
    for scale in instrument.echelles:
        notes = [score(scale.cle, sheet, bounds) for sheet in sheets]
        columns += [
            [_number(note.somme) for note in notes],
            [str(note.n) for note in notes],
            [_number(note.moyenne) for note in notes],
        ]
    return columns


def _scores_together(instrument: Instrument, table: Tableau) -> list[Iterable[str]]:
    import numpy as np

    values = np.array(table.lignes, dtype=float)
    places = {item: place for place, item in enumerate(table.items)}
    columns: list[Iterable[str]] = []
    for scale in instrument.echelles:
        found = lot.score_many(scale.cle, values, places, instrument.bornes())
        columns += [
            map(_number, found.sommes.tolist()),
            map(str, found.n.tolist()),
            map(_number, found.moyennes.tolist()),
        ]
    return columns


def _moments_one_by_one(instrument: Instrument, table: Tableau) -> list[Moments]:
    bounds = instrument.bornes()
    sheets = [dict(zip(table.items, row, strict=True)) for row in table.lignes]
    found = []
    for scale in instrument.echelles:
        rows = [straightened(scale.cle, sheet, bounds) for sheet in sheets]
        found.append(moments([row for row in rows if len(row) == len(scale.items)]))
    return [m if m.n else Moments(0, (), ()) for m in found]


def _moments_together(instrument: Instrument, table: Tableau) -> list[Moments]:
    import numpy as np

    values = np.array(table.lignes, dtype=float)
    places = {item: place for place, item in enumerate(table.items)}
    bounds = instrument.bornes()
    return [lot.moments_many(lot.straighten(e.cle, values, places, bounds)) for e in instrument.echelles]


def _told(scale: Echelle, found: Fidelite) -> Answer:
    blank = {"moyenne": None, "ecart_type": None, "r_corrige": None, "alpha_sans": None}
    items = [asdict(item) for item in found.items] or [blank] * len(scale.items)
    return {
        "n": found.n,
        "alpha": found.alpha,
        "alpha_ic95": list(found.alpha_ic95) if found.alpha_ic95 else None,
        "omega": found.omega,
        "omega_methode": OMEGA_METHODE,
        "moyenne": found.moyenne,
        "ecart_type": found.ecart_type,
        "sem": found.sem,
        "items": dict(zip(scale.items, items, strict=True)),
    }


def _number(value: float | None) -> str:
    if value is None or value != value:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text


def _add(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    help_: str,
    answer: Callable[[argparse.Namespace], Answer],
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=help_, allow_abbrev=False)
    parser.set_defaults(run=lambda arguments: _say(answer, arguments))
    return parser


def _say(answer: Callable[[argparse.Namespace], Answer], arguments: argparse.Namespace) -> int:
    try:
        told, status = answer(arguments), 0
    except EntreeRefusee as refused:
        told, status = {"erreur": refused.phrase, "champ": refused.champ}, REFUSED
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return status
