"""What stands in the way of proposing and of handing over the synthesis: all of it at once, for the action and for the page."""

from jalon.domain.faits import Etat
from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled
from jalon.domain.regles import PHASES, RECIPIENT


class Rubrique(Labelled):
    """The three headings that the profession keeps; people, funders and the CEP expect them."""

    CIRCONSTANCES = "circonstances", "Les circonstances"
    COMPETENCES = "competences", "Les compétences et les aptitudes, au regard du projet"
    PROJET = "projet", "Le projet"


def proposal_obstacles(etat: Etat, *, ecrite: bool) -> list[Obstacle]:
    found = []
    if not ecrite:
        found.append(Obstacle("La synthèse n’est pas encore écrite.", RECIPIENT, code="vide"))
    if etat != Etat.CONCLUSIONS:
        found.append(Obstacle("La synthèse se propose en phase de conclusions.", PHASES, code="etat"))
    return found


def delivery_obstacles(
    etat: Etat, *, ecrite: bool, proposee: bool, validee: bool, remise: bool
) -> list[Obstacle]:
    """She reads it, may write a disagreement in it, approves it; then it is hers."""
    if remise:
        return [
            Obstacle(
                "La synthèse a déjà été remise. Demandez une copie dans une autre taille.", code="remise"
            )
        ]
    found = []
    if not ecrite:
        found.append(Obstacle("La synthèse n’est pas encore écrite.", RECIPIENT, code="vide"))
    elif not proposee:
        found.append(
            Obstacle("La synthèse n’est pas encore proposée à la relecture.", RECIPIENT, code="partage")
        )
    elif not validee:
        found.append(
            Obstacle(
                "La personne n’a pas encore approuvé la synthèse : elle la relit d’abord, et peut y écrire un désaccord.",
                RECIPIENT,
                code="validation",
            )
        )
    if etat != Etat.CONCLUSIONS:
        found.append(Obstacle("La synthèse se remet en phase de conclusions.", PHASES, code="etat"))
    return found
