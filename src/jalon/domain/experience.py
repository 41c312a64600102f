"""Experiences of all kinds: what is learned outside a job counts as much."""

from jalon.domain.parcours import Labelled


class GenreExperience(Labelled):
    NON_DIT = "", "Sans le dire"
    EMPLOI = "emploi", "Emploi"
    STAGE = "stage", "Stage, alternance"
    FORMATION = "formation", "Formation"
    BENEVOLAT = "benevolat", "Bénévolat"
    ENGAGEMENT = "engagement", "Mandat, engagement"
    FAMILLE = "famille", "Famille, aide à un proche"
    LOISIR = "loisir", "Passion, sport, loisir"
    AUTRE = "autre", "Autre"
