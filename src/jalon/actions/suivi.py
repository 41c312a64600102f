"""The follow-up interview, six months later: it works although nothing was kept.

What it writes lives in a tiroir of its own, made when it opens and destroyed when it closes.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre, tiroir_key
from jalon.access.pieces import open_for_action
from jalon.actions import envoi
from jalon.actions.compteur import count
from jalon.actions.destruction import carry_on
from jalon.actions.echeance import cancel, schedule
from jalon.actions.piece import lock_bilan, write_piece
from jalon.actions.questionnaire import propose_at_six_months
from jalon.domain.bilan import Etat
from jalon.domain.compteur import Mesure
from jalon.domain.jours import add_months, end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import PHASES
from jalon.domain.suivi import MONTHS, Suite
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Destruction, Echeance, Fichier, Personne, Piece, Suivi
from jalon.vault.pieces.suivi import CompteRenduSuivi

TIROIR = "entretien_suivi"
# A follow-up that nobody closes ends by itself. Ours, not the law's: the interview and the time to read its page again.
OPEN_DAYS = 30
_HOUR = timedelta(hours=9)


def invite_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """Only to a person who agreed to be written to again, and who has not changed her mind since."""
    assert echeance.bilan is not None
    bilan = lock_bilan(echeance.bilan)
    if bilan.recontact_accepte_le is None or bilan.etat != Etat.TERMINE:
        return
    mois = int(echeance.reference) if echeance.reference.isdigit() else MONTHS[0]
    propose(bilan, by=by, now=now, mois=mois)


def propose(bilan: Bilan, *, by: Personne, now: datetime, mois: int = MONTHS[0]) -> Suivi:
    known = bilan.suivis.exclude(etat__in=[Suivi.Etat.CLOS, Suivi.Etat.DECLINE]).first()
    if known is not None:
        return known
    made = Suivi.objects.create(bilan=bilan, prevu_le=local_day(bilan, now), propose_le=now, mois=mois)
    record(Nom.SUIVI_PROPOSE, bilan, by=by, now=now, faits={"suivi": made.pk})
    envoi.enqueue("invitation_suivi", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return made


@transaction.atomic
def propose_suivi(*, bilan: Bilan, by: Personne, now: datetime) -> Suivi:
    """The person asks for it herself, or the consultant proposes it to one who agreed to be written to."""
    access.require(Action.OPEN_SUIVI, by, bilan)
    bilan = lock_bilan(bilan)
    found: list[Obstacle] = []
    if bilan.etat != Etat.TERMINE:
        found.append(Obstacle("L’entretien de suivi vient après le terme.", f"{PHASES}, 3° c", code="etat"))
    if by.pk != bilan.beneficiaire_id and bilan.recontact_accepte_le is None:
        found.append(Obstacle("La personne n’a pas accepté d’être recontactée.", code="recontact"))
    if found:
        raise Refused(tuple(found))
    return propose(bilan, by=by, now=now)


@transaction.atomic
def open_suivi(*, suivi: Suivi, by: Personne, now: datetime) -> Suivi:
    """From here something can be written again, under a key made for this interview alone."""
    access.require(Action.OPEN_SUIVI, by, suivi.bilan)
    bilan = lock_bilan(suivi.bilan)
    suivi = Suivi.objects.select_for_update().get(pk=suivi.pk)
    if suivi.etat == Suivi.Etat.OUVERT:
        return suivi
    if suivi.etat != Suivi.Etat.PROPOSE:
        raise Refused(Obstacle("Cet entretien de suivi est clos.", code="etat"))
    coffre().create_keys([tiroir_key(bilan.pk, TIROIR)])
    suivi.etat, suivi.ouvert_le = Suivi.Etat.OUVERT, now
    suivi.save(update_fields=["etat", "ouvert_le"])
    end = end_of_day(local_day(bilan, now) + timedelta(days=OPEN_DAYS), zone(bilan.fuseau))
    schedule("suivi_fin", end, organisme=bilan.organisme, bilan=bilan, reference=str(suivi.pk))
    record(Nom.SUIVI_OUVERT, bilan, by=by, now=now, faits={"suivi": suivi.pk})
    propose_at_six_months(bilan, by=by, now=now)
    return suivi


@transaction.atomic
def decline_suivi(*, suivi: Suivi, by: Personne, now: datetime) -> None:
    """The person does not wish it; no reason is asked."""
    access.require(Action.ACCEPT_RECONTACT, by, suivi.bilan)
    bilan = lock_bilan(suivi.bilan)
    suivi = Suivi.objects.select_for_update().get(pk=suivi.pk)
    if suivi.etat != Suivi.Etat.PROPOSE:
        raise Refused(Obstacle("Cet entretien de suivi a déjà commencé, ou il est clos.", code="etat"))
    suivi.etat, suivi.clos_le = Suivi.Etat.DECLINE, now
    suivi.save(update_fields=["etat", "clos_le"])
    record(Nom.SUIVI_DECLINE, bilan, by=by, now=now, faits={"suivi": suivi.pk})
    count(bilan, {Mesure.SUIVI: "non_souhaite"}, now=now)


@transaction.atomic
def write_suivi(
    *,
    suivi: Suivi,
    compte_rendu: CompteRenduSuivi,
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
) -> Piece:
    access.require(Action.WRITE_SUIVI, by, suivi.bilan)
    bilan = lock_bilan(suivi.bilan)
    if not Suivi.objects.filter(pk=suivi.pk, etat=Suivi.Etat.OUVERT).exists():
        raise Refused(Obstacle("L’entretien de suivi n’est pas ouvert.", code="etat"))
    return write_piece(
        bilan, compte_rendu, by=by, now=now, reference=str(suivi.pk), base_revision=base_revision, suivi=True
    )


def write_suivi_texts(
    *, suivi: Suivi, textes: dict[str, str], by: Personne, now: datetime, base_revision: int | None = None
) -> Piece:
    """The same, from what a form holds: pages know no piece."""
    content = CompteRenduSuivi(**textes)
    return write_suivi(suivi=suivi, compte_rendu=content, by=by, now=now, base_revision=base_revision)


@transaction.atomic
def close_suivi(*, suivi: Suivi, by: Personne, now: datetime, suite: Suite | str = "") -> None:
    """The interview is over: what was decided is counted, and its tiroir is destroyed at once."""
    access.require(Action.OPEN_SUIVI, by, suivi.bilan)
    bilan = lock_bilan(suivi.bilan)
    suivi = Suivi.objects.select_for_update().get(pk=suivi.pk)
    if suivi.etat != Suivi.Etat.OUVERT:
        return
    suivi.etat, suivi.clos_le, suivi.suite = Suivi.Etat.CLOS, now, str(suite)
    suivi.save(update_fields=["etat", "clos_le", "suite"])
    cancel("suivi_fin", now=now, bilan=bilan)
    record(
        Nom.SUIVI_CLOS,
        bilan,
        by=by,
        now=now,
        faits={"suivi": suivi.pk, "suite": suivi.suite, "mois": suivi.mois},
    )
    if suivi.suite == Suite.SECOND_POINT:
        _invite_again(bilan, local_day(bilan, now))
    count(bilan, _outcomes(bilan, suivi), now=now)
    begun = _begin_destruction(bilan, by=by, now=now)
    transaction.on_commit(partial(carry_on, begun.pk, by=by, now=now))


def _invite_again(bilan: Bilan, day: date) -> None:
    """Asked for together: only if she still agrees to be written to on that day."""
    plan_invitation(bilan, day, MONTHS[0], reference="second")


def plan_invitation(bilan: Bilan, after: date, months: int, *, reference: str) -> None:
    """At an hour when one reads one's mail."""
    day = add_months(after, months)
    at = datetime.combine(day, datetime.min.time(), tzinfo=zone(bilan.fuseau)) + _HOUR
    schedule("suivi_invitation", at, organisme=bilan.organisme, bilan=bilan, reference=reference)


def _outcomes(bilan: Bilan, suivi: Suivi) -> dict[Mesure, str]:
    """Codes alone, without whose: the words die with the tiroir."""
    said = {Mesure.SUIVI: "tenu", Mesure.SUITE: suivi.suite}
    written = Piece.objects.filter(bilan=bilan, nature="suivi", reference=str(suivi.pk)).first()
    if written is not None:
        content = open_for_action(written)
        said |= {Mesure.AVANCEE: content.avancee, Mesure.FREIN: content.frein}
    return {mesure: valeur for mesure, valeur in said.items() if valeur}


def _begin_destruction(bilan: Bilan, *, by: Personne, now: datetime) -> Destruction:
    """What the follow-up wrote, under its own tiroir; the caller holds the lock and carries on after the commit."""
    key = tiroir_key(bilan.pk, "entretien_suivi")
    natures = Piece.objects.filter(bilan=bilan, cle=key).values_list("nature", flat=True)
    begun = Destruction.objects.create(
        bilan=bilan,
        motif="fin_suivi",
        cles=[key],
        objets=list(Fichier.objects.filter(bilan=bilan, cle=key).values_list("objet", flat=True)),
        categories=dict(Counter(natures)),
        commencee_le=now,
    )
    record(
        Nom.DESTRUCTION_COMMENCEE,
        bilan,
        by=by,
        now=now,
        faits={"destruction": begun.pk, "motif": begun.motif},
    )
    return begun


def close_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    close_suivi(suivi=Suivi.objects.select_related("bilan").get(pk=echeance.reference), by=by, now=now)
