"""`jalon droit`: the values of the law, and the calculations that rest on them. Starts without Django.

Answers are one line of JSON. A refused input is exit status 2 and `{"erreur", "champ"}`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from jalon.cli.droit.entree import EntreeRefusee, Illisible, a_day, law_of, read_json
from jalon.cli.droit.reponse import Answer, answer, plain

REFUSED = 2


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    droit = subparsers.add_parser(
        "droit", help="le droit, daté et sourcé, et ses calculs", allow_abbrev=False
    )
    actions = droit.add_subparsers(title="actions", metavar="ACTION", required=True)
    one = actions.add_parser("parametre", help="une valeur du droit à une date", allow_abbrev=False)
    one.add_argument("nom", metavar="NOM", help="par exemple cpf.plafond_bilan_eur")
    one.add_argument("--le", metavar="DATE", help="AAAA-MM-JJ")
    one.set_defaults(run=lambda arguments: _say(lambda: parametre(arguments.nom, arguments.le)))
    every = actions.add_parser("parametres", help="le nom de toutes les valeurs", allow_abbrev=False)
    every.set_defaults(run=lambda arguments: _say(parametres))
    calcul = actions.add_parser(
        "calculer", help="un calcul ; l’entrée JSON arrive sur l’entrée standard", allow_abbrev=False
    )
    calcul.add_argument("calcul", metavar="CALCUL")
    calcul.set_defaults(
        run=lambda arguments: _say(lambda: calculer(arguments.calcul, sys.stdin.buffer.read()))
    )


def parametre(nom: str, le: str | None) -> Answer:
    from jalon.law import law_on, names

    day = _day(le)
    if nom not in names():
        raise EntreeRefusee("paramètre inconnu", "nom")
    with law_of("le"):
        found = law_on(day)[nom]
    projet = found.projet and {"valeur": plain(found.projet.value), "statut": found.projet.statut}
    return answer(
        found,
        nom=found.name,
        le=day,
        valeur=found.value,
        unite=found.unit,
        depuis=found.since,
        source=found.source,
        verifie_le=found.checked_on,
        certitude=found.certainty,
        projet=projet,
    )


def parametres() -> Answer:
    from jalon.law import law_on, names

    law = law_on(date.max)
    return answer(*(law[name] for name in names()), parametres=list(names()))


def calculer(calcul: str, raw: bytes) -> Answer | list[Answer]:
    """One object, or a list: then each refused element is answered in its place by its error."""
    from jalon.cli.droit.calculs import CALCULS

    if calcul not in CALCULS:
        raise EntreeRefusee(f"calcul inconnu ; il y a : {', '.join(CALCULS)}", "calcul")
    compute = CALCULS[calcul]
    data = read_json(raw)
    if isinstance(data, list):
        return [_or_error(compute, one) for one in data]
    return compute(data)


def _or_error(compute: Callable[[Any], Answer], data: Any) -> Answer:
    try:
        return compute(data)
    except EntreeRefusee as error:
        return _error(error)


def _day(le: str | None) -> date:
    try:
        return a_day(le)
    except Illisible as error:
        raise EntreeRefusee(str(error), "le") from error


def _error(error: EntreeRefusee) -> Answer:
    return {"erreur": error.erreur, "champ": error.champ}


def _say(ask: Callable[[], Answer | list[Answer]]) -> int:
    try:
        said: Answer | list[Answer] = ask()
        status = 0
    except EntreeRefusee as error:
        said, status = _error(error), REFUSED
    print(json.dumps(said, ensure_ascii=False))
    return status
