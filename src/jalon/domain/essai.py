"""A project tried in real life: immersion, placement, a day beside somebody."""

from datetime import date

from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled


class GenreEssai(Labelled):
    IMMERSION = "immersion", "Immersion (PMSMP)"
    STAGE = "stage", "Stage"
    OBSERVATION = "observation", "Journée d’observation"
    BENEVOLAT = "benevolat", "Bénévolat"
    ESSAI = "essai", "Essai chez soi, petit chantier"
    AUTRE = "autre", "Autre"


class EtatEssai(Labelled):
    A_TROUVER = "a_trouver", "À trouver"
    PREVU = "prevu", "Prévu"
    FAIT = "fait", "Fait"


def essai_obstacles(
    etat: str, debut: date | None, fin: date | None, *, ecrit: bool, today: date
) -> list[Obstacle]:
    """`ecrit`: something says what it showed. Evidence of something that has not happened yet is none."""
    found = []
    if debut and fin and fin < debut:
        found.append(
            Obstacle(
                "Le dernier jour vient avant le premier : corrigez l’un des deux.", code="fin", field="fin"
            )
        )
    if etat == EtatEssai.FAIT and debut and debut > today:
        found.append(
            Obstacle(
                "Cet essai n’a pas encore commencé : dites-le « Prévu », ou corrigez sa date.",
                code="etat",
                field="debut",
            )
        )
    if etat == EtatEssai.FAIT and not ecrit:
        found.append(
            Obstacle(
                "L’essai est dit fait, mais rien n’en est écrit : notez ce que vous avez vu, même en une phrase.",
                code="faits",
                field="faits",
            )
        )
    return found
