"""Answering: one question a page, part by part, or all at once; kept as it is answered; exercises one by one, each after the last."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.instruments import instrument_of
from jalon.access.pieces import Lue, get_piece
from jalon.actions.piece import Conflit
from jalon.actions.questionnaire import save_reponses
from jalon.domain.obstacle import Refused
from jalon.instruments import Epreuve, Instrument, Question
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer_saisie, vers
from jalon.web.ecrits.reponses import FormulaireReponses, initial_de, jeton_de, repondues, texte_de
from jalon.web.ecrits.saisie import Saisie, envoyer, feuille_ouverte, reprend_l_autre
from jalon.web.requete import Requete

ESPACE = "beneficiaire"
# The number of a part in an address; 0 shows them all on one page.
TOUT = 0
PARTIE, QUESTION = "partie", "question"


@dataclass(frozen=True)
class Vue:
    """What one page shows: a part, one question, or everything."""

    sorte: str
    rang: int
    total: int
    questions: tuple[Question, ...]

    @property
    def tout(self) -> bool:
        return self.sorte == PARTIE and self.rang == TOUT

    @property
    def derniere(self) -> bool:
        return self.tout or self.rang == self.total


def sheet_of(request: Requete, bilan: Any, code: str) -> tuple[Lue, Instrument]:
    """The sheet and the very version that was proposed; 404 when the bank no longer has it."""
    lue = get_piece(request.user, bilan, "reponses", code, now=request.now)
    found = instrument_of(bilan.organisme_id, lue.contenu.instrument, lue.contenu.version_instrument)
    if found is None:
        raise Http404
    return lue, found


def posees(instrument: Instrument, reponses: dict[str, Any]) -> tuple[Question, ...]:
    """The questions whose condition holds."""
    return tuple(q for q in instrument.questions if instrument.est_posee(q, reponses))


def vue_de(instrument: Instrument, sorte: str, rang: int, reponses: dict[str, Any]) -> Vue:
    if sorte == QUESTION:
        asked = posees(instrument, reponses)
        if not 1 <= rang <= len(asked):
            raise Http404
        return Vue(QUESTION, rang, len(asked), (asked[rang - 1],))
    if rang == TOUT:
        return Vue(PARTIE, TOUT, len(instrument.parties), instrument.questions)
    if rang > len(instrument.parties):
        raise Http404
    return Vue(PARTIE, rang, len(instrument.parties), instrument.parties[rang - 1].questions)


def reprise(bilan: Any, code: str, instrument: Instrument, reponses: dict[str, Any]) -> str:
    """Where she stopped: the next exercise, or the first page that has a question without answer."""
    if instrument.epreuve is not None:
        return lien(ESPACE, "questionnaire_exercice", bilan, code)
    if instrument.une_par_page:
        asked = posees(instrument, reponses)
        rank = next((i for i, q in enumerate(asked, 1) if not repondues(reponses, [q])), len(asked))
        return lien(ESPACE, "questionnaire_question", bilan, code, rank)
    return lien(ESPACE, "questionnaire_repondre", bilan, code, _open_part(instrument, reponses))


def _open_part(instrument: Instrument, reponses: dict[str, Any]) -> int:
    for rank, part in enumerate(instrument.parties, 1):
        asked = [q for q in part.questions if instrument.est_posee(q, reponses)]
        if repondues(reponses, asked) < len(asked):
            return rank
    return len(instrument.parties)


def _keep(request: Requete, bilan: Any, code: str, form: FormulaireReponses) -> Lue:
    """Save what this page shows. Somebody else's save of other questions is no conflict: both stay."""
    said = form.reponses()

    def save(base: int) -> Lue:
        return save_reponses(
            bilan=bilan,
            code=code,
            reponses=said,
            by=request.user,
            now=request.now,
            base_revision=base,
            accord_sensible=form.accord(),
        )

    try:
        return save(form.base())
    except Conflit as conflit:
        actual = conflit.actuel
        now_here = jeton_de(form.questions, actual.contenu.reponses, form.base())
        if form.jeton() == now_here:
            return save(actual.revision)
        raise


def _form(instrument: Instrument, vue: Vue, lue: Lue, data: Any = None) -> FormulaireReponses:
    """On a page of its own a question whose condition fails is left out; where its condition is asked too, it says when it counts."""
    shown = tuple(q for q in vue.questions if vue.tout or instrument.est_posee(q, lue.contenu.reponses))
    said = {q.code: _condition(instrument, q) for q in shown if q.si} if vue.tout else {}
    initial = None
    if data is None:
        initial = initial_de(shown, lue.contenu.reponses, lue.revision, accord=lue.contenu.accord_sensible)
    return FormulaireReponses(shown, data, initial=initial, conditions=said)


def _condition(instrument: Instrument, question: Question) -> str:
    if question.si is None:
        return ""
    asked = instrument.question(question.si.question)
    words = [m.texte for m in asked.modalites if m.code in question.si.parmi] if asked else []
    return f"« {asked.texte if asked else ''} » : {' ou '.join(words)}"


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def repondre(request: Requete, bilan: Any, code: str, partie: int) -> HttpResponse:
    return _answer(request, bilan, code, PARTIE, partie)


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def question(request: Requete, bilan: Any, code: str, rang: int) -> HttpResponse:
    return _answer(request, bilan, code, QUESTION, rang)


def _answer(request: Requete, bilan: Any, code: str, sorte: str, rang: int) -> HttpResponse:
    lue, instrument = sheet_of(request, bilan, code)
    vue = vue_de(instrument, sorte, rang, lue.contenu.reponses)
    if lue.contenu.termine:
        return vers(ESPACE, "questionnaire_lire", bilan, code)
    if request.method != "POST":
        form = _form(instrument, vue, lue)
        if not form.questions:
            return _after(bilan, code, vue)
        return _page(request, bilan, code, instrument, vue, Saisie(form))
    if reprend_l_autre(request):
        return vers(ESPACE, f"questionnaire_{_NOM[sorte]}", bilan, code, rang)
    form = _form(instrument, vue, lue, request.POST)
    refused = envoyer(
        form,
        lambda sent: _keep(request, bilan, code, sent),
        lambda contenu: texte_de(form.questions, contenu.reponses),
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _page(request, bilan, code, instrument, vue, refused)
    geste = request.POST.get("geste", "")
    if geste == "plus_tard":
        messages.success(request, "Vos réponses sont gardées. Vous reprendrez quand vous voudrez.")
        return vers(ESPACE, "questionnaires", bilan)
    if geste == "precedent" and rang > 1:
        return vers(ESPACE, f"questionnaire_{_NOM[sorte]}", bilan, code, rang - 1)
    return _after(bilan, code, vue)


_NOM = {PARTIE: "repondre", QUESTION: "question"}
_GARDER = {PARTIE: "questionnaire_garder", QUESTION: "questionnaire_garder_question"}


def _after(bilan: Any, code: str, vue: Vue) -> HttpResponse:
    if vue.derniere:
        return vers(ESPACE, "questionnaire_terminer", bilan, code)
    return vers(ESPACE, f"questionnaire_{_NOM[vue.sorte]}", bilan, code, vue.rang + 1)


def _page(
    request: Requete, bilan: Any, code: str, instrument: Instrument, vue: Vue, saisie: Saisie
) -> HttpResponse:
    rows = {row["question"].code: row for row in saisie.form.lignes()}
    parts = [
        {"partie": part, "lignes": [rows[q.code] for q in part.questions if q.code in rows]}
        for part in instrument.parties
    ]
    context = {
        "instrument": instrument,
        "ecran": vue,
        "parties": [part for part in parts if part["lignes"]],
        "garder": lien(ESPACE, _GARDER[vue.sorte], bilan, code, vue.rang),
        "vues": _other_views(bilan, code, instrument, vue),
        "ouvert": feuille_ouverte(bilan, code),
        "libre": any(str(q.genre) == "texte" for q in saisie.form.questions),
    }
    return montrer_saisie(request, bilan, ESPACE, "beneficiaire/questionnaire.html", saisie, context)


def _other_views(bilan: Any, code: str, instrument: Instrument, vue: Vue) -> list[dict[str, str]]:
    found = []
    if instrument.epreuve is not None:
        found.append(
            {"href": lien(ESPACE, "questionnaire_exercice", bilan, code), "mot": "Un exercice à la fois"}
        )
    else:
        if vue.sorte != QUESTION:
            found.append(
                {
                    "href": lien(ESPACE, "questionnaire_question", bilan, code, 1),
                    "mot": "Une question par page",
                }
            )
        if vue.sorte != PARTIE or vue.tout:
            found.append(
                {"href": lien(ESPACE, "questionnaire_repondre", bilan, code, 1), "mot": "Partie par partie"}
            )
    if not vue.tout:
        found.append(
            {"href": lien(ESPACE, "questionnaire_repondre", bilan, code, TOUT), "mot": "Tout sur une page"}
        )
    return found


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
@require_POST
def garder_partie(request: Requete, bilan: Any, code: str, partie: int) -> HttpResponse:
    return _autosave(request, bilan, code, PARTIE, partie)


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
@require_POST
def garder_question(request: Requete, bilan: Any, code: str, rang: int) -> HttpResponse:
    return _autosave(request, bilan, code, QUESTION, rang)


def _autosave(request: Requete, bilan: Any, code: str, sorte: str, rang: int) -> HttpResponse:
    """The autosave of one page of answers."""
    lue, instrument = sheet_of(request, bilan, code)
    form = _form(instrument, vue_de(instrument, sorte, rang, lue.contenu.reponses), lue, request.POST)
    try:
        kept = _keep(request, bilan, code, form)
    except Refused as refused:
        told = [{"sentence": o.sentence, "source": o.source} for o in refused.obstacles]
        return JsonResponse({"obstacles": told}, status=422)
    except Conflit as conflit:
        context = {
            "votre": texte_de(form.questions, conflit.propose.reponses),
            "autre": texte_de(form.questions, conflit.actuel.contenu.reponses),
            "quand": conflit.actuel.piece.modifie_le,
            "qui": "vous, sur un autre appareil",
            "revision": conflit.actuel.revision,
        }
        return render(request, "components/conflit.html", context, status=409)
    return JsonResponse({"revision": jeton_de(form.questions, kept.contenu.reponses, kept.revision)})


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def exercice(request: Requete, bilan: Any, code: str) -> HttpResponse:
    """The exercise that tells most after those already met; the same one again on another device. Nothing is timed."""
    lue, instrument = sheet_of(request, bilan, code)
    if instrument.epreuve is None:
        raise Http404
    if lue.contenu.termine:
        return vers(ESPACE, "questionnaire_lire", bilan, code)
    if request.method == "POST":
        met = str(request.POST.get("exercice", ""))
        asked = instrument.epreuve.questions.get(met)
        # Sent twice, or from an older page: what was answered first stays.
        if asked is None or lue.contenu.reponses.get(met):
            return vers(ESPACE, "questionnaire_exercice", bilan, code)
        form = FormulaireReponses([asked], request.POST)
        said = form.reponses()
        if not said[met] and request.POST.get("geste") != "plus_tard":
            form.is_valid()
            form.add_error(f"q_{met}", "Choisissez une réponse, ou « Je ne sais pas ».")
            return _exercise(request, bilan, code, instrument, lue, Saisie(form, status=422))
        refused = envoyer(
            form,
            lambda sent: save_reponses(
                bilan=bilan, code=code, reponses=said, by=request.user, now=request.now
            ),
            lambda contenu: "",
            bilan=bilan,
            lecteur=request.user,
        )
        if refused:
            return _exercise(request, bilan, code, instrument, lue, refused)
        if request.POST.get("geste") == "plus_tard":
            messages.success(request, "Vos réponses sont gardées. Vous reprendrez quand vous voudrez.")
            return vers(ESPACE, "questionnaires", bilan)
        return vers(ESPACE, "questionnaire_exercice", bilan, code)
    following = _following(instrument.epreuve, lue)
    if following is None:
        return vers(ESPACE, "questionnaire_terminer", bilan, code)
    form = FormulaireReponses([following])
    return _exercise(request, bilan, code, instrument, lue, Saisie(form))


def _following(epreuve: Epreuve, lue: Lue) -> Question | None:
    chosen = epreuve.suivante(lue.contenu.reponses, str(lue.piece.pk))
    return epreuve.questions[chosen] if chosen else None


def _exercise(
    request: Requete, bilan: Any, code: str, instrument: Instrument, lue: Lue, saisie: Saisie
) -> HttpResponse:
    context = {
        "instrument": instrument,
        "exercice": saisie.form.questions[0],
        "lignes": saisie.form.lignes(),
        "rang": len(instrument.repondues(lue.contenu.reponses)) + 1,
        "tout": lien(ESPACE, "questionnaire_repondre", bilan, code, TOUT),
    }
    return montrer_saisie(request, bilan, ESPACE, "beneficiaire/questionnaire_exercice.html", saisie, context)


_BASE = "<uuid:bilan_id>/questionnaires/<slug:code>/"
urls = [
    path(f"{_BASE}partie/<int:partie>/", repondre, name="beneficiaire_questionnaire_repondre"),
    path(f"{_BASE}partie/<int:partie>/garder/", garder_partie, name="beneficiaire_questionnaire_garder"),
    path(f"{_BASE}question/<int:rang>/", question, name="beneficiaire_questionnaire_question"),
    path(
        f"{_BASE}question/<int:rang>/garder/",
        garder_question,
        name="beneficiaire_questionnaire_garder_question",
    ),
    path(f"{_BASE}exercice/", exercice, name="beneficiaire_questionnaire_exercice"),
]
