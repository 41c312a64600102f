"""A whole parcours in one gesture: all its séances or none; then one moved, or all that follow together.

Each séance passes through `plan_seance` and `move_seance`, under their locks and their rules: what is refused is told séance by
séance, and nothing of the rest is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.disponibilite import read_disponibilite
from jalon.access.planification import free_moments
from jalon.access.salle import find_salle, free_room, room_is_taken
from jalon.access.seance import get_lieu
from jalon.actions.envoi import enqueue
from jalon.actions.occupation import lock_agenda
from jalon.actions.piece import lock_bilan
from jalon.actions.seance import move_seance, plan_seance
from jalon.domain.bilan import CLOSED
from jalon.domain.francais import jour_complet
from jalon.domain.horaire import instant
from jalon.domain.jours import Calendrier, Territoire, local_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import LEGAL_PHASES, Nature, Phase
from jalon.domain.seance import EtatSeance, Modalite
from jalon.law import law_on
from jalon.records.models import Bilan, Personne, Salle, Seance

SEANCES_MAX = 60


@dataclass(frozen=True)
class Place:
    """One séance as it was chosen."""

    phase: Phase
    debut: datetime
    fin: datetime
    modalite: Modalite
    lieu: str = ""
    salle: str = ""


@transaction.atomic
def plan_parcours(*, bilan: Bilan, places: Sequence[Place], by: Personne, now: datetime) -> list[Seance]:
    access.require(Action.PLAN_SEANCE, by, bilan)
    bilan = lock_bilan(bilan)
    lock_agenda(bilan.consultant_id)
    found = _order_obstacles(bilan, places, now)
    if found:
        raise Refused(found)
    visio = read_disponibilite(bilan.organisme, bilan.consultant).visio_lien

    def plan(one: Place) -> Seance:
        lieu = get_lieu(bilan, one.lieu) if one.modalite == Modalite.PRESENTIEL else None
        if one.modalite == Modalite.PRESENTIEL and lieu is None:
            raise Refused(Obstacle("Ce lieu ne sert plus : demandez d’autres dates.", code="lieu"))
        return plan_seance(
            bilan=bilan,
            phase=one.phase,
            nature=Nature.ACCOMPAGNEMENT,
            modalite=one.modalite,
            debut=one.debut,
            fin=one.fin,
            lieu=lieu,
            salle=find_salle(lieu, one.salle),
            visio_lien=visio if one.modalite == Modalite.VISIO else "",
            by=by,
            now=now,
        )

    made = _all_or_none(bilan, [(one.debut, partial(plan, one)) for one in places])
    _tell(bilan, len(made), by, now)
    return made


@transaction.atomic
def move_reste(*, seance: Seance, jours: int, by: Personne, now: datetime) -> list[Seance]:
    """This one and all that follow, by so many days, each at the same hour of the wall and in the same place."""
    access.require(Action.PLAN_SEANCE, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    lock_agenda(bilan.consultant_id)
    rows = list(
        bilan.seances.filter(debut__gte=seance.debut, etat=EtatSeance.PREVUE, nature=Nature.ACCOMPAGNEMENT)
        .exclude(collectif=True)
        .select_related("lieu", "salle")
        .order_by("debut", "id")
    )
    found = _shift_obstacles(bilan, rows, jours, now)
    if found:
        raise Refused(found)

    def move(one: Seance) -> Seance:
        one.bilan = bilan
        debut = _shifted(bilan, one.debut, jours)
        fin = debut + (one.fin - one.debut)
        room = _same_or_free(one, debut, fin) if one.salle is not None else None
        if one.salle is not None and room is None:
            raise Refused(Obstacle("Aucune salle n’est libre à ce moment.", code="salle_prise"))
        return move_seance(seance=one, debut=debut, fin=fin, salle=room, by=by, now=now)

    # From the far end: no séance meets the one that it has not yet left room for.
    order = reversed(rows) if jours > 0 else iter(rows)
    moved = _all_or_none(bilan, [(_shifted(bilan, one.debut, jours), partial(move, one)) for one in order])
    _tell(bilan, len(moved), by, now)
    return sorted(moved, key=lambda one: one.debut)


@transaction.atomic
def move_own_seance(*, seance: Seance, debut: datetime, by: Personne, now: datetime) -> Seance:
    """By the person: to one of the moments that are free, in the same way, with the same consultant. Nobody has to agree."""
    access.require(Action.MOVE_OWN_SEANCE, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    lock_agenda(seance.consultant_id)
    seance = Seance.objects.select_for_update(of=("self",)).select_related("lieu").get(pk=seance.pk)
    seance.bilan = bilan
    refuse_own_move(bilan, seance, now)
    chosen = next((one for one in free_moments(bilan, seance, now) if one.debut == debut), None)
    if chosen is None:
        raise Refused(
            Obstacle(
                "Ce moment vient d’être pris, ou n’est plus proposé : choisissez-en un autre.",
                code="occupe",
                field="debut",
            )
        )
    return move_seance(
        seance=seance,
        debut=chosen.debut,
        fin=chosen.fin,
        salle=find_salle(seance.lieu, chosen.salle),
        by=by,
        now=now,
        droit=Action.MOVE_OWN_SEANCE,
    )


def refuse_own_move(bilan: Bilan, seance: Seance, now: datetime) -> None:
    """Why the person cannot move it alone: asked by the page too, before it shows any moment."""
    notice = read_disponibilite(bilan.organisme, seance.consultant).preavis_heures
    found = []
    if seance.etat != EtatSeance.PREVUE or seance.debut <= now:
        found.append(Obstacle("Cette séance est passée : elle ne se déplace plus.", code="etat"))
    elif seance.collectif:
        found.append(
            Obstacle(
                "C’est un moment de groupe : appelez le cabinet si vous ne pouvez pas venir.", code="groupe"
            )
        )
    elif seance.debut - now < timedelta(hours=notice):
        found.append(
            Obstacle(
                f"Il reste moins de {notice} heures : appelez plutôt le cabinet, qui verra avec vous.",
                code="preavis",
            )
        )
    if found:
        raise Refused(found)


def _order_obstacles(bilan: Bilan, places: Sequence[Place], now: datetime) -> list[Obstacle]:
    """A plan is a whole: phases in their order, one séance a day, nothing in the past."""
    found = []
    place = zone(bilan.fuseau)
    if bilan.etat in CLOSED:
        return [Obstacle("L’accompagnement est terminé : rien ne s’y prévoit plus.", code="etat")]
    if not 1 <= len(places) <= SEANCES_MAX:
        return [Obstacle("Aucune séance n’est choisie : demandez des dates, puis retenez-les.", code="rien")]
    ranks = [LEGAL_PHASES.index(one.phase) if one.phase in LEGAL_PHASES else -1 for one in places]
    days = [local_day(one.debut, place) for one in places]
    if -1 in ranks or ranks != sorted(ranks) or list(places) != sorted(places, key=lambda p: p.debut):
        found.append(
            Obstacle(
                "Les séances ne suivent pas l’ordre des phases : demandez d’autres dates.",
                "Code du travail, art. R. 6313-4",
                code="ordre",
            )
        )
    if len(set(days)) != len(days):
        found.append(Obstacle("Deux séances tombent le même jour : gardez-en une par jour.", code="jour"))
    for one in places:
        if one.fin <= one.debut:
            found.append(Obstacle("La fin d’une séance doit être après son début.", code="horaires"))
        elif one.debut <= now:
            found.append(
                Obstacle(
                    f"Le {jour_complet(local_day(one.debut, place))} est passé : demandez d’autres dates.",
                    code="passe",
                )
            )
    return found


def _shift_obstacles(bilan: Bilan, rows: list[Seance], jours: int, now: datetime) -> list[Obstacle]:
    place = zone(bilan.fuseau)
    if not rows:
        return [Obstacle("Aucune séance n’est à déplacer à partir de celle-ci.", code="rien")]
    if not jours or abs(jours) > 366:
        return [
            Obstacle(
                "Choisissez de combien décaler : un jour au moins, un an au plus.",
                code="jours",
                field="jours",
            )
        ]
    found = []
    calendar = Calendrier(Territoire(bilan.territoire), law_on(local_day(now, place)))
    for one in rows:
        day = local_day(one.debut, place) + timedelta(days=jours)
        if calendar.is_holiday(day):
            found.append(
                Obstacle(
                    f"Une séance tomberait le {jour_complet(day)}, qui est férié : décalez autrement.",
                    calendar.source,
                    code="ferie",
                    field="jours",
                )
            )
    first = local_day(rows[0].debut, place) + timedelta(days=jours)
    if first <= local_day(now, place):
        found.append(
            Obstacle(
                f"La première tomberait le {jour_complet(first)}, trop tôt : décalez moins.",
                code="passe",
                field="jours",
            )
        )
    before = (
        bilan.seances.filter(
            debut__lt=rows[0].debut,
            etat__in=[EtatSeance.PREVUE, EtatSeance.TENUE],
            nature=Nature.ACCOMPAGNEMENT,
        )
        .order_by("-debut")
        .first()
    )
    if before is not None and first <= local_day(before.debut, place):
        found.append(
            Obstacle(
                f"La première passerait avant la séance du {jour_complet(local_day(before.debut, place))} : décalez moins.",
                code="ordre",
                field="jours",
            )
        )
    return found


def _shifted(bilan: Bilan, debut: datetime, jours: int) -> datetime:
    wall = debut.astimezone(zone(bilan.fuseau))
    return instant(wall.date() + timedelta(days=jours), wall.time(), bilan.fuseau, field="jours")


def _same_or_free(one: Seance, debut: datetime, fin: datetime) -> Salle | None:
    if one.salle_id and not room_is_taken(one.salle_id, debut, fin, seance=one):
        return one.salle
    return free_room(one.lieu, debut, fin, sauf=one)


def _all_or_none(bilan: Bilan, acts: Sequence[tuple[datetime, Callable[[], Seance]]]) -> list[Seance]:
    """Every refusal at once, each with its date; the transaction around keeps nothing then."""
    made: list[Seance] = []
    found: list[Obstacle] = []
    for debut, act in acts:
        try:
            made.append(act())
        except Refused as refused:
            day = jour_complet(local_day(debut, zone(bilan.fuseau)))
            found += [
                Obstacle(f"{day.capitalize()} : {o.sentence}", o.source, o.severity, o.code)
                for o in refused.obstacles
            ]
    if found:
        raise Refused(found)
    return made


def _tell(bilan: Bilan, nombre: int, by: Personne, now: datetime) -> None:
    """One mail for all, unless each comes by itself into her calendar."""
    person = bilan.beneficiaire
    asked = getattr(person, "reglage_agenda", None)
    if by.pk != person.pk and not (asked and asked.invitations):
        enqueue("agenda_fixe", personne=person, bilan=bilan, now=now, donnees={"nombre": nombre})
