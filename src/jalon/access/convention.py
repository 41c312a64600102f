"""The two opposite clocks as a page shows them: the employee's ten days on the convention, the employer's thirty on the absence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from jalon.access import Action, require
from jalon.domain.absence import Reponse
from jalon.domain.convention import EtatConvention
from jalon.domain.horloge import Horloge, make_horloge
from jalon.domain.jours import Calendrier, Territoire
from jalon.law import law_on
from jalon.records.faits import local_day
from jalon.records.models import Absence, Bilan, Convention, Personne


@dataclass(frozen=True)
class ConventionVue:
    convention: Convention
    etat: EtatConvention
    horloge: Horloge | None

    @property
    def a_transmettre(self) -> bool:
        return self.etat == EtatConvention.PROJET


@dataclass(frozen=True)
class AbsenceVue:
    absence: Absence
    reponse: Reponse
    horloge: Horloge | None

    @property
    def attend(self) -> bool:
        return self.reponse == Reponse.ATTENDUE


def convention_vue(convention: Convention, bilan: Bilan, now: datetime) -> ConventionVue:
    clock = None
    # Once it is not concluded no clock is shown: its state would tell a refusal from a silence.
    lives = convention.etat != EtatConvention.NON_CONCLUE
    if lives and convention.transmise_le is not None and convention.dernier_jour is not None:
        opened = local_day(bilan, convention.transmise_le)
        law = law_on(opened)
        clock = make_horloge(
            "convention_silence",
            "Réponse de la personne salariée sur la convention",
            convention.dernier_jour,
            fuseau=bilan.fuseau,
            now=now,
            silence="Sans signature à cette date, la convention n’est pas conclue. Le silence vaut refus, et un refus n’est "
            "ni une faute ni un motif de licenciement.",
            source=law.bilan_competences.convention_delai_jours.source,
            fait_le=convention.acceptee_le,
            qui="la personne salariée, sans donner de raison",
            depuis=opened,
            calendrier=Calendrier(Territoire(bilan.territoire), law),
        )
    return ConventionVue(convention, EtatConvention(convention.etat), clock)


def absence_vue(absence: Absence, bilan: Bilan, now: datetime) -> AbsenceVue:
    clock = None
    if absence.recue_le is not None and absence.dernier_jour is not None:
        received = local_day(bilan, absence.recue_le)
        law = law_on(received)
        answered = absence.reponse in (Reponse.ACCORDEE, Reponse.REFUSEE)
        clock = make_horloge(
            "absence_silence",
            "Réponse de l’employeur à la demande d’absence",
            absence.dernier_jour,
            fuseau=bilan.fuseau,
            now=now,
            silence="Sans réponse à cette date, l’absence est acquise : ici, le silence vaut accord.",
            source=law.absence_cpf.reponse_jours.source,
            fait_le=absence.repondue_le if answered else None,
            qui="l’employeur",
            depuis=received,
            calendrier=Calendrier(Territoire(bilan.territoire), law),
            protege=True,
        )
    return AbsenceVue(absence, Reponse(absence.reponse), clock)


def list_conventions(personne: Personne, bilan: Bilan, *, now: datetime) -> list[ConventionVue]:
    """Newest first; for those who follow the dossier."""
    require(Action.VIEW_PAPIERS, personne, bilan)
    rows = bilan.conventions.select_related("circuit__document").defer("circuit__document__octets")
    return [convention_vue(one, bilan, now) for one in rows]


def list_absences(personne: Personne, bilan: Bilan, *, now: datetime) -> list[AbsenceVue]:
    require(Action.VIEW_PAPIERS, personne, bilan)
    return [absence_vue(one, bilan, now) for one in bilan.absences.all()]


def get_convention(personne: Personne, bilan: Bilan, convention_id: Any) -> Convention:
    require(Action.TRANSMIT_CONVENTION, personne, bilan)
    return _found(bilan.conventions.select_related("bilan", "circuit").filter(pk=convention_id).first())


def get_absence(action: Action, personne: Personne, bilan: Bilan, absence_id: Any) -> Absence:
    require(action, personne, bilan)
    return _found(bilan.absences.select_related("bilan").filter(pk=absence_id).first())


def _found(row: Any) -> Any:
    if row is None:
        raise Http404
    return row
