"""Why a séance did not take place: a closed list, and what each leaves of the hours and of the money."""

from jalon.domain.parcours import Labelled

FORCE_MAJEURE_ARTICLE = "Code du travail, art. L. 6353-7"
DONE_ONLY = "Code du travail, art. L. 6362-6"


class Issue(Labelled):
    CABINET = "cabinet", "Le cabinet n’a pas pu la tenir"
    PREVENUE = "prevenue", "La personne a prévenu à temps"
    EXCUSEE = "excusee", "La personne a un motif sérieux, dit avant ou après"
    FORCE_MAJEURE = "force_majeure", "Force majeure : rien ne pouvait l’éviter"
    NON_VENUE = "non_venue", "La personne n’est pas venue, sans prévenir"


# What may be said of an appointment of which the hour has passed, or not yet.
AVANT = (Issue.PREVENUE, Issue.CABINET, Issue.EXCUSEE, Issue.FORCE_MAJEURE)
APRES = (Issue.NON_VENUE, Issue.EXCUSEE, Issue.FORCE_MAJEURE, Issue.CABINET)
