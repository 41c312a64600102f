"""A séance as the rules see it: phase, nature, times, who signed. Its signature covers these facts and nothing else."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from jalon.domain.parcours import Heures, Labelled, Nature, Phase


class Modalite(Labelled):
    PRESENTIEL = "presentiel", "En présence"
    VISIO = "visio", "En visio"
    TELEPHONE = "telephone", "Par téléphone"


class EtatSeance(Labelled):
    PREVUE = "prevue", "Prévue"
    TENUE = "tenue", "Tenue"
    ANNULEE = "annulee", "Annulée"
    ABSENCE = "absence", "Absence"


@dataclass(frozen=True)
class SeanceFacts:
    id: str
    phase: Phase
    nature: Nature
    modalite: Modalite
    etat: EtatSeance
    debut: datetime
    fin: datetime
    debut_reel: datetime | None = None
    fin_reelle: datetime | None = None
    lieu: str = ""
    collectif: bool = False
    signee_beneficiaire: bool = False
    signee_consultant: bool = False

    @property
    def minutes(self) -> int:
        """Really spent if held, planned otherwise. Elapsed time, so the change of hour is counted right."""
        start, end = (
            (self.debut_reel, self.fin_reelle)
            if self.debut_reel and self.fin_reelle
            else (self.debut, self.fin)
        )
        return round((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 60)

    @property
    def signee(self) -> bool:
        """Held and signed: by both, or by the person alone for personal work."""
        held = self.etat == EtatSeance.TENUE and self.signee_beneficiaire
        return held and (self.signee_consultant or self.nature == Nature.TRAVAIL_PERSONNEL)


def fingerprint(seance: SeanceFacts, qualite: str, signe_le: datetime) -> str:
    """Sha256 of what one person signs: any later change of the facts shows."""
    facts = [
        seance.id,
        seance.phase,
        seance.nature,
        seance.modalite,
        seance.lieu,
        _utc(seance.debut_reel or seance.debut),
        _utc(seance.fin_reelle or seance.fin),
        qualite,
        _utc(signe_le),
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def planned_hours(seances: list[SeanceFacts]) -> Heures:
    """Everything planned or held, cancelled and missed ones aside."""
    return _sum([s for s in seances if s.etat in (EtatSeance.PREVUE, EtatSeance.TENUE)])


def done_hours(seances: list[SeanceFacts]) -> Heures:
    """Held and signed: the only minutes that can be certified or invoiced."""
    return _sum([s for s in seances if s.signee])


def _sum(seances: list[SeanceFacts]) -> Heures:
    totals = dict.fromkeys(Nature, 0)
    for seance in seances:
        totals[seance.nature] += seance.minutes
    return Heures(totals[Nature.ACCOMPAGNEMENT], totals[Nature.TRAVAIL_PERSONNEL], totals[Nature.SUIVI])
