"""The doors of rooms: those of a place, when each is taken, and which one is free."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404

from jalon.access import Action, get_organisme
from jalon.domain.disponibilite import Intervalle
from jalon.domain.planification import Endroit, Porte
from jalon.domain.seance import EtatSeance
from jalon.records.models import Atelier, Lieu, Organisme, Personne, Salle, Seance

_HELD = (EtatSeance.PREVUE, EtatSeance.TENUE)


def _seances(rooms: Iterable[Any], start: datetime, end: datetime) -> Any:
    return Seance.objects.filter(salle__in=rooms, debut__lt=end, fin__gt=start, etat__in=_HELD)


def _groups(rooms: Iterable[Any], start: datetime, end: datetime) -> Any:
    return Atelier.objects.filter(salle__in=rooms, debut__lt=end, fin__gt=start, annule_le=None)


def room_is_taken(
    salle_id: Any,
    debut: datetime,
    fin: datetime,
    *,
    seance: Seance | None = None,
    atelier: Atelier | None = None,
) -> bool:
    seances = _seances([salle_id], debut, fin)
    groups = _groups([salle_id], debut, fin)
    if seance is not None:
        seances = seances.exclude(pk=seance.pk)
        if seance.atelier_id is not None:
            seances = seances.exclude(atelier=seance.atelier_id)
            groups = groups.exclude(pk=seance.atelier_id)
    if atelier is not None:
        seances, groups = seances.exclude(atelier=atelier.pk), groups.exclude(pk=atelier.pk)
    return bool(seances.exists() or groups.exists())


def read_endroits(organisme: Organisme, start: datetime, end: datetime) -> dict[str, Endroit]:
    """The open places with their rooms and when each is taken: five queries, however many there are."""
    places = list(organisme.lieux.filter(actif=True).prefetch_related("salles", "horaires"))
    rooms = [room for place in places for room in place.salles.all() if room.actif]
    taken: dict[Any, list[Intervalle]] = defaultdict(list)
    ids = [room.pk for room in rooms]
    if ids:
        for rows in (_seances(ids, start, end), _groups(ids, start, end)):
            for room, debut, fin in rows.order_by("debut", "id").values_list("salle", "debut", "fin"):
                taken[room].append(Intervalle(debut, fin))
    return {
        str(place.pk): Endroit(
            str(place.pk),
            tuple(
                Porte(str(room.pk), room.fauteuil, tuple(taken[room.pk]))
                for room in place.salles.all()
                if room.actif
            )
            or (Porte(),),
            tuple((h.jour, h.debut, h.fin) for h in place.horaires.all()),
        )
        for place in places
    }


def free_room(
    lieu: Lieu | None, debut: datetime, fin: datetime, *, sauf: Seance | None = None, places: int = 2
) -> Salle | None:
    """The first room of the place that is free then; none when the place counts none, or when all are taken."""
    if lieu is None:
        return None
    for room in lieu.salles.filter(actif=True, places__gte=places).order_by("places", "nom", "id"):
        if not room_is_taken(room.pk, debut, fin, seance=sauf):
            return room
    return None


def get_salle(action: Action, personne: Personne, salle_id: Any) -> Salle:
    """A room of her own cabinet, or 404."""
    organisme = get_organisme(action, personne)
    try:
        return Salle.objects.select_related("lieu__organisme").get(pk=salle_id, lieu__organisme=organisme)
    except (Salle.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None


def find_salle(lieu: Lieu | None, salle_id: Any) -> Salle | None:
    """A room of this very place, in use, or none."""
    if lieu is None or not salle_id:
        return None
    try:
        return lieu.salles.filter(actif=True, pk=salle_id).first()
    except (ValueError, ValidationError):
        return None


def room_week(
    organisme: Organisme, start: datetime, end: datetime
) -> list[tuple[Salle, list[Seance], list[Atelier]]]:
    """What happens in each room between two moments. Who comes is not said here: whose room it is, is."""
    rooms = list(
        Salle.objects.filter(lieu__organisme=organisme, lieu__actif=True, actif=True)
        .select_related("lieu")
        .order_by("lieu__nom", "nom", "id")
    )
    ids = [room.pk for room in rooms]
    seances: dict[Any, list[Seance]] = defaultdict(list)
    groups: dict[Any, list[Atelier]] = defaultdict(list)
    for one in (
        _seances(ids, start, end).filter(Q(atelier=None)).select_related("consultant").order_by("debut", "id")
    ):
        seances[one.salle_id].append(one)
    for group in _groups(ids, start, end).select_related("consultant").order_by("debut", "id"):
        groups[group.salle_id].append(group)
    return [(room, seances[room.pk], groups[room.pk]) for room in rooms]
