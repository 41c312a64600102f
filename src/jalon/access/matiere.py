"""What the synthesis can be gathered from: what is agreed, shared or restituted, word for word, each with its source.

Never a result that was not restituted, never a note, never the notebook: they are not even read here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from jalon.access import Action, require
from jalon.access.instruments import instrument_of
from jalon.access.pieces import Lue, read_pieces
from jalon.domain.francais import jour, nombre
from jalon.domain.synthese import Rubrique
from jalon.records.models import Bilan, Personne

# The kinds that are read, and the heading under which each is proposed first.
NATURES: dict[str, Rubrique] = {
    "demande": Rubrique.CIRCONSTANCES,
    "objectifs": Rubrique.CIRCONSTANCES,
    "recap": Rubrique.CIRCONSTANCES,
    "experience": Rubrique.COMPETENCES,
    "competence": Rubrique.COMPETENCES,
    "resultat": Rubrique.COMPETENCES,
    "projet": Rubrique.PROJET,
    "conclusions": Rubrique.PROJET,
    "plan": Rubrique.PROJET,
}


@dataclass(frozen=True)
class Matiere:
    """One source and its passages, as the synthesis would hold them: «- » for an item, «> » for the person's own words."""

    piece: str
    nature: str
    reference: str
    titre: str
    rubrique: Rubrique
    passages: tuple[str, ...]


def list_matiere(personne: Personne, bilan: Bilan, *, now: datetime) -> list[Matiere]:
    require(Action.WRITE_SYNTHESE, personne, bilan)
    found = []
    for lue in read_pieces(personne, bilan, NATURES, now=now):
        if not _is_ready(lue):
            continue
        passages = tuple(p for p in _passages(lue) if p.strip("->• "))
        if passages:
            found.append(
                Matiere(
                    str(lue.piece.pk),
                    lue.piece.nature,
                    lue.piece.reference,
                    _title(lue, bilan),
                    NATURES[lue.piece.nature],
                    passages,
                )
            )
    order = list(NATURES)
    return sorted(found, key=lambda one: order.index(one.nature))


def _is_ready(lue: Lue) -> bool:
    """What both agreed, what was shared, what was restituted; the rest is still somebody's draft."""
    piece = lue.piece
    match piece.nature:
        case "demande" | "objectifs":
            return piece.valide_beneficiaire_le is not None
        case "recap":
            return piece.partage_le is not None
        case "resultat":
            return piece.restitue_le is not None
        case "projet":
            return bool(lue.contenu.nature != "ecarte")
    return True


def _passages(lue: Lue) -> Iterable[str]:
    said: Any = lue.contenu
    match lue.piece.nature:
        case "demande":
            return [*_quoted(said.mots_de_la_personne), *_paragraphs(said.reformulation)]
        case "objectifs":
            return [_item(one.texte) for one in said.objectifs]
        case "recap":
            return [*_paragraphs(said.texte), *_quoted(said.correction)]
        case "experience":
            where = ", ".join(part for part in (said.intitule, said.structure, _years(said)) if part)
            return [_item(where), *_paragraphs(said.texte)]
        case "competence":
            return [_item(f"{said.intitule} : {said.preuve}" if said.preuve.strip() else said.intitule)]
        case "resultat":
            return [*(_item(_scale(e)) for e in said.echelles), *_quoted(said.commentaire_personne)]
        case "projet":
            texts = [said.description, said.atouts, said.obstacles, said.a_verifier, said.formation]
            return [said.intitule, *(p for text in texts for p in _paragraphs(text))]
        case "conclusions":
            texts = [said.conditions, said.moyens, said.freins]
            return [p for text in texts for p in _paragraphs(text)]
        case "plan":
            return [_item(step.texte) for step in said.etapes]
    return []


def _paragraphs(text: str) -> list[str]:
    return ["\n".join(block.strip().splitlines()) for block in text.split("\n\n") if block.strip()]


def _quoted(text: str) -> list[str]:
    return [f"> {' '.join(block.split())}" for block in _paragraphs(text)]


def _item(text: str) -> str:
    return f"- {' '.join(text.split())}"


def _years(said: Any) -> str:
    return "-".join(dict.fromkeys(year[:4] for year in (said.debut, said.fin) if year))


def _scale(e: Any) -> str:
    """A figure as it was restituted, and no judgement made of it."""
    if e.moyenne is None:
        return ""
    value = nombre(Decimal(str(e.moyenne)), 1)
    return f"{e.nom} : {value}" + (f" sur {nombre(Decimal(str(e.maximum)))}" if e.maximum is not None else "")


def _title(lue: Lue, bilan: Bilan) -> str:
    piece, said = lue.piece, lue.contenu
    day = jour(piece.cree_le.astimezone(ZoneInfo(bilan.fuseau)).date())
    match piece.nature:
        case "resultat":
            instrument = instrument_of(bilan.organisme_id, said.instrument, said.version_instrument)
            return f"Résultat restitué : {instrument.titre if instrument else said.instrument}"[:300]
        case "recap":
            return f"Compte rendu du {day}"
        case "projet" | "experience" | "competence":
            kind = {"projet": "Projet", "experience": "Expérience", "competence": "Compétence"}[piece.nature]
            return f"{kind} : {said.intitule}"[:300]
    return {
        "demande": "Analyse de la demande",
        "objectifs": "Objectifs convenus",
        "conclusions": "Conditions et moyens",
        "plan": "Plan d’action",
    }[piece.nature]
