"""What the person takes away: one zip, readable in twenty years without us. Made in memory, never written in clear on our disk.

An HTML book that opens offline, the sealed papers, her files, open data in JSON, and the fingerprint of each.
"""

import hashlib
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.instruments import instrument_of
from jalon.access.pieces import Lue, read_pieces
from jalon.actions.fichier import read_fichier
from jalon.actions.piece import lock_bilan
from jalon.actions.synthese import load_document
from jalon.documents.livre import Chapitre, render_livre
from jalon.domain.natures import LABELS
from jalon.domain.parcours import TypeAction
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, DocumentEmis, Fichier, Personne
from jalon.vault import CleAbsente

# The order in which a person reads her own story. The consultant's notes are the consultant's: they are nowhere here.
NATURES = (
    *("synthese", "projet", "contraintes", "formation", "comparaison", "enquete", "essai"),
    *("plan", "conclusions", "objectifs", "demande"),
    *("vecu", "experience", "realisation", "competence", "piste", "ecart"),
    *("resultat", "reponses", "recap", "message", "fichier", "carnet", "suivi"),
)
FORMAT = "jalon-dossier/1"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Emport:
    """The zip, and how many pieces and files it holds."""

    octets: bytes
    pieces: int
    fichiers: int
    empreinte: str


def take_away(*, bilan: Bilan, by: Personne, now: datetime) -> Emport:
    """Everything that is hers and still readable, before and after the term. Recorded, so that nobody warns her for nothing."""
    access.require(Action.TAKE_AWAY, by, bilan)
    with transaction.atomic():
        bilan = lock_bilan(bilan)
        made = _pack(bilan, by, now)
        if bilan.emporte_le is None:
            bilan.emporte_le = now
            bilan.save(update_fields=["emporte_le"])
        record(
            Nom.DOSSIER_EMPORTE,
            bilan,
            by=by,
            now=now,
            faits={"pieces": made.pieces, "fichiers": made.fichiers, "empreinte": made.empreinte},
        )
    return made


def _pack(bilan: Bilan, by: Personne, now: datetime) -> Emport:
    opened = read_pieces(by, bilan, NATURES, now=now)
    opened.sort(key=lambda lue: (NATURES.index(lue.piece.nature), lue.piece.cree_le))
    entries: dict[str, bytes] = {}
    for paper in DocumentEmis.objects.filter(bilan=bilan).order_by("emis_le"):
        content = _paper(paper)
        if content is not None:
            entries[f"documents/{_safe(paper.numero)}.pdf"] = content
    names = {str(lue.piece.reference): lue.contenu for lue in opened if lue.piece.nature == "fichier"}
    files = 0
    for rank, fichier in enumerate(Fichier.objects.filter(bilan=bilan).order_by("depose_le"), 1):
        fiche = names.get(str(fichier.pk))
        if fiche is not None:
            entries[f"fichiers/{rank:02d}-{_safe(fiche.nom_original)}"] = b"".join(read_fichier(fichier))
            files += 1
    entries["donnees.json"] = _data(bilan, opened, now)
    entries["mon-dossier.html"] = render_livre(
        titre="Mon dossier",
        personne=bilan.beneficiaire.nom_complet,
        cabinet=bilan.organisme.nom,
        emporte_le=now,
        fuseau=bilan.fuseau,
        chapitres=_chapters(opened, bilan.organisme_id),
        documents=[name for name in entries if name.startswith(("documents/", "fichiers/"))],
    ).encode()
    entries["empreintes-sha256.txt"] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(entries.items())
    ).encode()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(
                zipfile.ZipInfo(name, now.astimezone(UTC).timetuple()[:6]), content, zipfile.ZIP_DEFLATED
            )
    octets = buffer.getvalue()
    return Emport(octets, len(opened), files, hashlib.sha256(octets).hexdigest())


def _paper(paper: DocumentEmis) -> bytes | None:
    """None for a document whose key is destroyed: its proof remains, not its words."""
    if paper.octets is not None:
        return bytes(paper.octets)
    try:
        return load_document(paper) if paper.objet else None
    except CleAbsente:
        return None


def _data(bilan: Bilan, opened: list[Lue], now: datetime) -> bytes:
    body: dict[str, Any] = {
        "format": FORMAT,
        "emporte_le": now.astimezone(UTC).isoformat(),
        "reference": bilan.numero,
        "prestation": TypeAction(bilan.type_action).label,
        "cabinet": bilan.organisme.nom,
        "personne": {"prenom": bilan.beneficiaire.prenom, "nom": bilan.beneficiaire.nom},
        "pieces": [
            {
                "nature": lue.piece.nature,
                "libelle": LABELS[lue.piece.nature],
                "version": lue.contenu.version,
                "cree_le": lue.piece.cree_le.astimezone(UTC).isoformat(),
                "modifie_le": lue.piece.modifie_le.astimezone(UTC).isoformat(),
                "contenu": lue.contenu.to_json(),
            }
            for lue in opened
        ],
    }
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


# The titles of fields in the book; what is not here is an identifier, and stays in the open data.
_FIELDS = {
    "mots_de_la_personne": "Mes mots",
    "reformulation": "Ce que nous avons convenu",
    "circonstances": "Les circonstances",
    "competences": "Compétences et aptitudes",
    "projet": "Projet, formation et étapes",
    "observations": "Mes observations",
    "intitule": "Intitulé",
    "description": "Description",
    "atouts": "Atouts",
    "obstacles": "Obstacles",
    "a_verifier": "Ce qui reste à vérifier",
    "raison_ecart": "Pourquoi je l’ai écarté",
    "formation": "Les pistes de formation",
    "structure": "Où",
    "debut": "Depuis",
    "fin": "Jusqu’à",
    "preuve": "Ce qui le montre",
    "libelle": "Dans le référentiel des métiers",
    "raison": "La raison",
    "note": "La piste pour l’acquérir",
    "credits": "Sources",
    "conditions": "Ce qui favorise",
    "moyens": "Les moyens",
    "freins": "Les freins",
    "texte": "Texte",
    "correction": "Ma correction",
    "titre": "Titre",
    "changements": "Ce qui a changé",
    "suites": "Les suites",
    "commentaire_personne": "Mon commentaire",
    "nom_original": "Nom du fichier",
    "critere": "Je saurai que c’est atteint quand",
    "pour_le": "Pour le",
    "nom": "Échelle",
    "moyenne": "Moyenne",
    "lecture": "Lecture",
}


def _chapters(opened: list[Lue], organisme_id: Any) -> list[Chapitre]:
    chapters: dict[str, list[tuple[str, str]]] = {}
    for lue in opened:
        rows = chapters.setdefault(LABELS[lue.piece.nature], [])
        if lue.piece.nature == "reponses":
            rows += _answers(lue.contenu, organisme_id)
        else:
            rows += _rows(lue.contenu.to_json())
        rows.append(("", ""))
    return [Chapitre(title, tuple(rows[:-1])) for title, rows in chapters.items()]


def _rows(data: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in data.items():
        if isinstance(value, dict):
            found += _rows(value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    found += _rows(item)
        elif key in _FIELDS and value not in (None, ""):
            found.append(
                (_FIELDS[key], f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value))
            )
    return found


def _answers(sheet: Any, organisme_id: Any) -> list[tuple[str, str]]:
    instrument = instrument_of(organisme_id, sheet.instrument, sheet.version_instrument)
    found = [("", instrument.titre if instrument else sheet.instrument)]
    for question in instrument.repondues(sheet.reponses) if instrument else ():
        value = sheet.reponses[question.code]
        words = {m.code: m.texte for m in question.modalites}
        chosen = value if isinstance(value, list) else [value]
        found.append((question.texte, ", ".join(words.get(str(v), str(v)) for v in chosen)))
    return found


def _safe(name: str) -> str:
    """A name that any system can hold; the true one is in the book and in the data."""
    return _UNSAFE.sub("-", name).strip("-.")[:80] or "fichier"
