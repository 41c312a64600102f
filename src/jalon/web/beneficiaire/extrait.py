"""An extract of the synthesis, chosen passage by passage, read as it will be given, then sealed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.pieces import read_piece
from jalon.actions.extrait import Choisissable, choosable, compose_extrait, parties, seal_extrait
from jalon.actions.piece import Conflit
from jalon.documents import passages_of
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.ecrits.saisie import Formulaire, prose
from jalon.web.requete import Requete


class ExtraitForm(Formulaire):
    ajout = prose(
        "Ce que vous ajoutez, avec vos mots",
        "Imprimé à la fin, sous votre nom. Vous pouvez aussi n’ajouter rien.",
        max_length=5_000,
    )


@gate.bilan(Action.COMPOSE_EXTRAIT)
def extrait(request: Requete, bilan: Any) -> HttpResponse:
    synthese = read_piece(request.user, bilan, "synthese", now=request.now)
    known = read_piece(request.user, bilan, "extrait", now=request.now)
    approved = synthese is not None and synthese.piece.valide_beneficiaire_le is not None
    found = choosable(synthese.contenu) if approved and synthese is not None else ()
    if request.method == "POST":
        return _compose(request, bilan, found)
    form = ExtraitForm(
        initial={
            "ajout": known.contenu.ajout if known else "",
            "revision": str(known.revision) if known else "0",
        }
    )
    chosen = {(p.rubrique, p.texte.lstrip("->•# ")) for p in known.contenu.passages} if known else set()
    places = {one.place for one in found if (one.rubrique, one.passage.texte) in chosen}
    return _page(request, bilan, found, form, places)


def _compose(request: Requete, bilan: Any, found: tuple[Choisissable, ...]) -> HttpResponse:
    form = ExtraitForm(request.POST)
    places = set(request.POST.getlist("passages"))
    if not form.is_valid():
        return _page(request, bilan, found, form, places, status=422)
    try:
        compose_extrait(
            bilan=bilan,
            places=places,
            ajout=form.cleaned_data["ajout"],
            by=request.user,
            now=request.now,
            base_revision=form.base(),
        )
    except Refused as refused:
        return _page(request, bilan, found, form, places, refus.put_on(form, refused), status=422)
    except Conflit as conflit:
        form.montrer_revision(conflit.actuel.revision)
        moved = Obstacle(
            "Vous avez changé cet extrait ailleurs entre-temps. Vérifiez ce qui est coché ici : l’enregistrer remplacera l’autre.",
            code="conflit",
        )
        return _page(request, bilan, found, form, places, [moved], status=409)
    return redirect("beneficiaire_extrait_relire", bilan.pk)


def _page(
    request: Requete,
    bilan: Any,
    found: tuple[Choisissable, ...],
    form: forms.Form,
    places: set[str],
    obstacles: Any = (),
    status: int = 200,
) -> HttpResponse:
    headings: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        headings.setdefault(one.rubrique, []).append(
            {"place": one.place, "passage": one.passage, "choisi": one.place in places}
        )
    context = {
        "bilan": bilan,
        "form": form,
        "rubriques": headings.items(),
        "obstacles_trouves": obstacles,
    }
    return render(request, "beneficiaire/extrait.html", context, status=status)


@gate.bilan(Action.COMPOSE_EXTRAIT)
def relire(request: Requete, bilan: Any) -> HttpResponse:
    return _read(request, bilan)


def _read(request: Requete, bilan: Any, obstacles: Any = (), status: int = 200) -> HttpResponse:
    known = read_piece(request.user, bilan, "extrait", now=request.now)
    if known is None:
        return redirect("beneficiaire_extrait", bilan.pk)
    context = {
        "bilan": bilan,
        "revision": known.revision,
        "parties": parties(known.contenu),
        "ajout": passages_of(known.contenu.ajout),
        "obstacles_trouves": obstacles,
    }
    return render(request, "beneficiaire/extrait_relire.html", context, status=status)


@gate.bilan(Action.COMPOSE_EXTRAIT)
@require_POST
def sceller(request: Requete, bilan: Any) -> HttpResponse:
    raw = request.POST.get("revision", "")
    try:
        issued = seal_extrait(
            bilan=bilan, revision=int(raw) if raw.isdigit() else 0, by=request.user, now=request.now
        )
    except Refused as refused:
        return _read(request, bilan, refused.obstacles, status=422)
    messages.success(
        request, "L’extrait est scellé. Il est à vous seul, tant que vous ne le donnez pas à lire."
    )
    return redirect(f"{reverse('beneficiaire_partage_nouveau', args=[bilan.pk])}?document={issued.pk}")


urls = [
    path("<uuid:bilan_id>/extrait/", extrait, name="beneficiaire_extrait"),
    path("<uuid:bilan_id>/extrait/relire/", relire, name="beneficiaire_extrait_relire"),
    path("<uuid:bilan_id>/extrait/sceller/", sceller, name="beneficiaire_extrait_sceller"),
]
