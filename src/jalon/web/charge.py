"""The ceiling of bilans that a consultant announces: the same small form in her own day and on the team's page."""

from typing import Any

from django import forms
from django.contrib import messages

from jalon.actions.charge import set_plafond
from jalon.domain.charge import PLAFOND_MAX
from jalon.domain.obstacle import Refused
from jalon.web.requete import Requete


class PlafondForm(forms.Form):
    plafond = forms.IntegerField(
        label="Accompagnements menés à la fois, au plus",
        required=False,
        min_value=1,
        max_value=PLAFOND_MAX,
        help_text="Chaque personne accompagnée le lit. Laissez vide pour n’en annoncer aucun.",
    )


def save_plafond(request: Requete, organisme: Any, consultant: Any) -> PlafondForm | None:
    """None when it is done; the form with what is wrong otherwise."""
    form = PlafondForm(request.POST)
    if not form.is_valid():
        return form
    try:
        set_plafond(
            organisme=organisme,
            consultant=consultant,
            plafond=form.cleaned_data["plafond"],
            by=request.user,
            now=request.now,
        )
    except Refused as refused:
        for obstacle in refused.obstacles:
            form.add_error("plafond", obstacle.sentence)
        return form
    messages.success(request, "Le plafond est noté : les personnes accompagnées le lisent.")
    return None
