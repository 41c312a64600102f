"""Reading an occupation: what one does, where, with which skills, and where it leads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from jalon.metiers.erreurs import CodeInconnu
from jalon.metiers.referentiel import (
    ACCES,
    COMPETENCE,
    CONTEXTE,
    DEFINITION,
    INTERET,
    MACRO,
    NAF,
    SAVOIR,
    SAVOIR_ETRE,
    SECTEUR,
    THEME,
)

# Core first, then the order in which a fiche is read, then the alphabet.
READING_ORDER = {MACRO: 0, COMPETENCE: 1, SAVOIR: 2, SAVOIR_ETRE: 3, CONTEXTE: 4}
TAGS = (
    ("reglemente", "Métier réglementé"),
    ("cadre", "Emploi cadre"),
    ("transition_num", "Transition numérique"),
    ("transition_demo", "Transition démographique"),
)
NEAREST = 5


class Competence(NamedTuple):
    """A skill, a savoir or a context. `fiches`: how many occupations hold it. `coeur`: core of this one."""

    code_ogr: str
    libelle: str
    nature: str
    fiches: int
    coeur: bool = False
    categorie: str = ""


@dataclass(frozen=True)
class Mobilite:
    code: str
    libelle: str
    ordre: int


@dataclass(frozen=True)
class Rubrique:
    """A sector, a NAF division, a theme or an interest under which ROME files the occupation."""

    code: str
    libelle: str
    principal: bool


@dataclass(frozen=True)
class FicheLue:
    code: str
    code_ogr: str
    libelle: str
    domaine: str
    libelle_domaine: str
    grand_domaine: str
    libelle_grand_domaine: str
    riasec: str
    etiquettes: tuple[str, ...]
    transition_ecologique: str
    appellations: tuple[tuple[str, str], ...]
    definition: tuple[str, ...]
    acces: tuple[str, ...]
    competences: tuple[Competence, ...]
    mobilites: tuple[Mobilite, ...]
    classements: dict[str, tuple[Rubrique, ...]] = field(default_factory=dict)
    profil_interets: tuple[float, ...] | None = None

    def of_nature(self, *natures: str) -> tuple[Competence, ...]:
        return tuple(one for one in self.competences if one.nature in natures)

    @property
    def coeur(self) -> tuple[Competence, ...]:
        return tuple(one for one in self.competences if one.coeur)

    @property
    def savoir_faire(self) -> tuple[Competence, ...]:
        return self.of_nature(MACRO, COMPETENCE)

    @property
    def savoirs(self) -> tuple[Competence, ...]:
        return self.of_nature(SAVOIR)

    @property
    def savoir_etre(self) -> tuple[Competence, ...]:
        return self.of_nature(SAVOIR_ETRE)

    @property
    def contextes(self) -> tuple[Competence, ...]:
        return self.of_nature(CONTEXTE)


def find_code(base: sqlite3.Connection, code: str, champ: str = "code") -> int:
    """The number of a code; an unknown one is answered with the nearest that exist."""
    asked = code.strip().upper()
    row = base.execute("SELECT id FROM fiche WHERE code = ?", (asked,)).fetchone()
    if row:
        return int(row[0])
    every = base.execute("SELECT code, libelle FROM fiche").fetchall()
    from rapidfuzz.distance import OSA  # heavy, and only for a code that does not exist

    near = sorted(every, key=lambda one: (OSA.distance(asked, one[0]), _gap(asked, one[0]), one[0]))[:NEAREST]
    infos = dict(base.execute("SELECT cle, valeur FROM infos"))
    raise CodeInconnu(
        code, "le " + infos.get("titre", "référentiel"), [(one[0], one[1]) for one in near], champ
    )


def read_fiche(base: sqlite3.Connection, number: int) -> FicheLue:
    row = base.execute(
        "SELECT fiche.*, domaine.libelle AS nom_domaine, domaine.grand_domaine, grand_domaine.libelle AS nom_grand "
        "FROM fiche JOIN domaine ON domaine.code = fiche.domaine "
        "LEFT JOIN grand_domaine ON grand_domaine.code = domaine.grand_domaine WHERE fiche.id = ?",
        (number,),
    ).fetchone()
    texts: dict[str, list[str]] = {DEFINITION: [], ACCES: []}
    for nature, label in base.execute(
        "SELECT nature, libelle FROM texte WHERE fiche = ? ORDER BY nature, position", (number,)
    ):
        texts.setdefault(nature, []).append(label)
    tags = [label for column, label in TAGS if row[column] == "O"]
    interests = base.execute("SELECT r, i, a, s, e, c FROM interets WHERE fiche = ?", (number,)).fetchone()
    return FicheLue(
        code=row["code"],
        code_ogr=row["code_ogr"],
        libelle=row["libelle"],
        domaine=row["domaine"],
        libelle_domaine=row["nom_domaine"],
        grand_domaine=row["grand_domaine"],
        libelle_grand_domaine=row["nom_grand"] or row["grand_domaine"],
        riasec=row["riasec_majeur"] + row["riasec_mineur"],
        etiquettes=tuple(tags),
        transition_ecologique=row["transition_eco"],
        appellations=tuple(
            (one[0], one[1])
            for one in base.execute(
                "SELECT code_ogr, libelle FROM appellation WHERE fiche = ? ORDER BY peu_usite, libelle",
                (number,),
            )
        ),
        definition=tuple(texts[DEFINITION]),
        acces=tuple(texts[ACCES]),
        competences=read_items(base, number),
        mobilites=tuple(
            Mobilite(*one)
            for one in base.execute(
                "SELECT fiche.code, fiche.libelle, ordre FROM mobilite JOIN fiche ON fiche.id = cible "
                "WHERE mobilite.fiche = ? ORDER BY ordre, fiche.code",
                (number,),
            )
        ),
        classements=_classifications(base, number),
        profil_interets=tuple(interests) if interests else None,
    )


def read_items(base: sqlite3.Connection, number: int) -> tuple[Competence, ...]:
    """The items of a fiche, core first."""
    return tuple(sorted((one for one, _ in read_items_with_group(base, number)), key=in_reading_order))


def read_items_with_group(base: sqlite3.Connection, number: int) -> list[tuple[Competence, str]]:
    """The items of a fiche, each with the macro-compétence that a compétence belongs to; in no order."""
    return [
        (Competence(ogr, label, nature, fiches, bool(core), group if nature == CONTEXTE else category), group)
        for ogr, label, nature, fiches, core, category, group in base.execute(
            "SELECT code_ogr, libelle, nature, frequence, coeur, categorie, groupe "
            "FROM lien JOIN item ON item.id = lien.item WHERE lien.fiche = ?",
            (number,),
        )
    ]


def in_reading_order(one: Competence) -> tuple[object, ...]:
    return (not one.coeur, READING_ORDER.get(one.nature, 9), one.libelle)


def _classifications(base: sqlite3.Connection, number: int) -> dict[str, tuple[Rubrique, ...]]:
    found: dict[str, list[Rubrique]] = {nature: [] for nature in (SECTEUR, NAF, THEME, INTERET)}
    rows: Iterable[tuple[str, str, str, int]] = base.execute(
        "SELECT nature, code, libelle, principal FROM classement WHERE fiche = ? ORDER BY principal DESC, libelle",
        (number,),
    )
    for nature, code, label, main in rows:
        found.setdefault(nature, []).append(Rubrique(code, label, bool(main)))
    return {nature: tuple(rubrics) for nature, rubrics in found.items()}


def _gap(asked: str, code: str) -> int:
    """How far two codes of the same letter are in the numbering."""
    if asked[:1] != code[:1] or not asked[1:].isdigit():
        return 100_000
    return abs(int(asked[1:]) - int(code[1:]))
