"""What one's own link opens: the appointment, and how to confirm, move or cancel it. A stranger's link is a page that does not exist."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access.cabinet import open_cabinet
from jalon.access.disponibilite import read_agendas
from jalon.access.reservation import get_by_link, room_of
from jalon.actions.reservation import cancel_entretien, confirm_entretien, move_entretien
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.seance import Modalite
from jalon.web import gate
from jalon.web.public.moments import RechercheForm, free_days, read_moment
from jalon.web.public.rendez_vous import absolute, hour_of
from jalon.web.requete import Requete


@gate.public
def rendez_vous(request: Requete, jeton: str) -> HttpResponse:
    return _page(request, jeton, get_by_link(jeton))


def _page(request: Requete, jeton: str, contact: Any, found: tuple[Obstacle, ...] = ()) -> HttpResponse:
    organisme, now = contact.organisme, request.now
    begins = contact.entretien_le
    context = {
        "organisme": organisme,
        "contact": contact,
        "jeton": jeton,
        "obstacles_trouves": found,
        "modalite": Modalite(contact.entretien_modalite).label if contact.entretien_modalite else "",
        "par_telephone": contact.entretien_modalite == Modalite.TELEPHONE,
        "en_visio": contact.entretien_modalite == Modalite.VISIO,
        "passe": begins is not None and begins <= now,
        "salle": room_of(contact, now),
        "adresse_du_lien": "" if contact.email else absolute("public_rendez_vous", jeton),
        **hour_of(organisme, read_agendas(organisme, now)),
    }
    return render(request, "public/rendez_vous.html", context, status=422 if found else 200)


@gate.public
@require_POST
def confirmer(request: Requete, jeton: str) -> HttpResponse:
    contact = get_by_link(jeton)
    try:
        confirm_entretien(contact=contact, now=request.now)
    except Refused as refused:
        return _page(request, jeton, contact, refused.obstacles)
    messages.success(request, "C’est confirmé. À bientôt.")
    return redirect("public_rendez_vous", jeton)


@gate.public
def deplacer(request: Requete, jeton: str) -> HttpResponse:
    contact = get_by_link(jeton)
    organisme = contact.organisme
    agendas = read_agendas(organisme, request.now)
    asked = {name: request.GET.get(name, "") for name in ("comment", "avec", "quand")}
    if asked["comment"] not in set(Modalite):
        asked["comment"] = contact.entretien_modalite or Modalite.TELEPHONE.value
        asked["avec"] = asked["avec"] or str(contact.entretien_consultant_id or "")
    form = RechercheForm(agendas, asked)
    found: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        wanted = read_moment(request.POST.get("moment", ""))
        comment = request.POST.get("comment", "")
        try:
            if wanted is None or comment not in set(Modalite):
                raise Refused(Obstacle("Choisissez un moment dans la liste.", code="moment"))
            move_entretien(
                contact=contact,
                consultant_id=wanted[1],
                debut=wanted[0],
                modalite=Modalite(comment),
                now=request.now,
            )
        except Refused as refused:
            found = refused.obstacles
        else:
            messages.success(request, "Votre rendez-vous est à sa nouvelle place.")
            return redirect("public_rendez_vous", jeton)
    context = {
        "organisme": organisme,
        "contact": contact,
        "jeton": jeton,
        "agendas": agendas,
        "form": form,
        "semaine": free_days(
            organisme, agendas, form, request.GET.get("depuis", ""), request.now, sauf=contact
        ),
        "obstacles_trouves": found,
        **hour_of(organisme, agendas),
    }
    return render(request, "public/rendez_vous_deplacer.html", context, status=422 if found else 200)


@gate.public
def annuler(request: Requete, jeton: str) -> HttpResponse:
    contact = get_by_link(jeton)
    found: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        effacer = request.POST.get("et") != "garder"
        try:
            cancel_entretien(contact=contact, effacer=effacer, now=request.now)
        except Refused as refused:
            found = refused.obstacles
        else:
            return redirect("public_rendez_vous_annule") if effacer else redirect("public_rendez_vous", jeton)
    context = {"organisme": contact.organisme, "contact": contact, "jeton": jeton, "obstacles_trouves": found}
    return render(request, "public/rendez_vous_annuler.html", context, status=422 if found else 200)


@gate.public
def annule(request: Requete) -> HttpResponse:
    return render(request, "public/rendez_vous_annule.html", {"organisme": open_cabinet()})


urls = [
    path("rendez-vous/annule/", annule, name="public_rendez_vous_annule"),
    path("rendez-vous/<str:jeton>/", rendez_vous, name="public_rendez_vous"),
    path("rendez-vous/<str:jeton>/confirmer/", confirmer, name="public_rendez_vous_confirmer"),
    path("rendez-vous/<str:jeton>/deplacer/", deplacer, name="public_rendez_vous_deplacer"),
    path("rendez-vous/<str:jeton>/annuler/", annuler, name="public_rendez_vous_annuler"),
]
