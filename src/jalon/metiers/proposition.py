"""A proposal and why: what is shared, what is missing, by which way it comes.

No bare percentage: a median official mobility shares 4 % of its skills by rarity, and a person would read that as a
failure. Counts, names and a band say the truth.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jalon.metiers.fiche import Competence, in_reading_order, read_items_with_group
from jalon.metiers.filtre import nearest_distance
from jalon.metiers.index.faits import Faits
from jalon.metiers.index.moteur import Moteur
from jalon.metiers.index.rang import Classement
from jalon.metiers.interets import correlation
from jalon.metiers.referentiel import COMPETENCE, CONTEXTE

# Place among all occupations, by our score.
BANDS = ((10, "très proche"), (40, "proche"))
FAR_BAND = "à explorer"
WAYS = 3


class Commun(NamedTuple):
    """A skill that both hold. `suppose`: the person did not tick it, her past job supposes it."""

    competence: Competence
    suppose: bool


class Manquant(NamedTuple):
    """A skill of the occupation that the person does not have. `voisine`: one of hers of the same kind, if any."""

    competence: Competence
    voisine: str | None = None


@dataclass(frozen=True)
class Proposition:
    rang: int
    code: str
    libelle: str
    score: float
    parts: dict[str, float]
    communs: tuple[Commun, ...]
    manquants: tuple[Manquant, ...]
    mobilite_officielle: bool
    voie: tuple[str, ...]
    bande: str
    distance: str | None
    riasec: str
    interets: float | None


@dataclass(frozen=True)
class Acquis:
    """What the person brings: ticked skills, and those that her past jobs suppose, by code_ogr."""

    coches: Mapping[str, Competence]
    supposes: Mapping[str, Competence]
    groupes: Mapping[str, str]

    def has(self, ogr: str) -> bool:
        return ogr in self.coches or ogr in self.supposes


class Redacteur:
    """Turns an order of fiches into proposals that explain themselves."""

    def __init__(
        self,
        base: sqlite3.Connection,
        moteur: Moteur,
        classement: Classement,
        acquis: Acquis,
        officielles: Mapping[int, tuple[int, int]],
        scores_interets: Mapping[str, float] | None = None,
    ) -> None:
        self._base = base
        self._moteur = moteur
        self._classement = classement
        self._acquis = acquis
        self._officielles = officielles
        self._interets = scores_interets
        self._scores = sorted(classement.total)

    def write(self, rang: int, fiche: int) -> Proposition:
        row = self._base.execute(
            "SELECT code, libelle, riasec_majeur, riasec_mineur FROM fiche WHERE id = ?", (fiche,)
        ).fetchone()
        shared, missing = compare_items(self._base, fiche, self._acquis)
        origines = self._classement.profil.origines
        faits = self._moteur.faits
        return Proposition(
            rang=rang,
            code=row[0],
            libelle=row[1],
            score=round(self._classement.total[fiche], 4),
            parts={
                name: round(value, 4) for name, value in self._classement.parts(self._moteur, fiche).items()
            },
            communs=shared,
            manquants=missing,
            mobilite_officielle=fiche in self._officielles,
            voie=tuple(self._ways(fiche, shared)),
            bande=self._band(fiche),
            distance=nearest_distance(faits, fiche, origines).libelle if origines else None,
            riasec=row[2] + row[3],
            interets=self._interest(fiche),
        )

    def _ways(self, fiche: int, shared: Sequence[Commun]) -> list[str]:
        ways = []
        if fiche in self._officielles:
            origin, order = self._officielles[fiche]
            ways.append(f"Mobilité officielle depuis « {self._label(origin)} » (n° {order} de sa liste).")
        lists = self._moteur.faits.listes
        leading = [near for near, _ in self._classement.voisins if fiche in lists[near]]
        if leading and self._classement.listes:
            names = ", ".join(f"« {self._label(near)} »" for near in leading[:WAYS])
            ways.append(f"Mobilité officielle de métiers proches : {names}.")
        if shared:
            names = ", ".join(f"« {one.competence.libelle} »" for one in shared[:WAYS])
            count = len(shared)
            ways.append(
                f"{count} compétence{'s' if count > 1 else ''} en commun, dont {names}."
                if count > WAYS
                else f"{count} compétence{'s' if count > 1 else ''} en commun : {names}."
            )
        if not ways:
            ways.append(
                "Mots et familles de compétences proches des vôtres, sans compétence nommée en commun."
            )
        return ways

    def _band(self, fiche: int) -> str:
        score = self._classement.total[fiche]
        place = 1 + len(self._scores) - bisect_right(self._scores, score)
        return next((label for limit, label in BANDS if place <= limit), FAR_BAND)

    def _label(self, fiche: int) -> str:
        label: str = self._base.execute("SELECT libelle FROM fiche WHERE id = ?", (fiche,)).fetchone()[0]
        return label

    def _interest(self, fiche: int) -> float | None:
        if not self._interets:
            return None
        row = self._base.execute("SELECT r, i, a, s, e, c FROM interets WHERE fiche = ?", (fiche,)).fetchone()
        found = correlation(self._interets, tuple(row)) if row else None
        return None if found is None else round(found, 3)


def compare_items(
    base: sqlite3.Connection, fiche: int, acquis: Acquis
) -> tuple[tuple[Commun, ...], tuple[Manquant, ...]]:
    """What the occupation and the person share, rare first; what is missing, core first."""
    shared, missing = [], []
    for one, group in read_items_with_group(base, fiche):
        if one.nature == CONTEXTE:
            continue
        if acquis.has(one.code_ogr):
            shared.append(Commun(one, one.code_ogr not in acquis.coches))
        else:
            missing.append(Manquant(one, acquis.groupes.get(group) if one.nature == COMPETENCE else None))
    shared.sort(key=lambda one: (one.suppose, one.competence.fiches, one.competence.libelle))
    missing.sort(key=lambda one: in_reading_order(one.competence))
    return tuple(shared), tuple(missing)


def official_moves(faits: Faits, origines: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Target → (past job, place in its official list), the best place first."""
    found: dict[int, tuple[int, int]] = {}
    ranked = sorted(
        (place, position, origin, target)
        for position, origin in enumerate(origines)
        for place, target in enumerate(faits.listes[origin], 1)
    )
    for place, _, origin, target in ranked:
        if target not in found and target not in origines:
            found[target] = (origin, place)
    return found
