"""Questionnaires, for the consultant: choose from the bank, wait, read once finished, explain before any other use; and paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.chemin import read_moments
from jalon.access.instruments import bank_of, instrument_of, proposed_instrument
from jalon.access.pieces import Lue, read_pieces
from jalon.actions.questionnaire import propose_questionnaire, restitute, save_reponses
from jalon.actions.questionnaire_papier import print_questionnaire
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.questionnaire import code_of, moment_of, reference_of
from jalon.instruments import Famille, Instrument, Moment
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.reponses import FormulaireReponses, relecture, texte_de
from jalon.web.ecrits.saisie import Saisie, envoyer, feuille_ouverte
from jalon.web.requete import Requete
from jalon.web.restitution import parcours_de, titre_de
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
    bank = bank_of(bilan.organisme)
    context = {
        "proposes": [_proposed(bilan, bank, code, states[code]) for code in states],
        "familles": _shelves(bilan, bank, states),
        "obstacles": obstacles,
    }
    return montrer(
        request, bilan, ESPACE, "consultant/questionnaires.html", context, 422 if obstacles else 200
    )


def _proposed(
    bilan: Any, bank: dict[str, Instrument], reference: str, state: dict[str, bool]
) -> dict[str, Any]:
    """A sheet of the list, and whether it can be asked again."""
    mot, ton = _etat(state)
    code = code_of(reference)
    # Withdrawn since, or no longer the cabinet's: the sheet stays in the list under its code.
    instrument = bank.get(code) or instrument_of(bilan.organisme_id, code)
    return {
        "titre": titre_de(instrument, reference) if instrument else code,
        "mot": mot,
        "ton": ton,
        "href": lien(ESPACE, "questionnaire_lire", bilan, reference),
    }


def _shelves(
    bilan: Any, bank: dict[str, Instrument], states: dict[str, dict[str, bool]]
) -> list[dict[str, Any]]:
    """What can still be proposed, family by family."""
    shelves: dict[Famille, list[dict[str, Any]]] = {family: [] for family in Famille}
    for code, instrument in sorted(bank.items(), key=lambda item: item[1].titre):
        if instrument.moments == (Moment.SIX_MOIS,):
            continue  # comes by itself with the follow-up
        reference = code
        if code in states:
            reference = reference_of(code, Moment.FIN)
            if Moment.FIN not in instrument.moments or reference in states or not states[code]["termine"]:
                continue
        shelves[instrument.famille].append(
            {
                "instrument": instrument,
                "titre": titre_de(instrument, reference),
                "code": reference,
                "proposer": lien(ESPACE, "questionnaire_proposer", bilan, reference),
            }
        )
    return [{"nom": family.label, "lignes": rows} for family, rows in shelves.items() if rows]


@gate.bilan(Action.PROPOSE_QUESTIONNAIRE)
@require_POST
def proposer(request: Requete, bilan: Any, code: str) -> HttpResponse:
    try:
        propose_questionnaire(
            bilan=bilan, code=code_of(code), moment=moment_of(code), by=request.user, now=request.now
        )
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
    instrument = proposed_instrument(bilan, code)
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
    result = found.get("resultat")
    context = {
        "instrument": instrument,
        "titre": titre_de(instrument, code),
        "parcours": _parcours(request, bilan, code, result) if instrument.moments else None,
        "ouvert": feuille_ouverte(bilan, code),
        "state": state,
        "mot": mot,
        "ton": ton,
        "obstacles": obstacles,
        "relecture": relecture(instrument, lue.contenu.reponses, corrige=True) if lue else [],
        "anonyme": instrument.anonyme,
        "resultat": result,
        "restituer": lien(ESPACE, "questionnaire_restituer", bilan, code),
        "papier": lien(ESPACE, "questionnaire_papier", bilan, code),
        "saisir": lien(ESPACE, "questionnaire_saisir", bilan, code),
        "peut_saisir": access.can(Action.ENTER_REPONSES_PAPIER, request.user, bilan),
    }
    return montrer(
        request, bilan, ESPACE, "consultant/questionnaire.html", context, 422 if obstacles else 200
    )


def _parcours(request: Requete, bilan: Any, code: str, result: Lue | None) -> Any:
    """Of a sheet that can be asked again: each moment beside the others."""
    if result is None:
        return None
    return parcours_de(read_moments(request.user, bilan, code_of(code), now=request.now))


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
        return _entry(request, bilan, code, instrument, Saisie(form))
    refused = envoyer(
        form,
        lambda sent: save_reponses(
            bilan=bilan,
            code=code,
            reponses={key: value for key, value in sent.reponses().items() if value},
            by=request.user,
            now=request.now,
            finish=True,
            accord_sensible=sent.accord(),
        ),
        lambda contenu: texte_de(instrument.questions, contenu.reponses),
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _entry(request, bilan, code, instrument, refused)
    messages.success(request, "Les réponses du papier sont enregistrées.")
    return vers(ESPACE, "questionnaire_lire", bilan, code)


def _entry(request: Requete, bilan: Any, code: str, instrument: Instrument, saisie: Saisie) -> HttpResponse:
    rows = {row["question"].code: row for row in saisie.form.lignes()}
    context = {
        "instrument": instrument,
        "titre": titre_de(instrument, code),
        "retour": lien(ESPACE, "questionnaire_lire", bilan, code),
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
