"""An *enquête métier*: where it stands, and the questions from which one starts."""

from collections.abc import Iterable
from datetime import date

from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled


class EtatEnquete(Labelled):
    PREPARATION = "preparation", "À préparer"
    RENDEZ_VOUS = "rendez_vous", "Rendez-vous pris"
    FAITE = "faite", "Faite"


class EtatContact(Labelled):
    A_CONTACTER = "a_contacter", "À contacter"
    CONTACTE = "contacte", "Contactée"
    RENCONTRE = "rencontre", "Rencontrée"
    REFUS = "refus", "N’a pas pu"


# Open questions about the real day, not about the job advertisement; each may be changed or taken out.
GUIDE = (
    "Comment s’est passée votre dernière journée de travail, heure par heure ?",
    "Qu’est-ce qui prend le plus de temps, et qu’on ne voit pas de l’extérieur ?",
    "Qu’est-ce qui vous plaît le plus ? Qu’est-ce qui use ?",
    "Comment y êtes-vous venu, et que feriez-vous autrement ?",
    "Que faut-il absolument savoir faire en arrivant ? Qu’apprend-on sur place ?",
    "Qui recrute ici, comment, et avec quel diplôme ou sans ?",
    "Quels horaires, quels déplacements, quel salaire au début et après cinq ans ?",
    "Qu’est-ce qui change dans ce métier ?",
    "Avec mon parcours, que me conseilleriez-vous de vérifier d’abord ?",
    "Qui d’autre pourrais-je rencontrer de votre part ?",
)


def enquete_obstacles(etat: str, *, notes: str, change: str, reponses: Iterable[str]) -> list[Obstacle]:
    """A sheet said to be done tells at least what was learned."""
    if etat == EtatEnquete.FAITE and not (
        notes.strip() or change.strip() or any(r.strip() for r in reponses)
    ):
        return [
            Obstacle(
                "L’enquête est dite faite, mais rien n’en est écrit : notez une réponse, ou ce que cela a changé.",
                code="notes",
                field="change",
            )
        ]
    return []


def reminder_obstacles(rappel_le: date | None, today: date, before: date | None) -> list[Obstacle]:
    """A reminder that was already there may be past; a new one may not."""
    if rappel_le is None or rappel_le == before or rappel_le > today:
        return []
    return [
        Obstacle(
            "Ce rappel est déjà passé : choisissez un jour à venir, ou laissez vide.",
            code="rappel_le",
            field="rappel_le",
        )
    ]
