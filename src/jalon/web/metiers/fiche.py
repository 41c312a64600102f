"""A fiche, and two or three side by side, ready for their templates."""

from datetime import date
from typing import Any

from django.http import Http404

from jalon.domain.piste import A_COMPARER
from jalon.metiers import CodeInconnu, Metiers
from jalon.web.metiers.liens import Liens
from jalon.web.metiers.mots import en_mots, par_famille

# A fiche of the official archive has up to sixty skills: the first ones are read, the others unfold.
PREMIERES = 12
PROPRES = 10
# What ROME writes of an occupation that the ecological transition leaves as it is.
NEUTRES = ("", "N", "Emploi Blanc")


def montrer_fiche(metiers: Metiers, code: str, liens: Liens, day: date) -> dict[str, Any]:
    """For `metiers/_fiche.html`; 404 for a code that the day's version does not know."""
    try:
        fiche = metiers.fiche(code)
    except CodeInconnu:
        raise Http404 from None
    known = metiers.certifications
    return {
        "fiche": fiche,
        "interets": en_mots(fiche.riasec),
        "transition": "" if fiche.transition_ecologique in NEUTRES else fiche.transition_ecologique,
        "blocs": [
            {"titre": titre, "premieres": held[:PREMIERES], "suite": held[PREMIERES:]}
            for titre, held in (
                ("Ce que l’on y sait faire", fiche.savoir_faire),
                ("Ce que l’on y connaît", fiche.savoirs),
                ("Les façons d’être attendues", fiche.savoir_etre),
            )
            if held
        ],
        "contextes": par_famille(fiche.contextes),
        "mobilites": [{"libelle": one.libelle, "href": liens.fiche(one.code)} for one in fiche.mobilites],
        "certifications": known.leading_to(fiche.code, day) if known else [],
        "sources": sources(metiers),
        "secteurs": fiche.classements.get("secteur", ()) or fiche.classements.get("naf", ()),
        "depart": metiers.depart,
    }


def montrer_comparaison(metiers: Metiers, codes: list[str], liens: Liens) -> dict[str, Any]:
    """For `metiers/_comparer.html`; `manque` when there are not two or three occupations to put side by side."""
    asked = list(dict.fromkeys(codes))
    low, high = A_COMPARER
    if not low <= len(asked) <= high:
        return {"colonnes": [], "manque": True, "sources": sources(metiers), "depart": metiers.depart}
    try:
        found = metiers.compare(asked)
    except CodeInconnu:
        raise Http404 from None
    columns = [
        {
            "fiche": fiche,
            "href": liens.fiche(fiche.code),
            "interets": en_mots(fiche.riasec),
            "propres": [one for one in own if one.nature != "contexte"][:PROPRES],
            "reste": max(0, sum(one.nature != "contexte" for one in own) - PROPRES),
            "contextes": fiche.contextes,
            "vers": [one.libelle for one in fiche.mobilites if one.code in asked],
        }
        for fiche, own in zip(found.fiches, found.propres, strict=True)
    ]
    common = [one for one in found.communes if one.nature != "contexte"]
    return {
        "colonnes": columns,
        "communes": common,
        "manque": False,
        "sources": sources(metiers),
        "depart": metiers.depart,
    }


def sources(metiers: Metiers) -> list[str]:
    """The credit lines, as the licences ask."""
    known = metiers.certifications
    return [metiers.credit, *([known.credit] if known else [])]
