"""Doors of the outbox: the mails that could not leave, to whom, and for which dossier. Their text was never kept."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404

from jalon.access import Action, list_bilans, require
from jalon.access.exploitation import mails_given_up
from jalon.records.models import Envoi, Organisme, Personne


def list_given_up(personne: Personne, organisme: Organisme) -> QuerySet[Envoi]:
    """Those of the dossiers that she follows, and those of no dossier."""
    require(Action.VIEW_CABINET, personne, organisme)
    visible = list_bilans(Action.VIEW_DOSSIER, personne).filter(organisme=organisme)
    return (
        mails_given_up(organisme)
        .filter(Q(bilan__in=visible) | Q(bilan=None))
        .select_related("bilan", "personne", "organisme")
    )


def get_given_up(personne: Personne, organisme: Organisme, envoi_id: Any) -> Envoi:
    try:
        return list_given_up(personne, organisme).get(pk=envoi_id)
    except (Envoi.DoesNotExist, ValidationError):
        raise Http404 from None
