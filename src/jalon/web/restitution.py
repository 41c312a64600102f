"""What a result says, in words: what stands out and what cannot be told apart; which side; how far. Never more than its error allows."""

from dataclasses import dataclass
from typing import Any

from jalon.domain.fidelite import reliable_change
from jalon.domain.probabilites import normal_quantile
from jalon.domain.profil import CONFIANCE, Mesure, Pole, levels, pole
from jalon.domain.questionnaire import moment_of
from jalon.instruments import Epreuve, Instrument, Lecture

MOMENTS = {"fin": "à la fin", "six_mois": "six mois après"}


def titre_de(instrument: Instrument, reference: str) -> str:
    """«Mon point de départ, à la fin»: a repeated sheet says which one it is."""
    moment = MOMENTS.get(moment_of(reference), "")
    return f"{instrument.titre}, {moment}" if moment else instrument.titre


@dataclass(frozen=True)
class Ressort:
    """Scales that stand together, and what they say."""

    titre: str
    echelles: tuple[tuple[str, str], ...]


def drawn(echelles: Any) -> list[Any]:
    return [e for e in echelles if e.moyenne is not None]


def niveaux_de(echelles: Any) -> list[list[Any]]:
    """Highest first; in one list what the error does not part."""
    found = {e.code: e for e in drawn(echelles)}
    measures = [Mesure(e.code, e.moyenne, e.erreur_mesure) for e in found.values()]
    ratio = next(
        (e.demi_bande / e.erreur_mesure for e in found.values() if e.erreur_mesure and e.demi_bande), None
    )
    quantile = ratio or normal_quantile((1 + CONFIANCE) / 2)
    return [[found[code] for code in level.codes] for level in levels(measures, quantile)]


def ressorts(instrument: Instrument, echelles: Any) -> list[Ressort]:
    if instrument.lecture == Lecture.POLES:
        return _by_side(instrument, echelles)
    if instrument.lecture == Lecture.NIVEAU and instrument.epreuve is not None:
        return _by_level(instrument.epreuve, drawn(echelles))
    return _by_order(niveaux_de(echelles))


def _by_order(found: list[list[Any]]) -> list[Ressort]:
    if not found:
        return []
    if len(found) == 1 and len(found[0]) > 1:
        return [Ressort("Rien ne se détache nettement, et c’est un résultat aussi", _said(found[0]))]
    titles = ["Ce qui ressort le plus", *["Ensuite"] * (len(found) - 2), "Ce qui vient en dernier"]
    return [Ressort(title, _said(level)) for title, level in zip(titles, found, strict=False)]


def _said(level: list[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((e.nom, e.lecture) for e in level)


def _by_side(instrument: Instrument, echelles: Any) -> list[Ressort]:
    ends = {scale.code: scale for scale in instrument.echelles}
    sides: dict[Pole, list[tuple[str, str]]] = {side: [] for side in Pole}
    for e in drawn(echelles):
        scale = ends[e.code]
        side = pole(e.moyenne, e.demi_bande, e.minimum, e.maximum)
        words = {
            Pole.HAUT: scale.haut,
            Pole.BAS: scale.bas,
            Pole.ENTRE: f"{scale.bas} Ou bien : {scale.haut}",
        }
        sides[side].append((e.nom, words[side]))
    clear = tuple(sides[Pole.HAUT] + sides[Pole.BAS])
    found = [Ressort("Ce que vos réponses disent nettement", clear)] if clear else []
    if sides[Pole.ENTRE]:
        found.append(
            Ressort("Entre les deux, ou selon les moments : à vous de dire", tuple(sides[Pole.ENTRE]))
        )
    return found


def _by_level(epreuve: Epreuve, echelles: list[Any]) -> list[Ressort]:
    if not echelles:
        return []
    reached = niveau_atteint(epreuve, echelles[0].valeur)
    found = []
    if reached:
        name = epreuve.niveaux[reached - 1].nom
        found.append(
            Ressort("Ce que vous réussissez le plus souvent", ((f"Jusqu’au niveau {reached}", f"{name}."),))
        )
    if reached < len(epreuve.niveaux):
        name = epreuve.niveaux[reached].nom
        found.append(Ressort("Ce qui vient après, et s’apprend", ((f"Le niveau {reached + 1}", f"{name}."),)))
    return found


def niveau_atteint(epreuve: Epreuve, theta: float) -> int:
    """How many levels are solved at least one time in two."""
    return sum(level.difficulte <= theta for level in epreuve.niveaux)


def code_interets(echelles: Any) -> str:
    """«SA-I»: up to three letters of those that stand out, those that cannot be told apart joined; empty when none stands out."""
    found = niveaux_de(echelles)
    if len(found) < 2:
        return ""
    kept: list[str] = []
    letters = 0
    for level in found[:-1]:
        if letters >= 3:
            break
        kept.append("".join(e.code for e in level))
        letters += len(level)
    return "-".join(kept)


@dataclass(frozen=True)
class Chemin:
    """One scale, before and after, and whether the change is more than what the two sheets leave unsure."""

    nom: str
    avant: float
    apres: float
    mot: str


def chemin_de(avant: Any, apres: Any) -> list[Chemin]:
    before = {e.code: e for e in drawn(avant.echelles)}
    limit = normal_quantile((1 + CONFIANCE) / 2)
    found = []
    for e in drawn(apres.echelles):
        first = before.get(e.code)
        if first is None:
            continue
        change = None
        if first.erreur_mesure is not None and e.erreur_mesure is not None:
            change = reliable_change(first.moyenne, e.moyenne, first.erreur_mesure, e.erreur_mesure)
        if change is None or abs(change) <= limit:
            word = "pas de changement que l’on puisse affirmer"
        else:
            word = "en hausse" if change > 0 else "en baisse"
        found.append(Chemin(e.nom, first.moyenne, e.moyenne, word))
    return found


@dataclass(frozen=True)
class Etape:
    """One scale at each moment («—» where it says nothing), and what can be said of the last against the first."""

    nom: str
    valeurs: tuple[float | None, ...]
    mot: str


def parcours_de(moments: list[tuple[Any, Any]]) -> dict[str, Any] | None:
    """Side by side; nothing with a single moment."""
    if len(moments) < 2:
        return None
    words = {chemin.nom: chemin.mot for chemin in chemin_de(moments[0][1], moments[-1][1])}
    means = [{e.nom: e.moyenne for e in drawn(contenu.echelles)} for _, contenu in moments]
    names = list(dict.fromkeys(name for found in means for name in found))
    return {
        "moments": [moment.label for moment, _ in moments],
        "lignes": [
            Etape(name, tuple(found.get(name) for found in means), words.get(name, "rien à comparer"))
            for name in names
        ],
    }
