"""The follow-up: when it is proposed, what may be decided at its end, and what is counted of it."""

from jalon.domain.parcours import Labelled


class Suite(Labelled):
    """What the two agree to do next: corrective, from a closed list, so that no word outlives the interview."""

    RIEN = "rien", "Rien de plus : le projet suit son cours"
    SECOND_POINT = "second_point", "Un second point, six mois plus tard"
    RENFORT = "renfort", "Un accompagnement renforcé, par un nouveau dossier"
    CEP = "cep", "Un rendez-vous avec le conseil en évolution professionnelle"
    FORMATION = "formation", "Une aide pour monter le dossier de formation"
    CORRECTION = "correction", "Le cabinet corrige quelque chose dans sa manière de faire"


class Avancee(Labelled):
    """Where the project is, six months later."""

    REALISE = "realise", "Il est réalisé"
    EN_ROUTE = "en_route", "Il avance"
    ARRETE = "arrete", "Il est arrêté, ou mis de côté"
    AUTRE = "autre", "J’ai pris un autre chemin"
    TROP_TOT = "trop_tot", "Il est trop tôt pour le dire"


class Frein(Labelled):
    """What stands in the way, if something does."""

    AUCUN = "aucun", "Rien de particulier"
    ARGENT = "argent", "L’argent ou le financement"
    TEMPS = "temps", "Le temps"
    SANTE = "sante", "La santé ou la famille"
    EMPLOYEUR = "employeur", "L’employeur"
    MARCHE = "marche", "Le marché du travail"
    FORMATION = "formation", "L’accès à la formation"
    CONFIANCE = "confiance", "La confiance, ou l’envie qui a changé"


# The six months of seeds 002 and 003, the year of seed 000; the article only foresees the possibility (R. 6313-4, 3° c).
MONTHS = (6, 12)
