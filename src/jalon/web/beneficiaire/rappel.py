"""«Me le rappeler»: the steps and a few dates in her own calendar, under a title that she chooses; and, if she wishes, plain mails."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.bilan import bilan_day
from jalon.access.pieces import read_piece
from jalon.access.rappel import months_asked
from jalon.actions.rappel import choose_rappels
from jalon.documents.ics import RendezVous, write_calendar
from jalon.domain.obstacle import Refused
from jalon.domain.plan import uid
from jalon.domain.rappel import MOIS, day_of
from jalon.web import gate, refus
from jalon.web.requete import Requete

_CHOIX = [(str(m), "Un mois après la fin" if m == 1 else f"{m} mois après la fin") for m in MOIS]
_MATIN, _DUREE = time(9), timedelta(minutes=30)


class AgendaForm(forms.Form):
    """The title leaves in the file and is kept nowhere here."""

    titre = forms.CharField(
        label="Sous quel titre, dans votre agenda ?",
        max_length=80,
        initial="Mon rappel",
        help_text="D’autres voient peut-être votre agenda : ce titre ne dit rien, sauf si vous le voulez.",
    )
    etapes = forms.BooleanField(label="Les étapes de mon plan qui ont une date", required=False)
    avec_texte = forms.BooleanField(
        label="Écrire ce qu’il y a à faire à la place du titre",
        required=False,
    )
    mois = forms.MultipleChoiceField(
        label="Prendre un moment pour faire le point",
        choices=_CHOIX,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class CourrielForm(forms.Form):
    mois = forms.MultipleChoiceField(
        label="Quand voulez-vous recevoir un courriel ?",
        choices=_CHOIX,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@gate.bilan(Action.CHOOSE_RAPPELS)
def rappels(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


def _page(
    request: Requete,
    bilan: Any,
    *,
    agenda: AgendaForm | None = None,
    courriel: CourrielForm | None = None,
    obstacles: Any = (),
    status: int = 200,
) -> HttpResponse:
    asked = months_asked(request.user, bilan)
    context = {
        "bilan": bilan,
        "agenda": agenda or AgendaForm(auto_id="agenda_%s"),
        "courriel": courriel
        or CourrielForm(initial={"mois": [str(m) for m in asked]}, auto_id="courriel_%s"),
        "choisis": asked,
        "depart": _start(bilan, request),
        "obstacles_trouves": obstacles,
    }
    return render(request, "beneficiaire/rappels.html", context, status=status)


def _start(bilan: Any, request: Requete) -> date:
    place = ZoneInfo(bilan.fuseau)
    if bilan.termine_le:
        ended: date = bilan.termine_le.astimezone(place).date()
        return ended
    return bilan.terme_prevu_le or bilan_day(bilan, request.now)


@gate.bilan(Action.CHOOSE_RAPPELS)
@require_POST
def agenda(request: Requete, bilan: Any) -> HttpResponse:
    """The file is hers from here on: it works whatever is destroyed here."""
    form = AgendaForm(request.POST, auto_id="agenda_%s")
    if not form.is_valid():
        return _page(request, bilan, agenda=form, status=422)
    rows = _events(request, bilan, form.cleaned_data)
    if not rows:
        form.add_error(None, "Choisissez au moins une date à mettre dans votre agenda.")
        return _page(request, bilan, agenda=form, status=422)
    response = HttpResponse(write_calendar(rows), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rappels.ics"'
    return response


def _events(request: Requete, bilan: Any, said: dict[str, Any]) -> list[RendezVous]:
    place = ZoneInfo(bilan.fuseau)
    # Grows with time, so that a calendar takes the newer file for the newer one.
    sequence = max(0, int((request.now - bilan.ouvert_le).total_seconds()) // 60)

    def event(name: UUID, what: str, day: date, title: str) -> RendezVous:
        begins = datetime.combine(day, _MATIN, tzinfo=place)
        return RendezVous(
            uid=uid(name, what),
            debut=begins,
            fin=begins + _DUREE,
            fuseau=bilan.fuseau,
            sequence=sequence,
            modifie_le=request.now,
            titre=title,
        )

    title = " ".join(said["titre"].split())
    rows = []
    plan = read_piece(request.user, bilan, "plan", now=request.now) if said["etapes"] else None
    if plan is not None:
        for rank, step in enumerate(plan.contenu.etapes):
            if step.pour_le and not step.fait:
                words = " ".join(step.texte.split())[:200] if said["avec_texte"] else title
                rows.append(
                    event(plan.piece.pk, f"etape-{rank}", date.fromisoformat(step.pour_le), words or title)
                )
    start = _start(bilan, request)
    rows += [event(bilan.pk, f"mois-{m}", day_of(start, int(m)), title) for m in said["mois"]]
    return rows


@gate.bilan(Action.CHOOSE_RAPPELS)
@require_POST
def courriels(request: Requete, bilan: Any) -> HttpResponse:
    form = CourrielForm(request.POST, auto_id="courriel_%s")
    if not form.is_valid():
        return _page(request, bilan, courriel=form, status=422)
    chosen = [int(m) for m in form.cleaned_data["mois"]]
    try:
        choose_rappels(bilan=bilan, mois=chosen, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, courriel=form, obstacles=refus.put_on(form, refused), status=422)
    said = "Vos rappels sont notés." if chosen else "Vous ne recevrez aucun rappel."
    messages.success(request, said)
    return redirect("beneficiaire_rappels", bilan.pk)


urls = [
    path("<uuid:bilan_id>/rappels/", rappels, name="beneficiaire_rappels"),
    path("<uuid:bilan_id>/rappels/agenda/", agenda, name="beneficiaire_rappels_agenda"),
    path("<uuid:bilan_id>/rappels/courriels/", courriels, name="beneficiaire_rappels_courriels"),
]
