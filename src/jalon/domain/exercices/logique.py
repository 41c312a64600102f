"""Find the rule of a series: ten levels, from a regular step to two rules that alternate. In words and figures, so that it can be heard."""

from collections.abc import Callable, Sequence

from jalon.domain.exercices.exercice import Exercice, poser, poser_nombre
from jalon.domain.exercices.tirage import Tirage

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _next(t: Tirage, series: Sequence[int], wrong: Sequence[int], why: str) -> Exercice:
    *shown, last = series
    told = ", ".join(str(value) for value in shown)
    return poser_nombre(t, f"Quel nombre continue la suite\u00a0: {told}\u00a0?", last, wrong, why)


def _pas(t: Tirage) -> Exercice:
    start, step = t.entier(1, 9), t.un((2, 3, 5, 10))
    s = [start + i * step for i in range(6)]
    return _next(t, s, (s[-1] + step, s[-1] + 1, s[-2] + 1), f"On ajoute {step} à chaque fois.")


def _recul(t: Tirage) -> Exercice:
    start, step = t.entier(60, 90), t.un((4, 6, 7, 8))
    s = [start - i * step for i in range(6)]
    return _next(t, s, (s[-1] - 1, s[-1] + 2, s[-2] - 1), f"On retire {step} à chaque fois.")


def _double(t: Tirage) -> Exercice:
    start, factor = t.entier(2, 9), t.un((2, 3))
    s = [start * factor**i for i in range(5)]
    return _next(
        t,
        s,
        (s[-2] + start, s[-1] - factor, s[-2] * 2 + 1, s[-1] + start),
        f"On multiplie par {factor} à chaque fois.",
    )


def _alternance(t: Tirage) -> Exercice:
    a, b, value = t.entier(4, 9), t.entier(1, 3), t.entier(3, 15)
    s = [value]
    for i in range(7):
        s.append(s[-1] + (a if i % 2 == 0 else -b))
    return _next(
        t,
        s,
        (s[-2] - b, s[-2] + a + b, s[-1] + b, s[-2] + b),
        f"On ajoute {a}, puis on retire {b}, et ainsi de suite.",
    )


def _lettres(t: Tirage) -> Exercice:
    step, start = t.un((3, 4)), t.entier(0, 5)
    places = [start + i * step for i in range(6)]
    told = ", ".join(_ALPHABET[p] for p in places[:-1])
    last = places[-1]
    return poser(
        t,
        f"Quelle lettre continue la suite\u00a0: {told}\u00a0?",
        _ALPHABET[last],
        [_ALPHABET[(last + d) % 26] for d in (1, -1, 2)],
        f"On avance de {step} lettres dans l’alphabet à chaque fois.",
    )


def _entrelacees(t: Tirage) -> Exercice:
    a, b, up, down = t.entier(2, 9), t.entier(40, 60), t.entier(2, 5), t.entier(3, 6)
    s = [a + (i // 2) * up if i % 2 == 0 else b - (i // 2) * down for i in range(8)]
    return _next(
        t, s, (s[-2] + up, s[-3] - 1, s[-1] + 1, s[-3] + down),
        f"Deux suites alternent\u00a0: l’une avance de {up}, l’autre recule de {down}.",
    )  # fmt: skip


def _ecarts(t: Tirage) -> Exercice:
    start, first, more = t.entier(1, 8), t.entier(1, 4), t.entier(2, 3)
    s = [start]
    for i in range(6):
        s.append(s[-1] + first + i * more)
    gap = s[-2] - s[-3]
    return _next(
        t,
        s,
        (s[-2] + gap, s[-1] + more, s[-1] - 1),
        f"L’écart grandit de {more} à chaque fois\u00a0: il est ici de {gap + more}.",
    )


def _somme(t: Tirage) -> Exercice:
    s = [t.entier(1, 4), t.entier(3, 7)]
    while len(s) < 7:
        s.append(s[-1] + s[-2])
    return _next(
        t,
        s,
        (s[-2] + s[-2] - s[-3], s[-2] * 2, s[-1] + 1),
        "Chaque nombre est la somme des deux qui le précèdent.",
    )


def _affine(t: Tirage) -> Exercice:
    factor, add, value = t.un((2, 3)), t.un((-1, 1, 2, 3)), t.entier(2, 4)
    s = [value]
    for _ in range(5):
        s.append(s[-1] * factor + add)
    move = f"ajoute {add}" if add > 0 else f"retire {-add}"
    return _next(
        t,
        s,
        (s[-2] * factor, s[-2] * factor - add, s[-1] + factor, s[-2] + s[-3]),
        f"On multiplie par {factor}, puis on {move}.",
    )


def _deux_regles(t: Tirage) -> Exercice:
    a, b, add = t.entier(1, 3), t.entier(2, 6), t.entier(2, 4)
    s: list[int] = []
    for i in range(5):
        s += [a * 2**i, b + i * (i + 1) // 2 * add]
    last, before = s[-1], s[-3]
    gap = before - s[-5]
    return _next(
        t, s, (before + gap, s[-2] * 2, last + 1, before + add),
        f"Deux suites alternent\u00a0: l’une double, l’autre ajoute {add}, puis {2 * add}, puis {3 * add}, puis {4 * add}.",
    )  # fmt: skip


NIVEAUX: tuple[Callable[[Tirage], Exercice], ...] = (
    *(_pas, _recul, _double, _alternance, _lettres),
    *(_entrelacees, _ecarts, _somme, _affine, _deux_regles),
)
