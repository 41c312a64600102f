"""Several plans to choose from, each the best of its kind, or what stands in the way of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jalon.domain.obstacle import Obstacle
from jalon.domain.planification import AU_PLUS_TOT, REGULIER, Etape, Plan, Souhaits, Terrain
from jalon.domain.planification_blocage import explain
from jalon.domain.planification_calcul import Recherche, elsewhere, open_grid
from jalon.domain.planification_mots import tell


@dataclass(frozen=True)
class Proposition:
    code: str
    titre: str
    plan: Plan


@dataclass(frozen=True)
class Reponse:
    propositions: tuple[Proposition, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


def propose(wanted: Sequence[Etape], souhaits: Souhaits, terrain: Terrain) -> Reponse:
    """The most regular, another day or hour, the earliest end; twice the same is shown once."""
    impossible = _impossible(wanted, souhaits)
    if impossible:
        return Reponse(obstacles=tuple(impossible))
    search = Recherche(wanted, souhaits, terrain, open_grid(souhaits, terrain))
    first = search.best(REGULIER)
    if first is None:
        blocage = explain(wanted, souhaits, terrain)
        return Reponse(obstacles=tuple(tell(blocage, souhaits, terrain, len(wanted))))
    found = [Proposition("regulier", "Le plus régulier", first)]
    others = (search.best(REGULIER, sauf=avoided) for avoided in elsewhere(first, terrain))
    other = next((plan for plan in others if plan is not None), None)
    if other is not None:
        found.append(Proposition("autre", "À un autre moment de la semaine", other))
    soon = search.best(AU_PLUS_TOT)
    if soon is not None and all(soon.choix != one.plan.choix for one in found):
        found.append(Proposition("tot", "Terminé au plus tôt", soon))
    return Reponse(tuple(found))


def _impossible(wanted: Sequence[Etape], souhaits: Souhaits) -> list[Obstacle]:
    """What no agenda could make possible."""
    found = []
    if not wanted:
        found.append(
            Obstacle(
                "Toutes les séances du parcours sont déjà prévues : déplacez-les une à une.", code="rien"
            )
        )
    if souhaits.au < souhaits.du:
        found.append(Obstacle("La fin souhaitée est avant le début.", code="dates", field="au"))
    if (souhaits.au - souhaits.du).days > 730:
        found.append(Obstacle("Prévoyez sur deux ans au plus.", code="dates", field="au"))
    if souhaits.depuis and souhaits.jusqu_a:
        length = max((one.minutes for one in wanted), default=0)
        room = _minutes(souhaits.jusqu_a) - _minutes(souhaits.depuis)
        if room <= 0:
            found.append(
                Obstacle("La fin de la journée est avant son début.", code="heures", field="jusqu_a")
            )
        elif room < length:
            found.append(
                Obstacle(
                    f"Entre ces heures il n’y a que {room} minutes, et une séance en dure {length} : élargissez les heures, ou "
                    "choisissez des séances plus courtes.",
                    code="heures",
                    field="jusqu_a",
                )
            )
    if not souhaits.manieres:
        found.append(Obstacle("Choisissez au moins une façon de se voir.", code="manieres", field="manieres"))
    return found


def _minutes(hour: object) -> int:
    return hour.hour * 60 + hour.minute  # type: ignore[attr-defined]
