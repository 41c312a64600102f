"""A competence in one's own words, with its proof; and the skills of the referential that say the same, accepted or refused one by one."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.metiers import referentiel
from jalon.access.pieces import get_piece, read_pieces
from jalon.actions.composition import compose
from jalon.actions.ecrit import write_ecrit
from jalon.actions.piece import Conflit
from jalon.domain.obstacle import Refused
from jalon.metiers.texte import keys
from jalon.web import gate
from jalon.web.ecrits.page import montrer, vers
from jalon.web.ecrits.saisie import Formulaire, en_texte, ligne, prose
from jalon.web.metiers import ecrire
from jalon.web.requete import Requete

PROPOSEES = 8


def _shared(words: str, libelle: str) -> list[str]:
    """The words of the skill that her own words say: why it is proposed. Empty when it came by a synonym."""
    said = set(keys(words))
    return [word for word in re.findall(r"[\w’'-]+", libelle) if said.intersection(keys(word))]


class FormulaireCompetence(Formulaire):
    intitule = ligne(
        "Ce que vous savez faire", "Un verbe et quelques mots : « calmer un client fâché ».", requis=True
    )
    preuve = prose(
        "Ce qui le montre", "Une fois où vous l’avez fait, et ce que cela a donné.", max_length=5_000
    )
    experience = forms.ChoiceField(label="Où vous l’avez appris", required=False)

    def __init__(self, data: Any = None, *, experiences: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["experience"]
        field.choices = [("", "Ailleurs, ou je ne sais pas"), *experiences]


def _make(data: Any = None, *, request: Requete, bilan: Any, **kwargs: Any) -> FormulaireCompetence:
    known = read_pieces(request.user, bilan, ["experience"], now=request.now)
    choices = [(lue.piece.reference, lue.contenu.intitule) for lue in known]
    return FormulaireCompetence(data, experiences=choices, **kwargs)


def _texte(contenu: Any) -> str:
    return en_texte(("", contenu.intitule), ("Ce qui le montre", contenu.preuve))


COMPETENCE = ecrire.Sorte(
    nature="competence",
    champs=("intitule", "preuve", "experience"),
    make=_make,
    texte=_texte,
    gabarit="metiers/competence.html",
    enregistre="La compétence est enregistrée.",
    efface="La compétence est effacée.",
    effacer="Effacer la compétence ?",
    ensuite="portefeuille_reconnaitre",
)


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.WRITE_PORTEFEUILLE)
    def reconnaitre(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        """The skills of the referential that her words may mean. None is hers before she says so."""
        lue = get_piece(request.user, bilan, "competence", str(reference), now=request.now)
        index = referentiel()
        words = request.POST.get("texte", "").strip() or lue.contenu.intitule
        obstacles: tuple[Any, ...] = ()
        if request.method == "POST" and request.POST.get("geste") == "noter":
            try:
                _answer(request, bilan, lue, index.version)
            except Refused as refused:
                obstacles = refused.obstacles
            except Conflit:
                obstacles = ecrire.CHANGE
            else:
                messages.success(request, "C’est noté : ces compétences comptent dans les rapprochements.")
                return vers(espace, "portefeuille", bilan)
        held = {one.code_ogr: one for one in lue.contenu.rome}
        found = [one for one in index.search_skills(words, PROPOSEES) if one.code_ogr not in held]
        context = {
            "competence": lue.contenu,
            "mots": words,
            "lignes": [
                *(
                    {"code": one.code_ogr, "libelle": one.libelle, "fiches": 0, "dit": "oui"}
                    for one in held.values()
                ),
                *(
                    {
                        "code": one.code_ogr,
                        "libelle": one.libelle,
                        "fiches": one.fiches,
                        "dit": "non" if one.code_ogr in lue.contenu.refusees else "",
                        "pourquoi": ", ".join(_shared(words, one.libelle)),
                    }
                    for one in found
                ),
            ],
            "titre_referentiel": index.titre,
            "obstacles": obstacles,
        }
        return montrer(request, bilan, espace, "metiers/reconnaitre.html", context, 422 if obstacles else 200)

    def _answer(request: Requete, bilan: Any, lue: Any, version: str) -> None:
        said = {
            name.removeprefix("c-"): value for name, value in request.POST.items() if name.startswith("c-")
        }
        known = referentiel().known_skills(list(said))
        kept = [one for one in lue.contenu.rome if said.get(one.code_ogr, "oui") == "oui"]
        new = [
            {"code_ogr": one.code_ogr, "libelle": one.libelle, "nature": one.nature, "version": version}
            for ogr, one in known.items()
            if said[ogr] == "oui" and ogr not in {k.code_ogr for k in kept}
        ]
        refused = [ogr for ogr in lue.contenu.refusees if ogr not in said]
        refused += [ogr for ogr, value in said.items() if value == "non"]
        changed = compose(
            "competence",
            **(
                replace(lue.contenu, rome=tuple(kept)).to_json()
                | {"rome": [one.to_json() for one in kept] + new, "refusees": refused}
            ),
        )
        write_ecrit(
            bilan=bilan,
            contenu=changed,
            by=request.user,
            now=request.now,
            reference=lue.piece.reference,
            base_revision=lue.revision,
            keep_draft=True,
        )

    start = "<uuid:bilan_id>/portefeuille/competences/<uuid:reference>/"
    return [
        *ecrire.urls_of(espace, COMPETENCE),
        path(f"{start}referentiel/", reconnaitre, name=f"{espace}_portefeuille_reconnaitre"),
    ]
