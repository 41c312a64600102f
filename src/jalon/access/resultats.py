"""The door of the detailed results: what was restituted to the person, and what is missing, each by its name. For her alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jalon.access import Action, require
from jalon.access.instruments import instruments_of
from jalon.access.pieces import list_pieces, open_for_action, read_pieces
from jalon.domain.questionnaire import code_of, moment_of
from jalon.records.models import Bilan, DocumentEmis, Personne


@dataclass(frozen=True)
class Restitue:
    reference: str
    titre: str
    contenu: Any


@dataclass(frozen=True)
class Reunis:
    """`manques`: sentences; empty when the gathering is complete."""

    restitues: tuple[Restitue, ...]
    manques: tuple[str, ...]


def read_reunis(personne: Personne, bilan: Bilan, *, now: datetime) -> Reunis:
    """Only what was restituted is opened: the other sheets are counted by their dates."""
    require(Action.READ_RESULTATS_DETAILLES, personne, bilan)
    results = {
        lue.piece.reference: lue.contenu
        for lue in read_pieces(personne, bilan, ["resultat"], now=now)
        if lue.piece.restitue_le is not None
    }
    sheets = {row.reference: row for row in list_pieces(personne, bilan, ["reponses"])}
    versions = {reference: open_for_action(row).version_instrument for reference, row in sheets.items()}
    known = instruments_of(
        bilan.organisme_id, {(code_of(reference), version) for reference, version in versions.items()}
    )
    restituted, missing = [], []
    for reference, row in sheets.items():
        instrument = known.get((code_of(reference), versions[reference]))
        if instrument is None or not instrument.a_resultat:
            continue
        title = instrument.titre + (", à la fin" if moment_of(reference) else "")
        if reference in results:
            restituted.append(Restitue(reference, title, results[reference]))
        elif row.valide_beneficiaire_le is None:
            missing.append(f"Le questionnaire «\u00a0{title}\u00a0» n’est pas terminé.")
        else:
            missing.append(f"Le questionnaire «\u00a0{title}\u00a0» n’a pas encore été restitué.")
    return Reunis(tuple(restituted), tuple(missing))


def list_reunions(personne: Personne, bilan: Bilan) -> list[DocumentEmis]:
    """The sealed papers already made, newest first."""
    require(Action.READ_RESULTATS_DETAILLES, personne, bilan)
    return list(
        DocumentEmis.objects.filter(bilan=bilan, genre="resultats_detailles")
        .exclude(objet="")
        .defer("octets")
        .order_by("-emis_le")
    )
