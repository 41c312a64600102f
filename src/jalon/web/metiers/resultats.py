"""What a search shows: occupations, then skills that the same words name."""

import re
from dataclasses import dataclass
from typing import Any

from jalon.domain.piste import PAR_TEST_MAX
from jalon.metiers import CodeInconnu, Metiers
from jalon.web.metiers.criteres import TROUVES_MAX, Criteres
from jalon.web.metiers.liens import Liens

SAVOIRS_MAX = 6
_CODE = re.compile(r"^[A-Na-n]\d{3,5}$")


@dataclass(frozen=True)
class Trouve:
    """One occupation; `appellation` is the title that answered to the words."""

    code: str
    libelle: str
    appellation: str
    domaine: str
    href: str
    marque: str


def chercher(form: Criteres, metiers: Metiers, liens: Liens) -> dict[str, Any]:
    """For `metiers/_resultats.html`. A form that is refused, or empty, finds nothing."""
    shown: dict[str, Any] = {"liens": liens, "trouves": [], "savoirs": [], "demande": False, "trop": False}
    shown |= {"lettres_seules": False}
    shown |= {"inconnu": "", "filtre_competence": ""}
    if not form.is_valid() or not form.dite:
        return shown
    asked = form.cleaned_data
    text = asked["texte"].strip()
    if text:
        found = metiers.search(text, TROUVES_MAX + 1, form.filtre())
        if not asked["competence"]:
            shown["savoirs"] = metiers.search_skills(text, SAVOIRS_MAX)
    else:
        found = metiers.list_fiches(form.filtre(), TROUVES_MAX + 1)
    # Letters alone are what a test says: they open no list of three hundred occupations.
    most = PAR_TEST_MAX if _letters_alone(asked) else TROUVES_MAX
    domaines = {code: label for _, _, inside in metiers.domaines() for code, label in inside}
    shown["trouves"] = [
        Trouve(
            one.code,
            one.libelle,
            one.appellation or "",
            domaines.get(one.code[:3], ""),
            liens.fiche(one.code),
            liens.marque(one.code),
        )
        for one in found[:most]
    ]
    shown["demande"], shown["trop"] = True, len(found) > most
    shown["lettres_seules"] = most == PAR_TEST_MAX
    if not found and _CODE.match(text):
        shown["inconnu"] = _nearest(metiers, text)
    if asked["competence"]:
        shown["filtre_competence"] = metiers.known_skills([asked["competence"]])[asked["competence"]].libelle
    return shown


def _letters_alone(asked: dict[str, Any]) -> bool:
    others = ("texte", "domaine", "etiquettes", "competence")
    return bool(asked["interets"]) and not any(asked[name] for name in others)


def _nearest(metiers: Metiers, code: str) -> str:
    """What to say of a code that this version does not know."""
    try:
        metiers.fiche(code)
    except CodeInconnu as unknown:
        return unknown.phrase
    return ""
