"""The recap of a séance: written just after it, kept as a draft, then shared."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.pieces import Lue, read_piece, read_pieces
from jalon.actions.composition import compose
from jalon.actions.recap import write_recap
from jalon.web import gate
from jalon.web.ecrits.lignes import FormulaireLignes
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.recap import engagements, quand, seances_tenues, texte_du_recap
from jalon.web.ecrits.saisie import Saisie, envoyer, ouvrir, prose, reprend_l_autre
from jalon.web.requete import Requete

ESPACE = "consultant"
QUI = {"beneficiaire": "La personne", "consultant": "Vous"}


class FormulaireRecap(FormulaireLignes):
    texte = prose(
        "Ce qui s’est dit et décidé",
        "Des faits, des exemples, les mots de la personne. Ce qui n’a pas de lien avec le projet n’a pas à être écrit.",
        requis=True,
    )
    colonnes: ClassVar[Any] = {
        "promesse": lambda: prose("Ce qui est promis", max_length=2_000),
        "qui": lambda: forms.ChoiceField(label="Qui s’y engage", choices=list(QUI.items()), required=False),
        "pour_le": lambda: forms.DateField(label="Pour le", required=False, widget=forms.DateInput),
    }
    compte = ("promesse",)

    def promesses(self) -> list[dict[str, Any]]:
        return [
            {
                "texte": row["promesse"],
                "qui": row["qui"] or "beneficiaire",
                "pour_le": row["pour_le"].isoformat() if row["pour_le"] else None,
            }
            for row in self.remplies()
        ]


@gate.bilan(Action.WRITE_RECAP)
def recaps(request: Requete, bilan: Any) -> HttpResponse:
    """Séances without a recap come first: they wait for the consultant."""
    written = {
        lue.piece.reference: lue for lue in read_pieces(request.user, bilan, ["recap"], now=request.now)
    }
    lines = [
        _line(bilan, seance_id, quand(seance), seance.phase.label, written.get(seance_id))
        for seance_id, seance in seances_tenues(request, bilan).items()
    ]
    lines.sort(key=lambda line: line["rang"])
    return montrer(request, bilan, ESPACE, "consultant/recaps.html", {"lignes": lines})


def _line(bilan: Any, seance_id: str, moment: Any, phase: str, lue: Lue | None) -> dict[str, Any]:
    state = ("À écrire", "attente", 0, "Écrire le compte rendu")
    if lue is not None:
        state = ("Pas encore partagé", "en_cours", 1, "Reprendre")
        if lue.piece.partage_le:
            state = ("Partagé", "fait", 2, "Ouvrir")
            if lue.contenu.correction:
                state = ("Partagé, corrigé par la personne", "fait", 2, "Lire la correction")
    mot, ton, rang, geste = state
    href = lien(ESPACE, "recap_ecrire", bilan, seance_id)
    return {
        "quand": moment,
        "phase": phase,
        "mot": mot,
        "ton": ton,
        "rang": rang,
        "geste": geste,
        "href": href,
    }


@gate.bilan(Action.WRITE_RECAP)
def ecrire(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    seance = seances_tenues(request, bilan).get(str(seance_id))
    if seance is None:
        raise Http404
    lue = read_piece(request.user, bilan, "recap", str(seance_id), now=request.now)
    page = f"recap-{seance_id}"
    if request.method != "POST":
        rows = [{**p.to_json(), "promesse": p.texte} for p in lue.contenu.promesses] if lue else []
        saved = FormulaireRecap.initial_de(rows, texte=lue.contenu.texte if lue else "")
        saisie = ouvrir(request, bilan, page, FormulaireRecap, saved, lue.revision if lue else 0)
        return _form(request, bilan, seance, lue, saisie)
    if reprend_l_autre(request):
        return vers(ESPACE, "recap_ecrire", bilan, seance_id)
    changed = FormulaireRecap.apres_geste(request.POST.dict())
    if changed is not None:
        return _form(request, bilan, seance, lue, Saisie(FormulaireRecap(initial=changed)))
    share = "partager" in request.POST
    refused = envoyer(
        FormulaireRecap(request.POST),
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
        return _form(request, bilan, seance, lue, refused)
    messages.success(
        request,
        "Le compte rendu est partagé\u00a0: la personne peut le lire et le corriger."
        if share
        else "Le compte rendu est enregistré.",
    )
    return vers(ESPACE, "recaps", bilan)


def _form(request: Requete, bilan: Any, seance: Any, lue: Lue | None, saisie: Saisie) -> HttpResponse:
    context = {
        "seance": seance,
        "quand": quand(seance),
        "page": f"recap-{seance.id}",
        "partage": bool(lue and lue.piece.partage_le),
        "correction": lue.contenu.correction if lue else "",
        "texte": lue.contenu.texte if lue else "",
        "engagements": engagements(lue.contenu, bilan, request.user) if lue else [],
    }
    return montrer_saisie(request, bilan, ESPACE, "consultant/recap.html", saisie, context)


urls = [
    path("<uuid:bilan_id>/comptes-rendus/", recaps, name="consultant_recaps"),
    path("<uuid:bilan_id>/comptes-rendus/<uuid:seance_id>/", ecrire, name="consultant_recap_ecrire"),
]
