"""Questionnaires, for the person: why, how long; part by part or all at once; kept as it is answered; finished when she says so."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.pieces import Lue, get_piece, read_piece, read_pieces
from jalon.actions.piece import Conflit
from jalon.actions.questionnaire import comment_resultat, save_reponses
from jalon.domain.obstacle import Refused
from jalon.instruments import Instrument, Question, get
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.reponses import (
    FormulaireReponses,
    initial_de,
    jeton_de,
    relecture,
    repondues,
    texte_de,
)
from jalon.web.ecrits.saisie import Formulaire, Saisie, envoyer, prose, refuser, reprend_l_autre
from jalon.web.requete import Requete

ESPACE = "beneficiaire"
# The number of a part in an address; 0 shows them all on one page.
TOUT = 0


class FormulaireCommentaire(Formulaire):
    commentaire = prose(
        "Ce que vous en pensez", "Vous pouvez ne pas vous y reconnaître : dites-le, cela compte autant."
    )


def instrument_of(lue: Lue) -> Instrument:
    """The very version that was proposed; 404 when the bank no longer has it."""
    found = get(lue.contenu.instrument, lue.contenu.version_instrument)
    if found is None:
        raise Http404
    return found


def questions_de(instrument: Instrument, partie: int) -> tuple[Question, ...]:
    if partie == TOUT:
        return instrument.questions
    if partie > len(instrument.parties):
        raise Http404
    return instrument.parties[partie - 1].questions


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def questionnaires(request: Requete, bilan: Any) -> HttpResponse:
    found = read_pieces(request.user, bilan, ["reponses", "resultat"], now=request.now)
    results = {lue.piece.reference for lue in found if lue.piece.nature == "resultat"}
    lines = []
    for lue in found:
        if lue.piece.nature != "reponses":
            continue
        instrument = get(lue.contenu.instrument, lue.contenu.version_instrument)
        if instrument is None:
            continue
        done = repondues(lue.contenu.reponses, instrument.questions)
        lines.append(
            {
                "instrument": instrument,
                "faites": done,
                "total": len(instrument.questions),
                "termine": lue.contenu.termine,
                "resultat": instrument.code in results,
                "attend_resultat": lue.contenu.termine
                and bool(instrument.echelles)
                and instrument.code not in results,
                "repondre": lien(
                    ESPACE,
                    "questionnaire_repondre",
                    bilan,
                    instrument.code,
                    _first_open(instrument, lue.contenu.reponses),
                ),
                "lire": lien(ESPACE, "questionnaire_lire", bilan, instrument.code),
            }
        )
    lines.sort(key=lambda line: bool(line["termine"]))
    return montrer(request, bilan, ESPACE, "beneficiaire/questionnaires.html", {"lignes": lines})


def _first_open(instrument: Instrument, reponses: dict[str, Any]) -> int:
    """Where she stopped: the first part that has a question without answer."""
    for rank, part in enumerate(instrument.parties, 1):
        if repondues(reponses, part.questions) < len(part.questions):
            return rank
    return len(instrument.parties)


def _sheet(request: Requete, bilan: Any, code: str) -> Lue:
    return get_piece(request.user, bilan, "reponses", code, now=request.now)


def _keep(request: Requete, bilan: Any, code: str, form: FormulaireReponses) -> Any:
    """Save what this page shows. Somebody else's save of other questions is no conflict: both stay."""
    said = form.reponses()

    def save(base: int) -> Any:
        return save_reponses(
            bilan=bilan, code=code, reponses=said, by=request.user, now=request.now, base_revision=base
        )

    try:
        return save(form.base())
    except Conflit as conflit:
        actual = conflit.actuel
        now_here = jeton_de(form.questions, actual.contenu.reponses, form.base())
        if form.jeton() == now_here:
            return save(actual.revision)
        raise


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def repondre(request: Requete, bilan: Any, code: str, partie: int) -> HttpResponse:
    lue = _sheet(request, bilan, code)
    instrument = instrument_of(lue)
    questions = questions_de(instrument, partie)
    if lue.contenu.termine:
        return vers(ESPACE, "questionnaire_lire", bilan, code)
    if request.method != "POST":
        form = FormulaireReponses(
            questions, initial=initial_de(questions, lue.contenu.reponses, lue.revision)
        )
        return _page(request, bilan, instrument, partie, lue, Saisie(form))
    if reprend_l_autre(request):
        return vers(ESPACE, "questionnaire_repondre", bilan, code, partie)
    refused = envoyer(
        FormulaireReponses(questions, request.POST),
        lambda form: _keep(request, bilan, code, form),
        lambda contenu: texte_de(questions, contenu.reponses),
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _page(request, bilan, instrument, partie, lue, refused)
    geste = request.POST.get("geste", "")
    if geste == "plus_tard":
        messages.success(request, "Vos réponses sont gardées. Vous reprendrez quand vous voudrez.")
        return vers(ESPACE, "questionnaires", bilan)
    if geste == "precedent" and partie > 1:
        return vers(ESPACE, "questionnaire_repondre", bilan, code, partie - 1)
    if partie == TOUT or partie == len(instrument.parties):
        return vers(ESPACE, "questionnaire_terminer", bilan, code)
    return vers(ESPACE, "questionnaire_repondre", bilan, code, partie + 1)


def _page(
    request: Requete, bilan: Any, instrument: Instrument, partie: int, lue: Lue, saisie: Saisie
) -> HttpResponse:
    parts = instrument.parties if partie == TOUT else (instrument.parties[partie - 1],)
    rows = {row["question"].code: row for row in saisie.form.lignes()}
    context = {
        "instrument": instrument,
        "partie": partie,
        "total": len(instrument.parties),
        "parties": [{"partie": part, "lignes": [rows[q.code] for q in part.questions]} for part in parts],
        "garder": lien(ESPACE, "questionnaire_garder", bilan, instrument.code, partie),
        "autre_vue": lien(
            ESPACE, "questionnaire_repondre", bilan, instrument.code, 1 if partie == TOUT else TOUT
        ),
        "libre": any(str(q.genre) == "texte" for q in saisie.form.questions),
    }
    return montrer_saisie(request, bilan, ESPACE, "beneficiaire/questionnaire.html", saisie, context)


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
@require_POST
def garder(request: Requete, bilan: Any, code: str, partie: int) -> HttpResponse:
    """The autosave of one page of answers."""
    lue = _sheet(request, bilan, code)
    questions = questions_de(instrument_of(lue), partie)
    form = FormulaireReponses(questions, request.POST)
    try:
        piece = _keep(request, bilan, code, form)
    except Refused as refused:
        told = [{"sentence": o.sentence, "source": o.source} for o in refused.obstacles]
        return JsonResponse({"obstacles": told}, status=422)
    except Conflit as conflit:
        context = {
            "votre": texte_de(questions, conflit.propose.reponses),
            "autre": texte_de(questions, conflit.actuel.contenu.reponses),
            "quand": conflit.actuel.piece.modifie_le,
            "qui": "vous, sur un autre appareil",
            "revision": conflit.actuel.revision,
        }
        return render(request, "components/conflit.html", context, status=409)
    kept = _sheet(request, bilan, code).contenu.reponses
    return JsonResponse({"revision": jeton_de(questions, kept, piece.revision)})


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def terminer(request: Requete, bilan: Any, code: str) -> HttpResponse:
    lue = _sheet(request, bilan, code)
    instrument = instrument_of(lue)
    if lue.contenu.termine:
        return vers(ESPACE, "questionnaire_lire", bilan, code)
    form = Formulaire(request.POST or None, initial={"revision": str(lue.revision)})
    saisie = Saisie(form)
    if request.method == "POST":
        form.is_valid()
        try:
            save_reponses(
                bilan=bilan,
                code=code,
                reponses={},
                by=request.user,
                now=request.now,
                base_revision=form.base(),
                finish=True,
            )
        except Refused as refused:
            saisie = refuser(form, refused)
        except Conflit:
            # Answered meanwhile on another device: she reads them again before she finishes.
            return vers(ESPACE, "questionnaire_terminer", bilan, code)
        else:
            messages.success(request, "Le questionnaire est terminé, merci.")
            return vers(ESPACE, "questionnaires", bilan)
    context = {
        "instrument": instrument,
        "faites": repondues(lue.contenu.reponses, instrument.questions),
        "total": len(instrument.questions),
        "relecture": relecture(instrument, lue.contenu.reponses),
        "reprendre": lien(
            ESPACE, "questionnaire_repondre", bilan, code, _first_open(instrument, lue.contenu.reponses)
        ),
    }
    return montrer_saisie(request, bilan, ESPACE, "beneficiaire/questionnaire_terminer.html", saisie, context)


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def lire(request: Requete, bilan: Any, code: str) -> HttpResponse:
    """What she answered, and the result once it was explained to her."""
    lue = _sheet(request, bilan, code)
    result = read_piece(request.user, bilan, "resultat", code, now=request.now)
    form = FormulaireCommentaire(
        initial={"commentaire": result.contenu.commentaire_personne if result else ""}
    )
    return _reading(request, bilan, lue, result, Saisie(form))


def _reading(request: Requete, bilan: Any, lue: Lue, result: Lue | None, saisie: Saisie) -> HttpResponse:
    instrument = instrument_of(lue)
    context = {
        "instrument": instrument,
        "termine": lue.contenu.termine,
        "relecture": relecture(instrument, lue.contenu.reponses),
        "resultat": result,
        "commenter": lien(ESPACE, "questionnaire_commenter", bilan, instrument.code),
    }
    return montrer_saisie(request, bilan, ESPACE, "beneficiaire/questionnaire_lu.html", saisie, context)


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def commenter(request: Requete, bilan: Any, code: str) -> HttpResponse:
    if request.method != "POST":
        return vers(ESPACE, "questionnaire_lire", bilan, code)
    refused = envoyer(
        FormulaireCommentaire(request.POST),
        lambda form: comment_resultat(
            bilan=bilan,
            code=code,
            commentaire=form.cleaned_data["commentaire"],
            by=request.user,
            now=request.now,
        ),
        lambda contenu: str(contenu.commentaire_personne),
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        result = read_piece(request.user, bilan, "resultat", code, now=request.now)
        return _reading(request, bilan, _sheet(request, bilan, code), result, refused)
    messages.success(request, "Votre commentaire est enregistré, à côté du résultat.")
    return redirect(lien(ESPACE, "questionnaire_lire", bilan, code))


_BASE = "<uuid:bilan_id>/questionnaires/"
urls = [
    path(_BASE, questionnaires, name="beneficiaire_questionnaires"),
    path(f"{_BASE}<slug:code>/", lire, name="beneficiaire_questionnaire_lire"),
    path(f"{_BASE}<slug:code>/partie/<int:partie>/", repondre, name="beneficiaire_questionnaire_repondre"),
    path(f"{_BASE}<slug:code>/partie/<int:partie>/garder/", garder, name="beneficiaire_questionnaire_garder"),
    path(f"{_BASE}<slug:code>/terminer/", terminer, name="beneficiaire_questionnaire_terminer"),
    path(f"{_BASE}<slug:code>/commenter/", commenter, name="beneficiaire_questionnaire_commenter"),
]
