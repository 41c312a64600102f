"""A legal clock as people see it: its last day, what silence means, where it is written, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from jalon.domain.jours import Calendrier, end_of_day, local_day, zone
from jalon.domain.parcours import Labelled


class EtatHorloge(Labelled):
    EN_COURS = "en_cours", "Délai en cours"
    A_TEMPS = "a_temps", "Fait à temps"
    TARD = "tard", "Fait après le délai"
    PASSE = "passe", "Délai passé"


@dataclass(frozen=True)
class Horloge:
    """`fin` is the first instant outside, in UTC. `silence`: what happens when nobody does anything."""

    code: str
    titre: str
    dernier_jour: date
    fin: datetime
    fuseau: str
    silence: str
    source: str
    etat: EtatHorloge
    qui: str = ""
    depuis: date | None = None
    non_ouvre: bool = False
    # A clock that protects somebody is not late when it has run out: nothing was to be done.
    protege: bool = False

    @property
    def court(self) -> bool:
        return self.etat == EtatHorloge.EN_COURS

    @property
    def manque(self) -> bool:
        """Something was to be done, and was not."""
        return self.etat == EtatHorloge.PASSE and not self.protege


def make_horloge(
    code: str,
    titre: str,
    dernier_jour: date,
    *,
    fuseau: str,
    now: datetime,
    silence: str,
    source: str,
    fait_le: date | datetime | None = None,
    qui: str = "",
    depuis: date | None = None,
    calendrier: Calendrier | None = None,
    protege: bool = False,
) -> Horloge:
    """`fait_le`: when what the clock waits for was done. `calendrier`: to say that a last day is not a working day."""
    fin = end_of_day(dernier_jour, zone(fuseau))
    return Horloge(
        code=code,
        titre=titre,
        dernier_jour=dernier_jour,
        fin=fin,
        fuseau=fuseau,
        silence=silence,
        source=source,
        etat=_etat(dernier_jour, fin, fait_le, now, fuseau),
        qui=qui,
        depuis=depuis,
        non_ouvre=calendrier is not None and not calendrier.is_ouvre(dernier_jour),
        protege=protege,
    )


def _etat(last: date, fin: datetime, done: date | datetime | None, now: datetime, fuseau: str) -> EtatHorloge:
    if done is not None:
        day = local_day(done, zone(fuseau)) if isinstance(done, datetime) else done
        return EtatHorloge.A_TEMPS if day <= last else EtatHorloge.TARD
    return EtatHorloge.EN_COURS if now.astimezone(UTC) < fin else EtatHorloge.PASSE
