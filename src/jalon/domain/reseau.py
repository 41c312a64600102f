"""Former beneficiaries who accept to be asked: what about, and for how long without saying so again."""

from jalon.domain.parcours import Labelled


class Sujet(Labelled):
    """Ticked by the person herself: a closed list, so that nothing of her own journey is told."""

    RECONVERSION = "reconversion", "Changer de métier"
    CREATION = "creation", "Créer ou reprendre une activité"
    FORMATION = "formation", "Reprendre une formation"
    VAE = "vae", "Faire valider son expérience"
    EVOLUTION = "evolution", "Évoluer sans changer d’employeur"
    PUBLIC = "public", "Passer du privé au public, ou l’inverse"
    REPRISE = "reprise", "Revenir après une interruption"
    AMENAGEMENT = "amenagement", "Travailler avec un handicap ou une maladie"
    DOUTE = "doute", "Vivre un bilan quand on doute"


# Ours: nobody stays reachable for ever by having forgotten it.
DUREE_MOIS = 24
TEXTE_MAX = 4_000
EN_COURS_MAX = 3
