"""A past job: written in one's own words, related to an occupation, and its skills ticked or refused one by one."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.metiers import referentiel
from jalon.access.pieces import get_piece
from jalon.access.portefeuille import read_portefeuille
from jalon.actions.composition import compose
from jalon.actions.ecrit import write_ecrit
from jalon.actions.piece import Conflit
from jalon.actions.piste import choisi
from jalon.domain.experience import GenreExperience
from jalon.domain.obstacle import Refused
from jalon.domain.vecu import periode_obstacles
from jalon.metiers import Metiers
from jalon.web import gate
from jalon.web.composants.typographie import compte
from jalon.web.ecrits.page import montrer, vers
from jalon.web.ecrits.saisie import Formulaire, en_texte, ligne, prose
from jalon.web.metiers import ecrire
from jalon.web.requete import Requete

_MOIS = re.compile(r"^(?:(\d{1,2})[/.-])?(\d{4})$|^(\d{4})-(\d{2})$")
# Titles that may be the one that was meant.
PROCHES = 8
# How many skills of a fiche are asked about: the core and the common ones; the others are found by their words.
A_COCHER = 24


class MoisField(forms.CharField):
    """«2015» or «09/2015»; kept as `2015` or `2015-09`."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        if not text:
            return ""
        found = _MOIS.match(text)
        month = int(found[1] or found[4] or 1) if found else 0
        if not found or not 1 <= month <= 12:
            raise forms.ValidationError("Écrivez une année (2015), ou un mois et une année (09/2015).")
        year = found[2] or found[3]
        return f"{year}-{month:02d}" if found[1] or found[4] else year

    def prepare_value(self, value: Any) -> Any:
        text = str(value or "")
        year, _, month = text.partition("-")
        return f"{month}/{year}" if re.fullmatch(r"\d{4}-\d{2}", text) else text


class FormulaireExperience(Formulaire):
    intitule = ligne("Ce que vous étiez", "Comme vous le dites : « vendeuse en boulangerie ».", requis=True)
    genre = forms.ChoiceField(
        label="De quoi s’agit-il",
        required=False,
        choices=[(one.value, one.label) for one in GenreExperience],
    )
    structure = ligne("Où", "Une entreprise, une association, chez vous. Le nom n’est pas nécessaire.")
    debut = MoisField(label="Depuis", required=False, help_text="2015, ou 09/2015.", max_length=10)
    fin = MoisField(label="Jusqu’à", required=False, help_text="Vide si cela continue.", max_length=10)
    texte = prose("Ce que vous y faisiez", "Une journée ordinaire, un moment difficile, une réussite.")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for obstacle in periode_obstacles(found.get("debut") or "", found.get("fin") or ""):
            self.add_error(obstacle.field, obstacle.sentence)
        return found


def _texte(contenu: Any) -> str:
    labels = FormulaireExperience.base_fields
    told = contenu.to_json() | {"genre": GenreExperience(contenu.genre).label if contenu.genre else ""}
    return en_texte(*((str(labels[name].label), told[name]) for name in EXPERIENCE.champs))


EXPERIENCE = ecrire.Sorte(
    nature="experience",
    champs=("intitule", "genre", "structure", "debut", "fin", "texte"),
    make=lambda data=None, request=None, bilan=None, **kwargs: FormulaireExperience(data, **kwargs),
    texte=_texte,
    gabarit="metiers/experience.html",
    enregistre="L’expérience est enregistrée.",
    efface="L’expérience est effacée.",
    effacer="Effacer l’expérience ?",
    ensuite="portefeuille_relier",
)


class RelierForm(forms.Form):
    """A few titles near her own words, other words if none fits."""

    texte = forms.CharField(
        label="Chercher un autre titre",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.WRITE_PORTEFEUILLE)
    def relier(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        """The occupation that this job was; it may stay without one."""
        lue = get_piece(request.user, bilan, "experience", str(reference), now=request.now)
        index = referentiel()
        words = request.POST.get("texte", "").strip() or lue.contenu.intitule
        obstacles: tuple[Any, ...] = ()
        if request.method == "POST" and "choix" in request.POST:
            try:
                _relate(request, bilan, lue, request.POST["choix"], index)
            except Refused as refused:
                obstacles = refused.obstacles
            except Conflit:
                obstacles = ecrire.CHANGE
            else:
                if not request.POST["choix"]:
                    messages.success(request, "Cette expérience n’est reliée à aucun métier.")
                    return vers(espace, "portefeuille", bilan)
                messages.success(request, "L’expérience est reliée à ce métier.")
                return vers(espace, "portefeuille_cocher", bilan, reference)
        found = index.search(words, PROCHES)
        context = {
            "experience": lue.contenu,
            "form": RelierForm(request.POST or None),
            "mots": words,
            "titres": [
                {
                    "valeur": f"{one.code}:{one.code_ogr or ''}",
                    "libelle": one.libelle,
                    "appellation": one.appellation,
                    "ici": lue.contenu.metier is not None and lue.contenu.metier.code == one.code,
                }
                for one in found
            ],
            "obstacles": obstacles,
        }
        return montrer(request, bilan, espace, "metiers/relier.html", context, 422 if obstacles else 200)

    @gate.bilan(Action.WRITE_PORTEFEUILLE)
    def cocher(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        """What the occupation supposes: hers, not hers, or not said. Each line is answered alone."""
        lue = get_piece(request.user, bilan, "experience", str(reference), now=request.now)
        index = referentiel()
        chosen = lue.contenu.metier
        if chosen is None or index.known_fiche(chosen.code) != chosen.libelle:
            return vers(espace, "portefeuille_relier", bilan, reference)
        portfolio = read_portefeuille(request.user, bilan, now=request.now)
        held = {one.code_ogr for piece in portfolio.competences for one in piece.contenu.rome}
        skills = [one for one in index.fiche(chosen.code).competences if one.nature != "contexte"][:A_COCHER]
        obstacles: tuple[Any, ...] = ()
        if request.method == "POST":
            try:
                count = _tick(request, bilan, lue, skills, held, index)
            except Refused as refused:
                obstacles = refused.obstacles
            except Conflit:
                obstacles = ecrire.CHANGE
            else:
                messages.success(
                    request,
                    f"{compte(count, 'compétence ajoutée', 'compétences ajoutées')}."
                    if count
                    else "C’est noté.",
                )
                return vers(espace, "portefeuille", bilan)
        context = {
            "experience": lue.contenu,
            "lignes": [
                {
                    "c": one,
                    "deja": one.code_ogr in held,
                    "non": one.code_ogr in lue.contenu.refusees,
                }
                for one in skills
            ],
            "obstacles": obstacles,
        }
        return montrer(request, bilan, espace, "metiers/cocher.html", context, 422 if obstacles else 200)

    start = "<uuid:bilan_id>/portefeuille/experiences/<uuid:reference>/"
    return [
        *ecrire.urls_of(espace, EXPERIENCE),
        path(f"{start}metier/", relier, name=f"{espace}_portefeuille_relier"),
        path(f"{start}competences/", cocher, name=f"{espace}_portefeuille_cocher"),
    ]


def _relate(request: Requete, bilan: Any, lue: Any, choice: str, index: Metiers) -> None:
    """`choice` is «code:appellation», or empty for no occupation at all."""
    code, _, ogr = choice.partition(":")
    metier = None
    if code:
        metier = choisi(index, code)
        name = dict(index.fiche(code).appellations).get(ogr, "")
        metier = replace(metier, code_ogr=ogr if name else "", appellation=name)
    same = metier is not None and lue.contenu.metier is not None and lue.contenu.metier.code == metier.code
    changed = replace(lue.contenu, metier=metier, refusees=lue.contenu.refusees if same else ())
    write_ecrit(
        bilan=bilan,
        contenu=changed,
        by=request.user,
        now=request.now,
        reference=lue.piece.reference,
        base_revision=lue.revision,
        keep_draft=True,
    )


def _tick(request: Requete, bilan: Any, lue: Any, skills: list[Any], held: set[str], index: Metiers) -> int:
    """A skill that is hers becomes a competence that waits for its proof; one that is not is never supposed again."""
    said = {one.code_ogr: request.POST.get(f"c-{one.code_ogr}", "") for one in skills}
    mine = [one for one in skills if said[one.code_ogr] == "oui" and one.code_ogr not in held]
    for one in mine:
        contenu = compose(
            "competence",
            intitule=one.libelle,
            experience=lue.piece.reference,
            rome=[
                {
                    "code_ogr": one.code_ogr,
                    "libelle": one.libelle,
                    "nature": one.nature,
                    "version": index.version,
                }
            ],
        )
        write_ecrit(bilan=bilan, contenu=contenu, by=request.user, now=request.now)
    asked = {one.code_ogr for one in skills}
    refused = [ogr for ogr in lue.contenu.refusees if ogr not in asked]
    refused += [ogr for ogr in said if said[ogr] == "non"]
    write_ecrit(
        bilan=bilan,
        contenu=replace(lue.contenu, refusees=tuple(refused)),
        by=request.user,
        now=request.now,
        reference=lue.piece.reference,
        base_revision=lue.revision,
        keep_draft=True,
    )
    return len(mine)
