"""A file of answers: one person a row, an optional first column `id`, one column an item. Read whole, or refused by row and column."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from jalon.instruments.instrument import Instrument

SEPARATEURS = ",;\t|"


class TableauRefuse(ValueError):
    """The sentence says what is wrong, and where."""


@dataclass(frozen=True)
class Tableau:
    ids: tuple[str, ...] | None
    items: tuple[str, ...]
    # None where nothing was answered.
    lignes: list[tuple[float | None, ...]]
    # In the file, of each row above.
    numeros: Sequence[int]


class _Valeurs(dict[str, float | None]):
    """Each different cell is understood once."""

    def __init__(self, missing: frozenset[str]) -> None:
        super().__init__(dict.fromkeys(("", *missing)))
        self.codes = missing

    def __missing__(self, cell: str) -> float | None:
        bare = cell.strip()
        if not bare or bare in self.codes:
            value = None
        else:
            # float() also reads «1_000» and «nan»: neither is an answer.
            if not all(c in "0123456789.-+eE" for c in bare):
                raise ValueError(bare)
            value = float(bare)
            if str(int(value)) in self.codes and value == int(value):
                value = None
        self[cell] = value
        return value


def decode(data: bytes) -> str:
    """UTF-8, or what a spreadsheet of this country writes when it is not."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableauRefuse("Le fichier ne se lit pas comme un texte (UTF-8, Windows ou UTF-16).")


def read_table(data: bytes, instrument: Instrument) -> Tableau:
    text = decode(data)
    if "\0" in text:
        raise TableauRefuse("Le fichier n’est pas un texte\u00a0: enregistrez-le en CSV.")
    head, _, _ = text.partition("\n")
    separator = max(SEPARATEURS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        pick, items, has_id = _columns(header, instrument)
        return _body(rows, header, pick, items, has_id, instrument.manquants)
    except csv.Error as error:
        raise TableauRefuse(f"Ligne {rows.line_num}\u00a0: le fichier n’est pas un CSV lisible.") from error


def _columns(header: list[str], instrument: Instrument) -> tuple[list[int], tuple[str, ...], bool]:
    if not any(header):
        raise TableauRefuse(
            "Le fichier est vide\u00a0: une première ligne avec les noms des colonnes est attendue."
        )
    has_id = header[0].lower() == "id"
    names = header[1:] if has_id else header
    known = {question.code for question in instrument.questions}
    for place, name in enumerate(names, 2 if has_id else 1):
        if not name:
            raise TableauRefuse(f"La colonne {place} n’a pas de nom.")
        if name not in known:
            raise TableauRefuse(f"La colonne « {name} » n’est pas une question de « {instrument.code} ».")
        if names.count(name) > 1:
            raise TableauRefuse(f"La colonne « {name} » est là deux fois.")
    items = tuple(dict.fromkeys(item for scale in instrument.echelles for item in scale.items))
    for item in items:
        if item not in names:
            raise TableauRefuse(f"La colonne « {item} » manque.")
    return [header.index(item) for item in items], items, has_id


def _body(
    rows: Any,
    header: list[str],
    pick: list[int],
    items: tuple[str, ...],
    has_id: bool,
    missing: frozenset[str],
) -> Tableau:
    values = _Valeurs(missing)
    width = len(header)
    chosen = itemgetter(*pick) if len(pick) > 1 else lambda row: (row[pick[0]],)
    ids: list[str] = []
    found: list[tuple[float | None, ...]] = []
    numbers: list[int] = []
    for row in rows:
        if len(row) != width:
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            raise TableauRefuse(
                f"Ligne {rows.line_num}\u00a0: {len(row)} cellules, pour {width} colonnes. Une réponse manquante est une cellule vide."
            )
        try:
            found.append(tuple([values[cell] for cell in chosen(row)]))
        except (ValueError, OverflowError):
            raise _bad_cell(rows.line_num, row, pick, items, missing) from None
        if has_id:
            ids.append(row[0])
        numbers.append(rows.line_num)
    return Tableau(tuple(ids) if has_id else None, items, found, numbers)


def _bad_cell(
    line: int, row: list[str], pick: list[int], items: tuple[str, ...], missing: frozenset[str]
) -> TableauRefuse:
    values = _Valeurs(missing)
    for place, item in zip(pick, items, strict=True):
        try:
            values[row[place]]
        except (ValueError, OverflowError):
            hint = " (le séparateur décimal est le point)" if "," in row[place] else ""
            return TableauRefuse(
                f"Ligne {line}, colonne « {item} »\u00a0: « {row[place][:40]} » n’est pas un nombre{hint}."
            )
    return TableauRefuse(f"Ligne {line}\u00a0: une réponse n’est pas un nombre.")


def refuse_out_of_range(tableau: Tableau, row: int, item: str, low: float, high: float) -> TableauRefuse:
    value = tableau.lignes[row][tableau.items.index(item)]
    return TableauRefuse(
        f"Ligne {tableau.numeros[row]}, colonne « {item} »\u00a0: {value:g} n’est pas entre {low:g} et {high:g}."
    )
