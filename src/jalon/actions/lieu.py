"""Places where séances are held. One that closes is no longer proposed; séances of the past keep it."""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Lieu, Organisme, Personne


@transaction.atomic
def add_lieu(
    *, organisme: Organisme, nom: str, adresse: str, accessibilite: str, by: Personne, now: datetime
) -> Lieu:
    access.require(Action.MANAGE_CABINET, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    lieu = Lieu(organisme=organisme, nom=nom.strip(), adresse=adresse.strip())
    lieu.accessibilite = accessibilite.strip()
    _check(lieu)
    lieu.save(force_insert=True)
    record(Nom.LIEU_AJOUTE, organisme, by=by, now=now, faits={"lieu": lieu.pk})
    return lieu


@transaction.atomic
def update_lieu(
    *,
    lieu: Lieu,
    nom: str,
    adresse: str,
    accessibilite: str,
    actif: bool,
    by: Personne,
    now: datetime,
) -> Lieu:
    access.require(Action.MANAGE_CABINET, by, lieu.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=lieu.organisme_id)
    lieu = Lieu.objects.select_for_update().get(pk=lieu.pk)
    lieu.nom, lieu.adresse = nom.strip(), adresse.strip()
    lieu.accessibilite, lieu.actif = accessibilite.strip(), actif
    _check(lieu)
    lieu.save()
    record(Nom.LIEU_MODIFIE, organisme, by=by, now=now, faits={"lieu": lieu.pk, "actif": actif})
    return lieu


def _check(lieu: Lieu) -> None:
    found = []
    if not lieu.nom:
        found.append(Obstacle("Donnez un nom à ce lieu, pour le reconnaître.", code="nom", field="nom"))
    if not lieu.adresse:
        found.append(
            Obstacle("Donnez l’adresse : la personne doit pouvoir venir.", code="adresse", field="adresse")
        )
    if found:
        raise Refused(found)
