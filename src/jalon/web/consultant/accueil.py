"""The consultant's day: the séances of today, then her bilans, what waits for her first; and the list of all of them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.bilan import Situation, read_situations
from jalon.access.conservation import overdue_since
from jalon.access.journee import read_journee
from jalon.access.reservation import agenda_entretiens
from jalon.access.seance import agenda
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.obstacle import Obstacle
from jalon.web import gate
from jalon.web.charge import PlafondForm, save_plafond
from jalon.web.ecrits.promesse import vue_promesse
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue
from jalon.web.suite import Attente, Suite, suite

_PAR_PAGE = 25
_FORWARD = {Etat.PREPARATION: "start", Etat.PRELIMINAIRE: "investigate", Etat.INVESTIGATION: "conclude"}
# An announced end so near is told on the first page.
_TERM_IS_NEAR = timedelta(days=14)


@dataclass(frozen=True)
class Ligne:
    bilan: Any
    situation: Situation
    suite: Suite

    @property
    def etat(self) -> str:
        return "Contenu détruit" if self.bilan.contenu_detruit_le else self.situation.etat.label

    @property
    def bloque(self) -> list[Obstacle]:
        """What refuses the next phase."""
        step = _FORWARD.get(self.situation.etat)
        return [o for o in self.situation.possible.get(step, []) if o.refuses] if step else []

    @property
    def a_restituer(self) -> int:
        """Results that the person has not been told yet."""
        if self.situation.etat in CLOSED:
            return 0
        return sum(1 for piece in self.situation.of("resultat") if not piece.restituee)

    @property
    def terme_proche(self) -> bool:
        term = self.bilan.terme_prevu_le
        return (
            self.situation.etat not in CLOSED
            and term is not None
            and term <= self.situation.jour + _TERM_IS_NEAR
        )


class FiltreForm(forms.Form):
    q = forms.CharField(
        label="Nom ou numéro", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    etat = forms.ChoiceField(
        label="Où en est le dossier",
        required=False,
        choices=[("", "Tous"), ("ouverts", "Ouverts"), *((e.value, e.label) for e in Etat)],
    )


@gate.cabinet(Action.VIEW_CABINET)
def accueil(request: Requete, organisme: Any) -> HttpResponse:
    return _page(request, organisme)


@gate.cabinet(Action.SET_PLAFOND)
@require_POST
def plafond(request: Requete, organisme: Any) -> HttpResponse:
    """Her own ceiling: announced to the people she accompanies."""
    wrong = save_plafond(request, organisme, request.user)
    return redirect("consultant_accueil") if wrong is None else _page(request, organisme, wrong)


def _page(request: Requete, organisme: Any, form: PlafondForm | None = None) -> HttpResponse:
    """Everything that is open or not yet destroyed: what waits for her comes first."""
    found = list(_mine(request).filter(~Q(etat__in=CLOSED) | Q(contenu_detruit_le=None)))
    lines = _lines(found, request)
    lines.sort(key=lambda line: (line.suite.rang, line.bilan.numero))
    place = ZoneInfo(organisme.fuseau)
    today = datetime.combine(request.now.astimezone(place).date(), time.min, tzinfo=place)
    seances = agenda(request.user, start=today, end=today + timedelta(days=1), mine=False)
    running = [bilan for bilan in found if bilan.etat not in CLOSED]
    journee = read_journee(request.user, organisme, running, now=request.now)
    context = {
        "promesses": [vue_promesse(lue, bilan, "consultant") for bilan, lue in journee.promesses],
        "travaux": journee.travaux,
        "messages_attendus": journee.messages,
        "restitutions": [line for line in lines if line.a_restituer],
        "charge": journee.charge,
        "a_detruire": [(b, since) for b in found if (since := overdue_since(b, request.now))],
        "form_plafond": form or PlafondForm(initial={"plafond": journee.charge.plafond}),
        "a_moi": [line for line in lines if line.suite.attente == Attente.MOI],
        "aux_autres": [line for line in lines if line.suite.attente == Attente.AUTRE],
        "a_date": [line for line in lines if line.suite.attente in (Attente.DATE, Attente.RIEN)],
        "termes": sorted(
            (line for line in lines if line.terme_proche), key=lambda line: line.bilan.terme_prevu_le
        ),
        "seances": [SeanceVue(s, s.bilan, "consultant", request.now) for s in seances],
        "entretiens": agenda_entretiens(request.user, organisme, start=today, end=today + timedelta(days=1)),
        "aujourd_hui": today.date(),
        "organisme": organisme,
    }
    return render(request, "consultant/accueil.html", context, status=422 if form else 200)


@gate.cabinet(Action.VIEW_CABINET)
def dossiers(request: Requete, organisme: Any) -> HttpResponse:
    form = FiltreForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    wanted = _mine(request)
    for word in said.get("q", "").split():
        wanted = wanted.filter(
            Q(beneficiaire__nom__icontains=word)
            | Q(beneficiaire__prenom__icontains=word)
            | Q(numero__icontains=word)
        )
    etat = said.get("etat", "")
    if etat == "ouverts":
        wanted = wanted.exclude(etat__in=CLOSED)
    elif etat:
        wanted = wanted.filter(etat=etat)
    page = Paginator(wanted, _PAR_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lignes": _lines(list(page), request)}
    return render(request, "consultant/dossiers.html", context)


def _mine(request: Requete) -> Any:
    """Her own, and those in which she stands in: not her colleagues'."""
    return (
        access.list_bilans(Action.MOVE_BILAN, request.user)
        .select_related("organisme", "beneficiaire", "consultant")
        .order_by("-ouvert_le", "id")
    )


def _lines(found: list[Any], request: Requete) -> list[Ligne]:
    situations = read_situations(found, now=request.now)
    return [
        Ligne(bilan, situations[bilan.pk], suite(situations[bilan.pk], space="consultant")) for bilan in found
    ]


urls = [
    path("", accueil, name="consultant_accueil"),
    path("plafond/", plafond, name="consultant_plafond"),
    path("dossiers/", dossiers, name="consultant_bilans"),
]
