"""Why a warning was passed over: chosen in a closed list, so that no event ever holds free words."""

from jalon.domain.parcours import Labelled


class Motif(Labelled):
    CHOIX = "choix_de_la_personne", "C’est le choix de la personne, en connaissance de cause"
    RYTHME = "rythme_adapte", "Ce rythme est adapté à sa situation"
    REMIS = "remis_autrement", "Les documents lui ont été remis d’une autre manière"
    REGULARISE = "en_cours", "La situation est en cours de régularisation"
    AUTRE = "autre", "Autre motif, expliqué à la personne"
