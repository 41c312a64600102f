"""Score one sheet and twenty thousand, measure reliability, choose the next exercise, save a page of answers."""

import math
import random
from typing import Any

from bench.banc import fixed_loop_ms, measure, median_ms, setup

PEOPLE, ITEMS, SCALES = 20_000, 50, 5


def run() -> list[dict[str, Any]]:
    home = setup()
    loop = f"boucle {fixed_loop_ms():.1f} ms"
    return [_one_sheet(loop), *_many_sheets(loop), _next_exercise(loop), *_adaptive(), _save(home)]


def _one_sheet(loop: str) -> dict[str, Any]:
    from jalon.domain.cotation import score
    from jalon.instruments import get

    instrument = get("personnalite_50")
    assert instrument is not None
    sheet = {q.code: 1 + place % 5 for place, q in enumerate(instrument.questions)}
    bounds = instrument.bornes()
    keys = [scale.cle for scale in instrument.echelles]
    taken = median_ms(lambda: [score(key, sheet, bounds) for key in keys], runs=200)
    return measure("coter une feuille de 50 questions", taken, "ms", 1, loop)


def _many_sheets(loop: str) -> list[dict[str, Any]]:
    import numpy as np

    from jalon.domain import lot
    from jalon.domain.cotation import EchelleCle
    from jalon.domain.fidelite import reliability

    items = [f"q{i}" for i in range(ITEMS)]
    places = {item: place for place, item in enumerate(items)}
    bounds = dict.fromkeys(items, (1.0, 5.0))
    scales = [
        EchelleCle(str(s), items[s::SCALES], frozenset(items[s :: SCALES * 2]), 8) for s in range(SCALES)
    ]
    rng = np.random.default_rng(20_261_122)
    common = rng.normal(size=(PEOPLE, SCALES))[:, np.arange(ITEMS) % SCALES]
    table = np.clip(np.round(3 + common + rng.normal(size=(PEOPLE, ITEMS))), 1, 5)
    for place in range(0, ITEMS, SCALES * 2):
        for scale in range(SCALES):
            table[:, place + scale] = 6 - table[:, place + scale]
    table[rng.random(table.shape) < 0.002] = np.nan
    scoring = median_ms(lambda: [lot.score_many(s, table, places, bounds) for s in scales], runs=5)

    def assess() -> Any:
        return [reliability(lot.moments_many(lot.straighten(s, table, places, bounds))) for s in scales]

    assert all(found.alpha and found.omega for found in assess())
    size = f"{PEOPLE} × {ITEMS}, {loop}"
    return [
        measure("coter 20 000 feuilles de 50 questions", scoring / 1000, "s", 0.3, size),
        measure("leur fidélité, échelle par échelle", median_ms(assess, runs=5) / 1000, "s", 1, size),
    ]


def _next_exercise(loop: str) -> dict[str, Any]:
    from jalon.instruments import get

    instrument = get("aptitude_logique")
    assert instrument is not None
    assert instrument.epreuve is not None
    test = instrument.epreuve
    answers: dict[str, str] = {}
    for place in range(14):
        code = test.suivante(answers, "banc")
        assert code is not None
        answers[code] = test.cles[code] if place % 2 else "nsp"
    return measure(
        "exercice suivant, après 14 réponses",
        median_ms(lambda: test.suivante(answers, "banc"), runs=100),
        "ms",
        5,
        loop,
    )


def _adaptive() -> list[dict[str, Any]]:
    """Two thousand seeded people: the adaptive order against the fixed form of thirty exercises."""
    from jalon.domain.rasch import estimate, is_enough, next_item, probability
    from jalon.instruments import get

    instrument = get("aptitude_logique")
    assert instrument is not None
    assert instrument.epreuve is not None
    test = instrument.epreuve
    levels = [level.difficulte for level in test.niveaux]
    rng = random.Random(20_261_122)
    errors: dict[str, list[float]] = {"fixe": [], "adaptatif": []}
    asked = []
    for _ in range(2_000):
        theta = rng.gauss(0, test.etendue)
        fixed = [(b, rng.random() < probability(theta, b)) for b in levels for _ in range(3)]
        errors["fixe"].append(estimate(fixed, test.etendue).theta - theta)
        answers: list[tuple[float, bool]] = []
        found = estimate(answers, test.etendue)
        while not is_enough(found, len(answers), test.arret):
            pool = [(str(b), b) for b in levels if sum(b == met for met, _ in answers) < 12]
            chosen = float(next_item(found.theta, pool) or 0)
            answers.append((chosen, rng.random() < probability(theta, chosen)))
            found = estimate(answers, test.etendue)
        errors["adaptatif"].append(found.theta - theta)
        asked.append(len(answers))
    spread = {name: math.sqrt(sum(e * e for e in said) / len(said)) for name, said in errors.items()}
    return [
        measure(
            "erreur de l’ordre adaptatif, pour celle de 30 exercices fixes",
            spread["adaptatif"] / spread["fixe"],
            "×",
            1,
            f"{spread['adaptatif']:.3f} et {spread['fixe']:.3f} logit, 2 000 personnes",
        ),
        measure("exercices posés, en moyenne", sum(asked) / len(asked), "exercices", 15, "30 fixes"),
    ]


def _save(home: Any) -> dict[str, Any]:
    """The autosave of a page of twelve answers, against the reference page, one client, in this process."""
    from django.test import Client
    from django.urls import reverse

    from bench.situation import NOW, populate
    from jalon.actions.questionnaire import propose_questionnaire

    found = populate(20)
    propose_questionnaire(bilan=found.bilan, code="interets_riasec", by=found.consultant, now=NOW)
    person, staff = Client(), Client()
    person.force_login(found.bilan.beneficiaire)
    staff.force_login(found.consultant)
    session = staff.session
    session["second_facteur_pose"] = True
    session.save()
    address = reverse("beneficiaire_questionnaire_garder", args=[found.bilan.pk, "interets_riasec", 1])
    state = {"revision": "1", "turn": 0}

    def save() -> None:
        state["turn"] = int(state["turn"]) + 1
        said = {
            f"q_{letter}{rank}": str(1 + int(state["turn"]) % 5) for letter in "RIASEC" for rank in (1, 2)
        }
        answer = person.post(address, {**said, "revision": state["revision"]})
        assert answer.status_code == 200, answer.content[:500]
        state["revision"] = answer.json()["revision"]

    def refer() -> None:
        assert staff.get("/banc/reference/").status_code == 200

    reference = median_ms(refer, runs=40)
    saving = median_ms(save, runs=40)
    return measure(
        "enregistrer une page de questionnaire",
        saving / reference,
        "× la page de référence",
        2.5,
        f"référence {reference:.1f} ms",
    )
