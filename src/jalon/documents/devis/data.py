"""Devis: hours, price, who would pay what. For a bilan it never stands for a convention (D. 6353-1, II)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from jalon.documents.donnees import DonneesInvalides, Nom
from jalon.documents.prestation import (
    DECLARATION,
    INFORMATION,
    Ecrit,
    Montant,
    Partie,
    Parts,
    Prestation,
    require,
    same_total,
)


@dataclass(frozen=True)
class Devis(Ecrit):
    kind: ClassVar[str] = "devis"
    titre: ClassVar[str] = "Devis"

    beneficiaire: Nom = "-"
    client: Partie | None = None
    prestation: Prestation | None = None
    prix: Montant | None = None
    parts: Parts = ()
    valable_jusqu_au: date | None = None
    # What the price says of VAT (CGI, art. 261, 4, 4° a or 293 B); empty while the cabinet has not said.
    tva: str = ""

    def verify(self) -> None:
        require(
            (self.prestation, "Il manque le parcours et ses heures.", INFORMATION, "prestation"),
            (
                self.prix,
                "Il manque le prix : réglez le financement du dossier avant d’établir un devis.",
                INFORMATION,
                "prix",
            ),
            (self.client, "Il manque le client du devis.", INFORMATION, "client"),
            (
                self.papier.cabinet.siret,
                "Il manque le SIRET du cabinet : notez-le dans les réglages.",
                DECLARATION,
                "siret",
            ),
            (self.valable_jusqu_au, "Il manque la durée de validité.", INFORMATION, "validite"),
        )
        if self.parts and not same_total(self.parts, self.prix):
            raise DonneesInvalides("Devis.parts", "la somme des parts n’est pas le prix")
