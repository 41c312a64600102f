"""Questionnaires, for the person: why, how long, where she stands; finished when she says so; read again, with what was explained."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from jalon.access import Action
from jalon.access.chemin import read_moments
from jalon.access.instruments import instruments_of
from jalon.access.pieces import read_piece, read_pieces
from jalon.actions.piece import Conflit
from jalon.actions.questionnaire import comment_resultat, save_reponses
from jalon.domain.obstacle import Refused
from jalon.domain.questionnaire import code_of
from jalon.web import gate
from jalon.web.beneficiaire import questionnaire_repondre
from jalon.web.beneficiaire.questionnaire_repondre import posees, reprise, sheet_of
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.reponses import relecture
from jalon.web.ecrits.saisie import Formulaire, Saisie, envoyer, feuille_ouverte, prose, refuser
from jalon.web.requete import Requete
from jalon.web.restitution import parcours_de, titre_de

ESPACE = "beneficiaire"


class FormulaireCommentaire(Formulaire):
    commentaire = prose(
        "Ce que vous en pensez", "Vous pouvez ne pas vous y reconnaître : dites-le, cela compte autant."
    )


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def questionnaires(request: Requete, bilan: Any) -> HttpResponse:
    found = read_pieces(request.user, bilan, ["reponses", "resultat"], now=request.now)
    results = {lue.piece.reference for lue in found if lue.piece.nature == "resultat"}
    sheets = [lue for lue in found if lue.piece.nature == "reponses"]
    known = instruments_of(
        bilan.organisme_id, {(s.contenu.instrument, s.contenu.version_instrument) for s in sheets}
    )
    lines = []
    for lue in sheets:
        instrument = known.get((lue.contenu.instrument, lue.contenu.version_instrument))
        if instrument is None:
            continue
        code, said = lue.piece.reference, lue.contenu.reponses
        test = instrument.epreuve is not None
        lines.append(
            {
                "instrument": instrument,
                "code": code,
                "titre": titre_de(instrument, code),
                "epreuve": test,
                "faites": len(instrument.repondues(said)),
                "total": instrument.nombre if test else len(posees(instrument, said)),
                "termine": lue.contenu.termine,
                "ouvert": feuille_ouverte(bilan, code),
                "resultat": code in results,
                "attend_resultat": lue.contenu.termine and instrument.a_resultat and code not in results,
                "repondre": reprise(bilan, code, instrument, said),
                "lire": lien(ESPACE, "questionnaire_lire", bilan, code),
            }
        )
    lines.sort(key=lambda line: bool(line["termine"]))
    return montrer(request, bilan, ESPACE, "beneficiaire/questionnaires.html", {"lignes": lines})


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def terminer(request: Requete, bilan: Any, code: str) -> HttpResponse:
    lue, instrument = sheet_of(request, bilan, code)
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
        "titre": titre_de(instrument, code),
        "faites": len(instrument.repondues(lue.contenu.reponses)),
        "total": 0 if instrument.epreuve else len(posees(instrument, lue.contenu.reponses)),
        "relecture": relecture(instrument, lue.contenu.reponses),
        "ouvert": feuille_ouverte(bilan, code),
        "reprendre": reprise(bilan, code, instrument, lue.contenu.reponses),
    }
    return montrer_saisie(request, bilan, ESPACE, "beneficiaire/questionnaire_terminer.html", saisie, context)


@gate.bilan(Action.ANSWER_QUESTIONNAIRE)
def lire(request: Requete, bilan: Any, code: str) -> HttpResponse:
    """What she answered, and the result once it was explained to her."""
    return _reading(request, bilan, code)


def _reading(request: Requete, bilan: Any, code: str, refused: Saisie | None = None) -> HttpResponse:
    lue, instrument = sheet_of(request, bilan, code)
    result = read_piece(request.user, bilan, "resultat", code, now=request.now)
    form = FormulaireCommentaire(
        initial={"commentaire": result.contenu.commentaire_personne if result else ""}
    )
    context = {
        "instrument": instrument,
        "titre": titre_de(instrument, code),
        "termine": lue.contenu.termine,
        "relecture": relecture(instrument, lue.contenu.reponses, corrige=result is not None),
        "resultat": result,
        "ouvert": feuille_ouverte(bilan, code),
        "parcours": parcours_de(read_moments(request.user, bilan, code_of(code), now=request.now))
        if result and instrument.moments
        else None,
        "commenter": lien(ESPACE, "questionnaire_commenter", bilan, code),
    }
    saisie = refused or Saisie(form)
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
        return _reading(request, bilan, code, refused)
    messages.success(request, "Votre commentaire est enregistré, à côté du résultat.")
    return redirect(lien(ESPACE, "questionnaire_lire", bilan, code))


_BASE = "<uuid:bilan_id>/questionnaires/"
urls = [
    path(_BASE, questionnaires, name="beneficiaire_questionnaires"),
    path(f"{_BASE}<slug:code>/", lire, name="beneficiaire_questionnaire_lire"),
    *questionnaire_repondre.urls,
    path(f"{_BASE}<slug:code>/terminer/", terminer, name="beneficiaire_questionnaire_terminer"),
    path(f"{_BASE}<slug:code>/commenter/", commenter, name="beneficiaire_questionnaire_commenter"),
]
