"""The shelf of the trade: the cabinet's and each consultant's own. Nothing of anybody accompanied; a bilan gets a copy."""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Organisme, Personne, RessourceCabinet


@transaction.atomic
def write_ressource(
    *,
    organisme: Organisme,
    genre: str,
    titre: str,
    adresse: str,
    pourquoi: str,
    partagee: bool,
    by: Personne,
    now: datetime,
    ressource: RessourceCabinet | None = None,
) -> RessourceCabinet:
    """Add one, or change it. Kept for oneself, or `partagee` with the cabinet."""
    access.require(Action.MANAGE_ETAGERE, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    row = _row(ressource, by) if ressource is not None else RessourceCabinet(organisme=organisme, auteur=by)
    if genre not in RessourceCabinet.Genre.values:
        raise Refused(Obstacle("Choisissez un genre de la liste.", code="genre", field="genre"))
    if not titre.strip():
        raise Refused(Obstacle("Donnez un titre à cette ressource.", code="titre", field="titre"))
    row.genre, row.titre, row.adresse = genre, titre.strip(), adresse.strip()
    row.pourquoi, row.partagee, row.modifiee_le = pourquoi.strip(), partagee, now
    row.save()
    _record(row, organisme, by, now)
    return row


@transaction.atomic
def withdraw_ressource(*, ressource: RessourceCabinet, by: Personne, now: datetime) -> None:
    """No longer on the shelf; the copies that were given stay where they are."""
    access.require(Action.MANAGE_ETAGERE, by, ressource.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=ressource.organisme_id)
    row = _row(ressource, by)
    if row.retiree_le is None:
        row.retiree_le = now
        row.save(update_fields=["retiree_le"])
        _record(row, organisme, by, now)


def _row(ressource: RessourceCabinet, by: Personne) -> RessourceCabinet:
    row = RessourceCabinet.objects.select_for_update().get(pk=ressource.pk)
    if not row.partagee and row.auteur_id != by.pk:
        raise Refused(Obstacle("Cette ressource est sur l’étagère d’une autre personne.", code="auteur"))
    return row


def _record(row: RessourceCabinet, organisme: Organisme, by: Personne, now: datetime) -> None:
    faits = {"ressource": row.pk, "partagee": row.partagee, "retiree": row.retiree_le is not None}
    record(Nom.ETAGERE_MODIFIEE, organisme, by=by, now=now, faits=faits)
