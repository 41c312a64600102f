"""Rooms, and when a place is open. One that closes keeps what it holds already."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import HoraireLieu, Lieu, Organisme, Personne, Salle

HORAIRES_MAX = 21


@transaction.atomic
def add_salle(
    *,
    lieu: Lieu,
    nom: str,
    places: int,
    fauteuil: bool,
    accessibilite: str,
    by: Personne,
    now: datetime,
) -> Salle:
    access.require(Action.MANAGE_CABINET, by, lieu.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=lieu.organisme_id)
    salle = Salle(
        lieu=lieu, nom=nom.strip(), places=places, fauteuil=fauteuil, accessibilite=accessibilite.strip()
    )
    _check(salle)
    salle.save(force_insert=True)
    record(Nom.SALLE_MODIFIEE, organisme, by=by, now=now, faits={"salle": salle.pk})
    return salle


@transaction.atomic
def close_salle(*, salle: Salle, actif: bool, by: Personne, now: datetime) -> Salle:
    access.require(Action.MANAGE_CABINET, by, salle.lieu.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=salle.lieu.organisme_id)
    Salle.objects.filter(pk=salle.pk).update(actif=actif)
    record(Nom.SALLE_MODIFIEE, organisme, by=by, now=now, faits={"salle": salle.pk, "actif": actif})
    return salle


@transaction.atomic
def write_horaires(
    *, lieu: Lieu, horaires: Sequence[tuple[int, time, time]], by: Personne, now: datetime
) -> None:
    """The whole week of a place; without any line it is open whenever somebody receives there."""
    access.require(Action.MANAGE_CABINET, by, lieu.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=lieu.organisme_id)
    found = [
        Obstacle("La fermeture doit être après l’ouverture.", code="horaires", field=f"fin-{jour}")
        for jour, debut, fin in horaires
        if fin <= debut
    ]
    if len(horaires) > HORAIRES_MAX:
        found.append(Obstacle(f"{HORAIRES_MAX} plages au plus : réunissez-en.", code="horaires"))
    if found:
        raise Refused(found)
    lieu.horaires.all().delete()
    HoraireLieu.objects.bulk_create(
        HoraireLieu(lieu=lieu, jour=jour, debut=debut, fin=fin) for jour, debut, fin in horaires
    )
    record(Nom.SALLE_MODIFIEE, organisme, by=by, now=now, faits={"lieu": lieu.pk})


def _check(salle: Salle) -> None:
    found = []
    if not salle.nom:
        found.append(Obstacle("Donnez un nom à cette salle, celui de sa porte.", code="nom", field="nom"))
    if not 2 <= salle.places <= 200:
        found.append(Obstacle("Une salle a de 2 à 200 places.", code="places", field="places"))
    if salle.lieu.salles.filter(nom__iexact=salle.nom, actif=True).exists():
        found.append(
            Obstacle(
                "Une salle de ce lieu porte déjà ce nom : choisissez-en un autre.", code="nom", field="nom"
            )
        )
    if found:
        raise Refused(found)
