"""The doors of promises: their rows, and the words that the recap holds under the same identifier."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404

from jalon.access import Action, require
from jalon.access.pieces import read_pieces
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Personne, Promesse


@dataclass(frozen=True)
class PromesseLue:
    promesse: Promesse
    texte: str
    jour: date

    @property
    def en_retard(self) -> bool:
        day = self.promesse.pour_le
        return self.promesse.tenue_le is None and day is not None and day < self.jour

    @property
    def du_consultant(self) -> bool:
        return bool(self.promesse.qui == Promesse.Qui.CONSULTANT)


def list_promesses(
    personne: Personne, bilan: Bilan, *, now: datetime, tenues: bool = False, seance_id: Any = None
) -> list[PromesseLue]:
    """Of one bilan, the nearest day first; the person sees those of the recaps that were shared with her."""
    require(Action.READ_CONTENU, personne, bilan)
    rows = Promesse.objects.filter(bilan=bilan)
    if not tenues:
        rows = rows.filter(tenue_le=None)
    if personne.pk == bilan.beneficiaire_id:
        rows = rows.filter(partagee=True)
    if seance_id is not None:
        rows = rows.filter(seance=seance_id)
    found = list(rows)
    if not found:
        return []
    words = words_of(lue.contenu for lue in read_pieces(personne, bilan, ["recap"], now=now))
    day = local_day(bilan, now)
    return [PromesseLue(row, words[str(row.pk)], day) for row in found if str(row.pk) in words]


def get_promesse(action: Action, personne: Personne, bilan: Bilan, promesse_id: Any) -> Promesse:
    require(action, personne, bilan)
    row = Promesse.objects.filter(bilan=bilan, pk=promesse_id).first()
    if row is None or (personne.pk == bilan.beneficiaire_id and not row.partagee):
        raise Http404
    row.bilan = bilan
    return row


def words_of(recaps: Iterable[Any]) -> dict[str, str]:
    return {line.id: line.texte for recap in recaps for line in recap.promesses}
