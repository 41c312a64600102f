"""Move a bilan through its phases: the table decides, every obstacle is told, one event is left."""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import cpf, envoi
from jalon.actions.engagement import stop_clocks
from jalon.actions.piece import lock_bilan
from jalon.actions.terme import plan_destruction
from jalon.domain.bilan import CLOSING, Etat, next_etat
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import PHASES
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.faits import bilan_facts, local_day
from jalon.records.models import Bilan, Personne

_MOVES: dict[str, tuple[Nom, str]] = {
    "start": (Nom.BILAN_COMMENCE, "preliminaire_le"),
    "investigate": (Nom.BILAN_INVESTIGATION, "investigation_le"),
    "conclude": (Nom.BILAN_CONCLUSIONS, "conclusions_le"),
}


@transaction.atomic
def move_bilan(
    *, bilan: Bilan, name: str, by: Personne, now: datetime, reasons: dict[str, Motif] | None = None
) -> Bilan:
    """`start`, `investigate`, `conclude`: one step forward. `reasons`: for each warning passed over, why."""
    access.require(Action.MOVE_BILAN, by, bilan)
    nom, dated = _MOVES[name]
    bilan = lock_bilan(bilan)
    day = local_day(bilan, now)
    bilan.etat = next_etat(name, bilan_facts(bilan), law_on(day), day, reasons=reasons)
    setattr(bilan, dated, now)
    bilan.save(update_fields=["etat", dated])
    record(
        nom,
        bilan,
        by=by,
        now=now,
        faits={"droit_du": day, "motifs": {k: v.value for k, v in (reasons or {}).items()}},
    )
    if name == "start":
        cpf.after_start(bilan, now)
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return bilan


@transaction.atomic
def reopen_preliminaire(*, bilan: Bilan, by: Personne, now: datetime) -> Bilan:
    """Back from the investigation: the closing by both has to be given again."""
    access.require(Action.MOVE_BILAN, by, bilan)
    bilan = lock_bilan(bilan)
    day = local_day(bilan, now)
    bilan.etat = next_etat("reopen", bilan_facts(bilan), law_on(day), day)
    bilan.investigation_le = None
    bilan.preliminaire_clos_beneficiaire_le = bilan.preliminaire_clos_consultant_le = None
    bilan.save(
        update_fields=[
            "etat",
            "investigation_le",
            "preliminaire_clos_beneficiaire_le",
            "preliminaire_clos_consultant_le",
        ]
    )
    record(Nom.BILAN_ROUVERT, bilan, by=by, now=now)
    return bilan


@transaction.atomic
def close_preliminaire(*, bilan: Bilan, by: Personne, now: datetime) -> Bilan:
    """One of the two agrees to close the preliminary phase, once its two texts are agreed; both are needed (R. 6313-4, 1° c)."""
    access.require(Action.CLOSE_PRELIMINAIRE, by, bilan)
    bilan = lock_bilan(bilan)
    if bilan.etat != Etat.PRELIMINAIRE:
        raise Refused(Obstacle("La phase préliminaire n’est pas en cours.", PHASES, code="etat"))
    day = local_day(bilan, now)
    facts, law = bilan_facts(bilan), law_on(day)
    missing = [o for rule in CLOSING if (o := rule(facts, law, day))]
    if missing:
        raise Refused(missing)
    side = "beneficiaire" if bilan.beneficiaire_id == by.pk else "consultant"
    field = f"preliminaire_clos_{side}_le"
    if getattr(bilan, field) is None:
        setattr(bilan, field, now)
        bilan.save(update_fields=[field])
        record(Nom.PRELIMINAIRE_CLOSE, bilan, by=by, now=now, faits={"par": side})
    return bilan


@transaction.atomic
def decline_bilan(*, bilan: Bilan, by: Personne, now: datetime) -> Bilan:
    """«Non conclu», and nothing more: no reason is asked nor stored (L. 6313-4, al. 2)."""
    access.require(Action.DECLINE_BILAN, by, bilan)
    bilan = lock_bilan(bilan)
    day = local_day(bilan, now)
    bilan.etat = next_etat("decline", bilan_facts(bilan), law_on(day), day)
    bilan.save(update_fields=["etat"])
    record(Nom.BILAN_NON_CONCLU, bilan, by=by, now=now)
    stop_clocks(bilan, now)
    plan_destruction(bilan, now, at=now)
    return bilan
