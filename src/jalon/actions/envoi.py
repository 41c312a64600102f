"""Mails: a row written in the action's own transaction, made into text and sent by the worker, retried, never lost in silence."""

from datetime import datetime
from typing import Any

from jalon.records.models import Bilan, Envoi, Organisme, Personne


def enqueue(
    genre: str,
    *,
    now: datetime,
    organisme: Organisme | None = None,
    personne: Personne | None = None,
    adresse: str = "",
    bilan: Bilan | None = None,
    donnees: dict[str, Any] | None = None,
) -> Envoi | None:
    """Nothing is written for a person without an address: she has her paper codes.

    `donnees` holds identifiers, dates and sealed one-time secrets (`actions.secret`), never words.
    """
    if personne is not None and not personne.email and not adresse:
        return None
    return Envoi.objects.create(
        organisme=organisme or (bilan.organisme if bilan else None),
        bilan=bilan,
        personne=personne,
        adresse=adresse,
        genre=genre,
        donnees=donnees or {},
        cree_le=now,
        prochain_essai_le=now,
    )
