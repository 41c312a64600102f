"""Séances: planned, moved, held with their real times, signed by both. What was said is nowhere here."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.annonce import tell_calendars
from jalon.actions.date_de_fin import follow_seance
from jalon.actions.occupation import lock_agenda
from jalon.actions.piece import lock_bilan
from jalon.actions.rappel_seance import drop, plan_next
from jalon.actions.seance_regles import refuse_above_limit, refuse_before_start, refuse_impossible
from jalon.actions.visio import seal_link
from jalon.domain.issue import Issue, issue_obstacles
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Nature, Phase
from jalon.domain.presence import late_obstacles
from jalon.domain.seance import EtatSeance, Modalite, fingerprint
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day, seance_facts
from jalon.records.models import Atelier, Bilan, Emargement, Lieu, Personne, Salle, Seance

# A signature is asked for what has been, at most a little before its planned end.
_EARLY = timedelta(minutes=15)


@transaction.atomic
def plan_seance(
    *,
    bilan: Bilan,
    phase: Phase,
    nature: Nature,
    modalite: Modalite,
    debut: datetime,
    fin: datetime,
    by: Personne,
    now: datetime,
    lieu: Lieu | None = None,
    visio_lien: str = "",
    collectif: bool = False,
    salle: Salle | None = None,
    atelier: Atelier | None = None,
) -> Seance:
    access.require(Action.PLAN_SEANCE, by, bilan)
    bilan = lock_bilan(bilan)
    seance = Seance(
        bilan=bilan,
        consultant_id=bilan.consultant_id if atelier is None else atelier.consultant_id,
        phase=phase,
        nature=nature,
        modalite=modalite,
        lieu=lieu if modalite == Modalite.PRESENTIEL else None,
        visio_lien=seal_link(visio_lien) if modalite == Modalite.VISIO else "",
        collectif=collectif or atelier is not None,
        salle=salle if modalite == Modalite.PRESENTIEL else None,
        atelier=atelier,
        debut=debut,
        fin=fin,
        modifiee_le=now,
    )
    lock_agenda(seance.consultant_id)
    refuse_impossible(bilan, seance, now)
    seance.save(force_insert=True)
    record(
        Nom.SEANCE_PREVUE,
        bilan,
        by=by,
        now=now,
        faits={
            "seance": seance.pk,
            "debut": debut,
            "fin": fin,
            "phase": phase,
            "nature": nature,
            "modalite": modalite,
        },
    )
    seance.bilan = bilan
    plan_next(seance, now)
    _follow(bilan, seance, by, now)
    tell_calendars(seance, "prevue", by=by, now=now)
    return seance


@transaction.atomic
def move_seance(
    *,
    seance: Seance,
    debut: datetime,
    fin: datetime,
    by: Personne,
    now: datetime,
    modalite: Modalite | None = None,
    lieu: Lieu | None = None,
    visio_lien: str | None = None,
    salle: Salle | None = None,
    droit: Action = Action.PLAN_SEANCE,
) -> Seance:
    """`droit`: that of the person who moves her own, which its action has already looked at."""
    access.require(droit, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    seance = _lock(seance, EtatSeance.PREVUE)
    if seance.atelier_id is not None:
        raise Refused(
            Obstacle(
                "C’est un moment de groupe : il se déplace pour tous, depuis sa propre page.", code="groupe"
            )
        )
    seance.debut, seance.fin = debut, fin
    seance.salle = salle
    seance.sequence, seance.modifiee_le, seance.confirmee_le = seance.sequence + 1, now, None
    if modalite is not None:
        seance.modalite = modalite
        seance.lieu = lieu if modalite == Modalite.PRESENTIEL else None
        seance.visio_lien = seal_link(visio_lien or "") if modalite == Modalite.VISIO else ""
    if seance.modalite != Modalite.PRESENTIEL or (salle is not None and salle.lieu_id != seance.lieu_id):
        seance.salle = None
    lock_agenda(seance.consultant_id)
    refuse_impossible(bilan, seance, now)
    seance.save()
    record(
        Nom.SEANCE_DEPLACEE, bilan, by=by, now=now, faits={"seance": seance.pk, "debut": debut, "fin": fin}
    )
    seance.bilan = bilan
    plan_next(seance, now)
    _follow(bilan, seance, by, now)
    tell_calendars(seance, "deplacee", by=by, now=now)
    return seance


@transaction.atomic
def cancel_seance(
    *,
    seance: Seance,
    by: Personne,
    now: datetime,
    absence: bool = False,
    issue: Issue | None = None,
    droit: Action = Action.PLAN_SEANCE,
) -> Seance:
    """Cancelled before, or an absence on the day: neither counts in the hours. `issue` says why, from a closed list.

    `droit`: that of the person who cancels her own by the link of a reminder.
    """
    access.require(droit, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    seance = _lock(seance, EtatSeance.PREVUE)
    if issue is not None and (found := issue_obstacles(issue, absence=absence)):
        raise Refused(tuple(found))
    seance.etat = EtatSeance.ABSENCE if absence else EtatSeance.ANNULEE
    seance.issue = issue or ""
    seance.sequence, seance.modifiee_le = seance.sequence + 1, now
    seance.save(update_fields=["etat", "issue", "sequence", "modifiee_le"])
    if not absence:
        tell_calendars(seance, "annulee", by=by, now=now)
    drop(seance, now)
    record(
        Nom.SEANCE_ABSENCE if absence else Nom.SEANCE_ANNULEE,
        bilan,
        by=by,
        now=now,
        faits={"seance": seance.pk, **({"issue": issue} if issue else {})},
    )
    return seance


@transaction.atomic
def hold_seance(
    *, seance: Seance, debut_reel: datetime, fin_reelle: datetime, by: Personne, now: datetime
) -> Seance:
    """The séance took place: its real times, told by the consultant; each then signs them. Until one has signed, they can
    be corrected."""
    access.require(Action.HOLD_SEANCE, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    seance = _lock(seance, EtatSeance.PREVUE, EtatSeance.TENUE)
    if seance.emargements.exists():
        raise Refused(
            Obstacle("La séance est déjà signée : ses horaires ne peuvent plus changer.", code="signee")
        )
    if fin_reelle <= debut_reel:
        raise Refused(Obstacle("La fin doit être après le début.", code="horaires", field="fin_reelle"))
    if fin_reelle > now + _EARLY:
        raise Refused(
            Obstacle(
                "Une séance se signe une fois tenue : l’heure de fin est encore à venir.",
                code="futur",
                field="fin_reelle",
            )
        )
    refuse_before_start(bilan, seance)
    seance.debut_reel, seance.fin_reelle, seance.etat = debut_reel, fin_reelle, EtatSeance.TENUE
    others = [seance_facts(s) for s in bilan.seances.exclude(pk=seance.pk).prefetch_related("emargements")]
    refuse_above_limit(bilan, [*others, seance_facts(seance)], now)
    seance.save(update_fields=["debut_reel", "fin_reelle", "etat"])
    drop(seance, now)
    seance.passages.all().delete()
    record(
        Nom.SEANCE_TENUE,
        bilan,
        by=by,
        now=now,
        faits={"seance": seance.pk, "debut": debut_reel, "fin": fin_reelle},
    )
    return seance


@transaction.atomic
def declare_travail(
    *, bilan: Bilan, phase: Phase, debut: datetime, fin: datetime, by: Personne, now: datetime
) -> Seance:
    """Personal work, told and signed by the person alone; never counted as accompanied (L. 6313-4, al. 5; D. 6323-6)."""
    access.require(Action.SIGN_BENEFICIAIRE, by, bilan)
    bilan = lock_bilan(bilan)
    seance = Seance(
        bilan=bilan,
        consultant_id=bilan.consultant_id,
        phase=phase,
        nature=Nature.TRAVAIL_PERSONNEL,
        modalite=Modalite.VISIO,
        debut=debut,
        fin=fin,
        debut_reel=debut,
        fin_reelle=fin,
        etat=EtatSeance.TENUE,
    )
    if fin > now:
        raise Refused(Obstacle("Notez ce temps une fois le travail fait.", code="futur", field="fin"))
    refuse_before_start(bilan, seance)
    refuse_impossible(bilan, seance, now)
    seance.save(force_insert=True)
    record(Nom.SEANCE_TENUE, bilan, by=by, now=now, faits={"seance": seance.pk, "debut": debut, "fin": fin})
    _sign(bilan, seance, Emargement.Qualite.BENEFICIAIRE, Emargement.Maniere.ECRAN, by, by, now)
    return seance


@transaction.atomic
def sign_seance(
    *,
    seance: Seance,
    by: Personne,
    now: datetime,
    empreinte_vue: str = "",
    instant: datetime | None = None,
) -> Emargement:
    """Sign for oneself, what one has under one's eyes: `empreinte_vue` is the fingerprint of the facts that were shown.

    `instant`: when it was signed on a device without network, whose page has proved itself (`web.presence`). Received twice, the
    first stands.
    """
    bilan = seance.bilan
    as_person = bilan.beneficiaire_id == by.pk
    access.require(Action.SIGN_BENEFICIAIRE if as_person else Action.SIGN_CONSULTANT, by, bilan)
    bilan = lock_bilan(bilan)
    seance = _lock(seance, EtatSeance.TENUE)
    if empreinte_vue and empreinte_vue != shown_fingerprint(seance):
        raise Refused(
            Obstacle(
                "Les horaires ont changé depuis l’affichage : relisez-les avant de signer.", code="changee"
            )
        )
    qualite = Emargement.Qualite.BENEFICIAIRE if as_person else Emargement.Qualite.CONSULTANT
    if instant is None:
        return _sign(bilan, seance, qualite, Emargement.Maniere.ECRAN, by, by, now)
    if found := late_obstacles(instant, seance.fin_reelle or seance.fin, now):
        raise Refused(tuple(found))
    return _sign(bilan, seance, qualite, Emargement.Maniere.DIFFERE, by, by, now, signe_le=instant)


@transaction.atomic
def sign_for_person(*, seance: Seance, maniere: Any, by: Personne, now: datetime) -> Emargement:
    """By the code that the person gave (`actions.presence`)."""
    access.require(Action.SIGN_CONSULTANT, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    seance = _lock(seance, EtatSeance.TENUE)
    return _sign(bilan, seance, Emargement.Qualite.BENEFICIAIRE, maniere, bilan.beneficiaire, by, now)


@transaction.atomic
def enter_paper_signature(*, seance: Seance, by: Personne, now: datetime) -> Emargement:
    """The person signed the paper sheet that the consultant holds: copied by her, and said so."""
    access.require(Action.SIGN_CONSULTANT, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    seance = _lock(seance, EtatSeance.TENUE)
    return _sign(
        bilan, seance, Emargement.Qualite.BENEFICIAIRE, Emargement.Maniere.PAPIER, bilan.beneficiaire, by, now
    )


def shown_fingerprint(seance: Seance) -> str:
    """What the page puts in its form, so that nobody signs other facts than those shown."""
    facts = seance_facts(seance)
    return fingerprint(facts, "vue", facts.debut)


def _lock(seance: Seance, *states: EtatSeance) -> Seance:
    found = Seance.objects.select_for_update().get(pk=seance.pk)
    if found.etat not in states:
        raise Refused(
            Obstacle(
                f"La séance est à l’état « {EtatSeance(found.etat).label.lower()} » : rechargez la page.",
                code="etat",
            )
        )
    return found


def _sign(
    bilan: Bilan,
    seance: Seance,
    qualite: Any,
    maniere: Any,
    person: Personne,
    by: Personne,
    now: datetime,
    *,
    signe_le: datetime | None = None,
) -> Emargement:
    """Signing twice changes nothing: the first signature stands."""
    signed = seance.emargements.filter(qualite=qualite).first()
    if signed is not None:
        return signed
    signed = Emargement.objects.create(
        seance=seance,
        personne=person,
        qualite=qualite,
        maniere=maniere,
        signe_le=signe_le or now,
        empreinte=fingerprint(seance_facts(seance), qualite, signe_le or now),
    )
    record(
        Nom.SEANCE_SIGNEE,
        bilan,
        by=by,
        now=now,
        faits={
            "seance": seance.pk,
            "qualite": qualite,
            "maniere": maniere,
            "empreinte": signed.empreinte,
            **({"signe_le": signe_le} if signe_le else {}),
        },
    )
    return signed


def _follow(bilan: Bilan, seance: Seance, by: Personne, now: datetime) -> None:
    """A séance of the journey after the announced end moves the end; the follow-up comes after it by nature."""
    if seance.phase != Phase.SUIVI:
        follow_seance(bilan, local_day(bilan, seance.debut), by=by, now=now)
