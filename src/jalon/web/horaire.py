"""The fields of a time: a day, an hour, a length, read in the bilan's own zone."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from jalon.domain.horaire import instant
from jalon.web.composants.typographie import heures


def _choices(minutes: range) -> list[tuple[int, str]]:
    return [(m, heures(m)) for m in minutes]


MINUTES_DE_SEANCE = _choices(range(30, 241, 15))
MINUTES_DE_TRAVAIL = [
    (m, heures(m)) for m in (15, 30, 45, 60, 90, 120, 150, 180, 210, 240, 300, 360, 420, 480)
]


class HoraireForm(forms.Form):
    """A beginning and a length: the end can never come before the beginning."""

    jour = forms.DateField(
        label="Quel jour ?",
        error_messages={"invalid": "Cette date n’existe pas : écrivez par exemple 03/03/2026."},
    )
    debut = forms.TimeField(
        label="À quelle heure ?",
        error_messages={"invalid": "Cette heure n’existe pas : écrivez par exemple 18:30."},
    )
    duree = forms.TypedChoiceField(label="Pendant combien de temps ?", coerce=int, choices=MINUTES_DE_SEANCE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A length agreed elsewhere (in the parcours, on paper) is offered even when it is not a usual one."""
        super().__init__(*args, **kwargs)
        known = self.initial.get("duree")
        choices = list(self.fields["duree"].choices)  # type: ignore[attr-defined]
        if known and known not in dict(choices):
            self.fields["duree"].choices = sorted([*choices, (known, heures(known))])  # type: ignore[attr-defined]

    def moments(self, fuseau: str) -> tuple[datetime, datetime]:
        """Beginning and end as instants; `Refused` for an hour that does not exist there, or exists twice."""
        said = self.cleaned_data
        start = instant(said["jour"], said["debut"], fuseau)
        return start, start + timedelta(minutes=said["duree"])
