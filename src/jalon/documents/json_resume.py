"""A portfolio as JSON Resume v1.0.0 (jsonresume.org/schema): the plain open form that many tools read.

The schema lets each entry carry more than it names: the ROME code of an occupation stands there under `rome`; those of a skill are
also among its keywords, so that a reader that knows nothing of them loses nothing.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from jalon.documents.portefeuille.data import Competence, Experience, Portefeuille, Realisation, Rome

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
BENEVOLES = frozenset({"benevolat", "engagement"})
ETUDES = frozenset({"formation"})
INTERETS = frozenset({"loisir"})


def to_json_resume(cv: Portefeuille, *, now: datetime) -> bytes:
    by_kind: dict[str, list[Any]] = {"work": [], "volunteer": [], "education": [], "interests": []}
    for one in cv.experiences:
        section, entry = _experience(one)
        by_kind[section].append(entry)
    body: dict[str, Any] = {
        "$schema": SCHEMA,
        "basics": _without_blanks(
            {"name": f"{cv.prenom} {cv.nom}", "email": cv.courriel, "phone": cv.telephone}
        ),
        **{section: entries for section, entries in by_kind.items() if entries},
        "skills": [_skill(one) for one in cv.competences],
        "projects": [_project(one) for one in cv.autres],
        "meta": _without_blanks(
            {
                "canonical": SCHEMA,
                "version": "v1.0.0",
                "lastModified": now.strftime("%Y-%m-%dT%H:%M:%S"),
                "rome": cv.credit,
            }
        ),
    }
    body = {name: value for name, value in body.items() if value}
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def _experience(one: Experience) -> tuple[str, dict[str, Any]]:
    dates = {"startDate": one.debut, "endDate": one.fin}
    told = {
        "summary": one.texte,
        "highlights": [_line(r) for r in one.realisations],
        "rome": _rome(one.metier),
    }
    if one.genre in BENEVOLES:
        return "volunteer", _without_blanks(
            {"organization": one.structure, "position": one.intitule, **dates, **told}
        )
    if one.genre in ETUDES:
        return "education", _without_blanks(
            {"institution": one.structure, "area": one.intitule, **dates, "courses": told["highlights"]}
        )
    if one.genre in INTERETS:
        return "interests", _without_blanks({"name": one.intitule, "keywords": told["highlights"]})
    return "work", _without_blanks({"name": one.structure, "position": one.intitule, **dates, **told})


def _skill(one: Competence) -> dict[str, Any]:
    levels = [a.niveau for a in one.avis if a.niveau]
    return _without_blanks(
        {
            "name": one.intitule,
            "level": levels[0] if levels else "",
            "keywords": [*(f"ROME {r.code} {r.libelle}" for r in one.rome), *one.phrases],
            "rome": [_rome(r) for r in one.rome],
        }
    )


def _project(one: Realisation) -> dict[str, Any]:
    return _without_blanks(
        {"name": one.titre, "highlights": [f"{e.nom} : {e.texte}" for e in one.etapes if e.texte]}
    )


def _line(one: Realisation) -> str:
    """What was achieved in one line: its title, then what came of it."""
    result = next((e.texte for e in one.etapes if e.resultat and e.texte), "")
    return f"{one.titre} : {result}" if result else one.titre


def _rome(rome: Rome | None) -> dict[str, Any]:
    if rome is None:
        return {}
    return _without_blanks({"code": rome.code, "label": rome.libelle, "version": rome.version})


def _without_blanks(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value}
