"""Plan a whole parcours: what the person can and wishes, several sets of dates, one gesture to book them all; shift what follows."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access import Action
from jalon.access.planification import Base, ask_plans, read_base
from jalon.access.seance import get_seance, list_lieux
from jalon.actions.planification import Place, move_reste, plan_parcours
from jalon.domain.disponibilite import JOURS
from jalon.domain.horaire import nom_du_fuseau
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Phase
from jalon.domain.planification import UNE_HEURE, Choix, Rythme, Souhaits
from jalon.domain.planification_propositions import Reponse
from jalon.domain.seance import Modalite
from jalon.web import gate, refus
from jalon.web.composants.typographie import compte
from jalon.web.requete import Requete

_HOUR = {"invalid": "Cette heure n’existe pas : écrivez par exemple 18:30."}
_ECRIT = "%Y%m%dT%H%MZ"


class SouhaitsForm(forms.Form):
    du = forms.DateField(label="À partir du", error_messages={"required": "Depuis quel jour ?"})
    au = forms.DateField(label="Terminé avant le", error_messages={"required": "Jusqu’à quel jour ?"})
    rythme = forms.ChoiceField(label="À quel rythme ?", choices=[(r.value, r.label) for r in Rythme])
    jours = forms.MultipleChoiceField(
        label="Quels jours ?",
        required=False,
        choices=[(str(i), j) for i, j in enumerate(JOURS)],
        widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché : tous les jours où vous recevez.",
    )
    depuis = forms.TimeField(label="Pas avant", required=False, error_messages=_HOUR)
    jusqu_a = forms.TimeField(label="Terminée à", required=False, error_messages=_HOUR)
    manieres = forms.MultipleChoiceField(
        label="De quelle façon ?",
        required=False,
        choices=[(m.value, m.label) for m in Modalite],
        widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché : de préférence en présence.",
    )
    lieu = forms.ChoiceField(label="Dans quel lieu ?", required=False)
    une_heure = forms.BooleanField(
        label="Des séances d’une heure au plus",
        required=False,
        help_text="Pour qui se fatigue : les heures restent les mêmes, en séances plus nombreuses.",
    )
    fauteuil = forms.BooleanField(label="Une salle accessible en fauteuil roulant", required=False)

    def __init__(self, bilan: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lieu"].choices = [("", "Peu importe")] + [  # type: ignore[attr-defined]
            (str(lieu.pk), lieu.nom) for lieu in list_lieux(bilan)
        ]

    @property
    def au_plus(self) -> int | None:
        return UNE_HEURE if self.cleaned_data["une_heure"] else None

    def souhaits(self) -> Souhaits:
        said = self.cleaned_data
        return Souhaits(
            du=said["du"],
            au=said["au"],
            rythme=Rythme(said["rythme"]),
            jours=frozenset(map(int, said["jours"])),
            depuis=said["depuis"],
            jusqu_a=said["jusqu_a"],
            manieres=tuple(m for m in Modalite if m in said["manieres"]) or tuple(Modalite),
            lieux=frozenset({said["lieu"]}) if said["lieu"] else frozenset(),
            fauteuil=said["fauteuil"],
        )


class DecalerForm(forms.Form):
    jours = forms.TypedChoiceField(
        label="De combien ?",
        coerce=int,
        choices=[
            (7, "Une semaine plus tard"),
            (14, "Deux semaines plus tard"),
            (21, "Trois semaines plus tard"),
            (28, "Quatre semaines plus tard"),
            (1, "Un jour plus tard"),
            (-1, "Un jour plus tôt"),
            (-7, "Une semaine plus tôt"),
        ],
    )


@gate.bilan(Action.PLAN_SEANCE)
def planifier(request: Requete, bilan: Any) -> HttpResponse:
    base = read_base(request.user, bilan, request.now)
    asked = request.POST if request.method == "POST" else request.GET
    sent = "du" in asked
    form = SouhaitsForm(bilan, asked if sent else _defaults(bilan, base))
    obstacles: list[Obstacle] = []
    if request.method == "POST":
        try:
            made = plan_parcours(
                bilan=bilan,
                places=[_read(one) for one in request.POST.getlist("place")],
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            obstacles = list(refused.obstacles)
        else:
            many = compte(len(made), "séance est prévue", "séances sont prévues")
            messages.success(request, f"{many}. La personne les voit dans son espace.")
            return redirect("consultant_seances", bilan.pk)
    reponse = Reponse()
    if form.is_valid():
        souhaits = form.souhaits()
        reponse = ask_plans(request.user, bilan, souhaits, request.now, au_plus=form.au_plus)
    context = {
        "bilan": bilan,
        "form": form,
        "base": base,
        "propositions": [
            (
                one,
                [(c, _write(c)) for c in one.plan.choix],
                compte(_semaines(one.plan.choix), "semaine", "semaines"),
            )
            for one in reponse.propositions
        ],
        "blocage": reponse.obstacles,
        "obstacles_trouves": obstacles,
        "ville": nom_du_fuseau(bilan.fuseau),
        "lieux": {str(lieu.pk): lieu.nom for lieu in list_lieux(bilan)},
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consultant/planifier.html", context, status=status)


@gate.bilan(Action.PLAN_SEANCE)
def decaler(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    found = get_seance(request.user, bilan, seance_id)
    form = DecalerForm(request.POST or None, initial={"jours": 7})
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            moved = move_reste(
                seance=found, jours=form.cleaned_data["jours"], by=request.user, now=request.now
            )
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(
                request, compte(len(moved), "séance est décalée.", "séances sont décalées ensemble.")
            )
            return redirect("consultant_seances", bilan.pk)
    context = {"bilan": bilan, "seance": found, "form": form, "obstacles_trouves": obstacles}
    status = 422 if request.method == "POST" else 200
    return render(request, "consultant/seance_decaler.html", context, status=status)


def _defaults(bilan: Any, base: Base) -> dict[str, Any]:
    """What most plans are: from the first day possible, over the weeks that the offer says, with room to spare."""
    weeks = max(base.semaines, len(base.reste)) + 4
    found: dict[str, Any] = {
        "du": base.premier_jour.isoformat(),
        "au": (base.premier_jour + timedelta(weeks=weeks)).isoformat(),
        "rythme": Rythme.SEMAINE.value,
    }
    if bilan.lieu_id:
        found["lieu"] = str(bilan.lieu_id)
    return found


def _semaines(choix: tuple[Choix, ...]) -> int:
    return max(1, round((choix[-1].debut - choix[0].debut).days / 7))


def _write(one: Choix) -> str:
    debut = one.debut.astimezone(UTC).strftime(_ECRIT)
    return "|".join((one.etape.phase, debut, str(one.etape.minutes), one.modalite, one.lieu, one.salle))


def _read(text: str) -> Place:
    """What a button of this very page says; anything else is refused like dates that are gone."""
    try:
        phase, debut, minutes, modalite, lieu, salle = text.split("|")
        start = datetime.strptime(debut, _ECRIT).replace(tzinfo=UTC)
        return Place(
            Phase(phase), start, start + timedelta(minutes=int(minutes)), Modalite(modalite), lieu, salle
        )
    except (ValueError, OverflowError):
        raise Refused(Obstacle("Ces dates ne se lisent pas : demandez-en d’autres.", code="dates")) from None


urls = [
    path("<uuid:bilan_id>/planifier/", planifier, name="consultant_planifier"),
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/decaler/", decaler, name="consultant_seance_decaler"),
]
