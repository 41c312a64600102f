"""Questionnaires, for the consultant: choose from the bank, wait, read once finished, explain before any other use; and paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.pieces import Lue, read_pieces
from jalon.actions.questionnaire import propose_questionnaire, restitute, save_reponses
from jalon.actions.questionnaire_papier import print_questionnaire
from jalon.domain.obstacle import Obstacle, Refused
from jalon.instruments import Instrument, bank, get
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.reponses import FormulaireReponses, relecture, texte_de
from jalon.web.ecrits.saisie import Saisie, envoyer
from jalon.web.requete import Requete
from jalon.web.templatetags.cadre import situation_of

ESPACE = "consultant"


def _states(request: Requete, bilan: Any) -> dict[str, dict[str, bool]]:
    """Of each proposed questionnaire: finished, scored, restituted. Read from dates: nothing is opened."""
    situation = situation_of(request, bilan)
    results = {piece.reference: piece.restituee for piece in situation.of("resultat")}
    return {
        piece.reference: {
            "termine": piece.valide_beneficiaire,
            "resultat": piece.reference in results,
            "restitue": results.get(piece.reference, False),
        }
        for piece in situation.of("reponses")
    }


def _etat(state: dict[str, bool]) -> tuple[str, str]:
    if state["restitue"]:
        return "Restitué", "fait"
    if state["resultat"]:
        return "Terminé, à restituer", "attente"
    if state["termine"]:
        return "Terminé", "fait"
    return "La personne répond", "en_cours"


@gate.bilan(Action.PROPOSE_QUESTIONNAIRE)
def questionnaires(request: Requete, bilan: Any) -> HttpResponse:
    return _list(request, bilan)


def _list(request: Requete, bilan: Any, obstacles: tuple[Obstacle, ...] = ()) -> HttpResponse:
    states = _states(request, bilan)
    proposed, shelf = [], []
    for code, versions in bank().items():
        instrument = versions[-1]
        if code in states:
            mot, ton = _etat(states[code])
            proposed.append(
                {
                    "instrument": instrument,
                    "mot": mot,
                    "ton": ton,
                    "href": lien(ESPACE, "questionnaire_lire", bilan, code),
                }
            )
        else:
            shelf.append(
                {"instrument": instrument, "proposer": lien(ESPACE, "questionnaire_proposer", bilan, code)}
            )
    context = {"proposes": proposed, "banque": shelf, "obstacles": obstacles}
    return montrer(
        request, bilan, ESPACE, "consultant/questionnaires.html", context, 422 if obstacles else 200
    )


@gate.bilan(Action.PROPOSE_QUESTIONNAIRE)
@require_POST
def proposer(request: Requete, bilan: Any, code: str) -> HttpResponse:
    try:
        propose_questionnaire(bilan=bilan, code=code, by=request.user, now=request.now)
    except Refused as refused:
        return _list(request, bilan, refused.obstacles)
    messages.success(request, "Le questionnaire est proposé\u00a0: la personne est prévenue.")
    return vers(ESPACE, "questionnaires", bilan)


def _opened(request: Requete, bilan: Any, code: str) -> tuple[Instrument, dict[str, bool], dict[str, Lue]]:
    """404 when it was never proposed here."""
    state = _states(request, bilan).get(code)
    if state is None:
        raise Http404
    found = {
        lue.piece.nature: lue
        for lue in read_pieces(request.user, bilan, ["reponses", "resultat"], now=request.now)
        if lue.piece.reference == code
    }
    version = found["reponses"].contenu.version_instrument if "reponses" in found else None
    instrument = get(code, version)
    if instrument is None:
        raise Http404
    return instrument, state, found


@gate.bilan(Action.PROPOSE_QUESTIONNAIRE)
def lire(request: Requete, bilan: Any, code: str) -> HttpResponse:
    return _reading(request, bilan, code)


def _reading(request: Requete, bilan: Any, code: str, obstacles: tuple[Obstacle, ...] = ()) -> HttpResponse:
    instrument, state, found = _opened(request, bilan, code)
    mot, ton = _etat(state)
    lue = found.get("reponses")
    context = {
        "instrument": instrument,
        "state": state,
        "mot": mot,
        "ton": ton,
        "obstacles": obstacles,
        "relecture": relecture(instrument, lue.contenu.reponses) if lue else [],
        "resultat": found.get("resultat"),
        "restituer": lien(ESPACE, "questionnaire_restituer", bilan, code),
        "papier": lien(ESPACE, "questionnaire_papier", bilan, code),
        "saisir": lien(ESPACE, "questionnaire_saisir", bilan, code),
        "peut_saisir": access.can(Action.ENTER_REPONSES_PAPIER, request.user, bilan),
    }
    return montrer(
        request, bilan, ESPACE, "consultant/questionnaire.html", context, 422 if obstacles else 200
    )


@gate.bilan(Action.RESTITUTE)
@require_POST
def restituer(request: Requete, bilan: Any, code: str) -> HttpResponse:
    try:
        restitute(bilan=bilan, code=code, by=request.user, now=request.now)
    except Refused as refused:
        return _reading(request, bilan, code, refused.obstacles)
    messages.success(request, "Le résultat est restitué\u00a0: la personne le lit désormais dans son espace.")
    return vers(ESPACE, "questionnaire_lire", bilan, code)


@gate.bilan(Action.ENTER_REPONSES_PAPIER)
def saisir(request: Requete, bilan: Any, code: str) -> HttpResponse:
    """Copied from the person's sheet, in one go: what she left blank on paper stays as it was."""
    instrument, state, _ = _opened(request, bilan, code)
    if state["termine"]:
        return vers(ESPACE, "questionnaire_lire", bilan, code)
    form = FormulaireReponses(instrument.questions, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _entry(request, bilan, instrument, Saisie(form))
    refused = envoyer(
        form,
        lambda sent: save_reponses(
            bilan=bilan,
            code=code,
            reponses={key: value for key, value in sent.reponses().items() if value},
            by=request.user,
            now=request.now,
            finish=True,
        ),
        lambda contenu: texte_de(instrument.questions, contenu.reponses),
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _entry(request, bilan, instrument, refused)
    messages.success(request, "Les réponses du papier sont enregistrées.")
    return vers(ESPACE, "questionnaire_lire", bilan, code)


def _entry(request: Requete, bilan: Any, instrument: Instrument, saisie: Saisie) -> HttpResponse:
    rows = {row["question"].code: row for row in saisie.form.lignes()}
    context = {
        "instrument": instrument,
        "retour": lien(ESPACE, "questionnaire_lire", bilan, instrument.code),
        "parties": [
            {"partie": part, "lignes": [rows[q.code] for q in part.questions]} for part in instrument.parties
        ],
    }
    return montrer_saisie(request, bilan, ESPACE, "consultant/questionnaire_saisir.html", saisie, context)


@gate.bilan(Action.ENTER_REPONSES_PAPIER)
def papier(request: Requete, bilan: Any, code: str) -> HttpResponse:
    try:
        pdf = print_questionnaire(
            bilan=bilan,
            code=code,
            taille=request.GET.get("taille", "normal"),
            by=request.user,
            now=request.now,
        )
    except Refused:
        raise Http404 from None
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="document.pdf"'
    return response


_BASE = "<uuid:bilan_id>/questionnaires/"
urls = [
    path(_BASE, questionnaires, name="consultant_questionnaires"),
    path(f"{_BASE}<slug:code>/", lire, name="consultant_questionnaire_lire"),
    path(f"{_BASE}<slug:code>/proposer/", proposer, name="consultant_questionnaire_proposer"),
    path(f"{_BASE}<slug:code>/restituer/", restituer, name="consultant_questionnaire_restituer"),
    path(f"{_BASE}<slug:code>/saisir/", saisir, name="consultant_questionnaire_saisir"),
    path(f"{_BASE}<slug:code>/papier/", papier, name="consultant_questionnaire_papier"),
]
