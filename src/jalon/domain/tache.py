"""Work between séances: where it stands, from its dates alone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jalon.domain.parcours import Labelled

# What it cost her, as she felt it; never computed.
EFFORTS = (
    (1, "Très facile"),
    (2, "Facile"),
    (3, "Ni l’un ni l’autre"),
    (4, "Difficile"),
    (5, "Très difficile"),
)
MINUTES_MAX = 1_200
_HEURE_DU_RAPPEL = time(9)


class EtatTache(Labelled):
    A_FAIRE = "a_faire", "À faire"
    COMMENCEE = "commencee", "Commencé"
    RENDUE = "rendue", "Rendu"
    RELUE = "relue", "Rendu et lu"


@dataclass(frozen=True)
class TacheFacts:
    pour_le: date | None = None
    commencee_le: datetime | None = None
    rendue_le: datetime | None = None
    relue_le: datetime | None = None

    @property
    def etat(self) -> EtatTache:
        if self.relue_le:
            return EtatTache.RELUE
        if self.rendue_le:
            return EtatTache.RENDUE
        return EtatTache.COMMENCEE if self.commencee_le else EtatTache.A_FAIRE

    def is_late(self, day: date) -> bool:
        return self.rendue_le is None and self.pour_le is not None and self.pour_le < day


def reminder_at(pour_le: date, place: ZoneInfo) -> datetime:
    """The morning of the day before, where the bilan is."""
    return datetime.combine(pour_le - timedelta(days=1), _HEURE_DU_RAPPEL, tzinfo=place)
