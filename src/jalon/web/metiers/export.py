"""The portfolio taken away in the form that she chooses: made on demand, sent at once, kept nowhere. Hers alone."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.actions.portefeuille import export_portefeuille
from jalon.domain.obstacle import Refused
from jalon.web import gate, refus
from jalon.web.ecrits.page import montrer
from jalon.web.requete import Requete

FORMES = (
    ("pdf", "PDF, à imprimer ou à envoyer"),
    ("json_resume", "JSON Resume, pour un site ou un outil de CV"),
    ("europass", "Europass, à importer sur europa.eu/europass"),
)
TAILLES = (("normal", "Normale"), ("16", "16 points"), ("18", "18 points"), ("20", "20 points"))


class FormulaireExport(forms.Form):
    format = forms.ChoiceField(
        label="Sous quelle forme", choices=FORMES, initial="pdf", widget=forms.RadioSelect
    )
    taille = forms.ChoiceField(
        label="Taille du texte", help_text="Pour le PDF.", choices=TAILLES, initial="normal", required=False
    )
    coordonnees = forms.BooleanField(label="Écrire mon adresse électronique et mon téléphone", required=False)
    niveaux = forms.BooleanField(label="Écrire les niveaux, et qui les a dits", required=False)


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.EXPORT_PORTEFEUILLE)
    def exporter(request: Requete, bilan: Any) -> HttpResponse:
        """The file's name says nothing; a POST, since it is written in her journal."""
        form = FormulaireExport(request.POST if request.method == "POST" else None)
        obstacles: list[Any] = []
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            try:
                made = export_portefeuille(
                    bilan=bilan,
                    format=told["format"],
                    taille=told["taille"] or "normal",
                    coordonnees=told["coordonnees"],
                    niveaux=told["niveaux"],
                    by=request.user,
                    now=request.now,
                )
            except Refused as refused:
                obstacles = refus.put_on(form, refused)
            else:
                return HttpResponse(
                    made.octets,
                    content_type=made.type_mime,
                    headers={
                        "Content-Disposition": f'attachment; filename="{made.nom}"',
                        "Cache-Control": "no-store",
                    },
                )
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "obstacles": obstacles}
        return montrer(request, bilan, espace, "metiers/export.html", context, status)

    return [
        path("<uuid:bilan_id>/portefeuille/emporter/", exporter, name=f"{espace}_portefeuille_export"),
    ]
