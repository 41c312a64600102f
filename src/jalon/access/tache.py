"""The doors of work between séances: what was asked, what was handed in, the time that the person signed for it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404

from jalon.access import Action, require
from jalon.access.fichier import list_fichiers
from jalon.access.pieces import Lue, read_pieces
from jalon.domain.seance import EtatSeance
from jalon.domain.tache import EtatTache, TacheFacts
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Echeance, Personne, Seance, Tache


@dataclass(frozen=True)
class TacheLue:
    """One task as its reader may see it: `rendu` is None for the consultant until it is handed in."""

    tache: Tache
    demande: Lue
    rendu: Lue | None
    minutes: int
    jour: date
    rappel: bool = False

    @property
    def facts(self) -> TacheFacts:
        t = self.tache
        return TacheFacts(t.pour_le, t.commencee_le, t.rendue_le, t.relue_le)

    @property
    def contenu(self) -> Any:
        return self.demande.contenu

    @property
    def etat(self) -> EtatTache:
        return self.facts.etat

    @property
    def en_retard(self) -> bool:
        return self.facts.is_late(self.jour)

    @property
    def a_faire(self) -> bool:
        return self.tache.rendue_le is None

    @property
    def par_la_personne(self) -> bool:
        return bool(self.tache.donnee_par_id == self.tache.bilan.beneficiaire_id)


def list_taches(personne: Personne, bilan: Bilan, *, now: datetime) -> list[TacheLue]:
    """What is still to do first, the nearest day first; then what was handed in, newest first. A fixed number of queries."""
    require(Action.READ_CONTENU, personne, bilan)
    rows = {str(t.pk): t for t in Tache.objects.filter(bilan=bilan)}
    if not rows:
        return []
    lues: dict[tuple[str, str], Lue] = {
        (lue.piece.nature, lue.piece.reference): lue
        for lue in read_pieces(personne, bilan, ["tache", "rendu"], now=now)
    }
    minutes = _spent(list(rows.values()))
    reminded = set(
        Echeance.objects.filter(bilan=bilan, nom="tache_rappel", faite_le=None, annulee_le=None).values_list(
            "reference", flat=True
        )
    )
    found = []
    for key, row in rows.items():
        asked = lues.get(("tache", key))
        if asked is None:
            continue
        row.bilan = bilan
        found.append(
            TacheLue(
                row, asked, lues.get(("rendu", key)), minutes[row.pk], local_day(bilan, now), key in reminded
            )
        )
    todo = sorted(
        (t for t in found if t.a_faire), key=lambda t: (t.tache.pour_le or date.max, t.tache.donnee_le)
    )
    done = sorted((t for t in found if not t.a_faire), key=lambda t: t.tache.rendue_le or now, reverse=True)
    return [*todo, *done]


def get_tache(personne: Personne, bilan: Bilan, tache_id: Any, *, now: datetime) -> TacheLue:
    for found in list_taches(personne, bilan, now=now):
        if str(found.tache.pk) == str(tache_id):
            return found
    raise Http404


def list_temps(bilan: Bilan, tache: Tache) -> list[Seance]:
    """The sittings that the person noted for it."""
    return list(
        Seance.objects.filter(bilan=bilan, tache=tache, etat=EtatSeance.TENUE).order_by("debut", "id")
    )


def joined_files(personne: Personne, bilan: Bilan, lue: TacheLue, *, now: datetime) -> list[Any]:
    wanted = set(lue.rendu.contenu.fichiers) if lue.rendu else set()
    if not wanted:
        return []
    return [f for f in list_fichiers(personne, bilan, now=now) if str(f.fichier.pk) in wanted]


def _spent(rows: list[Tache]) -> dict[Any, int]:
    spent: dict[Any, int] = defaultdict(int)
    held = Seance.objects.filter(tache__in=rows, etat=EtatSeance.TENUE)
    for tache_id, start, end in held.values_list("tache_id", "debut_reel", "fin_reelle"):
        if start is not None and end is not None:
            spent[tache_id] += round((end - start).total_seconds() / 60)
    return spent
