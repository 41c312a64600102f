"""The doors of the network: a first name and subjects, never an address; and the words of the two who write to each other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404

from jalon import access
from jalon.access import Action
from jalon.access.pieces import open_for_action
from jalon.domain.bilan import RUNNING
from jalon.domain.reseau import Sujet
from jalon.records.models import Bilan, MiseEnRelation, Personne, Piece, Ressource
from jalon.vault import CleAbsente


@dataclass(frozen=True)
class Joignable:
    """What anybody else learns of her."""

    ressource: Ressource
    prenom: str
    sujets: list[str]


@dataclass(frozen=True)
class Echange:
    relation: MiseEnRelation
    avec: str
    messages: list[tuple[bool, str, datetime]]

    @property
    def ouvert(self) -> bool:
        return self.relation.close_le is None


def my_ressource(personne: Personne, bilan: Bilan) -> Ressource | None:
    access.require(Action.JOIN_RESEAU, personne, bilan)
    return Ressource.objects.filter(organisme=bilan.organisme, personne=personne).first()


def list_joignables(personne: Personne, bilan: Bilan) -> list[Joignable]:
    """For whoever is in her own journey: the others see nobody."""
    access.require(Action.ASK_RESEAU, personne, bilan)
    if bilan.etat not in RUNNING:
        return []
    rows = Ressource.objects.filter(organisme=bilan.organisme, personne__is_active=True).exclude(
        personne=personne
    )
    return [_joignable(row) for row in rows.select_related("personne")]


def _joignable(row: Ressource) -> Joignable:
    return Joignable(row, row.personne.prenom, [s.label for s in Sujet if s.value in row.sujets])


def get_joignable(personne: Personne, bilan: Bilan, ressource_id: Any) -> Joignable:
    for one in list_joignables(personne, bilan):
        if str(one.ressource.pk) == str(ressource_id):
            return one
    raise Http404


def list_echanges(personne: Personne, bilan: Bilan) -> list[Echange]:
    """Those of this dossier, and those that others opened with her."""
    access.require(Action.JOIN_RESEAU, personne, bilan)
    rows = MiseEnRelation.objects.filter(
        Q(bilan=bilan) | Q(ressource__personne=personne, ressource__organisme=bilan.organisme), close_le=None
    ).select_related("ressource__personne", "bilan__beneficiaire")
    return [_echange(personne, row) for row in rows]


def get_echange(personne: Personne, bilan: Bilan, relation_id: Any) -> Echange:
    try:
        return next(e for e in list_echanges(personne, bilan) if str(e.relation.pk) == str(relation_id))
    except (StopIteration, ValidationError):
        raise Http404 from None


def _echange(personne: Personne, row: MiseEnRelation) -> Echange:
    """The two are the only readers; neither sees the other's name beyond the first."""
    mine = row.bilan.beneficiaire_id == personne.pk
    other = row.ressource.personne if mine else row.bilan.beneficiaire
    said = []
    for piece in Piece.objects.filter(
        bilan=row.bilan, nature="relais", reference__startswith=f"{row.pk}."
    ).order_by("cree_le", "id"):
        try:
            content = open_for_action(piece)
        except CleAbsente:
            continue
        said.append(((content.de == "personne") == mine, content.texte, piece.cree_le))
    return Echange(row, other.prenom or "Quelqu’un", said)
