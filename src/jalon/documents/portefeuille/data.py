"""The portfolio as the person takes it to somebody: under her own name, never the cabinet's, and nothing that says where it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jalon.documents.donnees import (
    Borne,
    Combien,
    Donnees,
    LigneFacultative,
    Nom,
    NomFacultatif,
    TexteFacultatif,
)
from jalon.documents.papier import Document
from jalon.domain.experience import GenreExperience

Intitule = Annotated[str, Borne(600)]


@dataclass(frozen=True)
class Rome(Donnees):
    """A code of the referential, as it was named in that version."""

    code: Nom
    libelle: Intitule
    version: NomFacultatif = ""


@dataclass(frozen=True)
class Avis(Donnees):
    """A level and who says it."""

    voix: Nom
    niveau: LigneFacultative = ""
    qui: LigneFacultative = ""
    texte: TexteFacultatif = ""


@dataclass(frozen=True)
class Competence(Donnees):
    intitule: Intitule
    preuve: TexteFacultatif = ""
    phrases: Annotated[tuple[str, ...], Combien(0, 30)] = ()
    avis: Annotated[tuple[Avis, ...], Combien(0, 30)] = ()
    rome: Annotated[tuple[Rome, ...], Combien(0, 20)] = ()
    transfert: TexteFacultatif = ""


@dataclass(frozen=True)
class Etape(Donnees):
    """One step of an achievement under its own words; `resultat` marks the one that says what came of it."""

    nom: Nom
    texte: TexteFacultatif
    resultat: bool = False


@dataclass(frozen=True)
class Realisation(Donnees):
    titre: Intitule
    etapes: Annotated[tuple[Etape, ...], Combien(0, 4)] = ()


@dataclass(frozen=True)
class Experience(Donnees):
    """`debut` and `fin`: `2012` or `2012-09`, for machines; `periode` for people. Without an end it goes on."""

    intitule: Intitule
    genre: GenreExperience = GenreExperience.NON_DIT
    structure: LigneFacultative = ""
    periode: LigneFacultative = ""
    debut: LigneFacultative = ""
    fin: LigneFacultative = ""
    texte: TexteFacultatif = ""
    metier: Rome | None = None
    realisations: Annotated[tuple[Realisation, ...], Combien(0, 200)] = ()


@dataclass(frozen=True)
class Portefeuille(Document):
    """`papier.cabinet` holds the person's own name: it is her paper. `credit`: where the codes come from."""

    kind: ClassVar[str] = "portefeuille"
    titre: ClassVar[str] = "Portefeuille de compétences"

    prenom: Nom
    nom: Nom
    courriel: NomFacultatif = ""
    telephone: NomFacultatif = ""
    experiences: Annotated[tuple[Experience, ...], Combien(0, 500)] = ()
    autres: Annotated[tuple[Realisation, ...], Combien(0, 500)] = ()
    competences: Annotated[tuple[Competence, ...], Combien(0, 1000)] = ()
    credit: LigneFacultative = ""
