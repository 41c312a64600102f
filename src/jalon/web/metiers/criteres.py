"""What one looks for: words, a skill, a domain, letters of interest, tags. The same form inside a bilan and outside."""

from typing import Any

from django import forms

from jalon.metiers import Filtre, Metiers
from jalon.web.metiers.mots import GOUTS

ETIQUETTES = {
    "reglemente": "Métier réglementé",
    "cadre": "Emploi de cadre",
    "transition_eco": "Transition écologique",
    "transition_num": "Transition numérique",
    "transition_demo": "Transition démographique",
}
TEXTE_MAX = 200
# Enough to choose from; beyond, a word or a filter helps more than another page.
TROUVES_MAX = 40


class Criteres(forms.Form):
    """Every field is optional; `competence` is set by the buttons of the results."""

    texte = forms.CharField(
        label="Un métier, un geste, un savoir",
        required=False,
        max_length=TEXTE_MAX,
        help_text="Au masculin ou au féminin, avec ou sans accents, même mal écrit : « infirmere », « travailler le bois ».",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    domaine = forms.ChoiceField(label="Domaine", required=False)
    interets = forms.MultipleChoiceField(
        label="Intérêts du métier",
        required=False,
        choices=list(GOUTS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Deux au plus : le référentiel n’en donne pas davantage.",
    )
    etiquettes = forms.MultipleChoiceField(
        label="Particularités",
        required=False,
        choices=list(ETIQUETTES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    competence = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, metiers: Metiers, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.metiers = metiers
        domaines = [
            (f"{code} – {label}", [(code, f"Tout le domaine {code}"), *inside])
            for code, label, inside in metiers.domaines()
            if inside
        ]
        field: Any = self.fields["domaine"]
        field.choices = [("", "Tous les domaines"), *domaines]

    def clean_interets(self) -> list[str]:
        found: list[str] = self.cleaned_data["interets"]
        if len(found) > 2:
            raise forms.ValidationError("Choisissez deux intérêts au plus.")
        return found

    def clean_competence(self) -> str:
        """One that the day's version no longer knows is forgotten."""
        asked = self.cleaned_data["competence"]
        return asked if asked in self.metiers.known_skills([asked]) else ""

    @property
    def dite(self) -> bool:
        """Whether anything is asked."""
        return any(self.cleaned_data.get(name) for name in self.fields)

    @property
    def precise(self) -> bool:
        """Whether more than words is asked: those filters stay in sight."""
        return any(self.cleaned_data.get(name) for name in ("domaine", "interets", "etiquettes"))

    def filtre(self) -> Filtre:
        found = self.cleaned_data
        tags = set(found["etiquettes"])
        return Filtre(
            domaines=(found["domaine"],) if found["domaine"] else (),
            riasec="".join(found["interets"]),
            etiquettes=dict.fromkeys(sorted(tags - {"transition_eco"}), "O"),
            transition_eco="transition_eco" in tags,
            competences=(found["competence"],) if found["competence"] else (),
        )


def en_champs(form: Criteres) -> dict[str, str]:
    """As a draft keeps them."""
    found = form.cleaned_data
    return {
        "texte": found["texte"],
        "domaine": found["domaine"],
        "interets": ",".join(found["interets"]),
        "etiquettes": ",".join(found["etiquettes"]),
        "competence": found["competence"],
    }


def de_champs(champs: dict[str, str]) -> dict[str, Any]:
    """A draft as data for the form."""
    several = {name: [v for v in champs.get(name, "").split(",") if v] for name in ("interets", "etiquettes")}
    return {name: champs.get(name, "") for name in ("texte", "domaine", "competence")} | several


def apres_geste(data: Any) -> Any:
    """A button of the results: filter by a skill, stop filtering by it, begin anew."""
    name, _, value = str(data.get("geste", "")).partition(":")
    if name not in ("competence", "sans", "recommencer"):
        return data
    if name == "recommencer":
        return {}
    changed = data.copy()
    changed["competence"] = value if name == "competence" else ""
    if name == "competence":
        # The words named the skill: now it is the skill that is looked for.
        changed["texte"] = ""
    return changed
