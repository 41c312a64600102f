"""One's own calendars, in every space: what they say outside, the private address, those kept elsewhere and how they fare."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalon.access.agenda import get_agenda, get_flux, list_agendas, list_flux, read_reglage
from jalon.actions.agenda import add_agenda, ask_again, open_flux, remove_agenda, revoke_flux, write_reglage
from jalon.domain.agenda_mots import raison
from jalon.domain.calendrier import Intitule, SensAgenda, TypeAgenda
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import refus
from jalon.web.requete import Requete

Show = Callable[[dict[str, Any], int], HttpResponse]


class ReglageForm(forms.Form):
    intitule = forms.ChoiceField(
        label="Ce que vos agendas disent d’un rendez-vous",
        choices=[(i.value, i.label) for i in Intitule],
        widget=forms.RadioSelect,
    )
    avec_lieu = forms.BooleanField(
        label="Y mettre l’adresse, quand nous nous voyons sur place", required=False
    )
    invitations = forms.BooleanField(
        label="Recevoir chaque rendez-vous par courriel",
        required=False,
        help_text="Une invitation qui se met dans l’agenda, se corrige et s’annule d’elle-même. Son objet ne dit rien de plus.",
    )


class AgendaForm(forms.Form):
    sens = forms.ChoiceField(
        label="Pour quoi faire ?", choices=[(s.value, s.label) for s in SensAgenda], widget=forms.RadioSelect
    )
    genre = forms.ChoiceField(
        label="De quel genre ?", choices=[(t.value, t.label) for t in TypeAgenda], widget=forms.RadioSelect
    )
    adresse = forms.CharField(
        label="Adresse",
        max_length=2000,
        error_messages={"required": "Donnez l’adresse de l’agenda."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
        help_text="Gardée chiffrée. Elle commence par https:// ou webcal://.",
    )
    utilisateur = forms.CharField(
        label="Nom d’utilisateur",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    mot_de_passe = forms.CharField(
        label="Mot de passe d’application",
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="De préférence un mot de passe fait pour cela seul, que vous pourrez retirer.",
    )


def edit(request: Requete, show: Show, here: str, *, externes: bool) -> HttpResponse:
    """One page, a few gestures; `externes`: for who works here, the calendars kept elsewhere too."""
    gesture, _, about = request.POST.get("geste", "").partition(":")
    rules = read_reglage(request.user)
    reglage = ReglageForm(
        request.POST if gesture == "reglage" else None,
        initial={f: getattr(rules, f) for f in ReglageForm.base_fields},
    )
    agenda = AgendaForm(
        request.POST if gesture == "ajouter" else None,
        initial={"sens": SensAgenda.LECTURE.value, "genre": TypeAgenda.ICS.value},
    )
    found: list[Obstacle] = []
    token = ""
    said = ""
    try:
        if gesture == "ouvrir":
            token = open_flux(by=request.user, now=request.now)
        else:
            said = _act(request, gesture, about, reglage, agenda, externes)
    except Refused as refused:
        found = refus.put_on(agenda if gesture == "ajouter" else reglage, refused)
    if said:
        messages.success(request, said)
        return redirect(here)
    wrong = request.method == "POST" and not token
    context = {
        "reglage": reglage,
        "form": agenda if externes else None,
        "flux": list_flux(request.user),
        "agendas": [
            (one, raison(one.agenda.erreur) if one.en_panne else "") for one in list_agendas(request.user)
        ]
        if externes
        else [],
        "jeton": token,
        "adresse_flux": _address(token) if token else "",
        "obstacles_trouves": found,
    }
    answer = show(context, 422 if wrong else 200)
    if token:
        # Shown once, to her alone.
        answer["Cache-Control"] = "no-store"
    return answer


def _act(
    request: Requete, gesture: str, about: str, reglage: ReglageForm, agenda: AgendaForm, externes: bool
) -> str:
    common: dict[str, Any] = {"by": request.user, "now": request.now}
    if gesture == "reglage" and reglage.is_valid():
        typed = reglage.cleaned_data
        write_reglage(
            intitule=Intitule(typed["intitule"]),
            avec_lieu=typed["avec_lieu"],
            invitations=typed["invitations"],
            **common,
        )
        return "C’est noté : vos agendas suivront."
    if gesture == "fermer":
        revoke_flux(flux=get_flux(request.user, about), **common)
        return "Cette adresse ne mène plus à rien."
    if not externes:
        return ""
    if gesture == "ajouter" and agenda.is_valid():
        typed = agenda.cleaned_data
        add_agenda(
            sens=SensAgenda(typed["sens"]),
            genre=TypeAgenda(typed["genre"]),
            adresse=typed["adresse"],
            utilisateur=typed["utilisateur"],
            mot_de_passe=typed["mot_de_passe"],
            **common,
        )
        return "L’agenda est ajouté. Il sera joint dans la minute ; son état s’affichera ici."
    if gesture == "retirer":
        remove_agenda(agenda=get_agenda(request.user, about), **common)
        return "L’agenda est retiré, avec son adresse et ce qui en avait été lu."
    if gesture == "relire":
        ask_again(agenda=get_agenda(request.user, about), **common)
        return "Nous y retournons dans la minute."
    return ""


def _address(token: str) -> str:
    return settings.JALON_BASE_URL.rstrip("/") + reverse("public_agenda", args=[token])
