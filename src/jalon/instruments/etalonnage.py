"""A norm table, as a file that somebody loads: of whom, how many, when, from where. Without it no score is compared with other people's."""

from dataclasses import dataclass
from typing import Any

from jalon.domain.etalonnage import Norme
from jalon.instruments.instrument import Instrument
from jalon.instruments.lecture import Table, parse

_TEXTES = ("instrument", "version", "nom", "population", "annee", "source", "licence")
_CLES = {*_TEXTES, "effectif", "echelles"}
_ECHELLE = {"code", "moyenne", "ecart_type", "fidelite", "rangs"}


@dataclass(frozen=True)
class Etalonnage:
    """`normes` are of the sums of each scale."""

    instrument: str
    version: str
    nom: str
    population: str
    annee: str
    source: str
    licence: str
    effectif: int
    normes: tuple[Norme, ...]

    def norme(self, code: str) -> Norme | None:
        return next((norme for norme in self.normes if norme.code == code), None)


def read_norms(data: bytes, file: str, instrument: Instrument | None = None) -> Etalonnage:
    """Raises `InstrumentRefuse`. With `instrument`, the table must be of that version and name its scales."""
    table = _Lecteur(*parse(data, file))
    return table.norms(instrument)


class _Lecteur(Table):
    def norms(self, instrument: Instrument | None) -> Etalonnage:
        self.known(self.raw, _CLES, "")
        said = {key: self.text(self.raw, key, "") for key in _TEXTES}
        size = self.raw.get("effectif")
        if not isinstance(size, int) or isinstance(size, bool) or size < 2:
            raise self.refuse("effectif", "dites combien de personnes ont répondu")
        if instrument is not None and (said["instrument"], said["version"]) != (
            instrument.code,
            instrument.version,
        ):
            raise self.refuse(
                "instrument",
                f"cette table n’est pas celle de « {instrument.code} », version {instrument.version}",
            )
        scales = tuple(self.scale(i, row) for i, row in enumerate(self.tables(self.raw, "echelles", ""), 1))
        if not scales:
            raise self.refuse("echelles", "il faut au moins une échelle")
        if instrument is not None:
            known = {scale.code for scale in instrument.echelles}
            for i, norme in enumerate(scales, 1):
                if norme.code not in known:
                    raise self.refuse(
                        f"echelles[{i}].code", f"« {norme.code} » n’est pas une échelle de ce questionnaire"
                    )
        return Etalonnage(**said, effectif=size, normes=scales)

    def scale(self, i: int, raw: dict[str, Any]) -> Norme:
        where = f"echelles[{i}]"
        self.known(raw, _ECHELLE, where)
        mean, deviation = self.number(raw, "moyenne", where), self.number(raw, "ecart_type", where)
        if (mean is None) != (deviation is None) or (deviation is not None and deviation <= 0):
            raise self.refuse(where, "la moyenne et l’écart-type (positif) vont ensemble")
        reliability = self.number(raw, "fidelite", where)
        if reliability is not None and not 0 <= reliability <= 1:
            raise self.refuse(f"{where}.fidelite", "un nombre entre 0 et 1 est attendu")
        ranks = self.ranks(raw, where)
        if mean is None and not ranks:
            raise self.refuse(where, "donnez une moyenne et un écart-type, ou des rangs")
        return Norme(self.code(raw, where), mean, deviation, ranks, reliability)

    def number(self, raw: dict[str, Any], key: str, where: str) -> float | None:
        value = raw.get(key)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.refuse(f"{where}.{key}", "un nombre est attendu")
        return float(value)

    def ranks(self, raw: dict[str, Any], where: str) -> tuple[tuple[float, float], ...]:
        said = raw.get("rangs", [])
        pairs = []
        for pair in said if isinstance(said, list) else [None]:
            if (
                not isinstance(pair, list)
                or len(pair) != 2
                or not all(isinstance(v, int | float) for v in pair)
            ):
                raise self.refuse(f"{where}.rangs", "chaque rang est un couple [note, rang percentile]")
            pairs.append((float(pair[0]), float(pair[1])))
        notes, shares = [n for n, _ in pairs], [r for _, r in pairs]
        if sorted(set(notes)) != notes or sorted(shares) != shares or not all(0 <= r <= 100 for r in shares):
            raise self.refuse(f"{where}.rangs", "les notes et les rangs montent, de 0 à 100")
        return tuple(pairs)
