"""`jalon metiers`: the official archives imported, searched, matched, and the matching measured. Starts without Django.

Answers are one JSON object. A refused input is exit status 2 and `{"erreur", "champ"}`; nothing else has changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

REFUSED = 2
LIMIT = 2_000
Answer = dict[str, Any]


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    metiers = subparsers.add_parser(
        "metiers",
        help="les métiers et les certifications : import, recherche, rapprochement",
        allow_abbrev=False,
    )
    actions = metiers.add_subparsers(title="actions", metavar="ACTION", required=True)
    _register_imports(actions)
    _register_questions(actions)


def _register_imports(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rome = _add(
        actions, "importer-rome", "l’archive officielle ROME 4.0 (zip, ou dossier de ses CSV)", import_rome
    )
    rome.add_argument("chemin", metavar="CHEMIN", type=Path)
    rncp = _add(
        actions, "importer-rncp", "l’export de France compétences (zip ou dossier, CSV ou XML)", import_rncp
    )
    rncp.add_argument("chemin", metavar="CHEMIN", type=Path)
    naf = _add(actions, "importer-naf", "la nomenclature d’activités (JSON ou CSV)", import_naf)
    naf.add_argument("chemin", metavar="CHEMIN", type=Path)
    naf.add_argument("--nomenclature", default="rev2", help="son nom : rev2 (défaut) ou 2025")
    _add(actions, "telecharger-rome", "télécharge l’archive officielle ROME et l’importe", download_rome)
    _add(
        actions,
        "telecharger-rncp",
        "télécharge l’export CSV du jour de France compétences et l’importe",
        download_rncp,
    )
    _add(actions, "versions", "les versions présentes, et celle du jour", versions)
    use = _add(actions, "utiliser", "choisit la version du jour parmi celles qui sont présentes", use_version)
    use.add_argument("nature", choices=("rome", "rncp", "naf"))
    use.add_argument("version", metavar="VERSION")


def _register_questions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    search = _add(actions, "chercher", "des métiers d’après des mots", find)
    search.add_argument("texte", metavar="TEXTE")
    search.add_argument("-k", type=int, default=10, metavar="N")
    match = _add(actions, "rapprocher", "des métiers d’après une fiche ou des compétences", match_profile)
    source = match.add_mutually_exclusive_group(required=True)
    source.add_argument("--fiche", metavar="CODE")
    source.add_argument("--competences", metavar="F", type=Path, help="un fichier, un code_ogr par ligne")
    match.add_argument("-k", type=int, default=10, metavar="N")
    match.add_argument("--sans-mobilites", action="store_true", help="oublie la liste officielle de la fiche")
    measure = _add(actions, "evaluer", "mesure le rapprochement sur les mobilités officielles", evaluate)
    measure.add_argument("--fraction", type=float, metavar="F")
    measure.add_argument("--graine", type=int, metavar="S")


def import_rome(arguments: argparse.Namespace) -> Answer:
    from jalon.metiers import home_folder, import_rome

    return _imported(import_rome(arguments.chemin, home_folder(), _now()))


def import_rncp(arguments: argparse.Namespace) -> Answer:
    from jalon.metiers import home_folder, import_rncp

    return _imported(import_rncp(arguments.chemin, home_folder(), _now()))


def import_naf(arguments: argparse.Namespace) -> Answer:
    from jalon.metiers import home_folder, import_naf

    return _imported(import_naf(arguments.chemin, home_folder(), _now(), arguments.nomenclature))


def download_rome(_: argparse.Namespace) -> Answer:
    from jalon.metiers import fetch_rome, home_folder, import_rome

    with fetch_rome() as path:
        return _imported(import_rome(path, home_folder(), _now()))


def download_rncp(_: argparse.Namespace) -> Answer:
    from jalon.metiers import fetch_rncp, home_folder, import_rncp

    with fetch_rncp() as path:
        return _imported(import_rncp(path, home_folder(), _now()))


def versions(_: argparse.Namespace) -> Answer:
    from jalon.metiers import home_folder, list_versions

    found = list_versions(home_folder())
    return {
        "versions": [
            {"nature": one.kind, "version": one.version, "en_usage": one.en_usage, "credit": one.credit}
            for one in found
        ],
        "sources": sorted({one.credit for one in found}),
    }


def use_version(arguments: argparse.Namespace) -> Answer:
    from jalon.metiers import home_folder, use_version

    use_version(home_folder(), arguments.nature, arguments.version)
    return versions(arguments)


def find(arguments: argparse.Namespace) -> Answer:
    from jalon.metiers import home_folder, open_index

    index = open_index(home_folder())
    found = index.search(arguments.texte, _count(arguments.k))
    return {
        "resultats": [
            {"code": one.code, "libelle": one.libelle, "appellation": one.appellation, "score": one.score}
            for one in found
        ],
        "sources": [index.credit],
    }


def match_profile(arguments: argparse.Namespace) -> Answer:
    from jalon.metiers import home_folder, open_index

    index = open_index(home_folder())
    found = index.match(
        metiers=[arguments.fiche] if arguments.fiche is not None else (),
        competences=_codes(arguments.competences) if arguments.competences is not None else (),
        k=_count(arguments.k),
        sans_mobilites=arguments.sans_mobilites,
    )
    return {
        "resultats": [
            {
                "code": one.code,
                "libelle": one.libelle,
                "score": one.score,
                "parts": one.parts,
                "communs": [_item(common.competence) for common in one.communs],
                "manquants": [_item(missing.competence) for missing in one.manquants],
                "mobilite_officielle": one.mobilite_officielle,
            }
            for one in found
        ],
        "sources": [index.credit],
    }


def evaluate(arguments: argparse.Namespace) -> Answer:
    from jalon.metiers import EntreeRefusee, home_folder, open_index
    from jalon.metiers.evaluation import evaluate

    fraction = arguments.fraction
    if fraction is not None and not 0 < fraction <= 1:
        raise EntreeRefusee("La fraction est un nombre plus grand que 0 et au plus égal à 1.", "fraction")
    if fraction is None and arguments.graine is not None:
        raise EntreeRefusee("La graine ne sert qu’avec une fraction.", "graine")
    index = open_index(home_folder())
    moteur, voisinage = index.index
    asked, figures = evaluate(moteur, voisinage, fraction, arguments.graine or 0)
    return {"version": index.version, "fiches_interrogees": asked, **figures, "sources": [index.credit]}


def _item(one: Any) -> Answer:
    return {"code_ogr": one.code_ogr, "libelle": one.libelle, "nature": one.nature, "coeur": one.coeur}


def _imported(done: Any) -> Answer:
    return {"version": done.version, "comptes": done.comptes, "avis": done.avis, "sources": [done.credit]}


def _codes(path: Path) -> Sequence[str]:
    from jalon.metiers import EntreeRefusee

    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EntreeRefusee(
            f"Le fichier « {path.name} » ne se lit pas comme un texte.", "competences"
        ) from error
    codes = [line.strip() for line in lines if line.strip()]
    if not codes:
        raise EntreeRefusee(f"Le fichier « {path.name} » ne contient aucun code.", "competences")
    return codes


def _count(asked: int) -> int:
    from jalon.metiers import EntreeRefusee

    if not 1 <= asked <= LIMIT:
        raise EntreeRefusee(f"Le nombre de résultats est entre 1 et {LIMIT}.", "k")
    return asked


def _now() -> datetime:
    return datetime.now().astimezone()


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
    from jalon.metiers import MetiersError

    try:
        told, status = answer(arguments), 0
    except MetiersError as error:
        told, status = {"erreur": error.phrase, "champ": error.champ}, REFUSED
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return status
