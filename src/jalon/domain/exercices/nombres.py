"""Reasoning with numbers as work brings them: ten levels, from one addition to shared rates of work. No calculator is needed."""

from collections.abc import Callable

from jalon.domain.exercices.exercice import Exercice, ecrire, poser_nombre
from jalon.domain.exercices.tirage import Tirage

_E = "€"


def _addition(t: Tirage) -> Exercice:
    a, b = t.entier(4, 9), t.entier(3, 9)
    return poser_nombre(
        t,
        f"Une caisse contient {a} dossiers. On en ajoute {b}. Combien y en a-t-il maintenant\u00a0?",
        a + b,
        (a + b + 1, a + b - 1, a * b),
        f"{a} + {b} = {a + b}.",
    )


def _soustraction(t: Tirage) -> Exercice:
    a, b = t.entier(52, 95), t.entier(16, 38)
    return poser_nombre(
        t,
        f"Un stock compte {a} cartons. {b} sont livrés ce matin. Combien en reste-t-il\u00a0?",
        a - b,
        (a - b + 10, a - b - 10, a + b),
        f"{a} − {b} = {a - b}.",
    )


def _multiplication(t: Tirage) -> Exercice:
    a, b = t.entier(6, 9), t.entier(12, 19)
    return poser_nombre(
        t,
        f"Une boîte coûte {ecrire(b, _E)}. Combien coûtent {a} boîtes\u00a0?",
        a * b,
        (a * b + 10, a * b - a, a + b),
        f"{a} × {b} = {a * b}.",
        _E,
    )


def _monnaie(t: Tirage) -> Exercice:
    a, b, n = t.entier(3, 7), t.entier(8, 14), t.entier(2, 4)
    paid = 100
    total = n * a + b
    return poser_nombre(
        t,
        f"On achète {n} lots à {ecrire(a, _E)} et un outil à {ecrire(b, _E)}, et l’on paie avec un billet de {ecrire(paid, _E)}. "
        "Combien rend-on\u00a0?",
        paid - total,
        (paid - a - b, total, paid - n * (a + b), paid - total + 10),
        f"{n} × {a} + {b} = {total}, puis {paid} − {total} = {paid - total}.",
        _E,
    )


def _proportion(t: Tirage) -> Exercice:
    hours, rate, more = t.entier(2, 4), t.entier(6, 12), t.entier(5, 9)
    done = hours * rate
    return poser_nombre(
        t,
        f"En {hours}\u00a0heures, une équipe pose {ecrire(done, 'm')} de clôture. Au même rythme, combien en pose-t-elle en "
        f"{more}\u00a0heures\u00a0?",
        rate * more,
        (done + more, done * more, rate * (more - 1), done + more - hours),
        f"{done} ÷ {hours} = {rate} mètres par heure, puis {rate} × {more} = {rate * more}.",
        "m",
    )


def _remise(t: Tirage) -> Exercice:
    rate, price = t.un((15, 25, 35)), 20 * t.entier(6, 15)
    off = price * rate // 100
    return poser_nombre(
        t,
        f"Un article à {ecrire(price, _E)} est vendu avec une remise de {rate}\u00a0%. Combien paie-t-on\u00a0?",
        price - off,
        (price - rate, off, price - off + 10, price + off),
        f"{rate}\u00a0% de {price} font {off}, puis {price} − {off} = {price - off}.",
        _E,
    )


def _moyenne(t: Tirage) -> Exercice:
    mean = t.entier(22, 38)
    first = [mean + t.entier(-9, 9) for _ in range(3)]
    last = 4 * mean - sum(first)
    told = ", ".join(str(value) for value in first)
    return poser_nombre(
        t,
        f"Un service a reçu {told} appels les trois premiers jours. Combien doit-il en recevoir le quatrième jour pour que la "
        f"moyenne des quatre jours soit de {mean}\u00a0?",
        last,
        (mean, sum(first) // 3, last + 4, 4 * mean - first[0] - first[1]),
        f"4 × {mean} = {4 * mean}, moins {sum(first)} déjà reçus, fait {last}.",
    )


def _inverse(t: Tirage) -> Exercice:
    people, days, fewer = t.un(
        (
            (6, 8, 4),
            (9, 8, 6),
            (8, 9, 6),
            (10, 6, 4),
            (6, 10, 5),
            (12, 5, 10),
            (8, 6, 12),
            (9, 4, 12),
            (4, 9, 12),
            (12, 6, 8),
            (15, 4, 10),
            (14, 6, 12),
        )
    )
    work = people * days
    return poser_nombre(
        t,
        f"{people} personnes font un inventaire en {days}\u00a0jours. Au même rythme, en combien de jours {fewer} personnes le "
        f"feraient-elles\u00a0?",
        work // fewer,
        (days * fewer // people, days + people - fewer, days, work // people + 1),
        f"{people} × {days} = {work} journées de travail, puis {work} ÷ {fewer} = {work // fewer}.",
        "jours",
    )


def _successifs(t: Tirage) -> Exercice:
    price, up, down = 100 * t.entier(2, 9), t.un((10, 20, 50)), t.un((10, 20, 40))
    top = price * (100 + up) // 100
    end = top * (100 - down) // 100
    return poser_nombre(
        t,
        f"Un tarif de {ecrire(price, _E)} augmente de {up}\u00a0%, puis le nouveau tarif baisse de {down}\u00a0%. "
        "Quel est le tarif final\u00a0?",
        end,
        (price * (100 + up - down) // 100, price, top, end + price // 10, top - down),
        f"{price} augmenté de {up}\u00a0% fait {top}\u00a0; {top} diminué de {down}\u00a0% fait {end}.",
        _E,
    )


def _rythmes(t: Tirage) -> Exercice:
    a, b, together = t.un(
        (
            (3, 6, 2),
            (4, 12, 3),
            (6, 12, 4),
            (6, 30, 5),
            (10, 15, 6),
            (8, 24, 6),
            (12, 24, 8),
            (15, 30, 10),
            (20, 30, 12),
            (12, 36, 9),
            (9, 18, 6),
            (30, 60, 20),
            (21, 28, 12),
        )
    )
    return poser_nombre(
        t,
        f"Une machine fait seule une commande en {a}\u00a0heures, une autre la fait seule en {b}\u00a0heures. En combien d’heures "
        "la font-elles ensemble\u00a0?",
        together,
        ((a + b) // 2, b - a, a + b, together + 1, a - 1),
        f"En une heure elles font 1/{a} + 1/{b} = 1/{together} de la commande, donc {together} heures.",
        "heures",
    )


NIVEAUX: tuple[Callable[[Tirage], Exercice], ...] = (
    *(_addition, _soustraction, _multiplication, _monnaie, _proportion),
    *(_remise, _moyenne, _inverse, _successifs, _rythmes),
)
