"""What a version of the referential holds, before it is written: the same shape for the official archive and for
the starting set, so that search, reading and matching never ask where the data came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

COMPETENCE, MACRO, SAVOIR_ETRE, SAVOIR, CONTEXTE = "competence", "macro", "savoir_etre", "savoir", "contexte"
SKILLS = (COMPETENCE, MACRO, SAVOIR_ETRE, SAVOIR)
SECTEUR, NAF, THEME, INTERET = "secteur", "naf", "theme", "interet"
DEFINITION, ACCES = "definition", "acces_metier"


class Fiche(NamedTuple):
    """An occupation. Tags are «O», «N» or empty: empty means not filled, never «no»."""

    code: str
    code_ogr: str
    libelle: str
    domaine: str
    parent: str
    riasec_majeur: str = ""
    riasec_mineur: str = ""
    cadre: str = ""
    reglemente: str = ""
    transition_eco: str = ""
    transition_num: str = ""
    transition_demo: str = ""


class Item(NamedTuple):
    code_ogr: str
    nature: str
    libelle: str
    categorie: str = ""
    groupe: str = ""
    arbre: str = ""
    riasec: str = ""


class Appellation(NamedTuple):
    code_ogr: str
    code: str
    libelle: str
    court: str
    peu_usite: bool = False


class Texte(NamedTuple):
    code: str
    nature: str
    position: int
    libelle: str


class Lien(NamedTuple):
    code: str
    code_ogr: str
    coeur: int


class Mobilite(NamedTuple):
    code: str
    cible: str
    ordre: int


class Classement(NamedTuple):
    code: str
    nature: str
    cle: str
    libelle: str
    principal: bool = False


@dataclass
class Referentiel:
    infos: dict[str, str]
    grands_domaines: dict[str, str] = field(default_factory=dict)
    domaines: dict[str, tuple[str, str]] = field(default_factory=dict)
    fiches: list[Fiche] = field(default_factory=list)
    appellations: list[Appellation] = field(default_factory=list)
    textes: list[Texte] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    liens: list[Lien] = field(default_factory=list)
    mobilites: list[Mobilite] = field(default_factory=list)
    classements: list[Classement] = field(default_factory=list)
