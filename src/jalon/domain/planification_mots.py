"""A plan that cannot be, in words: what conflicts, and what to do about it."""

from __future__ import annotations

from datetime import date

from jalon.domain.francais import JOURS, jour_complet
from jalon.domain.obstacle import Obstacle
from jalon.domain.planification import Contrainte, Souhaits, Terrain
from jalon.domain.planification_blocage import Blocage
from jalon.domain.seance import Modalite

_A_FAIRE = {
    Contrainte.JOURS: "ajoutez un jour",
    Contrainte.HEURES: "élargissez les heures",
    Contrainte.MANIERE: "acceptez un autre lieu, ou la distance",
    Contrainte.FIN: "repoussez la fin",
    Contrainte.DEBUT: "commencez plus tôt",
    Contrainte.RYTHME: "choisissez un rythme plus lent",
    Contrainte.PAUSE: "choisissez un rythme plus serré",
    Contrainte.SALLE: "ouvrez une autre salle, ou acceptez la distance",
    Contrainte.PRIS: "libérez des moments dans l’agenda",
    Contrainte.PAR_JOUR: "relevez votre limite de séances par jour",
    Contrainte.PAR_SEMAINE: "relevez votre limite de séances par semaine",
    Contrainte.PREAVIS: "réduisez le préavis, ou commencez plus tard",
    Contrainte.DEPART: "attendez le premier jour permis",
}


def tell(blocage: Blocage, souhaits: Souhaits, terrain: Terrain, nombre: int) -> list[Obstacle]:
    """What blocks, then what would be enough."""
    if not blocage.ensemble:
        return [
            Obstacle(
                "Aucune heure de réception n’est ouverte de cette façon et assez longue : écrivez d’abord quand vous recevez.",
                code="disponibilites",
            )
        ]
    said = _join([_phrase(c, souhaits, terrain) for c in blocage.ensemble])
    alone = len(blocage.ensemble) == 1
    found = [
        Obstacle(
            f"{nombre} séances ne tiennent pas avec {said}"
            + (
                " : cela seul suffit à bloquer."
                if alone
                else " : ensemble, cela ne laisse aucune suite de dates."
            ),
            code="blocage",
        )
    ]
    for one in blocage.suffit or blocage.ensemble:
        sure = "cela suffit" if one in blocage.suffit else "cela ne suffira pas à soi seul"
        found.append(
            Obstacle(
                f"{_A_FAIRE[one][0].upper()}{_A_FAIRE[one][1:]} : {sure}.", code=f"desserrer_{one.value}"
            )
        )
    return found


def _join(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " et " + parts[-1]


def _phrase(one: Contrainte, souhaits: Souhaits, terrain: Terrain) -> str:
    """The constraint with its own figures."""
    if one == Contrainte.JOURS:
        return (
            "le seul jour choisi (" + _days(souhaits) + ")"
            if len(souhaits.jours) == 1
            else ("les jours choisis (" + _days(souhaits) + ")")
        )
    if one == Contrainte.HEURES:
        return "les heures choisies"
    if one == Contrainte.MANIERE and len(souhaits.manieres) == 1:
        return f"la seule manière choisie ({Modalite(souhaits.manieres[0]).label.lower()})"
    if one == Contrainte.FIN:
        return f"une fin au {_day(souhaits.au)}"
    if one == Contrainte.DEBUT:
        return f"un début au {_day(souhaits.du)}"
    if one in (Contrainte.RYTHME, Contrainte.PAUSE):
        return f"{one.label} (« {souhaits.rythme.label.lower()} »)"
    if one == Contrainte.DEPART and terrain.depart is not None:
        return f"le premier jour permis par le financement, le {_day(terrain.depart)}"
    if one == Contrainte.PAR_JOUR:
        return f"la limite de {terrain.par_jour} séances par jour"
    if one == Contrainte.PAR_SEMAINE:
        return f"la limite de {terrain.par_semaine} séances par semaine"
    return one.label


def _days(souhaits: Souhaits) -> str:
    return _join([JOURS[d] for d in sorted(souhaits.jours)])


def _day(day: date) -> str:
    return jour_complet(day)
