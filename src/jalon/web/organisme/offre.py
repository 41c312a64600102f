"""The public page of an offer: written, looked at, published, taken back; and the results that the cabinet publishes."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.offre import (
    PageOffre,
    get_offre,
    get_resultat,
    list_resultats,
    read_page,
    resultat_facts,
)
from jalon.actions.offre import (
    FIELDS,
    add_resultat,
    publish_offre,
    remove_resultat,
    withdraw_offre,
    write_offre,
)
from jalon.domain.financement import OUTSIDE_THE_FRAME, Financement
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import TypeAction
from jalon.domain.resultat import Genre
from jalon.domain.seance import Modalite
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page as cabinet_page
from jalon.web.organisme.saisie import choix, ligne, oui, texte
from jalon.web.public.offre import read_context
from jalon.web.requete import Requete


class OffreForm(forms.Form):
    accroche = ligne(
        "En une phrase",
        300,
        aide="La première chose qu’on lit, ici et dans un moteur de recherche. Sans le mot « bilan », elle reste discrète.",
    )
    objectifs = texte(
        "Objectifs",
        3000,
        aide="Ce que la personne aura à la fin. Des verbes : comprendre, vérifier, décider.",
        rows=5,
    )
    public = texte("À qui elle s’adresse", 1000, aide="Et à qui elle ne convient pas.", rows=3)
    prerequis = ligne("Prérequis", 500, aide="Pour un bilan il n’y en a pas : écrivez « Aucun ».")
    modalites = forms.MultipleChoiceField(
        label="Comment se voit-on ?",
        required=False,
        choices=[(m.value, m.label) for m in Modalite],
        widget=forms.CheckboxSelectMultiple,
    )
    delai_jours = forms.IntegerField(
        label="Délai entre la demande et la première séance",
        required=False,
        min_value=0,
        max_value=250,
        help_text="En jours ouvrés, tel que vous le tenez vraiment. Ceux de la loi s’ajoutent d’eux-mêmes.",
        error_messages={
            "invalid": "Écrivez un nombre de jours, en chiffres.",
            "min_value": "Zéro au moins.",
            "max_value": "250 au plus.",
        },
    )
    deroulement = texte(
        "Déroulement",
        2000,
        aide="Rythme, lieux, horaires, ce qui se passe entre les séances. Les heures viennent du parcours.",
    )
    methodes = texte(
        "Méthodes et outils",
        3000,
        aide="Entretiens, questionnaires, enquêtes auprès de professionnels. Nommez les tests.",
        rows=5,
    )
    financements = forms.MultipleChoiceField(
        label="Qui peut payer ?",
        required=False,
        choices=[(f.value, f.label) for f in Financement],
        widget=forms.CheckboxSelectMultiple,
        help_text="Montants, plafonds et délais du jour s’affichent d’eux-mêmes, avec leur article.",
    )
    adaptation = texte(
        "Adaptations",
        2000,
        aide="Ce que vous pouvez changer : rythme, durée, textes, lieu, interprète. L’accès de chaque lieu s’affiche à part.",
    )
    evaluation = texte(
        "Comment on sait si cela a servi",
        2000,
        aide="Objectifs relus à la fin, questionnaire, entretien de suivi.",
        rows=3,
    )
    sans_resultat = oui(
        "Nous n’avons pas encore de résultats",
        "La page le dira franchement, au lieu d’un taux qui ne voudrait rien dire.",
    )
    contact_nom = ligne("À qui s’adresser", 200, aide="Une personne, de préférence.")
    titre_explicite = oui(
        "Dire l’intitulé dans l’onglet et les moteurs de recherche",
        "On vous trouvera mieux. Mais l’historique d’un ordinateur partagé le montrera aussi : décoché, l’onglet reste discret.",
    )

    def __init__(self, type_action: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if type_action == TypeAction.HORS_CADRE:
            mine = [(f.value, f.label) for f in Financement if f in OUTSIDE_THE_FRAME]
            self.fields["financements"].choices = mine  # type: ignore[attr-defined]
            del self.fields["sans_resultat"]


class ResultatForm(forms.Form):
    genre = choix("De quoi s’agit-il ?", [(g.value, g.label) for g in Genre], radio=True)
    effectif = forms.IntegerField(label="Personnes interrogées", min_value=1, max_value=100000)
    reponses = forms.IntegerField(label="Réponses reçues", min_value=0, max_value=100000)
    favorables = forms.IntegerField(
        label="Dont oui", min_value=0, max_value=100000, help_text="Le taux se calcule : il ne se tape pas."
    )
    du = forms.DateField(label="Du")
    au = forms.DateField(label="Au")
    methode = ligne("Comment l’avez-vous compté ?", 500, aide="La question posée, à qui, quand.")


@gate.cabinet(Action.MANAGE_PARCOURS)
def ecrire(request: Requete, organisme: Any, parcours_id: Any) -> HttpResponse:
    offre = get_offre(request.user, organisme, parcours_id)
    kind = offre.parcours.type_action
    form = OffreForm(kind, request.POST or None, initial={f: getattr(offre, f) for f in FIELDS})
    found: list[Obstacle] = []
    gesture = request.POST.get("geste", "")
    if request.method == "POST" and gesture == "retirer":
        withdraw_offre(offre=offre, by=request.user, now=request.now)
        messages.success(request, "La page n’est plus publiée. Ses textes sont gardés.")
        return redirect("organisme_page_offre", parcours_id)
    if request.method == "POST" and form.is_valid():
        try:
            saved = write_offre(
                parcours=offre.parcours, valeurs=form.cleaned_data, by=request.user, now=request.now
            )
            if gesture == "publier":
                # Kept as a draft even when it may not be published yet.
                offre = saved
                publish_offre(offre=saved, by=request.user, now=request.now)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(
                request,
                "La page est publiée."
                if saved.publiee_le or gesture == "publier"
                else "Le brouillon est gardé.",
            )
            return redirect("organisme_page_offre", parcours_id)
    shown = read_page(offre, request.now)
    context = {
        "offre": offre,
        "parcours": offre.parcours,
        "form": form,
        "champs": _beside(form, shown),
        "obstacles_trouves": found,
        "manques": [] if form.is_bound else _elsewhere(form, shown),
        "remarques": shown.remarques,
        "publiee": offre.publiee_le is not None,
        "visible": shown.visible,
        "ecrite": bool(offre.adresse),
    }
    return cabinet_page(request, organisme, "offre_page", context, status=422 if form.is_bound else 200)


def _beside(form: OffreForm, shown: PageOffre) -> list[tuple[Any, list[Obstacle]]]:
    """Each field with what is said of it; a form that was just refused carries its own errors."""
    said: dict[str, list[Obstacle]] = defaultdict(list)
    if not form.is_bound and shown.offre.adresse:
        for one in (*shown.obstacles, *shown.remarques):
            said[one.field].append(one)
    return [(field, said[field.name]) for field in form]


def _elsewhere(form: OffreForm, shown: PageOffre) -> list[Obstacle]:
    """What stands in the way and is not on this page."""
    return [o for o in shown.obstacles if o.field not in form.fields]


@gate.cabinet(Action.MANAGE_PARCOURS)
def apercu(request: Requete, organisme: Any, parcours_id: Any) -> HttpResponse:
    """As everybody would read it, published or not."""
    offre = get_offre(request.user, organisme, parcours_id)
    if not offre.adresse:
        return redirect("organisme_page_offre", parcours_id)
    shown = read_page(offre, request.now)
    return render(request, "public/offre.html", {**read_context(request, shown), "apercu": True})


@gate.cabinet(Action.VIEW_CABINET)
def resultats(request: Requete, organisme: Any) -> HttpResponse:
    found = [(row, resultat_facts(row)) for row in list_resultats(organisme)]
    return cabinet_page(request, organisme, "resultats", {"resultats": found})


@gate.cabinet(Action.MANAGE_PARCOURS)
def noter(request: Requete, organisme: Any) -> HttpResponse:
    form = ResultatForm(request.POST or None)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            add_resultat(organisme=organisme, valeurs=form.cleaned_data, by=request.user, now=request.now)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "Le résultat est noté : il s’affiche sur les pages publiées.")
            return redirect("organisme_resultats")
    context = {"form": form, "obstacles_trouves": found}
    return cabinet_page(
        request, organisme, "resultat_noter", context, status=422 if request.method == "POST" else 200
    )


@gate.cabinet(Action.MANAGE_PARCOURS)
@require_POST
def retirer_resultat(request: Requete, organisme: Any, resultat_id: Any) -> HttpResponse:
    found = get_resultat(request.user, organisme, resultat_id)
    remove_resultat(resultat=found, by=request.user, now=request.now)
    messages.success(request, "Le résultat est retiré.")
    return redirect("organisme_resultats")


urls = [
    path("offre/resultats/", resultats, name="organisme_resultats"),
    path("offre/resultats/noter/", noter, name="organisme_resultat_noter"),
    path("offre/resultats/<uuid:resultat_id>/retirer/", retirer_resultat, name="organisme_resultat_retirer"),
    path("offre/<uuid:parcours_id>/page/", ecrire, name="organisme_page_offre"),
    path("offre/<uuid:parcours_id>/apercu/", apercu, name="organisme_offre_apercu"),
]
