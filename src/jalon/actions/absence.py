"""Absence on working time for a CPF bilan: asked by the employee, thirty days for the employer, silence = acceptance.

L. 6323-17, D. 6323-4. The cabinet is not a party: it holds the two clocks and shows them to both.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import envoi, lien_employeur
from jalon.actions.echeance import cancel, schedule
from jalon.actions.piece import lock_bilan
from jalon.domain.absence import Reponse, preavis, reponse
from jalon.domain.bilan import CLOSED
from jalon.domain.financement import Financement
from jalon.domain.francais import jour_complet
from jalon.domain.jours import end_of_day, zone
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused, Severity
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Absence, Bilan, Echeance, Personne

ABSENCE = "Code du travail, art. D. 6323-4"
# What the employee sees as the day before which she should hear something, when nothing is received yet.
_HINT = timedelta(days=30)


@transaction.atomic
def ask_absence(
    *,
    bilan: Bilan,
    debut: date,
    fin: date,
    by: Personne,
    now: datetime,
    reasons: dict[str, Motif] | None = None,
) -> Absence:
    """Sent by the person alone. A notice shorter than the law's is told, and hers to pass over: the employer may refuse."""
    access.require(Action.ASK_ABSENCE, by, bilan)
    bilan = lock_bilan(bilan)
    day = local_day(bilan, now)
    found = _ask_obstacles(bilan, debut, fin, day)
    standing = [o for o in found if o.refuses or not (reasons or {}).get(o.code)]
    if standing:
        raise Refused(standing)
    absence = Absence.objects.create(bilan=bilan, debut=debut, fin=fin, demandee_le=now)
    record(
        Nom.ABSENCE_DEMANDEE,
        bilan,
        by=by,
        now=now,
        faits={
            "absence": absence.pk,
            "debut": debut,
            "fin": fin,
            "droit_du": day,
            "motifs": {code: motif.value for code, motif in (reasons or {}).items()},
        },
    )
    lien_employeur.tell(bilan, (day + _HINT).isoformat(), now=now)
    return absence


def _ask_obstacles(bilan: Bilan, debut: date, fin: date, day: date) -> list[Obstacle]:
    if bilan.financement != Financement.CPF_SUR_TEMPS:
        return [
            Obstacle(
                "Cette demande n’existe que pour un bilan financé par le CPF et suivi sur le temps de travail. "
                "Hors temps de travail, l’employeur n’a rien à autoriser ni à savoir.",
                "Code du travail, art. L. 6323-17",
                code="voie",
            )
        ]
    found = []
    if bilan.etat in CLOSED:
        found.append(Obstacle("L’accompagnement est clos.", code="clos"))
    if fin < debut:
        found.append(Obstacle("La fin ne peut pas précéder le début.", code="dates", field="fin"))
    if debut <= day:
        found.append(
            Obstacle(
                "Le début doit être à venir : la demande le précède.", ABSENCE, code="debut", field="debut"
            )
        )
    if bilan.absences.filter(reponse=Reponse.ATTENDUE).exists():
        found.append(
            Obstacle("Une demande attend déjà sa réponse. Retirez-la pour en faire une autre.", code="deja")
        )
    if found:
        return found
    rule = preavis(debut, fin, law_on(day))
    if rule.respected_by(day):
        return []
    return [
        Obstacle(
            f"Pour commencer le {jour_complet(debut)}, la demande devait partir au plus tard le "
            f"{jour_complet(rule.demande_au_plus_tard)} : {rule.jours.value} jours avant. Votre employeur peut s’en prévaloir "
            "pour refuser. Vous pouvez choisir un début plus tardif, ou demander quand même.",
            rule.jours.source,
            Severity.WARN,
            code="preavis",
        )
    ]


def note_receipt(bilan: Bilan, *, by: Personne, now: datetime) -> None:
    """The employer has just entered, where the request was waiting. The caller holds the bilan's row."""
    waiting = bilan.absences.select_for_update().filter(reponse=Reponse.ATTENDUE, recue_le=None).first()
    if waiting is not None:
        _receive(waiting, bilan, now, by=by, now=now, on_paper=False)


@transaction.atomic
def receive_on_paper(*, absence: Absence, recue_le: date, by: Personne, now: datetime) -> Absence:
    """The person handed the request over, or has the return receipt of her letter: she notes its day."""
    access.require(Action.ASK_ABSENCE, by, absence.bilan)
    bilan = lock_bilan(absence.bilan)
    absence = _waiting(absence)
    found = []
    if absence.recue_le is not None:
        found.append(Obstacle("La réception est déjà notée : le délai court.", code="deja"))
    if recue_le > local_day(bilan, now):
        found.append(
            Obstacle("Ce jour de réception est dans l’avenir.", code="date_future", field="recue_le")
        )
    if recue_le < local_day(bilan, absence.demandee_le):
        found.append(
            Obstacle(
                "Ce jour est antérieur à la demande : elle n’était pas encore écrite.",
                code="date_anterieure",
                field="recue_le",
            )
        )
    if found:
        raise Refused(found)
    # The end of that day: nobody gains hours by noting a day.
    moment = min(end_of_day(recue_le, zone(bilan.fuseau)) - timedelta(seconds=1), now)
    _receive(absence, bilan, moment, by=by, now=now, on_paper=True)
    return absence


def _receive(
    absence: Absence, bilan: Bilan, moment: datetime, *, by: Personne, now: datetime, on_paper: bool
) -> None:
    received = local_day(bilan, moment)
    last = reponse(received, None, law_on(received)).au_plus_tard
    absence.recue_le, absence.recue_sur_papier = moment, on_paper
    absence.dernier_jour, absence.fin_le = last, end_of_day(last, zone(bilan.fuseau))
    absence.save()
    schedule(
        "absence_silence",
        absence.fin_le,
        organisme=bilan.organisme,
        bilan=bilan,
        reference=str(absence.pk),
    )
    record(
        Nom.ABSENCE_RECUE,
        bilan,
        by=by,
        now=now,
        faits={
            "absence": absence.pk,
            "recue_le": received,
            "dernier_jour": last,
            "sur_papier": on_paper,
        },
    )
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)


@transaction.atomic
def answer_absence(*, absence: Absence, accorde: bool, by: Personne, now: datetime) -> Absence:
    access.require(Action.ANSWER_ABSENCE, by, absence.bilan)
    bilan = lock_bilan(absence.bilan)
    absence = _waiting(absence)
    if absence.fin_le is not None and now >= absence.fin_le:
        assert absence.dernier_jour is not None
        raise Refused(
            Obstacle(
                f"Le délai de réponse s’est terminé le {jour_complet(absence.dernier_jour)} à minuit. Le silence vaut "
                "accord : l’absence est acquise.",
                ABSENCE,
                code="hors_delai",
            )
        )
    if absence.recue_le is None:
        _receive(absence, bilan, now, by=by, now=now, on_paper=False)
    absence.reponse, absence.repondue_le = (Reponse.ACCORDEE if accorde else Reponse.REFUSEE), now
    absence.save(update_fields=["reponse", "repondue_le"])
    cancel("absence_silence", now=now, bilan=bilan, reference=str(absence.pk))
    record(
        Nom.ABSENCE_REPONDUE,
        bilan,
        by=by,
        now=now,
        faits={"absence": absence.pk, "reponse": absence.reponse},
    )
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return absence


@transaction.atomic
def withdraw_absence(*, absence: Absence, by: Personne, now: datetime) -> None:
    access.require(Action.ASK_ABSENCE, by, absence.bilan)
    bilan = lock_bilan(absence.bilan)
    absence = _waiting(absence)
    absence.reponse, absence.repondue_le = Reponse.RETIREE, now
    absence.save(update_fields=["reponse", "repondue_le"])
    cancel("absence_silence", now=now, bilan=bilan, reference=str(absence.pk))
    record(Nom.ABSENCE_RETIREE, bilan, by=by, now=now, faits={"absence": absence.pk})


def accept_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """24:00 of the thirtieth day: the silence is an acceptance."""
    absence = Absence.objects.select_related("bilan").get(pk=echeance.reference)
    bilan = lock_bilan(absence.bilan)
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    if absence.reponse != Reponse.ATTENDUE:
        return
    absence.reponse, absence.repondue_le = Reponse.SILENCE, now
    absence.save(update_fields=["reponse", "repondue_le"])
    record(Nom.ABSENCE_ACQUISE, bilan, by=by, now=now, faits={"absence": absence.pk})
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    lien_employeur.tell_signed(bilan, now=now)


def _waiting(absence: Absence) -> Absence:
    found = Absence.objects.select_for_update().select_related("bilan").get(pk=absence.pk)
    if found.reponse != Reponse.ATTENDUE:
        raise Refused(
            Obstacle(
                f"Cette demande n’attend plus de réponse : {Reponse(found.reponse).label.lower()}.",
                ABSENCE,
                code="repondue",
            )
        )
    return found
