"""What calendars outside may know: which words an appointment has there, and what one calendar is for."""

from jalon.domain.parcours import Labelled


class Intitule(Labelled):
    """Chosen by the person, from words that say nothing. A first name is hers to show."""

    RENDEZ_VOUS = "rendez_vous", "Rendez-vous"
    OCCUPE = "occupe", "Occupé"
    ENTRETIEN = "entretien", "Entretien"
    PRENOM = "prenom", "Rendez-vous avec le prénom"


class SensAgenda(Labelled):
    LECTURE = "lecture", "Lire mes heures prises ailleurs"
    PUBLICATION = "publication", "Y inscrire mes rendez-vous"


class TypeAgenda(Labelled):
    ICS = "ics", "Adresse ICS"
    CALDAV = "caldav", "Collection CalDAV"
