"""From a referential to the channels in which fiches are compared."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from jalon.metiers.index.canal import Canal
from jalon.metiers.referentiel import COMPETENCE, CONTEXTE, DEFINITION, SAVOIR, SKILLS, Item, Referentiel
from jalon.metiers.texte import keys

CANAUX = ("items", "metier", "mots", "contextes", "macros")
# A feature of every fourth fiche says little and costs the most; a word of one fiche only compares it with nobody.
MOST = 0.25
WORDS_LEAST = 2


def build_canaux(referentiel: Referentiel) -> dict[str, Canal]:
    place = {fiche.code: number for number, fiche in enumerate(referentiel.fiches)}
    of_ogr = {item.code_ogr: item for item in referentiel.items}
    held: list[list[Item]] = [[] for _ in place]
    for lien in referentiel.liens:
        held[place[lien.code]].append(of_ogr[lien.code_ogr])
    texts: list[list[str]] = [[fiche.libelle] for fiche in referentiel.fiches]
    for appellation in referentiel.appellations:
        texts[place[appellation.code]].append(appellation.libelle)
    for texte in referentiel.textes:
        if texte.nature == DEFINITION:
            texts[place[texte.code]].append(texte.libelle)
    return {
        "items": Canal.build([bag_of_items(items) for items in held], 1, MOST),
        "metier": Canal.build([bag_of_words(found) for found in texts], WORDS_LEAST, MOST),
        "mots": Canal.build([bag_of_labels(items) for items in held], WORDS_LEAST, MOST),
        "contextes": Canal.build([bag_of_contexts(items) for items in held], 1, MOST),
        "macros": Canal.build([bag_of_macros(items) for items in held], 1, MOST),
    }


def bag_of_items(items: Iterable[Item]) -> dict[str, float]:
    """A skill also counts as its macro-compétence, a savoir as its sous-catégorie: six skills in ten are in one
    fiche only, and would otherwise be compared with nothing."""
    bag: dict[str, float] = {}
    for item in items:
        if item.nature in SKILLS:
            bag[item.code_ogr] = 1.0
        if item.nature == COMPETENCE and item.groupe:
            bag[item.groupe] = 1.0
        if item.nature == SAVOIR and item.groupe:
            bag[f"savoir {item.categorie} {item.groupe}"] = 1.0
    return bag


def bag_of_macros(items: Iterable[Item]) -> dict[str, float]:
    bag: dict[str, float] = {}
    for item in items:
        if item.nature == COMPETENCE and item.groupe:
            bag[item.groupe] = 1.0
        elif item.nature in SKILLS and item.nature not in (COMPETENCE, SAVOIR):
            bag[item.code_ogr] = 1.0
    return bag


def bag_of_contexts(items: Iterable[Item]) -> dict[str, float]:
    return {item.code_ogr: 1.0 for item in items if item.nature == CONTEXTE}


def bag_of_labels(items: Iterable[Item]) -> dict[str, float]:
    return bag_of_words(item.libelle for item in items if item.nature in SKILLS)


def bag_of_words(texts: Iterable[str]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(keys(text))
    return damp(counts)


def damp(counts: Mapping[str, int]) -> dict[str, float]:
    """The tenth time a word is said adds less than the first."""
    return {key: math.log1p(count) for key, count in counts.items()}
