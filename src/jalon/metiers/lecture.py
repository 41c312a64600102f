"""The text of a member: which encoding it really is in, and its CSV rows checked against its header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jalon.metiers.erreurs import ArchiveRefusee

# Control characters are in no French text: in a file that is not UTF-8 they betray cp1252, cp850 or MacRoman.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# A few cp1252 apostrophes and ligatures do sleep in the official UTF-8 files: those are put right.
WINDOWS = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")
WINDOWS_MAX = 200
# «Ã©» is UTF-8 that somebody read as Latin and wrote again.
TWICE = re.compile("Ã[\x80-\xbf©¨ªâ«§´¯»€]|â€™")

csv.field_size_limit(1 << 22)


@dataclass
class Table:
    """The rows of one CSV file, columns by name whatever their order."""

    name: str
    columns: dict[str, int]
    rows: list[list[str]]

    def __len__(self) -> int:
        return len(self.rows)

    def pick(self, *columns: str) -> Iterator[tuple[str, ...]]:
        places = [self.columns[column] for column in columns]
        for row in self.rows:
            yield tuple(row[place] for place in places)


def decode(raw: bytes, name: str) -> tuple[str, str | None]:
    """UTF-8, else ISO-8859-15 and a notice; anything else is refused by name."""
    notice = None
    try:
        text = raw.decode("utf-8-sig")
        stray = len(WINDOWS.findall(text))
        if 0 < stray <= WINDOWS_MAX:
            text = WINDOWS.sub(lambda found: found[0].encode("latin-1").decode("cp1252"), text)
            notice = (
                f"« {name} » contenait {stray} caractère(s) de Windows : apostrophes et ligatures remises."
            )
    except UnicodeDecodeError:
        text = raw.decode("iso-8859-15")
        notice = f"« {name} » n’est pas en UTF-8 : il a été lu en ISO-8859-15."
    bad = CONTROLS.search(text) or TWICE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise ArchiveRefusee(
            f"« {name} » n’est ni en UTF-8 ni en ISO-8859-15 (ligne {line}) : ses accents seraient faux. "
            "Téléchargez l’archive de nouveau, sans l’ouvrir ni l’enregistrer avec un tableur.",
            name,
        )
    return text, notice


def read_table(text: str, name: str, expected: Sequence[str], delimiter: str = ",") -> Table:
    """Every row, or a refusal that names the file and the column or the line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        for column in expected:
            if column not in header:
                raise ArchiveRefusee(
                    f"Dans « {name} », la colonne « {column} » manque : la disposition de l’archive a changé, "
                    "ou le fichier est incomplet. Rien n’a été importé.",
                    f"{name}:{column}",
                )
        rows = []
        for row in reader:
            if len(row) != len(header):
                if not any(row):
                    continue
                raise ArchiveRefusee(
                    f"Dans « {name} », la ligne {reader.line_num} a {len(row)} colonnes au lieu de {len(header)} : "
                    "le fichier est abîmé ou coupé.",
                    name,
                )
            rows.append(row)
    except csv.Error as error:
        raise ArchiveRefusee(
            f"« {name} » est abîmé ou coupé à la ligne {reader.line_num} : il ne se lit pas comme un tableau.",
            name,
        ) from error
    return Table(name, {column: place for place, column in enumerate(header)}, rows)
