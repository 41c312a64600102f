"""What an instrument says, scale by scale, and the day it was explained to the person before any other use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Entier, Jour, Liste, Nombre, champ, ligne, prose
from jalon.vault.pieces.piece import Partie, Piece


@dataclass(frozen=True)
class EchelleObtenue(Partie):
    """One scale: `valeur` is None when too few items were answered (`n` of `n_items`)."""

    code: str = ligne("Le code de l’échelle", CODE_MAX)
    nom: str = ligne("Le nom de l’échelle")
    valeur: float | None = champ(Nombre("La valeur de l’échelle"), None)
    n: int = champ(Entier("Le nombre de réponses", 0, 10_000), 0)
    n_items: int = champ(Entier("Le nombre de questions", 0, 10_000), 0)
    moyenne: float | None = champ(Nombre("La moyenne de l’échelle"), None)
    minimum: float | None = champ(Nombre("Le minimum de l’échelle"), None)
    maximum: float | None = champ(Nombre("Le maximum de l’échelle"), None)
    erreur_mesure: float | None = champ(Nombre("L’erreur de mesure"), None)
    # Half of the band drawn around the mean, and where the score stands in a named norm, if one was loaded.
    demi_bande: float | None = champ(Nombre("L’imprécision"), None)
    note_etalonnee: float | None = champ(Nombre("La note étalonnée"), None)
    rang_percentile: float | None = champ(Nombre("Le rang percentile"), None)
    lecture: str = prose("La lecture de l’échelle", 5_000)


@dataclass(frozen=True)
class Resultat(Piece):
    kind: ClassVar[str] = "resultat"
    tiroir: ClassVar[str] = "travail"
    autres_tiroirs: ClassVar[frozenset[str]] = frozenset({"entretien_suivi"})

    instrument: str = ligne("L’instrument", CODE_MAX)
    version_instrument: str = ligne("La version de l’instrument", CODE_MAX)
    echelles: tuple[EchelleObtenue, ...] = champ(Liste("Les échelles", EchelleObtenue), ())
    restitue_le: str | None = champ(Jour("Le jour de la restitution"), None)
    commentaire_personne: str = prose("Le commentaire de la personne")
    etalonnage: str = ligne("Le nom de l’étalonnage")
