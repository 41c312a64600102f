"""When somebody receives, as both spaces write it: the rules, the week line by line, the days that are not like the others."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from jalon.access.cabinet import list_lieux, today
from jalon.access.disponibilite import list_exceptions, list_plages, plage_facts, read_disponibilite
from jalon.actions.disponibilite import PLAGES_MAX, REGLES, add_exception, write_disponibilite, write_semaine
from jalon.domain.disponibilite import JOURS, Plage
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import refus
from jalon.web.composants.typographie import heures
from jalon.web.requete import Requete

_SUGGESTED = Plage(1, time(18), time(20))
Show = Callable[[dict[str, Any], int], HttpResponse]


def _oui(label: str, aide: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=aide, required=False)


def _number(label: str, low: int, high: int, *, aide: str = "", requis: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        required=requis,
        help_text=aide,
        error_messages={
            "required": "Donnez un nombre.",
            "invalid": "Écrivez un nombre, en chiffres.",
            "min_value": f"{low} au moins.",
            "max_value": f"{high} au plus.",
        },
    )


class ReglesForm(forms.Form):
    ouverte = _oui(
        "Proposer des moments en ligne",
        "Toute personne peut alors en prendre un, sans compte, pour un entretien préalable.",
    )
    duree_minutes = forms.TypedChoiceField(
        label="Durée de l’entretien", coerce=int, choices=[(m, heures(m)) for m in (20, 30, 45, 60, 75, 90)]
    )
    tampon_minutes = forms.TypedChoiceField(
        label="Répit avant et après",
        coerce=int,
        choices=[(m, heures(m) if m else "Aucun") for m in (0, 5, 10, 15, 30, 45, 60)],
    )
    preavis_heures = _number(
        "Prévenir au moins", 0, 336, aide="Heures entre la prise du rendez-vous et l’entretien."
    )
    horizon_jours = _number("Jusqu’à", 1, 180, aide="Jours à l’avance.")
    par_jour = _number("Entretiens par jour, au plus", 1, 20, aide="Vide : pas de limite.", requis=False)
    par_semaine = _number(
        "Entretiens par semaine, au plus", 1, 60, aide="Vide : pas de limite.", requis=False
    )
    seances_par_jour = _number("Séances par jour, au plus", 1, 12, aide="Vide : pas de limite.", requis=False)
    seances_par_semaine = _number(
        "Séances par semaine, au plus", 1, 60, aide="Vide : pas de limite.", requis=False
    )
    capacite = _number(
        "Dossiers en parallèle, au plus",
        1,
        200,
        aide="Votre plafond : au-delà, une nouvelle personne attend une place. Vide : pas de plafond.",
        requis=False,
    )
    telephone = _oui("Par téléphone")
    visio_lien = forms.URLField(
        label="Salle de visio",
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text="L’adresse d’une salle à vous, sans enregistrement. Montrée à la personne une demi-heure avant, et à elle seule.",
        error_messages={"invalid": "Cette adresse n’est pas complète : elle commence par https://."},
    )
    jours_feries = _oui("Recevoir aussi les jours fériés")


class PlageForm(forms.Form):
    jour = forms.ChoiceField(label="Jour", choices=list(enumerate(JOURS)))
    debut = forms.TimeField(
        label="De", error_messages={"invalid": "Par exemple 18:00.", "required": "De quelle heure ?"}
    )
    fin = forms.TimeField(
        label="À", error_messages={"invalid": "Par exemple 20:00.", "required": "À quelle heure ?"}
    )
    lieu = forms.ChoiceField(label="Où", required=False)
    a_distance = _oui("À distance aussi")

    def __init__(self, lieux: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lieu"].choices = [("", "À distance seulement"), *((str(x.pk), x.nom) for x in lieux)]  # type: ignore[attr-defined]

    def facts(self) -> Plage:
        said = self.cleaned_data
        return Plage(
            int(said["jour"]),
            said["debut"],
            said["fin"],
            said["lieu"],
            said["a_distance"] or not said["lieu"],
        )


class ExceptionForm(forms.Form):
    ouverte = forms.ChoiceField(
        label="De quoi s’agit-il ?",
        choices=[("non", "Absence : rien ne se prend"), ("oui", "Ouverture en plus")],
        widget=forms.RadioSelect,
    )
    du = forms.DateField(label="Du", error_messages={"required": "Depuis quel jour ?"})
    au = forms.DateField(label="Au", required=False, help_text="Vide : ce seul jour.")
    debut = forms.TimeField(label="De", required=False, help_text="Vide : la journée entière.")
    fin = forms.TimeField(label="À", required=False)
    lieu = forms.ChoiceField(label="Où", required=False)

    def __init__(self, lieux: list[Any], *args: Any, vide: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lieux = {str(x.pk): x for x in lieux}
        self.fields["lieu"].choices = [("", vide), *((k, x.nom) for k, x in self.lieux.items())]  # type: ignore[attr-defined]


@dataclass
class Semaine:
    """The week as it is typed; a mere gesture shows the lines again without reproach."""

    lieux: list[Any]
    saisies: list[dict[str, str]]
    envoyee: bool = False
    obstacles: list[Obstacle] = field(default_factory=list)

    @cached_property
    def lignes(self) -> list[PlageForm]:
        return [
            PlageForm(self.lieux, {f"plage-{i}-{k}": v for k, v in one.items()}, prefix=f"plage-{i}")
            if self.envoyee
            else PlageForm(self.lieux, initial=one, prefix=f"plage-{i}")
            for i, one in enumerate(self.saisies)
        ]

    def put(self, refused: Refused) -> None:
        """Each obstacle beside the field of its own line."""
        for one in refused.obstacles:
            found = re.fullmatch(r"plage-([0-9]+)-(\w+)", one.field)
            if found and int(found[1]) < len(self.lignes):
                self.lignes[int(found[1])].add_error(found[2], one.sentence)
            else:
                self.obstacles.append(one)


def _typed(plage: Plage) -> dict[str, str]:
    return {
        "jour": str(plage.jour),
        "debut": f"{plage.debut:%H:%M}",
        "fin": f"{plage.fin:%H:%M}",
        "lieu": plage.lieu,
        "a_distance": "on" if plage.a_distance else "",
    }


def edit(request: Requete, organisme: Any, consultant: Any, show: Show, here: str) -> HttpResponse:
    """One page, three forms; `geste` says which was sent. A refused one comes back as it was typed."""
    lieux = list_lieux(organisme)
    gesture = request.POST.get("geste", "")
    regles = ReglesForm(
        request.POST if gesture == "regles" else None,
        initial={f: getattr(read_disponibilite(organisme, consultant), f) for f in REGLES},
    )
    exception = ExceptionForm(
        lieux,
        request.POST if gesture == "exception" else None,
        initial={"ouverte": "non"},
        vide="Partout, et à distance",
    )
    semaine = _week(request, organisme, consultant, lieux, gesture)
    found: list[Obstacle] = []
    common = {"organisme": organisme, "consultant": consultant, "by": request.user, "now": request.now}
    try:
        done = _act(gesture, regles, semaine, exception, common)
    except Refused as refused:
        if gesture == "semaine":
            semaine.put(refused)
            found = semaine.obstacles
        else:
            found = refus.put_on(regles if gesture == "regles" else exception, refused)
    else:
        if done:
            messages.success(request, done)
            return redirect(here)
    wrong = request.method == "POST" and not gesture.startswith(("ajouter", "enlever"))
    context = {
        "consultant": consultant,
        "regles": regles,
        "semaine": semaine,
        "exception": exception,
        "exceptions": list_exceptions(organisme, consultant, today(organisme, request.now)),
        "communes": list_exceptions(organisme, None, today(organisme, request.now)),
        "obstacles_trouves": found,
        "adresse": request.path,
    }
    return show(context, 422 if wrong else 200)


def _week(request: Requete, organisme: Any, consultant: Any, lieux: list[Any], gesture: str) -> Semaine:
    """What was posted if the week was; else what is kept."""
    posted = request.POST
    if "plages" not in posted:
        return Semaine(lieux, [_typed(plage_facts(p)) for p in list_plages(organisme, consultant)])
    total = int(posted["plages"]) if re.fullmatch(r"[0-9]{1,3}", posted["plages"]) else 0
    typed = [
        {name: posted.get(f"plage-{i}-{name}", "") for name in PlageForm.base_fields}
        for i in range(min(total, PLAGES_MAX))
        if gesture != f"enlever-{i}"
    ]
    if gesture == "ajouter" and len(typed) < PLAGES_MAX:
        typed.append(_typed(_SUGGESTED))
    return Semaine(lieux, typed, gesture == "semaine")


def _act(
    gesture: str, regles: ReglesForm, semaine: Semaine, exception: ExceptionForm, common: dict[str, Any]
) -> str:
    """What was done, in words; nothing when the form itself cannot be read."""
    if gesture == "regles" and regles.is_valid():
        write_disponibilite(regles=regles.cleaned_data, **common)
        return "Les règles sont enregistrées."
    if gesture == "semaine" and all(one.is_valid() for one in semaine.lignes):
        write_semaine(plages=[one.facts() for one in semaine.lignes], **common)
        return "La semaine est enregistrée."
    if gesture == "exception" and exception.is_valid():
        said = exception.cleaned_data
        add_exception(
            ouverte=said["ouverte"] == "oui",
            du=said["du"],
            au=said["au"] or said["du"],
            debut=said["debut"],
            fin=said["fin"],
            lieu=exception.lieux.get(said["lieu"]),
            **common,
        )
        return "C’est noté. Ce qui était déjà pris ces jours-là le reste : prévenez les personnes."
    return ""
