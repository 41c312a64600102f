"""Calculations on the bilan itself: its hours, and what becomes of its documents."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from jalon.cli.droit.entree import (
    DAY,
    Champs,
    EntreeRefusee,
    a_count,
    a_day,
    a_flag,
    a_positive_count,
    an_instant,
    law_of,
    one_of,
)
from jalon.cli.droit.reponse import Answer, answer
from jalon.domain.conservation import Accord, plan_conservation
from jalon.domain.duree import SeanceImpossible, Temps, between, measure, refuse_overlaps
from jalon.domain.jours import local_day
from jalon.domain.parcours import Nature, Phase
from jalon.law import law_on


def conservation(data: Any) -> Answer:
    champs = Champs(data, "terme fuseau accord demande_cep_le")
    terme = _terme(champs)
    accord = _accord(champs.raw("accord")) if champs.given("accord") else None
    demande_cep_le = champs.may("demande_cep_le", a_day)
    with law_of("terme"):
        law = law_on(terme)
        plan = plan_conservation(terme, law, accord=accord, demande_cep_le=demande_cep_le)
        return answer(
            law.bilan_competences.destruction_delai_jours,
            law.bilan_competences.retention_exception_annees,
            destruction_travail_le=plan.destruction_travail_le,
            synthese_jusqu_au=plan.synthese_jusqu_au,
            documents_accord_jusqu_au=plan.documents_accord_jusqu_au,
            refus=[obstacle.code for obstacle in plan.refus],
        )


def _terme(champs: Champs) -> date:
    """A day, or an instant that becomes one in the legal time zone of the bilan."""
    fuseau = champs.fuseau()

    def read(value: Any) -> date:
        if isinstance(value, str) and DAY.fullmatch(value):
            return a_day(value)
        return local_day(an_instant(value), fuseau)

    return champs.need("terme", read)


def _accord(data: Any) -> Accord:
    champs = Champs(data, "signe_le duree_mois fonde_sur_suivi retire_le", "accord.")
    accord = Accord(
        signe_le=champs.need("signe_le", a_day),
        duree_mois=champs.may("duree_mois", a_positive_count),
        fonde_sur_suivi=champs.need("fonde_sur_suivi", a_flag),
        retire_le=champs.may("retire_le", a_day),
    )
    if accord.retire_le and accord.retire_le < accord.signe_le:
        raise champs.refuse("retire_le", "le retrait précède la signature")
    return accord


def duree(data: Any) -> Answer:
    champs = Champs(data, "le seances")
    le = champs.need("le", a_day)
    rows = champs.raw("seances")
    if not isinstance(rows, list):
        raise champs.refuse("seances", "une liste de séances est attendue")
    temps, spans = [], []
    for index, row in enumerate(rows):
        one, span = _seance(row, f"seances[{index}].")
        temps.append(one)
        if span:
            spans.append((index, *span))
    try:
        refuse_overlaps(spans)
    except SeanceImpossible as error:
        raise EntreeRefusee(error.sentence, f"seances[{error.index}].{error.field}") from error
    with law_of("le"):
        law = law_on(le)
        found = measure(temps, law)
        return answer(
            law.bilan_competences.duree_max_heures,
            law.bilan_competences.duree_min_accompagnement_heures,
            law.cpf.heures_financables,
            total_minutes=found.heures.total,
            accompagnement_minutes=found.heures.accompagnement,
            travail_personnel_minutes=found.heures.travail_personnel,
            suivi_minutes=found.heures.suivi,
            cpf_minutes=found.cpf_minutes,
            obstacles=[obstacle.code for obstacle in found.obstacles],
            alertes=[obstacle.code for obstacle in found.alertes],
        )


def _seance(data: Any, path: str) -> tuple[Temps, tuple[datetime, datetime] | None]:
    champs = Champs(data, "phase nature minutes debut fin collectif hors_contrat", path)
    phase, nature = champs.need("phase", one_of(Phase)), champs.need("nature", one_of(Nature))
    timed = champs.given("debut") or champs.given("fin")
    if timed and champs.given("minutes"):
        raise champs.refuse("minutes", "soit les minutes, soit le début et la fin")
    span = (champs.need("debut", an_instant), champs.need("fin", an_instant)) if timed else None
    try:
        minutes = between(*span) if span else champs.need("minutes", a_count)
        one = Temps(
            phase,
            nature,
            minutes,
            collectif=champs.flag("collectif", default=False),
            hors_contrat=champs.flag("hors_contrat", default=False),
        )
    except SeanceImpossible as error:
        raise champs.refuse(error.field, error.sentence) from error
    return one, span
