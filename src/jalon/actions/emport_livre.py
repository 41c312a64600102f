"""The chapters of the book: each kind of content in the order of a life, then the hours, the choices, and who looked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jalon.access.instruments import instrument_of
from jalon.access.pieces import Lue
from jalon.actions.emport_format import administrative
from jalon.documents.francais import date_longue, instant_complet
from jalon.documents.livre import Chapitre, Morceau
from jalon.domain.decision import Choix, Ensemble
from jalon.domain.jours import local_day, zone
from jalon.domain.natures import LABELS
from jalon.domain.parcours import Phase
from jalon.domain.seance import EtatSeance, Modalite
from jalon.records.models import Bilan
from jalon.vault.pieces.lecture import read_rows, title_of

_HERS = "écrit par vous"
_WITH = "écrit par la personne qui vous accompagne"


def chapters_of(bilan: Bilan, opened: list[Lue], files: Mapping[str, str]) -> list[Chapitre]:
    titles = {lue.piece.reference: title for lue in opened if (title := title_of(lue.contenu))}
    found: dict[str, list[Morceau]] = {}
    for lue in opened:
        found.setdefault(lue.piece.nature, []).append(_morceau(bilan, lue, titles, files))
    chapters = [Chapitre(LABELS[nature], tuple(parts)) for nature, parts in found.items()]
    return [*chapters, *_administration(bilan)]


def _morceau(bilan: Bilan, lue: Lue, titles: Mapping[str, str], files: Mapping[str, str]) -> Morceau:
    piece, content = lue.piece, lue.contenu
    place = zone(bilan.fuseau)
    day = date_longue(local_day(piece.modifie_le, place))
    who = _HERS if piece.auteur_id == bilan.beneficiaire_id else _WITH
    title = title_of(content)
    if piece.nature in ("reponses", "resultat"):
        instrument = instrument_of(bilan.organisme_id, content.instrument, content.version_instrument)
        title = instrument.titre if instrument else content.instrument
        rows = _answers(instrument, content) if piece.nature == "reponses" else read_rows(content, titles)
    else:
        rows = read_rows(content, titles)
    return Morceau(
        titre=title or f"{LABELS[piece.nature]} du {date_longue(local_day(piece.cree_le, place))}",
        quand=f"{day}, {who}" if piece.nature != "resultat" else day,
        lignes=tuple(rows),
        fichier=files.get(str(piece.pk), ""),
    )


def _answers(instrument: Any, sheet: Any) -> list[tuple[str, str]]:
    found = []
    for question in instrument.repondues(sheet.reponses) if instrument else ():
        value = sheet.reponses[question.code]
        words = {m.code: m.texte for m in question.modalites}
        chosen = value if isinstance(value, list) else [value]
        found.append((question.texte, ", ".join(words.get(str(v), str(v)) for v in chosen)))
    return found


def _administration(bilan: Bilan) -> list[Chapitre]:
    said, place = administrative(bilan), zone(bilan.fuseau)

    def when(text: str) -> str:
        return instant_complet(datetime.fromisoformat(text).astimezone(place))

    hours = tuple(
        (
            "",
            f"{Phase(s['phase']).label}, {Modalite(s['modalite']).label.lower()}\u00a0: {when(s['debut'])} "
            f"({EtatSeance(s['etat']).label.lower()})",
        )
        for s in said["seances"]
    )
    choices = tuple(
        (
            "",
            f"{Ensemble(d['ensemble']).label}\u00a0: {Choix(d['choix']).label.lower()}"
            + (f" pendant {d['duree_mois']} mois" if d["duree_mois"] else "")
            + f", décidé le {when(d['decide_le'])}"
            + (f", retiré le {when(d['retire_le'])}" if d["retire_le"] else ""),
        )
        for d in said["decisions"]
    )
    looks = tuple(
        ("", f"{when(a['heure'])}, dans l’heure\u00a0: {a['qui']}, {LABELS.get(a['nature'], a['nature'])}")
        for a in said["lectures"]
    )
    parts = (
        ("Les séances", hours),
        ("Mes décisions sur les documents", choices),
        ("Qui d’autre que moi a ouvert quoi", looks),
    )
    shown = tuple(Morceau(title, "", rows) for title, rows in parts if rows)
    return [Chapitre("Le déroulement", shown)] if shown else []
