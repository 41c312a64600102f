"""On which line of a TOML file each place stands, so that a refusal can be found with a finger.

Not a parser: `tomllib` has already read the file. Places are written `parties[2].questions[3].lien`, counted from one.
"""

import re
from collections.abc import Iterator

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\-\"']+)\s*=\s*(.*)$")


def lines_of(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = ""
    for number, kind, name in _marks(text):
        if kind == "key":
            found.setdefault(f"{prefix}.{name}" if prefix else name, number)
            continue
        parts: list[str] = []
        names = name.split(".")
        for rank, part in enumerate(names):
            parts.append(part)
            base = ".".join(parts)
            if kind == "[[" and rank == len(names) - 1:
                counts[base] = counts.get(base, 0) + 1
            if base in counts:
                parts[-1] = f"{part}[{counts[base]}]"
        prefix = ".".join(parts)
        found.setdefault(prefix, number)
    return found


def _marks(text: str) -> Iterator[tuple[int, str, str]]:
    """Headers and keys with their line; what lies inside a long text or a list of several lines is passed over."""
    closing = ""
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            if closing in line:
                closing = ""
            continue
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            yield number, header[1], header[2].strip()
        elif key:
            yield number, "key", key[1].strip("\"'")
            closing = _left_open(key[2])


def _left_open(value: str) -> str:
    for mark in ('"""', "'''"):
        if value.startswith(mark):
            return mark if mark not in value[3:] else ""
    bare = re.sub(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*$', "", value)
    return "]" if bare.count("[") > bare.count("]") else ""


def line_of(lines: dict[str, int], where: str) -> int | None:
    """The line of a place, or of the nearest table that holds it."""
    place = where
    while place:
        if place in lines:
            return lines[place]
        if place.endswith("]") and "[" in place and place[: place.rindex("[")] in lines:
            return lines[place[: place.rindex("[")]]
        place = place.rpartition(".")[0]
    return None
