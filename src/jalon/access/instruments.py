"""The doors of instruments: what is shipped and what the cabinet deposited, seen as one bank; and its norm tables."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.http import Http404

from jalon.access import Action, can
from jalon.access.pieces import open_for_action
from jalon.domain.questionnaire import code_of
from jalon.instruments import Etalonnage, Instrument, bank, file_of, get, order_of, read_bytes, read_norms
from jalon.records.models import Bilan, InstrumentPropre, Organisme, Personne, Piece, TableEtalonnage


@lru_cache(maxsize=256)
def _read(empreinte: str, contenu: str) -> Instrument:
    return read_bytes(contenu.encode(), empreinte)


def read_own(row: InstrumentPropre) -> Instrument:
    return _read(row.empreinte, row.contenu)


def bank_of(organisme: Organisme) -> dict[str, Instrument]:
    """What can be proposed today, by code: the newest version of each. Those asked to other people are not here."""
    found = {code: versions[-1] for code, versions in bank().items()}
    for row in InstrumentPropre.objects.filter(organisme=organisme, retire_le=None):
        own = read_own(row)
        known = found.get(own.code)
        if known is None or order_of(own.version) > order_of(known.version):
            found[own.code] = own
    return {code: instrument for code, instrument in found.items() if instrument.pour == "personne"}


def instrument_of(organisme_id: Any, code: str, version: str | None = None) -> Instrument | None:
    """The version that was asked, withdrawn or not; without version the newest that is still proposed."""
    shipped = get(code, version)
    if shipped is not None:
        return shipped
    rows = InstrumentPropre.objects.filter(organisme=organisme_id, code=code)
    if version is not None:
        row = rows.filter(version=version).first()
        return read_own(row) if row else None
    own = [read_own(row) for row in rows.filter(retire_le=None)]
    return max(own, key=lambda instrument: order_of(instrument.version), default=None)


def instruments_of(organisme_id: Any, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Instrument]:
    """Several versions at once: one query at most, whatever their number."""
    found: dict[tuple[str, str], Instrument] = {}
    missing = set()
    for code, version in wanted:
        shipped = get(code, version)
        if shipped is not None:
            found[code, version] = shipped
        else:
            missing.add(code)
    if missing:
        for row in InstrumentPropre.objects.filter(organisme=organisme_id, code__in=missing):
            found[row.code, row.version] = read_own(row)
    return found


def proposed_instrument(bilan: Bilan, reference: str) -> Instrument | None:
    """Of a sheet that was proposed: the version that it keeps. Tells nothing of what was answered."""
    piece = Piece.objects.filter(bilan=bilan, nature="reponses", reference=reference).first()
    if piece is None:
        return None
    return instrument_of(bilan.organisme_id, code_of(reference), open_for_action(piece).version_instrument)


def norms_of(organisme_id: Any, instrument: Instrument) -> Etalonnage | None:
    """The last table deposited for this very version."""
    row = (
        TableEtalonnage.objects.filter(
            organisme=organisme_id, code=instrument.code, version=instrument.version, retire_le=None
        )
        .order_by("-depose_le", "-id")
        .first()
    )
    return read_norms(row.contenu.encode(), row.nom, instrument) if row else None


def list_own(organisme: Organisme) -> list[InstrumentPropre]:
    return list(
        InstrumentPropre.objects.filter(organisme=organisme).order_by("retire_le", "code", "-depose_le")
    )


def list_norms(organisme: Organisme) -> list[TableEtalonnage]:
    return list(
        TableEtalonnage.objects.filter(organisme=organisme).order_by(
            "retire_le", "code", "version", "-depose_le"
        )
    )


def get_own(action: Action, personne: Personne, instrument_id: Any) -> InstrumentPropre:
    row = InstrumentPropre.objects.select_related("organisme").filter(pk=instrument_id).first()
    if row is None or not can(action, personne, row.organisme):
        raise Http404
    return row


def get_norms(action: Action, personne: Personne, table_id: Any) -> TableEtalonnage:
    row = TableEtalonnage.objects.select_related("organisme").filter(pk=table_id).first()
    if row is None or not can(action, personne, row.organisme):
        raise Http404
    return row


def instrument_file(organisme: Organisme, code: str, version: str) -> bytes | None:
    """The file of one version, as it came."""
    shipped = file_of(code, version)
    if shipped is not None:
        return shipped
    row = InstrumentPropre.objects.filter(organisme=organisme, code=code, version=version).first()
    return row.contenu.encode() if row else None
