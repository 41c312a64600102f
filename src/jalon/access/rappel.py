"""The door of the nudges: which months the person has asked to be written to, and is still waiting for."""

from jalon.access import Action, require
from jalon.access.echeance import OUVERTES
from jalon.records.models import Bilan, Personne


def months_asked(personne: Personne, bilan: Bilan) -> list[int]:
    require(Action.CHOOSE_RAPPELS, personne, bilan)
    rows = bilan.echeances.filter(OUVERTES, nom="rappel_personnel").values_list("reference", flat=True)
    return sorted(int(reference) for reference in rows)
