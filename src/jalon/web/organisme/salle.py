"""The rooms of a place, with their accessibility, and the hours at which the place is open."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from jalon.access import Action
from jalon.access.cabinet import get_lieu
from jalon.access.salle import get_salle
from jalon.actions.salle import add_salle, close_salle, write_horaires
from jalon.domain.disponibilite import JOURS
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.organisme.saisie import ligne, oui, texte
from jalon.web.requete import Requete


class SalleForm(forms.Form):
    nom = ligne("Nom de la salle", 100, aide="Celui de sa porte.", manque="Donnez un nom à cette salle.")
    places = forms.IntegerField(
        label="Places assises",
        min_value=2,
        max_value=200,
        error_messages={"min_value": "Deux au moins.", "max_value": "200 au plus.", "required": "Combien ?"},
    )
    fauteuil = oui("Accessible en fauteuil roulant", "De la rue jusqu’à la table, sans aide.")
    accessibilite = texte(
        "Ce qu’il faut en savoir", 1000, aide="Largeur de la porte, seuil, bruit, lumière, boucle magnétique…"
    )


class HorairesForm(forms.Form):
    """One stretch a day: empty, the place is closed that day; all empty, it is always open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for jour, nom in enumerate(JOURS):
            self.fields[f"debut-{jour}"] = forms.TimeField(label=f"{nom}, de", required=False)
            self.fields[f"fin-{jour}"] = forms.TimeField(label=f"{nom}, à", required=False)

    def horaires(self) -> list[tuple[int, Any, Any]]:
        said = self.cleaned_data
        found, wrong = [], []
        for jour, nom in enumerate(JOURS):
            debut, fin = said[f"debut-{jour}"], said[f"fin-{jour}"]
            if (debut is None) != (fin is None):
                wrong.append(
                    Obstacle(
                        f"{nom} : donnez les deux heures, ou aucune.", code="heures", field=f"fin-{jour}"
                    )
                )
            elif debut is not None:
                found.append((jour, debut, fin))
        if wrong:
            raise Refused(wrong)
        return found


@gate.cabinet(Action.MANAGE_CABINET)
def salles(request: Requete, organisme: Any, lieu_id: Any) -> HttpResponse:
    lieu = get_lieu(Action.MANAGE_CABINET, request.user, lieu_id)
    gesture, _, about = request.POST.get("geste", "").partition(":")
    form = SalleForm(request.POST if gesture == "ajouter" else None, initial={"places": 2})
    kept: dict[str, Any] = {}
    for one in lieu.horaires.all():
        kept |= {f"debut-{one.jour}": one.debut, f"fin-{one.jour}": one.fin}
    horaires = HorairesForm(request.POST if gesture == "horaires" else None, initial=kept)
    obstacles: list[Obstacle] = []
    common: dict[str, Any] = {"by": request.user, "now": request.now}
    said = ""
    try:
        if gesture == "ajouter" and form.is_valid():
            add_salle(lieu=lieu, **form.cleaned_data, **common)
            said = "La salle est ajoutée."
        elif gesture == "horaires" and horaires.is_valid():
            write_horaires(lieu=lieu, horaires=horaires.horaires(), **common)
            said = "Les heures du lieu sont enregistrées."
        elif gesture in ("fermer", "rouvrir"):
            found = get_salle(Action.MANAGE_CABINET, request.user, about)
            close_salle(salle=found, actif=gesture == "rouvrir", **common)
            said = "La salle ne sert plus." if gesture == "fermer" else "La salle sert de nouveau."
    except Refused as refused:
        obstacles = refus.put_on(horaires if gesture == "horaires" else form, refused)
    if said:
        messages.success(request, said)
        return redirect("organisme_salles", lieu.pk)
    context = {
        "lieu": lieu,
        "salles": list(lieu.salles.all()),
        "form": form,
        "horaires": horaires,
        "paires": [(horaires[f"debut-{j}"], horaires[f"fin-{j}"]) for j in range(7)],
        "obstacles_trouves": obstacles,
    }
    return page(request, organisme, "salles", context, status=422 if request.method == "POST" else 200)


urls = [path("lieux/<uuid:lieu_id>/salles/", salles, name="organisme_salles")]
