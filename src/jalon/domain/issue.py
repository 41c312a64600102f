"""Why a séance did not take place: a closed list, and what each leaves of the hours and of the money."""

from dataclasses import dataclass

from jalon.domain.engagement import CPF
from jalon.domain.financement import Financement
from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled

FORCE_MAJEURE_ARTICLE = "Code du travail, art. L. 6353-7"
DONE_ONLY = "Code du travail, art. L. 6362-6"
CPF_DONE_ONLY = "Code du travail, art. R. 6333-4"


class Issue(Labelled):
    CABINET = "cabinet", "Le cabinet n’a pas pu la tenir"
    PREVENUE = "prevenue", "La personne a prévenu à temps"
    EXCUSEE = "excusee", "La personne a un motif sérieux, dit avant ou après"
    FORCE_MAJEURE = "force_majeure", "Force majeure : rien ne pouvait l’éviter"
    NON_VENUE = "non_venue", "La personne n’est pas venue, sans prévenir"


# What may be said of an appointment of which the hour has passed, or not yet.
AVANT = (Issue.PREVENUE, Issue.CABINET, Issue.EXCUSEE, Issue.FORCE_MAJEURE)
APRES = (Issue.NON_VENUE, Issue.EXCUSEE, Issue.FORCE_MAJEURE, Issue.CABINET)


@dataclass(frozen=True)
class Effet:
    """One consequence, told before the click, with what it rests on."""

    sujet: str
    phrase: str
    source: str = ""


def effets(issue: Issue, voie: Financement | None) -> tuple[Effet, ...]:
    """What a missed séance leaves of the hours and of the money. Never an invoice by itself: the contract decides."""
    hours = Effet(
        "Les heures",
        "Cette séance ne compte pas comme faite : ni la feuille de présence, ni le certificat, ni la facture ne la porteront.",
        DONE_ONLY,
    )
    again = Effet("La suite", "Le temps prévu redevient libre : la séance peut être prévue à une autre date.")
    return (hours, _money(issue, voie), again)


def _money(issue: Issue, voie: Financement | None) -> Effet:
    if issue == Issue.CABINET:
        return Effet(
            "L’argent", "Rien n’est dû pour cette séance : c’est au cabinet d’en proposer une autre."
        )
    if issue == Issue.FORCE_MAJEURE:
        return Effet(
            "L’argent",
            "Rien n’est dû pour cette séance. Si la personne ne peut pas reprendre, le contrat peut être rompu : seules les "
            "heures vraiment faites restent dues, à proportion du prix.",
            FORCE_MAJEURE_ARTICLE,
        )
    if voie in CPF:
        return Effet(
            "L’argent",
            "La plateforme ne paie que les heures faites. Rien ne se demande à la personne à côté pour cette absence.",
            CPF_DONE_ONLY,
        )
    if voie == Financement.PERSONNEL:
        if issue == Issue.NON_VENUE:
            return Effet(
                "L’argent",
                "Seul le contrat signé peut dire que quelque chose reste dû. S’il n’en dit rien, rien n’est dû ; Jalon ne "
                "facture jamais une absence de lui-même.",
                "Code du travail, art. L. 6353-4",
            )
        return Effet("L’argent", "Rien n’est dû pour cette séance : la personne a dit son empêchement.")
    return Effet(
        "L’argent",
        "Le financeur paie les heures justifiées : celles-ci ne le sont pas. Ce que la convention prévoit pour une absence se "
        "règle avec lui, jamais avec la personne.",
        DONE_ONLY,
    )


def issue_obstacles(issue: Issue, *, absence: bool) -> list[Obstacle]:
    """«Not come» is said of an hour that has passed; «told in time», of one that had not."""
    if issue in (APRES if absence else AVANT):
        return []
    told = "pour une séance passée" if absence else "pour une séance à venir"
    return [Obstacle(f"Ce motif ne se dit pas {told} : choisissez-en un autre.", code="issue", field="issue")]
