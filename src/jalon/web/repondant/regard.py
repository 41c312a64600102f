"""What one link opens: who asks and what becomes of it, the questions, «vos réponses» to change, and the way out.

A link that opens nothing always answers the same page: it tells neither whether it was ever good, nor of whom.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access.repondant import LienRegard, read_link
from jalon.actions.courrier import neutral_name
from jalon.actions.repondant import answer_regard, withdraw_regard
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regards import SEUIL
from jalon.web import gate, refus
from jalon.web.ecrits.reponses import PREFIXE, FormulaireReponses, initial_de, relecture
from jalon.web.public.frein import too_often
from jalon.web.requete import Requete

ENVOIS, FENETRE = 60, 900


def _closed(request: Requete) -> HttpResponse:
    return render(request, "repondant/ferme.html", status=404)


@gate.public
def repondant(request: Requete, jeton: str) -> HttpResponse:
    """The notice, then the questions; once answered, what was answered."""
    lien = read_link(jeton, now=request.now)
    if lien is None:
        return _closed(request)
    if lien.retire:
        return render(request, "repondant/retire.html", _frame(jeton, lien))
    if lien.ouvert and (request.method == "POST" or not lien.a_repondu):
        return _answer(request, jeton, lien)
    if request.method == "POST":
        return _mine(request, jeton, lien, status=422)
    return _mine(request, jeton, lien)


@gate.public
def changer(request: Requete, jeton: str) -> HttpResponse:
    """The same questions, with what she had answered."""
    lien = read_link(jeton, now=request.now)
    if lien is None:
        return _closed(request)
    if not lien.ouvert:
        return redirect("repondant", jeton)
    return _answer(request, jeton, lien)


def _answer(request: Requete, jeton: str, lien: LienRegard) -> HttpResponse:
    questions = lien.instrument.questions
    posted = request.POST if request.method == "POST" else None
    initial = initial_de(questions, lien.reponses, lien.revision) if posted is None else None
    form = FormulaireReponses(questions, posted, initial=initial)
    found: list[Obstacle] = []
    status = 200
    if posted is not None:
        if too_often(request, "regard", amount=ENVOIS, seconds=FENETRE):
            return render(request, "429.html", status=429)
        form.is_valid()
        try:
            answer_regard(jeton=jeton, reponses=form.reponses(), now=request.now)
        except Refused as refused:
            # A respondent's question is known by its code, its field by a prefix.
            named = [
                Obstacle(o.sentence, o.source, o.severity, o.code, f"{PREFIXE}{o.field}" if o.field else "")
                for o in refused.obstacles
            ]
            found, status = refus.put_on(form, Refused(named)), 422
        else:
            messages.success(request, "Merci. Vos réponses sont enregistrées.")
            return redirect("repondant", jeton)
    rows = {row["question"].code: row for row in form.lignes()}
    context = {
        **_frame(jeton, lien),
        "form": form,
        "obstacles_trouves": found,
        "parties": [
            {"partie": part, "lignes": [rows[q.code] for q in part.questions]}
            for part in lien.instrument.parties
        ],
    }
    return render(request, "repondant/repondre.html", context, status=status)


def _mine(request: Requete, jeton: str, lien: LienRegard, status: int = 200) -> HttpResponse:
    context = {**_frame(jeton, lien), "relecture": relecture(lien.instrument, lien.reponses)}
    return render(request, "repondant/reponses.html", context, status=status)


@gate.public
def retirer(request: Requete, jeton: str) -> HttpResponse:
    """Asked once more, on a page of its own: what goes does not come back."""
    lien = read_link(jeton, now=request.now)
    if lien is None:
        return _closed(request)
    if lien.retire:
        return redirect("repondant", jeton)
    if request.method == "POST":
        if too_often(request, "regard", amount=ENVOIS, seconds=FENETRE):
            return render(request, "429.html", status=429)
        try:
            withdraw_regard(jeton=jeton, now=request.now)
        except Refused:
            return _closed(request)
        return redirect("repondant", jeton)
    return render(request, "repondant/retirer.html", _frame(jeton, lien))


def _frame(jeton: str, lien: LienRegard) -> dict[str, Any]:
    """Without the word, the cabinet is told by its neutral name: a respondent may be anybody, also at work."""
    organisme = lien.bilan.organisme
    named = bool(lien.cadre and lien.cadre.explicite) or "bilan" not in organisme.nom.casefold()
    return {
        "jeton": jeton,
        "lien": lien,
        "cadre": lien.cadre,
        "fuseau": lien.bilan.fuseau,
        "dernier_jour": lien.repondant.regards.dernier_jour,
        "responsable": organisme.nom if named else neutral_name(organisme),
        "contact": organisme.courriel,
        "seuil": SEUIL,
    }


urls = [
    path("<str:jeton>/", repondant, name="repondant"),
    path("<str:jeton>/changer/", changer, name="repondant_changer"),
    path("<str:jeton>/retirer/", retirer, name="repondant_retirer"),
]
