"""Contract with a person who pays herself (L. 6353-3 to L. 6353-7): its mentions are required under penalty of nullity.

Withdrawal, first payment and instalments come computed, from the law of the day: no legal number stands in the template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, DonneesInvalides, Entre, LigneFacultative, Nom
from jalon.documents.prestation import (
    CONTRAT,
    DECLARATION,
    MEDIATION,
    Echeance,
    Ecrit,
    Montant,
    Partie,
    Prestation,
    require,
)
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.retractation import Lieu


@dataclass(frozen=True)
class ContratIndividuel(Ecrit):
    kind: ClassVar[str] = "contrat_individuel"
    titre: ClassVar[str] = "Contrat"

    beneficiaire: Nom = "-"
    client: Partie | None = None
    prestation: Prestation | None = None
    prix: Montant | None = None
    premier_versement_max: Montant | None = None
    echeances: Annotated[tuple[Echeance, ...], Combien(0, 24)] = ()
    lieu_conclusion: Lieu = Lieu.DISTANCE
    retractation_jours: Annotated[int, Entre(1, 60)] = 10
    retractation_distance_jours: Annotated[int, Entre(1, 60)] = 14
    fonction_en_ligne: bool = False
    mediateur: LigneFacultative = ""
    contact: LigneFacultative = ""

    def verify(self) -> None:
        found = self.prestation
        require(
            (found, "Il manque le parcours, son programme et sa durée.", f"{CONTRAT}, 1°", "prestation"),
            (
                found is None or (found.debut and found.fin),
                "Il manque la période : donnez le début et la fin prévus dans la page « Financement ».",
                f"{CONTRAT}, 1°",
                "periode",
            ),
            (
                found is None or found.consultant_references,
                "Il manque les titres ou les références de la personne qui accompagne : écrivez sa présentation dans « Équipe ».",
                f"{CONTRAT}, 4°",
                "references",
            ),
            (self.prix, "Il manque le prix : réglez le financement du dossier.", f"{CONTRAT}, 5°", "prix"),
            (
                self.echeances,
                "Il manque les modalités de paiement : écrivez l’échéancier dans la page « Financement ».",
                f"{CONTRAT}, 5°",
                "echeances",
            ),
            (
                self.mediateur,
                "Il manque le médiateur de la consommation : notez-le dans les réglages du cabinet.",
                MEDIATION,
                "mediateur",
            ),
            (
                self.client is not None and self.client.nom,
                "Il manque le nom de la personne qui s’engage.",
                CONTRAT,
                "client",
            ),
            (
                found is None or not found.derived()["est_bilan"] or self.papier.cabinet.numero_declaration,
                "Il manque le numéro de déclaration d’activité du cabinet, et la région du préfet : notez-les dans les réglages.",
                DECLARATION,
                "declaration",
            ),
        )
        self._money()

    def _money(self) -> None:
        assert self.prix is not None
        if sum(e.montant.centimes for e in self.echeances) != self.prix.centimes:
            raise DonneesInvalides("ContratIndividuel.echeances", "leur somme n’est pas le prix")
        most = self.premier_versement_max
        if most is not None and self.echeances[0].montant.centimes > most.centimes:
            raise Refused(
                Obstacle(
                    f"Le premier versement dépasse ce que la loi permet : au plus {most.derived()['texte']}. "
                    "Corrigez l’échéancier dans la page « Financement ».",
                    "Code du travail, art. L. 6353-6",
                    code="premier_versement",
                )
            )
