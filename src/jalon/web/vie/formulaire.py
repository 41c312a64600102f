"""One moment of the line: what it was, when, how it was lived; and whether it is shown to the other one."""

from typing import Any

from django import forms

from jalon.domain.vecu import GenreVecu, Ton
from jalon.web.ecrits.saisie import Formulaire, en_texte, ligne, prose
from jalon.web.metiers.experience import MoisField

CHAMPS = ("genre", "titre", "debut", "fin", "texte", "ton", "accord")


class FormulaireVecu(Formulaire):
    titre = ligne(
        "Ce moment, en quelques mots", "« Mon premier poste », « La reprise de la ferme ».", requis=True
    )
    genre = forms.ChoiceField(
        label="De quoi s’agit-il", choices=[(one.value, one.label) for one in GenreVecu]
    )
    debut = MoisField(label="Quand", required=False, help_text="2015, ou 09/2015.", max_length=10)
    fin = MoisField(
        label="Jusqu’à", required=False, help_text="Vide si ce fut un seul moment.", max_length=10
    )
    texte = prose(
        "Ce qui s’est passé", "Ce que vous avez décidé, ce qui vous est arrivé, ce qui en est resté."
    )
    ton = forms.ChoiceField(
        label="Comment vous l’avez vécu",
        required=False,
        choices=[(one.value, one.label) for one in Ton],
        widget=forms.RadioSelect,
    )
    accord = forms.BooleanField(
        label="Je choisis de parler ici de ma santé",
        required=False,
        help_text="Seulement pour un moment de santé. Rien ne vous le demande.",
    )
    partage = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, consultant: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["partage"].label = f"Partager ce moment avec {consultant}"
        self.fields[
            "partage"
        ].help_text = "Sans cette case, personne d’autre que vous ne le lit. Vous pouvez changer d’avis."

    def piece(self) -> dict[str, Any]:
        return {name: value for name, value in self.champs().items() if name != "partage"}


def texte_de(contenu: Any) -> str:
    fields = FormulaireVecu.base_fields
    return en_texte(
        ("", contenu.titre),
        ("", GenreVecu(contenu.genre).label),
        *((str(fields[name].label), getattr(contenu, name)) for name in ("debut", "fin", "texte")),
        ("", Ton(contenu.ton).label if contenu.ton else ""),
    )
