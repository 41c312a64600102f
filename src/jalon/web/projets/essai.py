"""The log of what was tried in real life: immersions, placements, a day beside somebody. What each confirmed and contradicted."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.fichier import list_fichiers
from jalon.access.projet import read_projets
from jalon.actions.enquete import write_essai
from jalon.domain.essai import EtatEssai, GenreEssai
from jalon.domain.francais import jour
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer
from jalon.web.ecrits.saisie import Formulaire, en_texte, ligne, prose
from jalon.web.metiers import ecrire
from jalon.web.projets.enquete import choices_of
from jalon.web.requete import Requete

TEXTES = ("faits", "confirme", "contredit", "reste")
CHAMPS = ("intitule", "genre", "etat", "projet", "ou", "debut", "fin", *TEXTES, "fichiers")
TONS = {"a_trouver": "attente", "prevu": "en_cours", "fait": "fait"}
_COURT = 5_000


class FormulaireEssai(Formulaire):
    intitule = ligne("Ce que vous essayez", "« Trois jours chez une fleuriste ».", requis=True)
    projet = forms.ChoiceField(label="Pour quel projet", required=False)
    genre = forms.ChoiceField(
        label="De quoi s’agit-il", choices=[(one.value, one.label) for one in GenreEssai]
    )
    etat = forms.ChoiceField(
        label="Où il en est",
        choices=[(one.value, one.label) for one in EtatEssai],
        initial="a_trouver",
        widget=forms.RadioSelect,
    )
    ou = ligne("Où")
    debut = forms.DateField(label="Du", required=False, widget=forms.DateInput)
    fin = forms.DateField(label="Au", required=False, widget=forms.DateInput)
    faits = prose("Ce que vous y avez fait et vu")
    confirme = prose("Ce que cela confirme", max_length=_COURT)
    contredit = prose("Ce que cela contredit", max_length=_COURT)
    reste = prose("Ce qui reste à vérifier", "Une ligne par chose à vérifier.", max_length=_COURT)

    def __init__(
        self,
        data: Any = None,
        *,
        projets: list[tuple[str, str]],
        fichiers: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["projet"]
        field.choices = [("", "Aucun en particulier"), *projets]
        # One box each: a draft keeps single values only.
        self.preuves = {f"fichier_{pk}": pk for pk, _ in fichiers}
        for name, (_, label) in zip(self.preuves, fichiers, strict=True):
            self.fields[name] = forms.BooleanField(label=label, required=False)

    @property
    def cases(self) -> list[Any]:
        return [self[name] for name in self.preuves]

    def piece(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            **{name: told[name] for name in ("intitule", "projet", "genre", "etat", "ou", *TEXTES)},
            "debut": told["debut"].isoformat() if told["debut"] else None,
            "fin": told["fin"].isoformat() if told["fin"] else None,
            "fichiers": [pk for name, pk in self.preuves.items() if told[name]],
        }


def _make(data: Any = None, *, request: Requete, bilan: Any, **kwargs: Any) -> FormulaireEssai:
    files = [
        (str(one.fichier.pk), one.fiche.nom_original)
        for one in list_fichiers(request.user, bilan, now=request.now)
    ]
    return FormulaireEssai(data, projets=choices_of(request, bilan), fichiers=files, **kwargs)


def textes(one: Any) -> list[tuple[str, str]]:
    fields = FormulaireEssai.base_fields
    return [(str(fields[name].label), getattr(one, name)) for name in TEXTES if getattr(one, name).strip()]


def quand(one: Any) -> str:
    """«du 1er avril 2026 au 3 avril 2026»."""
    days = [jour(date.fromisoformat(day)) for day in (one.debut, one.fin) if day]
    if len(days) == 2 and one.debut != one.fin:
        return f"du {days[0]} au {days[1]}"
    return f"le {days[0]}" if days else ""


ESSAI = ecrire.Sorte(
    nature="essai",
    champs=CHAMPS,
    make=_make,
    texte=lambda one: en_texte(
        ("", one.intitule), ("", " · ".join(x for x in (one.ou, quand(one)) if x)), *textes(one)
    ),
    gabarit="projets/essai.html",
    enregistre="L’essai est enregistré.",
    efface="L’essai est effacé.",
    effacer="Effacer l’essai ?",
    droit=Action.WRITE_PROJET,
    nom="essai",
    chemin="essais",
    liste="essais",
    write=lambda contenu, *, form, **who: write_essai(contenu=contenu, **who),
    initial=lambda lue: (
        {name: getattr(lue.contenu, name) for name in CHAMPS[:-1]}
        | {f"fichier_{pk}": "on" for pk in lue.contenu.fichiers}
    ),
    debut=lambda request, bilan: {"projet": request.GET.get("projet", "")},
)


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def essais(request: Requete, bilan: Any) -> HttpResponse:
        found = read_projets(request.user, bilan, now=request.now)
        ordered = sorted(found.essais, key=lambda lue: lue.contenu.debut or "9999")
        context = {
            "essais": [vue(lue, found.noms, espace, bilan) for lue in ordered],
            "nouveau": lien(espace, "essai_ecrire", bilan),
        }
        return montrer(request, bilan, espace, "projets/essais.html", context)

    return [
        path("<uuid:bilan_id>/essais/", essais, name=f"{espace}_essais"),
        *ecrire.urls_of(espace, ESSAI),
    ]


def vue(lue: Any, noms: dict[str, str], espace: str, bilan: Any) -> dict[str, Any]:
    one = lue.contenu
    return {
        "contenu": one,
        "genre": GenreEssai(one.genre).label,
        "etat": EtatEssai(one.etat).label,
        "ton": TONS[one.etat],
        "projet": noms.get(one.projet, ""),
        "quand": quand(one),
        "textes": textes(one),
        "preuves": len(one.fichiers),
        "ecrire": lien(espace, "essai", bilan, lue.piece.reference),
    }
