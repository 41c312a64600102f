"""The looks of others: what the person says to those she asks, whom she asks, what each answers, and the mixed result.

An answer and the address that it came from are under one key a respondent. The result refuses, on the way in and on the way out, to hold
anything that was worked out from fewer answers than the threshold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from jalon.domain.regards import SEUIL
from jalon.vault.erreurs import PieceInvalide
from jalon.vault.pieces.champ import (
    CODE_MAX,
    Dictionnaire,
    Entier,
    Jour,
    Liste,
    Nombre,
    OuiNon,
    Reponse,
    Texte,
    champ,
    ligne,
    prose,
    regle,
)
from jalon.vault.pieces.piece import Partie, Piece


@dataclass(frozen=True)
class CadreRegards(Piece):
    """How she presents herself and her request. Hers alone, and shown to those whom she asks."""

    kind: ClassVar[str] = "regards_cadre"
    tiroir: ClassVar[str] = "carnet"

    signature: str = ligne("Votre nom", 60)
    mot: str = prose("Votre mot", 2_000)
    # Whether their page may say what this is for. Mails never do.
    explicite: bool = champ(OuiNon("Le mot bilan"), False)


@dataclass(frozen=True)
class Invite(Piece):
    """The name by which she knows whom she asked."""

    kind: ClassVar[str] = "invite"
    tiroir: ClassVar[str] = "carnet"

    nom: str = ligne("Le nom", 100)


@dataclass(frozen=True)
class AdresseRepondant(Piece):
    kind: ClassVar[str] = "adresse"
    tiroir: ClassVar[str] = ""

    adresse: str = ligne("L’adresse", 254)


@dataclass(frozen=True)
class Regard(Piece):
    """The answers of one respondent."""

    kind: ClassVar[str] = "regard"
    tiroir: ClassVar[str] = ""

    reponses: dict[str, str | int | list[str] | None] = field(
        default_factory=dict, metadata=regle(Dictionnaire("Les réponses", Reponse()))
    )


_ASSEZ = Entier("Le nombre de réponses", SEUIL, 1_000)


@dataclass(frozen=True)
class CelluleRegards(Partie):
    code: str = ligne("Le groupe", CODE_MAX)
    nom: str = ligne("Le nom du groupe")
    n: int = champ(_ASSEZ, SEUIL)


@dataclass(frozen=True)
class VueRegards(Partie):
    """One scale, one cell (all of them together when the code is empty)."""

    cellule: str = ligne("Le groupe", CODE_MAX)
    moyenne: float | None = champ(Nombre("La moyenne"), None)
    n: int = champ(_ASSEZ, SEUIL)
    erreur: float | None = champ(Nombre("L’erreur"), None)
    demi_bande: float | None = champ(Nombre("L’imprécision"), None)


@dataclass(frozen=True)
class EchelleRegards(Partie):
    code: str = ligne("Le code de l’échelle", CODE_MAX)
    nom: str = ligne("Le nom de l’échelle")
    lecture: str = prose("La lecture de l’échelle", 5_000)
    minimum: float | None = champ(Nombre("Le minimum"), None)
    maximum: float | None = champ(Nombre("Le maximum"), None)
    soi: float | None = champ(Nombre("Votre moyenne"), None)
    soi_erreur: float | None = champ(Nombre("Votre erreur"), None)
    soi_demi_bande: float | None = champ(Nombre("Votre imprécision"), None)
    vues: tuple[VueRegards, ...] = champ(Liste("Les regards", VueRegards), ())


@dataclass(frozen=True)
class MotsRegards(Partie):
    """What was written to one question, in no order that means anything; empty when too few wrote."""

    question: str = ligne("La question")
    textes: tuple[str, ...] = champ(Liste("Les textes", Texte("Un texte")), ())

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.textes and len(self.textes) < SEUIL:
            raise PieceInvalide("Les textes : trop peu de personnes ont écrit.", "textes")


@dataclass(frozen=True)
class RegardsMeles(Piece):
    """Worked out once, at the closing; nothing of one person can be found again in it."""

    kind: ClassVar[str] = "regards"
    tiroir: ClassVar[str] = "travail"

    instrument: str = ligne("L’instrument", CODE_MAX)
    version_instrument: str = ligne("La version de l’instrument", CODE_MAX)
    reponses: int = champ(_ASSEZ, SEUIL)
    cellules: tuple[CelluleRegards, ...] = champ(Liste("Les groupes", CelluleRegards), ())
    echelles: tuple[EchelleRegards, ...] = champ(Liste("Les échelles", EchelleRegards), ())
    mots: tuple[MotsRegards, ...] = champ(Liste("Les textes", MotsRegards), ())
    restitue_le: str | None = champ(Jour("Le jour de la restitution"), None)
    commentaire_personne: str = prose("Le commentaire de la personne")
