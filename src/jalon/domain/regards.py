"""The looks of others (360°): groups, the threshold under which nothing is read, and how answers are cut into cells.

Whatever is shown is worked out from cells of three answers at least, and the cells never overlap: no subtraction of two figures
can leave the answers of fewer than three people. A group that is too small joins another one; it is never left alone in «all».
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from jalon.domain.adresse import normalize
from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled

# Ours: the number that studies of this kind keep as a floor, and the promise made to whoever answers.
SEUIL = 3
INVITES_MAX = 25
RAPPELS_MAX = 2
RAPPEL_JOURS = 3
DUREE_MIN_JOURS = 3
DUREE_MAX_JOURS = 60
SOURCE = "Règle de Jalon ; Code du travail, art. L. 6313-4, al. 3"


# What a mail may carry as a name: nothing in it can be a sentence, nor a second header.
SIGNATURE = re.compile(r"[^\W\d_]+\.?(?:[ ’'-][^\W\d_]+\.?)*", re.UNICODE)
_ADRESSE = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def is_signature(text: str) -> bool:
    plain = " ".join(text.split())
    return len(plain) <= 60 and len(plain.split(" ")) <= 4 and SIGNATURE.fullmatch(plain) is not None


def is_plausible(adresse: str) -> bool:
    return len(adresse) <= 254 and _ADRESSE.fullmatch(normalize(adresse)) is not None


class Groupe(Labelled):
    PAIRS = "pairs", "Collègues"
    HIERARCHIE = "hierarchie", "Anciens responsables"
    EQUIPE = "equipe", "Personnes que j’ai encadrées"
    CLIENTS = "clients", "Clients, usagers, partenaires"
    PROCHES = "proches", "Proches"
    AUTRES = "autres", "Autres personnes"


@dataclass(frozen=True)
class Cellule:
    """The groups whose answers are read together, and how many answers that makes: never fewer than three."""

    groupes: tuple[Groupe, ...]
    reponses: int

    @property
    def code(self) -> str:
        return "+".join(self.groupes)

    @property
    def nom(self) -> str:
        return ", ".join(g.label for g in self.groupes)


def cells(counts: Mapping[Groupe, int]) -> tuple[Cellule, ...]:
    """Groups large enough stand alone; the others stand together, or with the smallest of the large ones when they are still too few."""
    given = {g: counts[g] for g in Groupe if counts.get(g, 0) > 0}
    if sum(given.values()) < SEUIL:
        return ()
    alone = {g: n for g, n in given.items() if n >= SEUIL}
    rest = {g: n for g, n in given.items() if n < SEUIL}
    if rest and sum(rest.values()) < SEUIL:
        smallest = min(alone, key=lambda g: (alone[g], list(Groupe).index(g)))
        rest[smallest] = alone.pop(smallest)
    found = [Cellule((g,), n) for g, n in alone.items()]
    if rest:
        found.append(Cellule(tuple(g for g in Groupe if g in rest), sum(rest.values())))
    return tuple(found)


@dataclass(frozen=True)
class Vue:
    """One scale as one cell sees it; `cellule` is empty for all the cells together."""

    cellule: str
    moyenne: float
    n: int


def views(trouvees: Sequence[Cellule], notes: Mapping[Groupe, Sequence[float | None]]) -> list[Vue]:
    """`notes`: each answer's own mean on this scale, None where it had too few items.

    The threshold holds scale by scale: a cell where fewer than three people have a value says nothing here, and is not in «all» either.
    """
    found: list[Vue] = []
    everybody: list[float] = []
    for cellule in trouvees:
        values = [v for g in cellule.groupes for v in notes.get(g, ()) if v is not None]
        if len(values) >= SEUIL:
            found.append(Vue(cellule.code, fmean(values), len(values)))
            everybody += values
    if len(found) > 1:
        found.append(Vue("", fmean(everybody), len(everybody)))
    return found


def scatter(
    trouvees: Sequence[Cellule], par_echelle: Iterable[Mapping[Groupe, Sequence[float | None]]]
) -> tuple[float, int]:
    """Pooled variance around the means of cells, over all scales at once, and its degrees of freedom.

    One figure for the whole result: a spread for each mean of three would let the three be worked out.
    """
    squares, degrees = 0.0, 0
    for notes in par_echelle:
        for cellule in trouvees:
            values = [v for g in cellule.groupes for v in notes.get(g, ()) if v is not None]
            if len(values) >= SEUIL:
                mean = fmean(values)
                squares += sum((v - mean) ** 2 for v in values)
                degrees += len(values) - 1
    return (squares / degrees, degrees) if degrees else (0.0, 0)


def cadre_obstacles(dernier_jour: date | None, today: date) -> list[Obstacle]:
    """How long one may answer: enough to find the time, not so long that it is forgotten."""
    if dernier_jour is None:
        return [Obstacle("Choisissez jusqu’à quel jour on peut répondre.", code="jour", field="dernier_jour")]
    first, last = today + timedelta(days=DUREE_MIN_JOURS), today + timedelta(days=DUREE_MAX_JOURS)
    if not first <= dernier_jour <= last:
        return [
            Obstacle(
                f"Choisissez un jour entre {DUREE_MIN_JOURS} et {DUREE_MAX_JOURS} jours à partir d’aujourd’hui : "
                "il faut le temps de répondre, sans que l’on oublie.",
                code="jour",
                field="dernier_jour",
            )
        ]
    return []


def invite_obstacles(
    adresse: str,
    *,
    invitees: int,
    deja: bool,
    sienne: str,
    employeur: Iterable[str],
    cabinet: Iterable[str],
) -> list[Obstacle]:
    """Who may not be asked: the person herself, whom she has asked already, her employer's contact, and the cabinet."""
    given = normalize(adresse)
    found = []
    if invitees >= INVITES_MAX:
        found.append(
            Obstacle(
                f"Vous avez déjà invité {INVITES_MAX} personnes : c’est assez pour apprendre quelque chose.",
                code="nombre",
            )
        )
    if deja:
        found.append(Obstacle("Cette adresse a déjà reçu votre invitation.", code="deja", field="adresse"))
    if sienne and given == normalize(sienne):
        found.append(
            Obstacle(
                "C’est votre adresse : vous répondez de votre côté, dans « Mon propre regard ».",
                code="soi",
                field="adresse",
            )
        )
    if given in {normalize(a) for a in employeur if a}:
        found.append(
            Obstacle(
                "C’est l’adresse de votre employeur dans ce dossier : rien de votre travail ici ne passe par lui.",
                SOURCE,
                code="employeur",
                field="adresse",
            )
        )
    if given in {normalize(a) for a in cabinet if a}:
        found.append(
            Obstacle(
                "C’est l’adresse de quelqu’un du cabinet : invitez des personnes qui vous ont vu agir.",
                code="cabinet",
                field="adresse",
            )
        )
    return found


def closing_obstacles(reponses: int, *, soi: bool) -> list[Obstacle]:
    found = []
    if reponses < SEUIL:
        found.append(
            Obstacle(
                f"Moins de {SEUIL} réponses : rien ne pourrait être montré sans désigner quelqu’un. Attendez, relancez, "
                "ou invitez d’autres personnes.",
                SOURCE,
                code="seuil",
            )
        )
    if not soi:
        found.append(
            Obstacle(
                "Répondez d’abord vous-même, dans « Mon propre regard, avant celui des autres » : après les avoir lus, "
                "votre réponse ne serait plus la même.",
                code="soi",
            )
        )
    return found


def remind_obstacles(rappels: int, dernier: date | None, today: date, *, attend: bool) -> list[Obstacle]:
    if rappels >= RAPPELS_MAX:
        return [
            Obstacle(f"Vous avez déjà relancé {RAPPELS_MAX} fois : répondre reste libre.", code="rappels")
        ]
    if dernier is not None and today < dernier + timedelta(days=RAPPEL_JOURS):
        return [
            Obstacle(f"Laissez au moins {RAPPEL_JOURS} jours depuis le dernier message.", code="trop_tot")
        ]
    if not attend:
        return [Obstacle("Personne n’est à relancer.", code="personne")]
    return []
