"""Raise the counts at the moment when what they say dies: no identifier goes with them, and no day."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from jalon.access.pieces import open_for_action
from jalon.domain.bilan import Etat
from jalon.domain.compteur import Mesure, hours_band, quarter_of, weeks_band
from jalon.domain.decision import Choix
from jalon.domain.seance import done_hours
from jalon.records.faits import local_day, seance_facts
from jalon.records.models import Bilan, Compteur, Piece
from jalon.vault import CleAbsente


def count(bilan: Bilan, said: dict[Mesure, str], *, now: datetime) -> None:
    """One more of each, in this quarter."""
    quarter = quarter_of(local_day(bilan, now))
    with transaction.atomic():
        for mesure, valeur in said.items():
            row, _ = Compteur.objects.get_or_create(
                organisme=bilan.organisme, trimestre=quarter, mesure=mesure.value, valeur=valeur
            )
            Compteur.objects.filter(pk=row.pk).update(nombre=F("nombre") + 1)


def count_end(bilan: Bilan, *, now: datetime) -> None:
    """Before the keys die: what the content was, never what it said."""
    natures = set(Piece.objects.filter(bilan=bilan).values_list("nature", flat=True))
    seances = [seance_facts(s) for s in bilan.seances.prefetch_related("emargements")]
    said = {
        Mesure.FIN: str(bilan.etat),
        Mesure.VOIE: str(bilan.financement),
        Mesure.HEURES: hours_band(done_hours(seances).accompagnement),
        Mesure.SYNTHESE: _yes(bilan.synthese_remise_le is not None),
        Mesure.PROJET: _projet(bilan),
        Mesure.PLAN: _yes("plan" in natures),
        Mesure.EMPORTE: _yes(bilan.emporte_le is not None),
        Mesure.GARDE: _yes(bilan.decisions.filter(choix=Choix.CONSERVER, retire_le=None).exists()),
    }
    if bilan.preliminaire_le is not None and bilan.termine_le is not None:
        said[Mesure.SEMAINES] = weeks_band(
            local_day(bilan, bilan.preliminaire_le), local_day(bilan, bilan.termine_le)
        )
    if bilan.etat == Etat.NON_CONCLU:
        said = {Mesure.FIN: str(bilan.etat), Mesure.VOIE: str(bilan.financement)}
    count(bilan, said, now=now)


def _yes(fact: bool) -> str:
    return "oui" if fact else "non"


def _projet(bilan: Bilan) -> str:
    found = set()
    for piece in Piece.objects.filter(bilan=bilan, nature="projet"):
        try:
            found.add(open_for_action(piece).nature)
        except CleAbsente:
            continue
    return next((word for word in ("principal", "alternatif") if word in found), "non")
