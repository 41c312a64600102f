"""Who looked at what, and when: the person reads it in plain French, and knows how to object."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access import Action
from jalon.access.journal import ACTES, LECTURES, read_journal
from jalon.domain.jours import zone
from jalon.web import gate
from jalon.web.requete import Requete


class FiltreForm(forms.Form):
    genre = forms.ChoiceField(
        label="Que voulez-vous voir ?",
        required=False,
        choices=[("", "Tout"), (LECTURES, "Qui a ouvert quoi"), (ACTES, "Ce qui a été fait")],
    )
    depuis = forms.DateField(label="Depuis le", required=False)


@gate.bilan(Action.VIEW_JOURNAL)
def journal(request: Requete, bilan: Any) -> HttpResponse:
    form = FiltreForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    day = said.get("depuis")
    since = datetime.combine(day, time.min, tzinfo=zone(bilan.fuseau)) if day else None
    page = read_journal(
        request.user, bilan, genre=said.get("genre", ""), since=since, page=request.GET.get("page", 1)
    )
    return render(request, "beneficiaire/journal.html", {"bilan": bilan, "form": form, "page": page})


urls = [path("<uuid:bilan_id>/journal/", journal, name="beneficiaire_journal")]
