"""Convention tripartite (R. 6313-8): employer, employee, provider. Every mention of the article, or no convention.

Where an organisme of L. 6316-1 or a FAF pays, the rate given at a distance joins them (D. 6353-1, I).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jalon.documents.donnees import DonneesInvalides, Entre, LigneFacultative, Nom
from jalon.documents.prestation import (
    CONVENTION,
    DECLARATION,
    DISTANCE,
    Ecrit,
    Montant,
    Partie,
    Parts,
    Prestation,
    require,
    same_total,
)
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import TypeAction


@dataclass(frozen=True)
class Convention(Ecrit):
    kind: ClassVar[str] = "convention"
    titre: ClassVar[str] = "Convention tripartite"

    beneficiaire: Nom = "-"
    employeur: Partie | None = None
    cadre: Nom = "plan de développement des compétences"
    prestation: Prestation | None = None
    prix: Montant | None = None
    parts: Parts = ()
    reglement: LigneFacultative = ""
    delai_jours: Annotated[int, Entre(1, 90)] = 10
    finance_par_un_fonds: bool = False

    def verify(self) -> None:
        found = self.prestation
        bilan = found is not None and found.type_action is TypeAction.BILAN
        require(
            (
                bilan,
                "Une convention tripartite ne se conclut que pour un bilan de compétences.",
                CONVENTION,
                "hors_cadre",
            ),
            (
                self.employeur is not None and self.employeur.nom,
                "Il manque l’employeur : donnez son nom dans le cadre du dossier.",
                CONVENTION,
                "employeur",
            ),
            (
                self.employeur is not None and self.employeur.siren,
                "Il manque le numéro SIREN de l’employeur : sans lui, rien ne prouve qu’il n’est pas aussi le prestataire.",
                "Code du travail, art. R. 6313-5",
                "siren",
            ),
            (
                self.employeur is not None and self.employeur.representant,
                "Il manque la personne qui signe pour l’employeur : ouvrez-lui son lien, ou donnez son nom.",
                CONVENTION,
                "representant",
            ),
            (
                found is None or (found.debut and found.fin),
                "Il manque la période de réalisation : donnez le début et la fin prévus dans la page « Financement ».",
                f"{CONVENTION}, 1°",
                "periode",
            ),
            (
                self.prix is not None and self.prix.centimes,
                "Il manque le prix : réglez le financement du dossier. Une convention sans prix n’en est pas une.",
                f"{CONVENTION}, 2°",
                "prix",
            ),
            (
                self.reglement,
                "Il manque les modalités de règlement : dites qui paie, dans la page « Financement ».",
                f"{CONVENTION}, 2°",
                "reglement",
            ),
            (
                not self.finance_par_un_fonds or (found is not None and found.taux_distance is not None),
                "Il manque le taux des heures à distance, qu’un fonds demande : prévoyez d’abord les séances.",
                DISTANCE,
                "taux_distance",
            ),
            (
                self.papier.cabinet.numero_declaration,
                "Il manque le numéro de déclaration d’activité du cabinet, et la région du préfet : notez-les dans les réglages.",
                DECLARATION,
                "declaration",
            ),
        )
        self._distinct()
        if self.parts and not same_total(self.parts, self.prix):
            raise DonneesInvalides("Convention.parts", "la somme des parts n’est pas le prix")

    def _distinct(self) -> None:
        """BC-05."""
        assert self.employeur is not None
        if "".join(self.papier.cabinet.siret.split())[:9] == "".join(self.employeur.siren.split()):
            raise Refused(
                Obstacle(
                    "L’employeur et le prestataire portent le même numéro SIREN : un employeur ne peut pas réaliser "
                    "lui-même le bilan de ses salariés.",
                    "Code du travail, art. R. 6313-5",
                    code="employeur_prestataire",
                )
            )
