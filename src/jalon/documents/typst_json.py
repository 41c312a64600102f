"""The data of a document as the JSON that its template reads.

User text enters Typst as data, never as source: it is JSON text here and a string there, so `#panic()` prints
as it was typed. Dates and instants arrive already written in French, in the bilan's own time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jalon.documents import francais
from jalon.documents.donnees import Donnees
from jalon.documents.texte_sur import safe_text, tie_punctuation
from jalon.domain.parcours import Labelled


def as_json(valeur: Any, fuseau: ZoneInfo) -> Any:
    """A value of a data class, ready for `json.dumps`."""
    if isinstance(valeur, Labelled):
        return {"code": valeur.value, "libelle": valeur.label}
    if isinstance(valeur, str):
        return tie_punctuation(safe_text(valeur))
    if isinstance(valeur, bytes):  # a drawing of ours (the logo as SVG): nobody's words
        return valeur.decode("ascii")
    if isinstance(valeur, datetime):
        return _instant(valeur.astimezone(fuseau))
    if isinstance(valeur, date):
        return _jour(valeur)
    if isinstance(valeur, Donnees):
        classe: Any = valeur
        champs = {f.name: getattr(valeur, f.name) for f in fields(classe)} | dict(valeur.derived())
        return {nom: as_json(v, fuseau) for nom, v in champs.items()}
    if isinstance(valeur, Mapping):
        return {nom: as_json(v, fuseau) for nom, v in valeur.items()}
    if isinstance(valeur, (tuple, list)):
        return [as_json(v, fuseau) for v in valeur]
    return valeur


def _jour(jour: date) -> dict[str, str]:
    return {
        "date": francais.date_longue(jour),
        "jour": francais.jour_complet(jour),
        "court": f"{jour.day:02}/{jour.month:02}/{jour.year}",
    }


def _instant(instant: datetime) -> dict[str, str]:
    return _jour(instant.date()) | {
        "heure": francais.heure(instant),
        "instant": francais.instant_complet(instant),
        "demi_journee": francais.demi_journee(instant),
    }
