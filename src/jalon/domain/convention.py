"""The ten days of the employee on the convention: silence is a refusal, and a refusal is no fault (R. 6313-8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from jalon.domain.jours import Calendrier, Territoire, end_of_day, local_day
from jalon.domain.parcours import Labelled
from jalon.law import Law, law_on


class Statut(Labelled):
    EN_COURS = "en_cours", "Délai en cours"
    ACCEPTEE = "acceptee", "Acceptée"
    REFUSEE = "refusee", "Refusée"
    REFUSEE_SILENCE = "refusee_silence", "Refusée par silence"


class EtatConvention(Labelled):
    """Where one project stands. Refused, lapsed or taken back read the same: a refusal is no fault and has no reason."""

    PROJET = "projet", "Projet, à transmettre par l’employeur"
    TRANSMISE = "transmise", "Transmise : délai du salarié en cours"
    ACCEPTEE = "acceptee", "Acceptée par le salarié"
    CONCLUE = "conclue", "Conclue"
    NON_CONCLUE = "non_conclue", "Non conclue"


VIVANTES = (EtatConvention.PROJET, EtatConvention.TRANSMISE, EtatConvention.ACCEPTEE)
SILENCE = {"refus": Statut.REFUSEE_SILENCE, "acceptation": Statut.ACCEPTEE}


@dataclass(frozen=True)
class Periode:
    """From the employer's transmission to the end of the last local day (`fin`, in UTC, is outside)."""

    transmise_le: datetime
    dernier_jour: date
    fin: datetime

    def holds(self, instant: datetime) -> bool:
        return self.transmise_le <= instant < self.fin


@dataclass(frozen=True)
class Delai:
    """The last period and what it became. An act outside every period is late: it changes nothing."""

    periode: Periode
    dernier_jour_non_ouvre: bool
    statut: Statut
    acte_hors_delai: bool
    law: Law


def periods(
    transmissions: Iterable[datetime], *, fuseau: ZoneInfo, territoire: Territoire
) -> tuple[Periode, ...]:
    """Every period that was opened: a transmission during a running one does not move it."""
    found: list[Periode] = []
    for instant in sorted(transmission.astimezone(UTC) for transmission in transmissions):
        if not found or instant >= found[-1].fin:
            found.append(_open(instant, fuseau, territoire))
    return tuple(found)


def _open(instant: datetime, fuseau: ZoneInfo, territoire: Territoire) -> Periode:
    day = local_day(instant, fuseau)
    law = law_on(day)
    rules = law.bilan_competences
    counted = rules.convention_delai_jours.value - (
        1 if rules.convention_jour_transmission_compte.value else 0
    )
    last = day + timedelta(days=counted)
    if rules.convention_prorogation.value:
        last = Calendrier(territoire, law).postponed(last)
    return Periode(instant, last, end_of_day(last, fuseau))


def read_delai(
    transmissions: Iterable[datetime],
    *,
    fuseau: ZoneInfo,
    now: datetime,
    territoire: Territoire = Territoire.METROPOLE,
    signee_le: datetime | None = None,
    refusee_le: datetime | None = None,
) -> Delai:
    """What became of the project that the employer transmitted, at `now`."""
    if signee_le is not None and refusee_le is not None:
        raise ValueError("one project is either signed or refused")
    opened = periods(transmissions, fuseau=fuseau, territoire=territoire)
    if not opened:
        raise ValueError("no transmission, no period")
    last = opened[-1]
    law = law_on(local_day(last.transmise_le, fuseau))
    act = signee_le or refusee_le
    act = act.astimezone(UTC) if act else None
    if act is not None and last.holds(act):
        statut = Statut.ACCEPTEE if signee_le else Statut.REFUSEE
    elif now.astimezone(UTC) < last.fin:
        statut = Statut.EN_COURS
    else:
        statut = SILENCE[law.bilan_competences.convention_silence.value]
    return Delai(
        periode=last,
        dernier_jour_non_ouvre=not Calendrier(territoire, law).is_ouvre(last.dernier_jour),
        statut=statut,
        acte_hors_delai=act is not None and not any(periode.holds(act) for periode in opened),
        law=law,
    )
