"""Writes `couverture.json`: the characters that each family can draw, as ranges.

    python tests/documents/couverture.py

To be run when a font file changes (a test compares). Needs fontTools, a development dependency: the product
itself reads only the JSON file.
"""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[2] / "src" / "jalon" / "documents" / "fonts"


def couverture() -> dict[str, list[list[int]]]:
    """For each family, what *all* its files hold: a bold name must not lose a letter that the regular has."""
    familles: dict[str, set[int]] = {}
    for fichier in sorted(FONTS.glob("*.ttf")):
        with TTFont(fichier, lazy=True) as police:
            famille = police["name"].getBestFamilyName()
            points = set(police.getBestCmap())
        familles[famille] = familles.get(famille, points) & points
    return {famille: _ranges(sorted(points)) for famille, points in sorted(familles.items())}


def _ranges(points: list[int]) -> list[list[int]]:
    plages: list[list[int]] = []
    for point in points:
        if plages and plages[-1][1] == point - 1:
            plages[-1][1] = point
        else:
            plages.append([point, point])
    return plages


if __name__ == "__main__":
    (FONTS / "couverture.json").write_text(json.dumps(couverture(), separators=(",", ":")) + "\n")
