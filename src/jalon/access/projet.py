"""The projects and all that tests them: what remains to be checked of each, and how they compare by her own criteria."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404

from jalon.access.pieces import Lue, read_pieces
from jalon.domain.enquete import EtatEnquete
from jalon.domain.essai import EtatEssai
from jalon.domain.ponderation import Critere, Pesee, weigh
from jalon.domain.verification import EnqueteFaits, EssaiFaits, Matiere, Reste, remaining
from jalon.records.models import Bilan, Personne

NATURES = ("projet", "contraintes", "formation", "enquete", "essai", "comparaison")


@dataclass(frozen=True)
class Projets:
    """Everything that this reader may open, opened at once. Sheets are found by the reference of their project."""

    projets: list[Lue] = field(default_factory=list)
    contraintes: Mapping[str, Lue] = field(default_factory=dict)
    formations: Mapping[str, Lue] = field(default_factory=dict)
    enquetes: list[Lue] = field(default_factory=list)
    essais: list[Lue] = field(default_factory=list)
    comparaison: Lue | None = None

    @property
    def vivants(self) -> list[Lue]:
        """Those that were not put aside: the main one first."""
        alive = [lue for lue in self.projets if lue.contenu.nature != "ecarte"]
        return sorted(alive, key=lambda lue: lue.contenu.nature != "principal")

    @property
    def noms(self) -> dict[str, str]:
        return {lue.piece.reference: lue.contenu.intitule for lue in self.projets}

    def projet(self, reference: Any) -> Lue:
        """One project, or 404."""
        for lue in self.projets:
            if lue.piece.reference == str(reference):
                return lue
        raise Http404

    def of(self, lues: list[Lue], reference: str) -> list[Lue]:
        return [lue for lue in lues if lue.contenu.projet == reference]

    def restes(self, reference: str) -> list[Reste]:
        """What remains to be checked of one project (R. 6313-4, 2°)."""
        leads = self.formations[reference].contenu.pistes if reference in self.formations else ()
        compared = self.comparaison.contenu.criteres if self.comparaison is not None else ()
        alive = {lue.piece.reference for lue in self.vivants}
        return remaining(
            Matiere(
                a_verifier=self.projet(reference).contenu.a_verifier,
                enquetes=tuple(_enquete(lue) for lue in self.of(self.enquetes, reference)),
                essais=tuple(
                    EssaiFaits(
                        lue.piece.reference,
                        lue.contenu.intitule,
                        lue.contenu.etat == EtatEssai.FAIT,
                        lue.contenu.reste,
                    )
                    for lue in self.of(self.essais, reference)
                ),
                formations=tuple((one.intitule or one.titre, one.a_verifier) for one in leads),
                sans_note=tuple(
                    one.nom
                    for one in compared
                    if reference in alive and reference not in {note.projet for note in one.notes}
                ),
            )
        )

    def pesee(self) -> Pesee | None:
        """Nothing before there are two projects and a criterion."""
        if self.comparaison is None or len(self.vivants) < 2:
            return None
        criteria = [
            Critere(one.nom, one.poids, {note.projet: note.note for note in one.notes})
            for one in self.comparaison.contenu.criteres
        ]
        return weigh([lue.piece.reference for lue in self.vivants], criteria) if criteria else None


def read_projets(personne: Personne, bilan: Bilan, *, now: datetime) -> Projets:
    by_kind: dict[str, list[Lue]] = {nature: [] for nature in NATURES}
    for lue in read_pieces(personne, bilan, NATURES, now=now):
        by_kind[lue.piece.nature].append(lue)
    return Projets(
        projets=by_kind["projet"],
        contraintes={lue.piece.reference: lue for lue in by_kind["contraintes"]},
        formations={lue.piece.reference: lue for lue in by_kind["formation"]},
        enquetes=by_kind["enquete"],
        essais=by_kind["essai"],
        comparaison=next(iter(by_kind["comparaison"]), None),
    )


def _enquete(lue: Lue) -> EnqueteFaits:
    sheet = lue.contenu
    return EnqueteFaits(
        lue.piece.reference,
        sheet.intitule,
        sheet.etat == EtatEnquete.FAITE,
        tuple(one.question for one in sheet.questions if one.question.strip() and not one.reponse.strip()),
    )
