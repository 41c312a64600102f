"""The doors of the synthesis that was handed over: which copies exist, and the bytes of one."""

from datetime import datetime
from typing import Any

from django.http import Http404

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre
from jalon.access.pieces import log_reading
from jalon.records.models import Bilan, DocumentEmis, Personne
from jalon.vault import ErreurCoffre


def list_remises(personne: Personne, bilan: Bilan) -> list[DocumentEmis]:
    """The sealed copies whose content still lives, first one first."""
    access.require(Action.READ_SYNTHESE, personne, bilan)
    return list(
        DocumentEmis.objects.filter(bilan=bilan, genre="synthese").exclude(objet="").order_by("emis_le")
    )


def read_remise(
    personne: Personne, bilan: Bilan, document_id: Any, *, now: datetime
) -> tuple[DocumentEmis, bytes]:
    """One sealed copy, opened; 404 when it is not of this bilan, or when its key is destroyed."""
    access.require(Action.READ_SYNTHESE, personne, bilan)
    document = (
        DocumentEmis.objects.filter(bilan=bilan, genre="synthese", pk=document_id).exclude(objet="").first()
    )
    if document is None:
        raise Http404
    try:
        pdf = bytes(coffre().objects.load(document.objet, key_id=document.cle, context=str(document.pk)))
    except ErreurCoffre:
        raise Http404 from None
    log_reading(personne, bilan, {"synthese"}, now=now)
    return document, pdf
