"""One share, opened: who gives it, what for, until when, and the documents. Over, it is a page that does not exist."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from jalon.access import Action
from jalon.access.partage import read_shared, seen_by_reader
from jalon.web import gate
from jalon.web.partages import pdf, vu
from jalon.web.requete import Requete


@gate.tiers(Action.READ_PARTAGE)
def partage(request: Requete, partage: Any) -> HttpResponse:
    seen = seen_by_reader(partage)
    context = vu(seen, lambda copie: reverse("partage_document", args=[partage.pk, copie]))
    return render(
        request,
        "tiers/partage.html",
        {**context, "cabinet": partage.bilan.organisme, "ouvert": True},
    )


@gate.tiers(Action.READ_PARTAGE)
def document(request: Requete, partage: Any, copie_id: Any) -> HttpResponse:
    return pdf(read_shared(partage, copie_id, now=request.now)[1])


urls = [
    path("<uuid:partage_id>/", partage, name="partage_ouvert"),
    path("<uuid:partage_id>/document/<uuid:copie_id>/", document, name="partage_document"),
]
