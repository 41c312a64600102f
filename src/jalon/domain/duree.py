"""The hours of a bilan: at most twenty-four (L. 6313-4), each phase accompanied (R. 6313-4), and what the CPF may pay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from jalon.domain.obstacle import Obstacle, Severity
from jalon.domain.parcours import LEGAL_PHASES, Heures, Nature, Phase
from jalon.law import Law

CPF_PAYS_ACCOMPANIMENT = "accompagnement"


class SeanceImpossible(ValueError):
    """A séance that cannot have been: `index` says which one, `field` what is wrong with it."""

    def __init__(self, sentence: str, field: str, index: int | None = None) -> None:
        self.sentence = sentence
        self.field = field
        self.index = index
        super().__init__(sentence)


@dataclass(frozen=True)
class Temps:
    """One moment, planned or held. `hors_contrat`: the contract does not present it as part of the bilan."""

    phase: Phase
    nature: Nature
    minutes: int
    collectif: bool = False
    hors_contrat: bool = False
    debut: datetime | None = None

    def __post_init__(self) -> None:
        if self.minutes < 0:
            raise SeanceImpossible("une durée ne peut pas être négative", "minutes")
        if (self.nature == Nature.SUIVI) != (self.phase == Phase.SUIVI):
            raise SeanceImpossible(
                "la nature « suivi » va avec la phase « suivi », et avec elle seule", "nature"
            )

    @property
    def accompanied(self) -> bool:
        return self.nature == Nature.ACCOMPAGNEMENT and self.minutes > 0 and not self.hors_contrat


def between(debut: datetime, fin: datetime) -> int:
    """Minutes really elapsed, so that the nights of the change of hour are counted right."""
    seconds = (fin.astimezone(UTC) - debut.astimezone(UTC)).total_seconds()
    if seconds < 0:
        raise SeanceImpossible("la fin précède le début", "fin")
    if seconds % 60:
        raise SeanceImpossible("la durée n'est pas un nombre entier de minutes", "fin")
    return int(seconds) // 60


def refuse_overlaps(spans: Iterable[tuple[int, datetime, datetime]]) -> None:
    """One person is in one place: two séances that share a minute are a mistake. Touching ones are fine."""
    latest: datetime | None = None
    in_utc = ((debut.astimezone(UTC), fin.astimezone(UTC), index) for index, debut, fin in spans)
    for debut, fin, index in sorted(span for span in in_utc if span[0] < span[1]):
        if latest is not None and debut < latest:
            raise SeanceImpossible("cette séance en chevauche une autre", "debut", index)
        latest = fin


@dataclass(frozen=True)
class Duree:
    """The three counters, what the CPF may pay (None before the rule), and what stands in the way."""

    heures: Heures
    cpf_minutes: int | None
    obstacles: tuple[Obstacle, ...]
    alertes: tuple[Obstacle, ...]


def measure(temps: Sequence[Temps], law: Law) -> Duree:
    """Everything the law says about these moments, on the day of `law`."""
    heures = _sum(temps)
    rules = (
        over_the_maximum(heures, law),
        empty_phases(temps),
        over_the_maximum_with_suivi(heures, law),
        collective_conclusions(temps),
        under_the_minimum(heures, law),
    )
    found = [rule for rule in rules if rule is not None]
    counted = law.cpf.heures_financables.value == CPF_PAYS_ACCOMPANIMENT
    return Duree(
        heures=heures,
        cpf_minutes=heures.accompagnement if counted else None,
        obstacles=tuple(o for o in found if o.refuses),
        alertes=tuple(o for o in found if not o.refuses),
    )


def _sum(temps: Sequence[Temps]) -> Heures:
    totals = dict.fromkeys(Nature, 0)
    for one in temps:
        if not one.hors_contrat:
            totals[one.nature] += one.minutes
    return Heures(totals[Nature.ACCOMPAGNEMENT], totals[Nature.TRAVAIL_PERSONNEL], totals[Nature.SUIVI])


def over_the_maximum(heures: Heures, law: Law) -> Obstacle | None:
    limit = law.bilan_competences.duree_max_heures
    if heures.total <= limit.value * 60:
        return None
    return Obstacle(f"Le bilan dépasse {limit.value} heures.", limit.source, code="plus_de_24h")


def empty_phases(temps: Sequence[Temps]) -> Obstacle | None:
    missing = [
        phase.label.lower()
        for phase in LEGAL_PHASES
        if not any(t.accompanied for t in temps if t.phase == phase)
    ]
    if not missing:
        return None
    sentence = f"Aucun accompagnement n’est prévu : {', '.join(missing)}."
    return Obstacle(sentence, "Code du travail, art. R. 6313-4", code="phase_vide")


def over_the_maximum_with_suivi(heures: Heures, law: Law) -> Obstacle | None:
    """Whether the follow-up counts is not settled (droit.md 4.4): a warning, never a refusal."""
    limit = law.bilan_competences.duree_max_heures
    if heures.total + heures.suivi <= limit.value * 60:
        return None
    sentence = f"Avec le suivi, le total dépasse {limit.value} heures."
    return Obstacle(sentence, limit.source, Severity.WARN, code="suivi_au_dela_de_24h")


def collective_conclusions(temps: Sequence[Temps]) -> Obstacle | None:
    if any(t.accompanied and not t.collectif for t in temps if t.phase == Phase.CONCLUSIONS):
        return None
    return Obstacle(
        "Les conclusions ne comptent aucun entretien individuel : elles passent par des entretiens personnalisés.",
        "Code du travail, art. R. 6313-4, 3°",
        Severity.WARN,
        code="conclusions_collectives",
    )


def under_the_minimum(heures: Heures, law: Law) -> Obstacle | None:
    """A refusal once the law has a minimum; until then a warning under the one of the draft decree."""
    minimum = law.bilan_competences.duree_min_accompagnement_heures
    if minimum.value is not None:
        if heures.accompagnement >= minimum.value * 60:
            return None
        sentence = f"Le bilan compte moins de {minimum.value} heures d’accompagnement."
        return Obstacle(sentence, minimum.source, code="moins_de_13h")
    if minimum.projet is None or heures.accompagnement >= minimum.projet.value * 60:
        return None
    sentence = f"Le bilan compte moins de {minimum.projet.value} heures d’accompagnement, seuil d’un projet de décret."
    return Obstacle(sentence, minimum.projet.statut, Severity.WARN, code="moins_de_13h")
