"""What every paper carries: who hands it over, under which number, on which day and under the law of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jalon.documents.donnees import (
    Combien,
    Donnees,
    DonneesInvalides,
    EmpreinteFacultative,
    Ligne,
    Nom,
    NomFacultatif,
    Texte,
)
from jalon.domain.parcours import Labelled

LOGO_MAX = 400_000


@dataclass(frozen=True)
class Cabinet(Donnees):
    """The provider as its papers name it.

    The registration number is written with the prefect's region, as R. 6351-6 wants it on conventions and contracts.
    """

    nom: Nom
    adresse: Annotated[tuple[Ligne, ...], Combien(0, 6)] = ()
    siret: NomFacultatif = ""
    numero_declaration: NomFacultatif = ""
    region_declaration: NomFacultatif = ""
    courriel: NomFacultatif = ""
    telephone: NomFacultatif = ""
    # SVG around the pixels that the cabinet handed in; drawn beside its name, which stays written.
    logo: bytes = b""

    def verify(self) -> None:
        if len(self.logo) > LOGO_MAX:
            raise DonneesInvalides("Cabinet.logo", "l’image est trop lourde")
        if bool(self.numero_declaration) != bool(self.region_declaration):
            raise DonneesInvalides(
                "Cabinet.region_declaration",
                "le numéro de déclaration d’activité va avec la région du préfet",
            )


@dataclass(frozen=True)
class Papier(Donnees):
    """The frame of a document: number, day, cabinet, law's day; `copie_de` names the first issue of a copy."""

    cabinet: Cabinet
    numero: Nom
    emis_le: date
    fuseau: Nom = "Europe/Paris"
    droit_du: date | None = None
    copie_de: NomFacultatif = ""

    def verify(self) -> None:
        try:
            ZoneInfo(self.fuseau)
        except (ZoneInfoNotFoundError, ValueError):
            raise DonneesInvalides("Papier.fuseau", "fuseau horaire inconnu") from None


@dataclass(frozen=True)
class Signature(Donnees):
    """A signature given in the space: who, when, how, and the fingerprint of what was signed."""

    nom: Nom
    qualite: Nom
    signe_le: datetime
    moyen: Ligne
    empreinte: EmpreinteFacultative = ""


@dataclass(frozen=True)
class Signataire(Donnees):
    """Somebody expected to sign; without `signature` the paper leaves a frame to sign by hand."""

    nom: Nom
    qualite: Nom
    signature: Signature | None = None


class Forme(Labelled):
    PARAGRAPHE = "paragraphe", "paragraphe"
    PUCE = "puce", "élément de liste"
    CITATION = "citation", "paroles de la personne"
    INTERTITRE = "intertitre", "intertitre"


@dataclass(frozen=True)
class Passage(Donnees):
    """A piece of written text; `citation` keeps the person's own words apart."""

    texte: Texte
    forme: Forme = Forme.PARAGRAPHE


# A text of the longest piece, cut at every line.
Passages = Annotated[tuple[Passage, ...], Combien(0, 20_000)]

PREFIXES = {
    "- ": Forme.PUCE,
    "• ": Forme.PUCE,
    "> ": Forme.CITATION,
    "# ": Forme.INTERTITRE,
    "## ": Forme.INTERTITRE,
}


def passages_of(texte: str) -> tuple[Passage, ...]:
    """Plain typed text as passages: a blank line parts paragraphs, «- » makes a list, «> » keeps words said."""
    passages: list[Passage] = []
    courant: list[str] = []

    def close() -> None:
        if courant:
            passages.append(Passage("\n".join(courant)))
            courant.clear()

    for ligne in texte.splitlines():
        ligne = ligne.strip()
        prefixe = next((p for p in PREFIXES if ligne.startswith(p)), None)
        if not ligne:
            close()
        elif prefixe and (reste := ligne.removeprefix(prefixe).strip()):
            close()
            passages.append(Passage(reste, PREFIXES[prefixe]))
        else:
            courant.append(ligne)
    close()
    return tuple(passages)


@dataclass(frozen=True)
class Document(Donnees):
    """Base of the data class of a kind; `version` moves with the meaning of its fields."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    titre: ClassVar[str]

    papier: Papier

    def document_title(self) -> str:
        return self.titre
