"""What the person may ask for by right, when the answer is due, and what a pause moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.domain.droit_acces import answer_before
from jalon.domain.jours import Calendrier, add_months
from jalon.domain.parcours import Labelled


class Nature(Labelled):
    ACCES = "acces", "Savoir ce que le cabinet a sur vous"
    RECTIFICATION = "rectification", "Faire corriger une donnée"
    EFFACEMENT = "effacement", "Faire effacer vos données"
    LIMITATION = "limitation", "Faire geler l’utilisation de vos données"
    PORTABILITE = "portabilite", "Recevoir vos données dans un format ouvert"
    OPPOSITION = "opposition", "Vous opposer à une utilisation"
    CHANGEMENT = "changement", "Changer de consultante ou de consultant"
    RECLAMATION = "reclamation", "Réclamer"


class Objet(Labelled):
    """What it is about, from a closed list: the words themselves are said to a person, or in the messages."""

    IDENTITE = "identite", "Mon nom ou mes coordonnées"
    SEANCE = "seance", "Une séance ou ses horaires"
    PAPIER = "papier", "Un papier établi par le cabinet"
    FINANCEMENT = "financement", "Le prix, le financement ou le contrat"
    CONTENU = "contenu", "Ce qui a été écrit pendant l’accompagnement"
    LECTURE = "lecture", "Une lecture du journal qui m’étonne"
    COURRIELS = "courriels", "Les courriels que je reçois"
    ACCUEIL = "accueil", "L’accueil ou la relation"
    DEROULEMENT = "deroulement", "Le déroulement de l’accompagnement"
    AUTRE = "autre", "Autre chose"


class Issue(Labelled):
    FAITE = "faite", "Fait comme demandé"
    PARTIELLE = "partielle", "Fait en partie, et expliqué"
    REFUSEE = "refusee", "Refusé, avec la raison et les recours"
    RETIREE = "retiree", "Retirée par la personne"


RGPD: dict[Nature, str] = {
    Nature.ACCES: "RGPD, art. 15",
    Nature.RECTIFICATION: "RGPD, art. 16",
    Nature.EFFACEMENT: "RGPD, art. 17",
    Nature.LIMITATION: "RGPD, art. 18",
    Nature.PORTABILITE: "RGPD, art. 20",
    Nature.OPPOSITION: "RGPD, art. 21",
}
# Ours, where no text gives a delay.
_OURS = {Nature.CHANGEMENT: timedelta(days=7), Nature.RECLAMATION: timedelta(days=15)}


@dataclass(frozen=True)
class Delai:
    """The last day to answer, and the text that says so; empty when the delay is our own promise."""

    jusqu_au: date
    source: str


def answer_by(nature: Nature, asked: date, calendrier: Calendrier) -> Delai:
    """One month after the request (art. 12, § 3), or the cabinet's own promise."""
    if nature in _OURS:
        return Delai(asked + _OURS[nature], "")
    return Delai(answer_before(asked, calendrier), calendrier.law.donnees_personnelles.reponse_mois.source)


def extended_to(asked: date, calendrier: Calendrier) -> Delai:
    """Two more months for a complex request, told to the person within the first one (art. 12, § 3)."""
    rules = calendrier.law.donnees_personnelles
    last = add_months(asked, rules.reponse_mois.value + rules.prolongation_mois.value)
    if rules.reponse_prorogation.value:
        last = calendrier.postponed(last)
    return Delai(last, rules.prolongation_mois.source)


# How long a pause may be foreseen: ours. Longer, and starting anew later serves the person better.
PAUSE_MAX_DAYS = 180
