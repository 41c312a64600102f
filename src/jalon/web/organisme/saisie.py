"""The fields of the cabinet's forms: same errors, same limits as the columns behind them."""

import re
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_TROP_LONG = "C’est trop long : %(show_value)s caractères, pour %(limit_value)s au plus. Raccourcissez."


def ligne(
    label: str, max_length: int, *, aide: str = "", manque: str = "", requis: bool = False, **attrs: str
) -> forms.CharField:
    """`manque`: what to say when it is empty; a field with it is required."""
    return forms.CharField(
        label=label,
        help_text=aide,
        required=requis or bool(manque),
        max_length=max_length,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": manque or "Remplissez ce champ.", "max_length": _TROP_LONG},
    )


def texte(label: str, max_length: int, *, aide: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=aide,
        required=False,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"max_length": _TROP_LONG},
    )


def courriel(label: str, *, aide: str = "", manque: str = "") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=aide,
        required=bool(manque),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": manque or "Remplissez ce champ.",
            "invalid": "Cette adresse n’est pas complète : il faut une partie avant et une partie après le @.",
        },
    )


def telephone(label: str = "Téléphone", *, aide: str = "") -> forms.RegexField:
    return forms.RegexField(
        r"^\+?[0-9][0-9 .\u00a0\-]{5,25}[0-9]$",
        label=label,
        help_text=aide,
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
        error_messages={
            "invalid": "Un numéro ne compte que des chiffres, des espaces, et au besoin un + au début."
        },
    )


class Liste(forms.Select):
    """The same markup as Django's, written at once: a filter with thirty options is on the busiest page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (code, mark_safe(" selected") if str(code) == chosen else "", label)
                for code, label in self.choices
            ),
        )
        written = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(written), options)


class Montant(forms.DecimalField):
    """An amount as people write it: «1 600,50 €»."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_digits=8,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={
                "invalid": "Écrivez un montant, par exemple 1600 ou 1600,50.",
                "min_value": "Un prix ne peut pas être négatif.",
                "max_digits": "Ce montant est trop grand.",
                "max_whole_digits": "Ce montant est trop grand.",
                "max_decimal_places": "Deux chiffres après la virgule au plus.",
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = re.sub(r"[\s\u00a0\u202f€]", "", value)
        return super().to_python(value)


def oui(label: str, aide: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=aide, required=False)


def choix(
    label: str, choices: Any, *, aide: str = "", manque: str = "", requis: bool = True, radio: bool = False
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=aide,
        choices=choices,
        required=requis,
        widget=forms.RadioSelect() if radio else Liste(),
        error_messages={
            "required": manque or "Choisissez une réponse.",
            "invalid_choice": "Ce choix n’est plus proposé : choisissez-en un autre.",
        },
    )
