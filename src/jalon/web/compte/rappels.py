"""«Mes rappels»: when, how and in which neutral words one is reminded of an appointment; when nothing may ring."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access.rappel_seance import read_rappels
from jalon.actions.porte_sms import is_open
from jalon.actions.rappel_seance import choose_rappels
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.rappel_seance import Avance, Canal, Formule
from jalon.web import gate, refus
from jalon.web.requete import Requete

_HEURES = [(h, f"{h}\u00a0h") for h in range(24)]


class RappelsForm(forms.Form):
    canal = forms.ChoiceField(label="Comment ?", widget=forms.RadioSelect)
    avances = forms.MultipleChoiceField(
        label="Quand ?",
        required=False,
        choices=[(a.value, a.label) for a in Avance],
        widget=forms.CheckboxSelectMultiple,
    )
    formule = forms.ChoiceField(
        label="Avec quels mots ?",
        choices=[(f.value, f.label) for f in Formule],
        widget=forms.RadioSelect,
        help_text="Aucun ne dit de quoi il s’agit\u00a0: un écran se lit par-dessus l’épaule.",
    )
    silence_debut = forms.TypedChoiceField(label="Rien à partir de", coerce=int, choices=_HEURES)
    silence_fin = forms.TypedChoiceField(
        label="et jusqu’à",
        coerce=int,
        choices=_HEURES,
        help_text="Un rappel qui tomberait dans ces heures part juste avant. La même heure deux fois\u00a0: pas de silence.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [c for c in Canal if c != Canal.SMS or is_open()]
        self.fields["canal"].choices = [(c.value, c.label) for c in offered]  # type: ignore[attr-defined]
        if is_open():
            self.fields[
                "canal"
            ].help_text = (
                "Un SMS passe par un opérateur, qui garde votre numéro et le texte un certain temps."
            )


@gate.signed_in
def rappels(request: Requete) -> HttpResponse:
    chosen = read_rappels(request.user)
    initial = {
        "canal": chosen.canal,
        "avances": [a.value for a in chosen.avances],
        "formule": chosen.formule,
        "silence_debut": chosen.silence.debut,
        "silence_fin": chosen.silence.fin,
    }
    form = RappelsForm(request.POST or None, initial=initial)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            choose_rappels(
                by=request.user,
                now=request.now,
                canal=Canal(said["canal"]),
                avances=[Avance(a) for a in said["avances"]],
                formule=Formule(said["formule"]),
                silence_debut=said["silence_debut"],
                silence_fin=said["silence_fin"],
            )
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "Vos rappels suivront ce choix, dès le prochain.")
            return redirect("compte_moi")
    context = {"form": form, "obstacles_trouves": found}
    return render(request, "compte/rappels.html", context, status=422 if request.method == "POST" else 200)


urls = [path("rappels/", rappels, name="compte_rappels")]
