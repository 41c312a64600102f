"""An achievement, told so that it proves: what the situation was, what had to be done, what she did, what came of it."""

from typing import Any

from django import forms

from jalon.access.pieces import read_pieces
from jalon.web.ecrits.saisie import Formulaire, en_texte, ligne, prose
from jalon.web.metiers import ecrire
from jalon.web.requete import Requete

ETAPES = ("situation", "tache", "action", "resultat")
LUES = {
    "situation": "La situation",
    "tache": "Ce qu’il fallait faire",
    "action": "Ce qui a été fait",
    "resultat": "Ce que cela a donné",
}
CHAMPS = ("titre", "experience", *ETAPES)
_COURT = 5_000


class FormulaireRealisation(Formulaire):
    titre = ligne("Ce que vous avez réussi", "Quelques mots : « Le mariage de juin ».", requis=True)
    experience = forms.ChoiceField(label="Pendant quelle expérience", required=False)
    situation = prose("La situation", "Où, quand, avec qui ; ce qui posait problème.", max_length=_COURT)
    tache = prose("Ce qu’il fallait faire", "Ce qu’on attendait de vous, ou de l’équipe.", max_length=_COURT)
    action = prose(
        "Ce que vous avez fait, vous",
        "Étape par étape. « J’ai… » plutôt que « nous avons… ».",
        max_length=_COURT,
    )
    resultat = prose(
        "Ce que cela a donné", "Un nombre, une phrase entendue, ce qui a changé.", max_length=_COURT
    )

    def __init__(self, data: Any = None, *, experiences: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["experience"]
        field.choices = [("", "Aucune en particulier"), *experiences]


def choices_of(request: Requete, bilan: Any) -> list[tuple[str, str]]:
    known = read_pieces(request.user, bilan, ["experience"], now=request.now)
    return [(lue.piece.reference, lue.contenu.intitule) for lue in known]


def _make(data: Any = None, *, request: Requete, bilan: Any, **kwargs: Any) -> FormulaireRealisation:
    return FormulaireRealisation(data, experiences=choices_of(request, bilan), **kwargs)


def etapes(contenu: Any) -> list[tuple[str, str]]:
    """What was told, step by step, in words that suit whoever reads it."""
    return [(label, getattr(contenu, name)) for name, label in LUES.items() if getattr(contenu, name).strip()]


REALISATION = ecrire.Sorte(
    nature="realisation",
    champs=CHAMPS,
    make=_make,
    texte=lambda contenu: en_texte(("", contenu.titre), *etapes(contenu)),
    gabarit="metiers/realisation.html",
    enregistre="La réalisation est enregistrée.",
    efface="La réalisation est effacée.",
    effacer="Effacer la réalisation ?",
    ensuite="portefeuille_realisation_phrases",
    debut=lambda request, bilan: {"experience": request.GET.get("experience", "")},
    titre="titre",
)
