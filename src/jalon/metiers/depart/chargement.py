"""The starting set: about 150 occupations of the fourteen domains, in our own words, for the time before an archive.

Codes, titles, letters, tags and mobilities are facts of ROME 4.0 version 60 (France Travail, Licence Ouverte).
Skills, descriptions and everyday titles are ours. It is marked as such wherever it is shown.
"""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path

from jalon.metiers.dossier import version_path, write_version
from jalon.metiers.redaction import SCHEMA, write_referentiel
from jalon.metiers.referentiel import (
    ACCES,
    COMPETENCE,
    CONTEXTE,
    DEFINITION,
    MACRO,
    SAVOIR,
    SAVOIR_ETRE,
    Appellation,
    Fiche,
    Item,
    Lien,
    Mobilite,
    Referentiel,
    Texte,
)

VERSION = f"depart-1.{SCHEMA}"
BOOKS = ("metiers-a-f.txt", "metiers-g-j.txt", "metiers-k-n.txt")
FAMILY = re.compile(r"^\[(\S+) (.+)\]$")
KINDS = {"savoir": SAVOIR, "contexte": CONTEXTE}
TRANSITION = {
    "vert": "Emploi Vert",
    "strategique": "Emploi stratégique pour la Transition écologique",
    "brun": "Emploi Brun",
}
CREDIT = (
    "Jeu de départ de Jalon : codes, intitulés, lettres et mobilités tirés de « France Travail, ROME 4.0 version 60 "
    "du 18/09/2025 » (Licence Ouverte) ; compétences et descriptions écrites par Jalon. "
    "Importez l’archive officielle pour disposer de tous les métiers."
)


def ensure_depart(home: Path) -> Path:
    """The starting set as a base like the others, written once."""
    path = version_path(home, "rome", VERSION)
    if not path.exists():
        with write_version(path) as base:
            write_referentiel(base, read_depart())
    return path


def read_depart() -> Referentiel:
    made = Referentiel(
        infos={
            "nature": "depart",
            "version": VERSION,
            "publie_le": "",
            "titre": "jeu de départ de Jalon",
            "credit": CREDIT,
        }
    )
    for row in _rows("domaines.csv"):
        code, label = row["code"], row["intitule"]
        if len(code) == 1:
            made.grands_domaines[code] = label
        else:
            made.domaines[code] = (label, code[0])
    for row in sorted(_rows("faits.csv"), key=lambda row: row["code"]):
        _add_fiche(made, row)
    made.items = [*_skills(), *_knowledge()]
    for book in BOOKS:
        _read_book(made, book)
    return made


def _add_fiche(made: Referentiel, row: dict[str, str]) -> None:
    code, tags = row["code"], row["transition"].split("+")
    made.fiches.append(
        Fiche(
            code,
            f"depart-{code}",
            row["intitule"],
            code[:3],
            row["parent"] or code,
            row["riasec"][:1],
            row["riasec"][1:],
            row["cadre"],
            row["reglemente"],
            TRANSITION.get(tags[0], ""),
            "O" if "num" in tags else "",
            "O" if "demo" in tags else "",
        )
    )
    for order, target in enumerate(row["mobilites"].split(), 1):
        made.mobilites.append(Mobilite(code, target, order))


def _skills() -> list[Item]:
    """Families of skills stand for the macro-compétences, and carry the letters."""
    items, family = [], ""
    for line in _lines("competences.txt"):
        if opened := FAMILY.match(line):
            family = f"depart-famille-{opened[1]}"
            letters, label = opened[2].split(" ", 1)
            if opened[1] != SAVOIR_ETRE.replace("_", "-"):
                items.append(Item(family, MACRO, label, "", "", "", letters))
        elif " ! " in line:
            slug, label = line.split(" ! ", 1)
            items.append(Item(f"depart-{slug}", SAVOIR_ETRE, label))
        else:
            slug, label = line.split(" = ", 1)
            items.append(Item(f"depart-{slug}", COMPETENCE, label, "", family))
    return items


def _knowledge() -> list[Item]:
    items, nature, category = [], "", ""
    for line in _lines("savoirs.txt"):
        if opened := FAMILY.match(line):
            nature, category = KINDS[opened[1]], opened[2]
        else:
            slug, label = line.split(" = ", 1)
            items.append(Item(f"depart-{slug}", nature, label, category, category))
    return items


def _read_book(made: Referentiel, book: str) -> None:
    code = ""
    for line in _lines(book):
        mark, rest = line.split(" ", 1)
        if mark == "+":
            for number, name in enumerate(rest.split(" ; "), 1):
                label = name[0].upper() + name[1:]
                made.appellations.append(Appellation(f"depart-{code}-{number}", code, label, label))
        elif mark in "*-":
            made.liens += [Lien(code, f"depart-{slug}", int(mark == "*")) for slug in rest.split()]
        else:
            code = mark
            what, _, access = rest.partition(" / ")
            made.textes += [Texte(code, DEFINITION, 1, what), Texte(code, ACCES, 1, access)]


def _lines(name: str) -> list[str]:
    text = files("jalon.metiers.depart").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _rows(name: str) -> list[dict[str, str]]:
    text = files("jalon.metiers.depart").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))
