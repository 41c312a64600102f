"""Certificat de réalisation: the fields of the ministry's model (droit.md 8.5), nothing about results.

It can't be made above the maximum duration of a bilan (L. 6313-4, last paragraph), for a service outside the
legal frame (droit.md 7.6), or ticked for another nature than bilan de compétences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from jalon.documents.donnees import Combien, DonneesInvalides, Entre, Minutes, Nom, NomFacultatif
from jalon.documents.francais import duree, heures_decimales
from jalon.documents.papier import Document, Signature
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Labelled, TypeAction


class NatureAction(Labelled):
    """The four boxes of the model: actions of L. 6313-1."""

    FORMATION = "formation", "action de formation"
    BILAN = "bilan", "bilan de compétences"
    VAE = "vae", "action de validation des acquis de l’expérience"
    APPRENTISSAGE = "apprentissage", "action de formation par apprentissage"


@dataclass(frozen=True)
class CertificatRealisation(Document):
    kind: ClassVar[str] = "certificat_realisation"
    titre: ClassVar[str] = "Certificat de réalisation"

    representant_legal: Nom
    qualite_representant: Nom
    beneficiaire: Nom
    intitule: Nom
    debut: date
    fin: date
    minutes_suivies: Minutes
    duree_max_heures: Annotated[int, Entre(1, 1000)]
    conservation_annees: Annotated[int, Entre(1, 30)]
    fait_a: Nom
    fait_le: date
    type_action: TypeAction
    employeur: NomFacultatif = ""
    signature: Signature | None = None
    natures: Annotated[tuple[NatureAction, ...], Combien(1, 1)] = (NatureAction.BILAN,)

    def verify(self) -> None:
        if self.fin < self.debut:
            raise DonneesInvalides("CertificatRealisation.fin", "la fin ne peut pas précéder le début")
        if self.minutes_suivies <= 0:
            raise DonneesInvalides(
                "CertificatRealisation.minutes_suivies", "rien à certifier sans heure suivie"
            )
        obstacles = tuple(o for o in (self._trop_long(), self._hors_cadre()) if o)
        if obstacles:
            raise Refused(obstacles)

    def _trop_long(self) -> Obstacle | None:
        if self.minutes_suivies <= self.duree_max_heures * 60:
            return None
        return Obstacle(
            f"Le certificat ne peut pas être établi\u00a0: {duree(self.minutes_suivies)} dépassent la durée maximale"
            f" d’un bilan, {self.duree_max_heures}\u00a0heures. Corrigez les séances ou le contrat avant de certifier.",
            source="Code du travail, art. L. 6313-4",
            code="plus_de_24h",
            field="minutes_suivies",
        )

    def _hors_cadre(self) -> Obstacle | None:
        if self.type_action is TypeAction.BILAN and self.natures == (NatureAction.BILAN,):
            return None
        return Obstacle(
            "Ce certificat n’existe que pour un bilan de compétences au sens du code du travail. Pour une autre"
            " prestation, remettez une attestation de présence.",
            source="Code du travail, art. L. 6313-1 et L. 6313-4",
            code="hors_cadre",
            field="type_action",
        )

    def derived(self) -> Mapping[str, Any]:
        titre = self.qualite_representant
        return {
            # «Représentant légal» is already what the sentence says.
            "qualite": "" if titre.casefold() == "représentant légal" else titre,
            "heures": heures_decimales(self.minutes_suivies),
            "cases": [{"cochee": n in self.natures, "libelle": n.label} for n in NatureAction],
        }
