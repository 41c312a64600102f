"""Results that a cabinet publishes: a rate is told with its number, its period and its method, or not at all (indicator 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled

SOURCE = "Code du travail, art. L. 6352-13 ; indicateur 2 du référentiel qualité"
# Ours: with fewer answers a rate says more of the persons than of the cabinet.
REPONSES_MIN = 5


class Genre(Labelled):
    SATISFACTION = "satisfaction", "Personnes satisfaites de leur accompagnement"
    ACHEVEMENT = "achevement", "Accompagnements menés jusqu’au bout"
    SUIVI = "suivi", "Entretiens de suivi tenus à six mois"
    PROJET = "projet", "Personnes qui avaient engagé leur projet six mois après"


@dataclass(frozen=True)
class Resultat:
    genre: Genre
    favorables: int
    reponses: int
    effectif: int
    du: date
    au: date
    methode: str

    @property
    def taux(self) -> int:
        """Per hundred answers, rounded half up: never above what was counted by more than half a point."""
        return (200 * self.favorables + self.reponses) // (2 * self.reponses) if self.reponses else 0


def resultat_obstacles(resultat: Resultat, today: date) -> list[Obstacle]:
    """Everything that would make this figure mislead, each beside its field."""
    found = []
    if resultat.reponses < REPONSES_MIN:
        found.append(
            Obstacle(
                f"Avec moins de {REPONSES_MIN} réponses, un taux ne dit rien de sûr et pourrait désigner quelqu’un : "
                "attendez d’en avoir davantage.",
                SOURCE,
                code="effectif_faible",
                field="reponses",
            )
        )
    if resultat.favorables > resultat.reponses:
        found.append(
            Obstacle(
                "Le nombre de oui dépasse celui des réponses : vérifiez les deux.",
                SOURCE,
                code="favorables",
                field="favorables",
            )
        )
    if resultat.reponses > resultat.effectif:
        found.append(
            Obstacle(
                "Le nombre de réponses dépasse celui des personnes interrogées : vérifiez les deux.",
                SOURCE,
                code="reponses",
                field="effectif",
            )
        )
    if resultat.au < resultat.du:
        found.append(Obstacle("La période finit avant de commencer.", SOURCE, code="periode", field="au"))
    elif resultat.au > today:
        found.append(
            Obstacle(
                "La période n’est pas finie : un résultat ne se publie qu’une fois compté.",
                SOURCE,
                code="futur",
                field="au",
            )
        )
    if not resultat.methode.strip():
        found.append(
            Obstacle(
                "Dites comment ce chiffre a été compté : la question posée, à qui, quand.",
                SOURCE,
                code="methode",
                field="methode",
            )
        )
    return found
