"""The open data of a folder that is taken away: what it says, and the schema that is published with it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from jalon.access.pieces import Lue
from jalon.domain.natures import LABELS
from jalon.domain.parcours import TypeAction
from jalon.records.models import Acces, Bilan
from jalon.vault.pieces import KINDS
from jalon.vault.pieces.schema import schema_of

FORMAT = "jalon-dossier/2"
# Never hers to carry: the notes are the consultant’s own, drafts are no text yet, the first message is a prospect’s, and the
# answers of each person whom she asked are known mixed only.
PAS_A_ELLE = frozenset({"note", "brouillon", "propos", "regard", "adresse"})
# The order in which a person reads her own story; kinds that are not named here come after, in the order of their labels.
_ORDRE = (
    *("synthese", "projet", "contraintes", "formation", "comparaison", "enquete", "essai"),
    *("plan", "conclusions", "objectifs", "demande"),
    *("vecu", "experience", "realisation", "competence", "piste", "ecart"),
    *("resultat", "reponses", "recap", "message", "relais", "fichier", "carnet", "suivi", "repris"),
)


@cache
def natures() -> tuple[str, ...]:
    """Every kind that she carries away: the whole registry but what is not hers."""
    known = [n for n in _ORDRE if n in KINDS]
    return (*known, *(n for n in LABELS if n in KINDS and n not in known and n not in PAS_A_ELLE))


def data_of(bilan: Bilan, opened: list[Lue], files: Mapping[str, str], now: datetime) -> bytes:
    """`files`: the path of each deposited file in the folder, by the piece that names it."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "emporte_le": _instant(now),
        "reference": bilan.numero,
        "prestation": TypeAction(bilan.type_action).label,
        "cabinet": bilan.organisme.nom,
        "personne": {
            "prenom": bilan.beneficiaire.prenom,
            "nom": bilan.beneficiaire.nom,
            "courriel": bilan.beneficiaire.email or "",
            "telephone": bilan.beneficiaire.telephone,
        },
        "administratif": administrative(bilan),
        "pieces": [_piece(lue, bilan, files) for lue in opened],
    }
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def _piece(lue: Lue, bilan: Bilan, files: Mapping[str, str]) -> dict[str, Any]:
    piece = lue.piece
    found = {
        "id": str(piece.pk),
        "nature": piece.nature,
        "libelle": LABELS[piece.nature],
        "version": lue.contenu.version,
        "reference": piece.reference,
        "auteur": "personne" if piece.auteur_id == bilan.beneficiaire_id else "accompagnement",
        "cree_le": _instant(piece.cree_le),
        "modifie_le": _instant(piece.modifie_le),
        "contenu": lue.contenu.to_json(),
    }
    if str(piece.pk) in files:
        found["fichier"] = files[str(piece.pk)]
    return found


def administrative(bilan: Bilan) -> dict[str, Any]:
    """Dates, hours and choices: what the cabinet keeps of her as proof (RGPD art. 15 and 20)."""
    readings = Acces.objects.filter(bilan=bilan).select_related("lecteur").order_by("heure", "id")
    return {
        "consentements": [
            {"donne_le": _instant(c.donne_le), "retire_le": _instant(c.retire_le)}
            for c in bilan.consentements.order_by("donne_le", "id")
        ],
        "seances": [
            {
                "phase": s.phase,
                "nature": s.nature,
                "modalite": s.modalite,
                "etat": s.etat,
                "debut": _instant(s.debut_reel or s.debut),
                "fin": _instant(s.fin_reelle or s.fin),
            }
            for s in bilan.seances.order_by("debut", "id")
        ],
        "decisions": [
            {
                "ensemble": d.ensemble,
                "choix": d.choix,
                "decide_le": _instant(d.decide_le),
                "retire_le": _instant(d.retire_le),
                "duree_mois": d.duree_mois,
            }
            for d in bilan.decisions.order_by("decide_le", "id")
        ],
        "lectures": [
            {
                "heure": _instant(a.heure),
                "qui": a.lecteur.nom_complet if a.lecteur else "",
                "nature": a.nature,
            }
            for a in readings
        ],
    }


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


@cache
def schema() -> bytes:
    """JSON Schema 2020-12 of `donnees.json`, made from the very rules that check each kind."""
    kinds = natures()
    moment = {"type": "string", "format": "date-time"}
    maybe = {"type": ["string", "null"], "format": "date-time"}
    code = {"type": "string"}
    piece = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "nature": {"enum": list(kinds)},
            "libelle": {"type": "string"},
            "version": {"type": "integer", "minimum": 1},
            "reference": {"type": "string", "maxLength": 100},
            "auteur": {"enum": ["personne", "accompagnement"]},
            "cree_le": moment,
            "modifie_le": moment,
            "contenu": {"type": "object"},
            "fichier": {"type": "string", "pattern": "^fichiers/"},
        },
        "required": ["id", "nature", "version", "cree_le", "modifie_le", "contenu"],
        "additionalProperties": False,
        "allOf": [
            {
                "if": {"properties": {"nature": {"const": kind}}},
                "then": {"properties": {"contenu": {"$ref": f"#/$defs/{kind}"}}},
            }
            for kind in kinds
        ],
    }
    body = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:jalon:dossier:2",
        "title": "Dossier emporté par une personne",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "emporte_le": moment,
            "reference": {"type": "string"},
            "prestation": {"type": "string"},
            "cabinet": {"type": "string"},
            "personne": _objet(prenom=code, nom=code, courriel=code, telephone=code),
            "administratif": _objet(
                consentements=_liste(donne_le=moment, retire_le=maybe),
                seances=_liste(phase=code, nature=code, modalite=code, etat=code, debut=moment, fin=moment),
                decisions=_liste(
                    ensemble=code,
                    choix=code,
                    decide_le=moment,
                    retire_le=maybe,
                    duree_mois={"type": ["integer", "null"]},
                ),
                lectures=_liste(heure=moment, qui=code, nature=code),
            ),
            "pieces": {"type": "array", "items": {"$ref": "#/$defs/piece"}},
        },
        "required": ["format", "emporte_le", "reference", "prestation", "cabinet", "personne", "pieces"],
        "additionalProperties": False,
        "$defs": {
            "piece": piece,
            **{kind: {"title": LABELS[kind], **schema_of(KINDS[kind])} for kind in kinds},
        },
    }
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def _objet(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _liste(**fields: Any) -> dict[str, Any]:
    return {"type": "array", "items": _objet(**fields)}
