"""One calm page for the time of a séance: what was agreed and promised, a clock that the server holds, notes, recap, the end."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action, can
from jalon.access.passage import read_passages
from jalon.access.pieces import Lue, read_piece, read_pieces
from jalon.access.seance import get_seance
from jalon.actions.composition import compose
from jalon.actions.ecrit import write_ecrit
from jalon.actions.passage import start_passage, stop_passage
from jalon.actions.recap import write_recap
from jalon.actions.seance import hold_seance, shown_fingerprint, sign_seance
from jalon.domain.horaire import instant
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.passage import measure_passages
from jalon.web import gate, refus
from jalon.web.consultant.preparation import preparation
from jalon.web.consultant.recap import FormulaireRecap
from jalon.web.consultant.seance import TenirForm
from jalon.web.ecrits.cahier import FormulaireCahier
from jalon.web.ecrits.page import montrer, vers
from jalon.web.ecrits.recap import texte_du_recap
from jalon.web.ecrits.saisie import Saisie, en_texte, envoyer, ouvrir, reprend_l_autre
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue

ESPACE = "consultant"


def _recap(data: Any = None, *, initial: Any = None) -> FormulaireRecap:
    return FormulaireRecap(data, initial=initial, auto_id="recap_%s")


def _note(data: Any = None, *, initial: Any = None) -> FormulaireCahier:
    return FormulaireCahier(data, initial=initial, auto_id="note_%s")


@gate.bilan(Action.HOLD_SEANCE)
def cockpit(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    return _page(request, bilan, get_seance(request.user, bilan, seance_id))


def _page(
    request: Requete,
    bilan: Any,
    seance: Any,
    *,
    recap: Saisie | None = None,
    note: Saisie | None = None,
    tenir: TenirForm | None = None,
    obstacles: list[Obstacle] | None = None,
) -> HttpResponse:
    found = read_piece(request.user, bilan, "recap", str(seance.pk), now=request.now)
    writes_notes = can(Action.WRITE_NOTE, request.user, bilan)
    status = max(recap.status if recap else 200, note.status if note else 200)
    if obstacles or tenir is not None:
        status = 422
    context = {
        **_clock(request, bilan, seance),
        **preparation(request, bilan, seance),
        "recap": recap or _open_recap(request, bilan, seance, found),
        "page_recap": f"recap-{seance.pk}",
        "partage": bool(found and found.piece.partage_le),
        "note": (note or _open_note(request, bilan, seance)) if writes_notes else None,
        "page_note": f"note-{seance.pk}",
        "obstacles_trouves": obstacles or (),
    }
    if tenir is not None:
        context["tenir"] = tenir
    return montrer(request, bilan, ESPACE, "consultant/cockpit.html", context, status)


def _clock(request: Requete, bilan: Any, seance: Any) -> dict[str, Any]:
    """The times as the server holds them, and what they propose to sign."""
    vue = SeanceVue(seance, bilan, ESPACE, request.now)
    temps = measure_passages(read_passages(seance), request.now)
    place = ZoneInfo(bilan.fuseau)
    start = temps.debut if temps else vue.debut
    end = temps.fin_proposee if temps else vue.fin
    tenir = None
    if vue.prevue and (temps or vue.passee):
        tenir = TenirForm(
            prefix="tenir",
            initial={
                "jour": start.astimezone(place).date(),
                "debut_reel": start.astimezone(place).time(),
                "fin_reelle": end.astimezone(place).time(),
            },
        )
    return {
        "bilan": bilan,
        "rdv": vue,
        "temps": temps,
        "prevues_minutes": vue.minutes,
        "tenir": tenir,
        "empreinte": shown_fingerprint(seance) if vue.a_signer else "",
    }


def _open_recap(request: Requete, bilan: Any, seance: Any, found: Lue | None) -> Saisie:
    rows = [{**p.to_json(), "promesse": p.texte} for p in found.contenu.promesses] if found else []
    saved = FormulaireRecap.initial_de(rows, texte=found.contenu.texte if found else "")
    return ouvrir(request, bilan, f"recap-{seance.pk}", _recap, saved, found.revision if found else 0)


def _open_note(request: Requete, bilan: Any, seance: Any) -> Saisie:
    mine = [
        lue
        for lue in read_pieces(request.user, bilan, ["note"], now=request.now)
        if lue.piece.reference == str(seance.pk)
    ]
    saved = {"titre": mine[0].contenu.titre, "texte": mine[0].contenu.texte} if mine else {}
    return ouvrir(request, bilan, f"note-{seance.pk}", _note, saved, mine[0].revision if mine else 0)


@gate.bilan(Action.HOLD_SEANCE)
@require_POST
def chrono(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    """Start, pause, resume. With htmx the clock alone is renewed, and nothing that is being typed moves."""
    seance = get_seance(request.user, bilan, seance_id)
    obstacles: list[Obstacle] = []
    try:
        if request.POST.get("geste") == "pause":
            stop_passage(seance=seance, by=request.user, now=request.now)
        else:
            start_passage(seance=seance, by=request.user, now=request.now)
    except Refused as refused:
        obstacles = list(refused.obstacles)
    if "HX-Request" in request.headers:
        context = {**_clock(request, bilan, seance), "obstacles_trouves": obstacles, "seul": True}
        return render(request, "consultant/_chrono.html", context, status=422 if obstacles else 200)
    if obstacles:
        return _page(request, bilan, seance, obstacles=obstacles)
    return vers(ESPACE, "cockpit", bilan, seance_id)


@gate.bilan(Action.WRITE_RECAP)
@require_POST
def recap(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    seance = get_seance(request.user, bilan, seance_id)
    if reprend_l_autre(request):
        return vers(ESPACE, "cockpit", bilan, seance_id)
    changed = FormulaireRecap.apres_geste(request.POST.dict())
    if changed is not None:
        return _page(request, bilan, seance, recap=Saisie(_recap(initial=changed)))
    share = "partager" in request.POST
    refused = envoyer(
        _recap(request.POST),
        lambda form: write_recap(
            bilan=bilan,
            recap=compose(
                "recap",
                seance_id=str(seance_id),
                texte=form.cleaned_data["texte"],
                promesses=form.promesses(),
            ),
            by=request.user,
            now=request.now,
            base_revision=form.base(),
            share=share,
        ),
        texte_du_recap,
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _page(request, bilan, seance, recap=refused)
    messages.success(
        request,
        "Le compte rendu est partagé : la personne peut le lire et le corriger."
        if share
        else "Le compte rendu est enregistré, pour vous.",
    )
    return vers(ESPACE, "cockpit", bilan, seance_id)


@gate.bilan(Action.WRITE_NOTE)
@require_POST
def note(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    """One note of this séance, under its identifier: nobody else reads it."""
    seance = get_seance(request.user, bilan, seance_id)
    if reprend_l_autre(request):
        return vers(ESPACE, "cockpit", bilan, seance_id)
    refused = envoyer(
        _note(request.POST),
        lambda form: write_ecrit(
            bilan=bilan,
            contenu=compose("note", **form.champs()),
            by=request.user,
            now=request.now,
            reference=str(seance_id),
            base_revision=form.base(),
        ),
        lambda contenu: en_texte(("", contenu.titre), ("", contenu.texte)),
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _page(request, bilan, seance, note=refused)
    messages.success(request, "Votre note est enregistrée.")
    return vers(ESPACE, "cockpit", bilan, seance_id)


@gate.bilan(Action.HOLD_SEANCE)
@require_POST
def tenir(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    """The end: the clock stops, and its times are those that both will sign."""
    seance = get_seance(request.user, bilan, seance_id)
    form = TenirForm(request.POST, prefix="tenir")
    obstacles: list[Obstacle] = []
    if form.is_valid():
        said = form.cleaned_data
        try:
            hold_seance(
                seance=seance,
                debut_reel=instant(said["jour"], said["debut_reel"], bilan.fuseau, field="debut_reel"),
                fin_reelle=instant(said["jour"], said["fin_reelle"], bilan.fuseau, field="fin_reelle"),
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(
                request, "Les horaires sont notés : signez-les, la personne les signe dans son espace."
            )
            return vers(ESPACE, "cockpit", bilan, seance_id)
    return _page(request, bilan, seance, tenir=form, obstacles=obstacles)


@gate.bilan(Action.SIGN_CONSULTANT)
@require_POST
def signer(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    seance = get_seance(request.user, bilan, seance_id)
    try:
        if not request.POST.get("empreinte"):
            raise Refused(Obstacle("Relisez les horaires avant de signer.", code="changee"))
        sign_seance(seance=seance, by=request.user, now=request.now, empreinte_vue=request.POST["empreinte"])
    except Refused as refused:
        return _page(request, bilan, seance, obstacles=list(refused.obstacles))
    messages.success(request, "Vous avez signé cette séance.")
    return vers(ESPACE, "cockpit", bilan, seance_id)


_UN = "<uuid:bilan_id>/seances/<uuid:seance_id>/cockpit/"
urls = [
    path(_UN, cockpit, name="consultant_cockpit"),
    path(f"{_UN}temps/", chrono, name="consultant_cockpit_temps"),
    path(f"{_UN}compte-rendu/", recap, name="consultant_cockpit_recap"),
    path(f"{_UN}note/", note, name="consultant_cockpit_note"),
    path(f"{_UN}tenir/", tenir, name="consultant_cockpit_tenir"),
    path(f"{_UN}signer/", signer, name="consultant_cockpit_signer"),
]
