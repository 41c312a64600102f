"""Take the folder away: one zip, made in memory and sent at once."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.actions.emport import take_away
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.requete import Requete


class EmportForm(forms.Form):
    """The passphrase is used once, and kept nowhere: nobody can give it back."""

    phrase = forms.CharField(
        label="Une phrase pour le chiffrer",
        required=False,
        max_length=400,
        strip=False,
        help_text="Seize caractères au moins, par exemple cinq mots sans lien entre eux. Notez-la : personne ne pourra vous la rendre.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    encore = forms.CharField(
        label="La même phrase, une seconde fois",
        required=False,
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("phrase", "") != said.get("encore", ""):
            self.add_error("encore", "Les deux phrases ne sont pas les mêmes : tapez-les de nouveau.")
        return said


@gate.bilan(Action.TAKE_AWAY)
def emport(request: Requete, bilan: Any) -> HttpResponse:
    return render(request, "beneficiaire/emport.html", {"bilan": bilan, "form": EmportForm()})


@sensitive_post_parameters("phrase", "encore")
@gate.bilan(Action.TAKE_AWAY)
@require_POST
def emporter(request: Requete, bilan: Any) -> HttpResponse:
    """A POST: it is recorded. The file's name says nothing of what it is about."""
    form = EmportForm(request.POST)
    if form.is_valid():
        try:
            made = take_away(
                bilan=bilan, by=request.user, now=request.now, phrase=form.cleaned_data["phrase"]
            )
        except Refused as refused:
            for obstacle in refused.obstacles:
                form.add_error(obstacle.field or None, obstacle.sentence)
        else:
            return HttpResponse(
                made.octets,
                content_type="application/zip",
                headers={"Content-Disposition": 'attachment; filename="mon-dossier.zip"'},
            )
    return render(request, "beneficiaire/emport.html", {"bilan": bilan, "form": form}, status=422)


urls = [
    path("<uuid:bilan_id>/emporter/", emport, name="beneficiaire_emport"),
    path("<uuid:bilan_id>/emporter/telecharger/", emporter, name="beneficiaire_emport_telecharger"),
]
