"""Doors to what is decided, kept, destroyed and followed up: dates and identifiers only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre
from jalon.domain.bilan import CLOSED
from jalon.domain.conservation import plan_conservation
from jalon.domain.decision import NATURES, Ensemble
from jalon.domain.jours import end_of_day, local_day, zone
from jalon.law import law_on
from jalon.records.models import Bilan, Decision, DemandeCep, Destruction, DocumentEmis, Personne, Suivi


@dataclass(frozen=True)
class Sort:
    """One set of documents and what the person has decided of it so far."""

    ensemble: Ensemble
    decision: Decision | None
    pieces: int


def read_sorts(personne: Personne, bilan: Bilan) -> list[Sort]:
    """For each set: how many pieces it holds today, and the decision in force."""
    access.require(Action.VIEW_DESTRUCTION, personne, bilan)
    standing = {d.ensemble: d for d in bilan.decisions.filter(retire_le=None)}
    natures = list(bilan.pieces.values_list("nature", flat=True))
    return [
        Sort(e, standing.get(e.value), sum(1 for nature in natures if nature in NATURES[e])) for e in Ensemble
    ]


def get_decision(personne: Personne, bilan: Bilan, decision_id: Any) -> Decision:
    access.require(Action.DECIDE_DOCUMENTS, personne, bilan)
    found = bilan.decisions.filter(pk=decision_id).first()
    if found is None:
        raise Http404
    return found


def read_cep(bilan: Bilan) -> DemandeCep | None:
    return DemandeCep.objects.filter(bilan=bilan).first()


@dataclass(frozen=True)
class Trace:
    """One destruction, and the paper that proves it when it is made."""

    destruction: Destruction
    papier: DocumentEmis | None


def read_destructions(personne: Personne, bilan: Bilan) -> list[Trace]:
    access.require(Action.VIEW_DESTRUCTION, personne, bilan)
    papers = list(
        DocumentEmis.objects.filter(bilan=bilan, genre="proces_verbal", copie_de=None)
        .defer("octets")
        .order_by("emis_le")
    )
    done = list(bilan.destructions.order_by("commencee_le"))
    return [Trace(d, papers[i] if i < len(papers) else None) for i, d in enumerate(done)]


def destruction_due(bilan: Bilan) -> datetime | None:
    """When the clock will destroy, or should have."""
    return (
        bilan.echeances.filter(nom="destruction", faite_le=None, annulee_le=None)
        .values_list("echoit_le", flat=True)
        .first()
    )


def overdue_since(bilan: Bilan, now: datetime) -> date | None:
    """BC-10: the last day on which the content could live, when it is past and something still lives. Read from the state
    itself: no clock that was cancelled or lost hides it."""
    if bilan.etat not in CLOSED or bilan.contenu_detruit_le is not None or bilan.termine_le is None:
        return None
    place = zone(bilan.fuseau)
    day = local_day(bilan.termine_le, place)
    last = plan_conservation(day, law_on(day)).destruction_travail_le
    return last if end_of_day(last, place) < now - timedelta(hours=1) else None


def mirror_lags() -> bool:
    """True while a copy of the keys elsewhere may still open what was destroyed here."""
    state = coffre().mirror_state()
    return state.chemin is not None and state.a_rafraichir


def list_suivis(personne: Personne, bilan: Bilan) -> list[Suivi]:
    access.require(Action.WRITE_SUIVI, personne, bilan)
    return list(bilan.suivis.all())


def get_suivi(personne: Personne, bilan: Bilan, suivi_id: Any) -> Suivi:
    access.require(Action.WRITE_SUIVI, personne, bilan)
    found = bilan.suivis.select_related("bilan").filter(pk=suivi_id).first()
    if found is None:
        raise Http404
    return found
