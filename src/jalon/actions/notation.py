"""From answers to a result: sums, means, how unsure each is, and the norm of the cabinet where one was loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jalon.domain.cotation import Imprecision, imprecision, score
from jalon.domain.etalonnage import standardise
from jalon.domain.probabilites import normal_quantile
from jalon.domain.profil import CONFIANCE
from jalon.instruments import Echelle, Epreuve, Etalonnage, Instrument
from jalon.vault.pieces.resultat import EchelleObtenue, Resultat


def scored(instrument: Instrument, reponses: Mapping[str, Any], normes: Etalonnage | None) -> Resultat:
    scales: tuple[EchelleObtenue, ...]
    if instrument.epreuve is not None:
        scales = (_position(instrument, instrument.epreuve, reponses),)
        normes = None
    else:
        sheet = _Feuille(instrument, reponses, normes)
        scales = tuple(sheet.scale(scale) for scale in instrument.echelles)
    return Resultat(
        instrument=instrument.code,
        version_instrument=instrument.version,
        echelles=scales,
        etalonnage=normes.nom if normes else "",
    )


@dataclass(frozen=True)
class _Feuille:
    instrument: Instrument
    reponses: Mapping[str, Any]
    normes: Etalonnage | None

    def scale(self, scale: Echelle) -> EchelleObtenue:
        bounds = self.instrument.bornes()
        numbers = {code: value for code, value in self.reponses.items() if isinstance(value, int)}
        note = score(scale.cle, numbers, bounds)
        low, high = bounds[scale.items[0]]
        unsure = self._imprecision(numbers, (low, high))
        said = note.moyenne is not None and unsure is not None
        norm = self.normes.norme(scale.code) if self.normes else None
        against = standardise(note.somme, norm) if norm and note.somme is not None else None
        return EchelleObtenue(
            code=scale.code,
            nom=scale.nom,
            valeur=note.somme,
            n=note.n,
            n_items=len(scale.items),
            moyenne=note.moyenne,
            minimum=float(low),
            maximum=float(high),
            erreur_mesure=unsure.standard_error(note.n) if said and unsure else None,
            demi_bande=unsure.half_band(note.n, CONFIANCE) if said and unsure else None,
            note_etalonnee=against.t if against else None,
            rang_percentile=against.rang_percentile if against else None,
            lecture=scale.lecture,
        )

    def _imprecision(self, numbers: Mapping[str, float], bounds: tuple[float, float]) -> Imprecision | None:
        """Over the scales that are answered on the same steps."""
        all_bounds = self.instrument.bornes()
        alike = [s.cle for s in self.instrument.echelles if all_bounds[s.items[0]] == bounds]
        return imprecision(alike, numbers, all_bounds)


def _position(instrument: Instrument, epreuve: Epreuve, reponses: Mapping[str, Any]) -> EchelleObtenue:
    """Where she succeeds one time in two, in logits of the declared difficulties: no norm, and never shown as one."""
    asked = epreuve.posees(reponses)
    found = epreuve.estimation(reponses)
    enough = len(asked) >= epreuve.arret.minimum
    return EchelleObtenue(
        code="niveau",
        nom=instrument.titre,
        valeur=found.theta if enough else None,
        n=len(asked),
        n_items=instrument.nombre if len(asked) <= instrument.nombre else len(asked),
        moyenne=found.theta if enough else None,
        minimum=epreuve.niveaux[0].difficulte,
        maximum=epreuve.niveaux[-1].difficulte,
        erreur_mesure=found.erreur if enough else None,
        demi_bande=normal_quantile((1 + CONFIANCE) / 2) * found.erreur if enough else None,
        lecture=instrument.mesure,
    )
