"""Our controls are Django's, byte for byte but for the white space: only the way they are made differs."""

import re
from datetime import date, time

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from jalon.web.composants.controles import _EN_PYTHON, Controles

MECHANT = "<b>\"'&</b>"


class Tout(forms.Form):
    texte = forms.CharField(max_length=10)
    courriel = forms.EmailField(required=False)
    nombre = forms.IntegerField(min_value=1)
    adresse = forms.URLField(assume_scheme="https", required=False)
    secret = forms.CharField(widget=forms.PasswordInput(render_value=True))
    cache = forms.CharField(widget=forms.HiddenInput)
    jour = forms.DateField()
    heure = forms.TimeField()
    moment = forms.DateTimeField(required=False)
    case = forms.BooleanField()
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "data-vrai": True, "data-faux": False}))
    choix = forms.ChoiceField(choices=[("", "—"), ("a", MECHANT), (MECHANT, mark_safe("<i>sûr</i>"))])
    groupes = forms.MultipleChoiceField(
        choices=[("Un & deux", [(1, "un"), (2, "deux")]), (3, "trois")], widget=forms.SelectMultiple
    )
    oui = forms.NullBooleanField()


def flat(html: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", html).strip()


@pytest.mark.parametrize(
    "values",
    [
        {},
        dict.fromkeys(Tout.base_fields, MECHANT) | {"groupes": ["1", "3"], "choix": MECHANT},
        {"texte": "é", "nombre": 12, "case": True, "jour": date(2026, 3, 3), "heure": time(18, 30)},
        {"long": "\nune ligne\r\nune autre", "cache": 0, "oui": True, "groupes": [1], "choix": "a"},
    ],
)
@pytest.mark.parametrize("bound", [False, True])
def test_each_control_is_the_one_of_django(values, bound):
    def made(renderer):
        given = {"data": values} if bound else {"initial": values}
        return {field.name: field.as_widget() for field in Tout(**given, renderer=renderer)}

    ours, theirs = made(Controles()), made(DjangoTemplates())
    for name in ours:
        assert flat(ours[name]) == flat(theirs[name]), name


def test_every_control_of_ours_is_compared():
    seen = {field.widget.template_name for field in Tout.base_fields.values()}
    rare = {f"django/forms/widgets/{kind}.html" for kind in ("tel", "search")}
    assert set(_EN_PYTHON) - rare <= seen
