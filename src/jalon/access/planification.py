"""What the planner is told: the consultant's hours, what takes them, the rooms, the funding's first day. Times, never reasons."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from jalon.access import Action, require
from jalon.access.disponibilite import occupations, read_disponibilite, read_emploi
from jalon.access.engagement import read_engagement
from jalon.access.salle import read_endroits
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.disponibilite import Intervalle
from jalon.domain.jours import DAY, local_day, zone
from jalon.domain.parcours import Nature, Phase
from jalon.domain.planification import Choix, Etape, Souhaits, Terrain, etapes
from jalon.domain.planification_grille import Grille
from jalon.domain.planification_propositions import Reponse, propose
from jalon.domain.seance import EtatSeance, Modalite
from jalon.records.faits import read_lignes
from jalon.records.models import Bilan, Personne, Seance

_HELD = (EtatSeance.PREVUE, EtatSeance.TENUE)
_AROUND = timedelta(days=14)
AUTOUR = timedelta(weeks=6)


@dataclass(frozen=True)
class Base:
    """Where a dossier stands before anything is planned."""

    reste: tuple[Etape, ...]
    groupes: int
    premier_jour: date
    semaines: int


def read_base(personne: Personne, bilan: Bilan, now: datetime, *, au_plus: int | None = None) -> Base:
    """What remains to be planned, and the first day that is worth asking for."""
    require(Action.PLAN_SEANCE, personne, bilan)
    lignes = read_lignes([bilan.pk])[bilan.pk]
    done: Counter[Phase] = Counter()
    for phase, debut, fin in bilan.seances.filter(
        etat__in=_HELD, nature=Nature.ACCOMPAGNEMENT, collectif=False
    ).values_list("phase", "debut", "fin"):
        done[Phase(phase)] += round((fin - debut).total_seconds() / 60)
    first = local_day(now, zone(bilan.fuseau)) + timedelta(days=1)
    depart = _legal_start(bilan, now)
    return Base(
        tuple(etapes(lignes, done, au_plus=au_plus)) if bilan.etat not in CLOSED else (),
        sum(row.nombre for row in lignes if row.collectif),
        max(first, depart) if depart else first,
        bilan.parcours.semaines,
    )


def _legal_start(bilan: Bilan, now: datetime) -> date | None:
    """While something is awaited, what it would be were it done today."""
    if bilan.etat != Etat.PREPARATION:
        return None
    found = read_engagement(bilan, now=now).depart
    return found.premier_jour or found.au_mieux


def read_terrain(bilan: Bilan, now: datetime, until: date, *, sauf: tuple[Any, ...] = ()) -> Terrain:
    """`sauf`: séances that are being moved, and so take nobody's time."""
    consultant = bilan.consultant
    organisme = bilan.organisme
    start = now - _AROUND
    end = datetime.combine(until, datetime.min.time(), tzinfo=UTC) + timedelta(weeks=27)
    emploi = read_emploi(organisme, consultant, now)
    emploi = replace(emploi, reglage=replace(emploi.reglage, modalites=frozenset(Modalite)))
    rules = read_disponibilite(organisme, consultant)
    mine = (
        Seance.objects.filter(consultant=consultant, debut__lt=end, fin__gt=start, etat__in=_HELD)
        .exclude(nature=Nature.TRAVAIL_PERSONNEL)
        .exclude(pk__in=sauf)
    )
    counted = Counter(
        local_day(debut, emploi.fuseau) for debut in mine.order_by("debut").values_list("debut", flat=True)
    )
    hers = (
        Seance.objects.filter(
            bilan__beneficiaire=bilan.beneficiaire_id,
            # What she does in another cabinet is not looked at: this one must not learn that it exists.
            bilan__organisme=organisme,
            debut__lt=end,
            fin__gt=start,
            etat__in=_HELD,
        )
        .exclude(nature=Nature.TRAVAIL_PERSONNEL)
        .exclude(pk__in=sauf)
    )
    moved = {Intervalle(*pair) for pair in Seance.objects.filter(pk__in=sauf).values_list("debut", "fin")}
    busy = occupations([consultant.pk], start, end, ailleurs=True)[consultant.pk]
    last = (
        bilan.seances.filter(etat__in=_HELD, nature=Nature.ACCOMPAGNEMENT)
        .exclude(pk__in=sauf)
        .order_by("-debut")
        .values_list("debut", flat=True)
        .first()
    )
    place = zone(bilan.fuseau)
    return Terrain(
        emploi=emploi,
        now=now,
        fuseau=place,
        occupe=[one for one in busy if one not in moved],
        personne=[Intervalle(*pair) for pair in hers.order_by("debut").values_list("debut", "fin")],
        endroits=read_endroits(organisme, start, end),
        prises=counted,
        par_jour=rules.seances_par_jour,
        par_semaine=rules.seances_par_semaine,
        depart=_legal_start(bilan, now),
        derniere=local_day(last, place) if last is not None else None,
    )


def ask_plans(
    personne: Personne, bilan: Bilan, souhaits: Souhaits, now: datetime, *, au_plus: int | None = None
) -> Reponse:
    """Several plans, or what blocks."""
    base = read_base(personne, bilan, now, au_plus=au_plus)
    return propose(base.reste, souhaits, read_terrain(bilan, now, souhaits.au))


def free_moments(bilan: Bilan, seance: Seance, now: datetime) -> list[Choix]:
    """Where one séance of hers may go: in the same way, in the same place, between its neighbours, six weeks around at most."""
    place = zone(bilan.fuseau)
    first, last = _between_neighbours(bilan, seance, now)
    if last < first:
        return []
    minutes = round((seance.fin - seance.debut).total_seconds() / 60)
    souhaits = Souhaits(
        first,
        last,
        manieres=(Modalite(seance.modalite),),
        lieux=frozenset({str(seance.lieu_id)}) if seance.lieu_id else frozenset(),
    )
    grid = Grille(read_terrain(bilan, now, last, sauf=(seance.pk,)), souhaits, first, last)
    etape = Etape(Phase(seance.phase), minutes)
    found = {
        case.debut: Choix(etape, case.debut, case.modalite, case.lieu, case.salle)
        for case in grid.cases(minutes)
    }
    here = seance.debut.astimezone(place)
    return [found[debut] for debut in sorted(found) if debut != here]


def _between_neighbours(bilan: Bilan, seance: Seance, now: datetime) -> tuple[date, date]:
    place = zone(bilan.fuseau)
    others = bilan.seances.filter(etat__in=_HELD, nature=Nature.ACCOMPAGNEMENT).exclude(pk=seance.pk)
    before = others.filter(debut__lt=seance.debut).order_by("-debut").values_list("debut", flat=True).first()
    after = others.filter(debut__gt=seance.debut).order_by("debut").values_list("debut", flat=True).first()
    here, today = local_day(seance.debut, place), local_day(now, place)
    first = max(today + DAY, here - AUTOUR)
    last = here + AUTOUR
    if before is not None:
        first = max(first, local_day(before, place) + DAY)
    if after is not None:
        last = min(last, local_day(after, place) - DAY)
    return first, last
