"""A séance as both spaces show it: its state in a word for the reader, its local times, who signed."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from jalon.access.seance import seance_facts
from jalon.access.visio import porte_of, reglage_seances, room_phone
from jalon.domain.horaire import nom_du_fuseau
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance, Modalite
from jalon.domain.visio import Porte


@dataclass(frozen=True)
class SeanceVue:
    """One séance for one reader (`space`), at one moment."""

    seance: Any
    bilan: Any
    space: str
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.bilan.fuseau)

    @property
    def ville(self) -> str:
        return nom_du_fuseau(self.bilan.fuseau)

    @property
    def debut(self) -> datetime:
        """Really, once held."""
        return self.seance.debut_reel or self.seance.debut

    @property
    def fin(self) -> datetime:
        return self.seance.fin_reelle or self.seance.fin

    @property
    def debut_local(self) -> datetime:
        return self.debut.astimezone(self.zone)

    @property
    def minutes(self) -> int:
        return seance_facts(self.seance).minutes

    @property
    def travail(self) -> bool:
        return bool(self.seance.nature == Nature.TRAVAIL_PERSONNEL)

    @property
    def prevue(self) -> bool:
        return bool(self.seance.etat == EtatSeance.PREVUE)

    @property
    def tenue(self) -> bool:
        return bool(self.seance.etat == EtatSeance.TENUE)

    @property
    def passee(self) -> bool:
        return self.fin <= self.now

    @property
    def signatures(self) -> list[Any]:
        return list(self.seance.emargements.all())

    def signed_by(self, qualite: str) -> bool:
        return any(signed.qualite == qualite for signed in self.signatures)

    @property
    def a_signer(self) -> bool:
        """By the reader. Personal work is the person's alone."""
        if not self.tenue or self.signed_by(self.space):
            return False
        return self.space == "beneficiaire" or not self.travail

    @property
    def attend_l_autre(self) -> bool:
        other = "consultant" if self.space == "beneficiaire" else "beneficiaire"
        return self.tenue and not self.signed_by(other) and not self.travail

    @property
    def etat(self) -> tuple[str, str]:
        """The word, and its tone."""
        if self.seance.etat == EtatSeance.ANNULEE:
            return "Annulée", "neutre"
        if self.seance.etat == EtatSeance.ABSENCE:
            return "Absence", "refuse"
        if self.prevue:
            return ("À confirmer", "attente") if self.passee else ("Prévue", "en_cours")
        if self.a_signer:
            return "À signer par vous", "attente"
        if self.attend_l_autre:
            return "Signée par vous", "en_cours"
        return "Signée", "fait"

    @property
    def mot(self) -> str:
        return self.etat[0]

    @property
    def ton(self) -> str:
        return self.etat[1]

    @property
    def ou(self) -> str:
        """The modality and the place, in a few words."""
        if self.travail:
            return "Chez vous" if self.space == "beneficiaire" else "De son côté"
        if self.seance.modalite == Modalite.PRESENTIEL and self.seance.lieu:
            return f"{Modalite.PRESENTIEL.label}, {self.seance.lieu.nom}"
        return Modalite(self.seance.modalite).label

    @cached_property
    def reglage(self) -> Any:
        return reglage_seances(self.bilan.organisme)

    @cached_property
    def porte(self) -> Porte | None:
        """The door of its room, if it has one."""
        return porte_of(self.seance, self.reglage)

    @property
    def ouverte(self) -> bool:
        """The way in is shown while it leads somewhere, and not before it is of use to anybody."""
        return self.porte is not None and self.porte.is_open(self.now)

    @property
    def telephone(self) -> str:
        return room_phone(self.bilan.organisme, self.reglage)


def views_of(seances: list[Any], bilan: Any, *, space: str, now: datetime) -> list[SeanceVue]:
    return [SeanceVue(seance, bilan, space, now) for seance in seances]


def split(views: list[SeanceVue]) -> dict[str, list[SeanceVue]]:
    """What waits for the reader, what is to come, what is over."""
    waiting = [v for v in views if v.a_signer or (v.space == "consultant" and v.prevue and v.passee)]
    coming = [v for v in views if v.prevue and not v.passee]
    rest = [v for v in views if v not in waiting and v not in coming]
    return {"attendent": waiting, "a_venir": coming, "passees": list(reversed(rest))}
