"""Doors of séances: those of one bilan, one of them, those of a week, the places where they are held."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from jalon.access import Action, list_bilans, require
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance
from jalon.records.faits import seance_facts
from jalon.records.models import Bilan, Lieu, Personne, Seance

__all__ = ["agenda", "get_lieu", "get_seance", "list_lieux", "list_seances", "seance_facts"]


def _rows() -> QuerySet[Seance]:
    return Seance.objects.select_related("lieu", "consultant").prefetch_related("emargements__personne")


def list_seances(personne: Personne, bilan: Bilan) -> list[Seance]:
    """All séances of one bilan in order, with place and signatures: three queries."""
    require(Action.VIEW_SEANCES, personne, bilan)
    return list(_rows().filter(bilan=bilan).order_by("debut", "id"))


def get_seance(personne: Personne, bilan: Bilan, seance_id: Any) -> Seance:
    """One séance of this bilan, or 404."""
    require(Action.VIEW_SEANCES, personne, bilan)
    try:
        found = _rows().get(pk=seance_id, bilan=bilan)
    except (Seance.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None
    found.bilan = bilan
    return found


def agenda(personne: Personne, *, start: datetime, end: datetime, mine: bool) -> list[Seance]:
    """The interviews between two moments, in the bilans that this person may see: her own as a consultant, or as the person
    accompanied (`mine`). Personal work is nobody's appointment."""
    # Asked of each séance found: the cabinet's other dossiers, however many, are not walked through.
    visible = Exists(list_bilans(Action.VIEW_SEANCES, personne).filter(pk=OuterRef("bilan")))
    whose = Q(bilan__beneficiaire=personne) if mine else Q(consultant=personne)
    other = "bilan__consultant" if mine else "bilan__beneficiaire"
    return list(
        Seance.objects.select_related("lieu", "salle", "bilan", other)
        .prefetch_related("emargements")
        .filter(whose, visible, debut__lt=end, fin__gt=start)
        .exclude(nature=Nature.TRAVAIL_PERSONNEL)
        .exclude(etat=EtatSeance.ANNULEE)
        .order_by("debut", "id")
    )


def list_lieux(bilan: Bilan) -> list[Lieu]:
    """Where the séances of this bilan may be held: the open places of its cabinet."""
    return list(Lieu.objects.filter(organisme=bilan.organisme_id, actif=True))


def get_lieu(bilan: Bilan, lieu_id: Any) -> Lieu | None:
    """A place of this bilan's own cabinet, or none."""
    try:
        return Lieu.objects.filter(organisme=bilan.organisme_id, actif=True, pk=lieu_id).first()
    except (ValueError, ValidationError):
        return None
