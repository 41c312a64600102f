"""Sheets of answers that never change: the reference values of the tests were computed on exactly these by other software."""

from collections.abc import Iterator


def _digits() -> Iterator[float]:
    """Numbers in [0, 1), from a generator written out here so that no library's version moves them."""
    state = 20_261_122
    while True:
        state = (1_103_515_245 * state + 12_345) % 2**31
        yield (state >> 8) / 2**23


def sheets(people: int = 120, items: int = 8) -> list[list[int]]:
    """Answers from 1 to 5 that hang together: a common part, and a part of each item's own."""
    draw = _digits()
    made = []
    for _ in range(people):
        common = sum(next(draw) for _ in range(4)) - 2
        row = []
        for item in range(items):
            own = sum(next(draw) for _ in range(4)) - 2
            row.append(min(5, max(1, round(3 + 1.3 * common + (0.9 + item / 10) * own + (item - 4) / 8))))
        made.append(row)
    return made


def sheets_with_gaps(people: int = 40, items: int = 8) -> list[list[int | None]]:
    """The same, where every seventh answer in reading order is missing."""
    return [
        [None if (rank * items + place) % 7 == 3 else value for place, value in enumerate(row)]
        for rank, row in enumerate(sheets(people, items))
    ]
