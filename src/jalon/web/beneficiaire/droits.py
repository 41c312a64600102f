"""The person's rights, with their effects before the gesture: pause, stop, change, complain; and those of the RGPD."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.bilan import bilan_day
from jalon.access.cabinet import list_consultants
from jalon.access.droits import get_demande, list_demandes, open_pause
from jalon.actions.droits import ask_droit, withdraw_droit
from jalon.actions.pause import end_pause, take_pause
from jalon.actions.terme import abandon_bilan
from jalon.domain.bilan import CLOSED, RUNNING
from jalon.domain.droits import RGPD, Nature, Objet, answer_by
from jalon.domain.jours import Calendrier, Territoire
from jalon.domain.obstacle import Refused
from jalon.law import law_on
from jalon.web import gate
from jalon.web.requete import Requete

# What each right may be about; a right that is not here needs nothing more than the gesture.
_OBJETS: dict[Nature, tuple[Objet, ...]] = {
    Nature.RECTIFICATION: (Objet.IDENTITE, Objet.SEANCE, Objet.PAPIER, Objet.FINANCEMENT, Objet.CONTENU),
    Nature.EFFACEMENT: (Objet.CONTENU, Objet.COURRIELS, Objet.IDENTITE, Objet.AUTRE),
    Nature.LIMITATION: (Objet.CONTENU, Objet.SEANCE, Objet.PAPIER, Objet.AUTRE),
    Nature.OPPOSITION: (Objet.COURRIELS, Objet.LECTURE, Objet.AUTRE),
    Nature.RECLAMATION: (Objet.ACCUEIL, Objet.DEROULEMENT, Objet.FINANCEMENT, Objet.PAPIER, Objet.AUTRE),
}


class PauseForm(forms.Form):
    reprise = forms.DateField(
        label="Le jour où vous pensez reprendre",
        required=False,
        help_text="Vous pourrez reprendre plus tôt. Sans date, la pause dure six mois au plus.",
    )


class DemandeForm(forms.Form):
    def __init__(self, nature: Nature, bilan: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if nature in _OBJETS:
            self.fields["objet"] = forms.ChoiceField(
                label="De quoi s’agit-il ?",
                choices=[(o.value, o.label) for o in _OBJETS[nature]],
                widget=forms.RadioSelect,
                error_messages={"required": "Choisissez de quoi il s’agit."},
            )
        if nature == Nature.CHANGEMENT:
            others = [one for one in list_consultants(bilan.organisme) if one.pk != bilan.consultant_id]
            self.people = {str(one.pk): one for one in others}
            self.fields["souhaite"] = forms.ChoiceField(
                label="Avec qui voudriez-vous continuer ?",
                required=False,
                choices=[
                    ("", "Je n’ai pas de préférence"),
                    *((k, o.nom_complet) for k, o in self.people.items()),
                ],
            )


def _nature(word: str) -> Nature:
    try:
        return Nature(word)
    except ValueError:
        raise Http404 from None


@gate.bilan(Action.ASK_DROIT)
def droits(request: Requete, bilan: Any) -> HttpResponse:
    context = {
        "bilan": bilan,
        "en_cours": bilan.etat in RUNNING,
        "clos": bilan.etat in CLOSED,
        "pause": open_pause(bilan),
        "donnees": [(nature, source) for nature, source in RGPD.items()],
        "demandes": list_demandes(request.user, bilan),
    }
    return render(request, "beneficiaire/droits.html", context)


@gate.bilan(Action.ASK_DROIT)
def demander(request: Requete, bilan: Any, nature: str) -> HttpResponse:
    asked = _nature(nature)
    form = DemandeForm(asked, bilan, request.POST if request.method == "POST" else None)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            ask_droit(
                bilan=bilan,
                nature=asked,
                objet=said.get("objet", ""),
                souhaite=form.people.get(said["souhaite"]) if "souhaite" in said else None,
                by=request.user,
                now=request.now,
            )
        except Refused as found:
            refused = found
        else:
            messages.success(
                request, "Votre demande est partie. Le délai de réponse court à partir d’aujourd’hui."
            )
            return redirect("beneficiaire_droits", bilan.pk)
    day = bilan_day(bilan, request.now)
    context = {
        "bilan": bilan,
        "nature": asked,
        "article": RGPD.get(asked, ""),
        "delai": answer_by(asked, day, Calendrier(Territoire(bilan.territoire), law_on(day))),
        "form": form,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    bad = refused is not None or (request.method == "POST" and not form.is_valid())
    return render(request, "beneficiaire/droits_demander.html", context, status=422 if bad else 200)


@gate.bilan(Action.ASK_DROIT)
@require_POST
def retirer(request: Requete, bilan: Any, demande_id: Any) -> HttpResponse:
    try:
        withdraw_droit(demande=get_demande(request.user, bilan, demande_id), by=request.user, now=request.now)
    except Refused as refused:
        messages.warning(request, refused.obstacles[0].sentence)
    else:
        messages.success(request, "Votre demande est retirée.")
    return redirect("beneficiaire_droits", bilan.pk)


@gate.bilan(Action.TAKE_PAUSE)
def pause(request: Requete, bilan: Any) -> HttpResponse:
    form = PauseForm(request.POST if request.method == "POST" else None)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            take_pause(bilan=bilan, reprise=form.cleaned_data["reprise"], by=request.user, now=request.now)
        except Refused as found:
            refused = found
            for obstacle in found.obstacles:
                if obstacle.field in form.fields:
                    form.add_error(obstacle.field, obstacle.sentence)
        else:
            messages.success(request, "C’est noté : vous êtes en pause. Reprenez quand vous voulez.")
            return redirect("beneficiaire_droits", bilan.pk)
    context = {
        "bilan": bilan,
        "form": form,
        "pause": open_pause(bilan),
        "en_cours": bilan.etat in RUNNING,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    bad = request.method == "POST"
    return render(request, "beneficiaire/droits_pause.html", context, status=422 if bad else 200)


@gate.bilan(Action.TAKE_PAUSE)
@require_POST
def reprendre(request: Requete, bilan: Any) -> HttpResponse:
    end_pause(bilan=bilan, by=request.user, now=request.now)
    messages.success(
        request, "La pause est finie. La date de fin, si elle était annoncée, est repoussée d’autant."
    )
    return redirect("beneficiaire_droits", bilan.pk)


@gate.bilan(Action.ABANDON_BILAN)
def arreter(request: Requete, bilan: Any) -> HttpResponse:
    """No reason is asked nor kept; the day of the stop is the term."""
    refused: Refused | None = None
    if request.method == "POST":
        try:
            abandon_bilan(bilan=bilan, by=request.user, now=request.now)
        except Refused as found:
            refused = found
        else:
            messages.success(request, "L’accompagnement est arrêté. Emportez votre dossier avant ce soir.")
            return redirect("beneficiaire_bilan", bilan.pk)
    context = {"bilan": bilan, "obstacles_trouves": refused.obstacles if refused else ()}
    return render(request, "beneficiaire/droits_arreter.html", context, status=422 if refused else 200)


urls = [
    path("<uuid:bilan_id>/droits/", droits, name="beneficiaire_droits"),
    path("<uuid:bilan_id>/droits/arreter/", arreter, name="beneficiaire_droits_arreter"),
    path("<uuid:bilan_id>/droits/pause/", pause, name="beneficiaire_droits_pause"),
    path("<uuid:bilan_id>/droits/pause/reprendre/", reprendre, name="beneficiaire_droits_reprendre"),
    path("<uuid:bilan_id>/droits/demander/<slug:nature>/", demander, name="beneficiaire_droits_demander"),
    path("<uuid:bilan_id>/droits/<uuid:demande_id>/retirer/", retirer, name="beneficiaire_droits_retirer"),
]
