"""The doors of the trade's library: shipped exercises, the cabinet's, one's own; and the shelf of resources."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.http import Http404

from jalon.access import Action, can
from jalon.instruments import Exercice, exercice_file, library, order_of, read_exercice
from jalon.records.models import ExercicePropre, Organisme, Personne, RessourceCabinet


@lru_cache(maxsize=256)
def _read(empreinte: str, contenu: str) -> Exercice:
    return read_exercice(contenu.encode(), empreinte)


@dataclass(frozen=True)
class Depose:
    """One version of the cabinet's own, with what its file says."""

    row: ExercicePropre
    exercice: Exercice


def list_own_exercices(personne: Personne, organisme: Organisme) -> list[Depose]:
    """Hers, and those that were shared, withdrawn ones last."""
    seen = ExercicePropre.objects.filter(Q(partage=True) | Q(auteur=personne), organisme=organisme)
    return [
        Depose(row, _read(row.empreinte, row.contenu))
        for row in seen.select_related("auteur").order_by("retire_le", "titre", "depose_le", "id")
    ]


def exercices_for(personne: Personne, organisme: Organisme) -> dict[str, Exercice]:
    """What she may propose today, by code: what is shipped, then the newest version of each other."""
    found = dict(library())
    for own in list_own_exercices(personne, organisme):
        known = found.get(own.exercice.code)
        newer = known is None or order_of(own.exercice.version) > order_of(known.version)
        if own.row.retire_le is None and newer:
            found[own.exercice.code] = own.exercice
    return found


def get_own_exercice(action: Action, personne: Personne, exercice_id: Any) -> ExercicePropre:
    row = ExercicePropre.objects.select_related("organisme").filter(pk=exercice_id).first()
    if row is None or not can(action, personne, row.organisme):
        raise Http404
    if not row.partage and row.auteur_id != personne.pk:
        raise Http404
    return row


def get_exercice(personne: Personne, organisme: Organisme, code: str) -> tuple[Exercice, bytes]:
    """One exercise with its file: the version of today, or 404."""
    shipped = exercice_file(code)
    if shipped is not None:
        return library()[code], shipped
    own = [d for d in list_own_exercices(personne, organisme) if d.row.code == code]
    if not own:
        raise Http404
    newest = max(own, key=lambda d: order_of(d.row.version))
    return newest.exercice, newest.row.contenu.encode()


# The shelf


def list_etagere(personne: Personne, organisme: Organisme) -> list[RessourceCabinet]:
    """The cabinet's and her own, in the order of their titles."""
    seen = RessourceCabinet.objects.filter(Q(partagee=True) | Q(auteur=personne), organisme=organisme)
    return list(seen.filter(retiree_le=None).select_related("auteur"))


def get_ressource(action: Action, personne: Personne, ressource_id: Any) -> RessourceCabinet:
    row = (
        RessourceCabinet.objects.select_related("organisme").filter(pk=ressource_id, retiree_le=None).first()
    )
    if row is None or not can(action, personne, row.organisme):
        raise Http404
    if not row.partagee and row.auteur_id != personne.pk:
        raise Http404
    return row
