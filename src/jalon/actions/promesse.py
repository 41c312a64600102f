"""Promises made in a séance: lines of its recap, followed until they are kept."""

import uuid
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.piece import lock_bilan, require_content_open
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Personne, Promesse
from jalon.vault.pieces.recap import Recap


def identified(recap: Recap, known: Recap | None) -> Recap:
    """Each line under the identifier of its row; one that the form lost is found again by its words."""
    free = {p.texte: p.id for p in known.promesses} if known else {}
    mine = {p.id for p in known.promesses} if known else set()
    used: set[str] = set()
    lines = []
    for line in recap.promesses:
        wanted = line.id if line.id in mine else free.get(line.texte, "")
        if not wanted or wanted in used:
            wanted = str(uuid.uuid4())
        used.add(wanted)
        lines.append(replace(line, id=wanted))
    return replace(recap, promesses=tuple(lines))


def follow(bilan: Bilan, recap: Recap, *, partagee: bool) -> None:
    """The rows say what the lines of this recap say: who, by when. A line that was removed is followed no more."""
    rows = {str(p.pk): p for p in Promesse.objects.filter(bilan=bilan, seance_id=recap.seance_id)}
    for line in recap.promesses:
        row = rows.pop(line.id, None) or Promesse(
            id=line.id or uuid.uuid4(), bilan=bilan, seance_id=recap.seance_id
        )
        row.qui = line.qui
        row.pour_le = date.fromisoformat(line.pour_le) if line.pour_le else None
        row.partagee = partagee
        row.save()
    Promesse.objects.filter(pk__in=[p.pk for p in rows.values()]).delete()


@transaction.atomic
def keep_promesse(*, promesse: Promesse, tenue: bool, by: Personne, now: datetime) -> Promesse:
    """Ticked, or unticked, by either: what was promised was promised to both."""
    access.require(Action.KEEP_PROMESSE, by, promesse.bilan)
    bilan = lock_bilan(promesse.bilan)
    require_content_open(bilan)
    row = Promesse.objects.select_for_update().filter(pk=promesse.pk).first()
    if row is None or (by.pk == bilan.beneficiaire_id and not row.partagee):
        raise Refused(
            Obstacle("Cet engagement n’est plus dans le compte rendu : rechargez la page.", code="absent")
        )
    if (row.tenue_le is not None) == tenue:
        return row
    row.tenue_le, row.tenue_par = (now, by) if tenue else (None, None)
    row.save(update_fields=["tenue_le", "tenue_par"])
    record(
        Nom.PROMESSE_TENUE if tenue else Nom.PROMESSE_ROUVERTE,
        bilan,
        by=by,
        now=now,
        faits={"promesse": row.pk, "seance": row.seance_id, "qui": row.qui},
    )
    return row
