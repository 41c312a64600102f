"""The person's work between séances: read what is asked, do it at her pace, note her time, hand it in."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.brouillon import read_brouillon
from jalon.access.tache import TacheLue, get_tache, joined_files, list_temps
from jalon.actions.composition import compose
from jalon.actions.tache import begin_tache, choose_reminder, join_fichier, spend_time, write_rendu
from jalon.domain.horaire import nom_du_fuseau
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.beneficiaire.seance import TravailForm
from jalon.web.ecrits import tache as commun
from jalon.web.ecrits.page import lien, montrer_saisie, vers
from jalon.web.ecrits.saisie import Saisie, envoyer, reprend_l_autre
from jalon.web.ecrits.tache_saisie import FormulaireRendu, initial_rendu, texte_rendu
from jalon.web.requete import Requete

ESPACE = "beneficiaire"


class TempsForm(TravailForm):
    """One sitting. The phase is the one under way."""

    phase = None  # type: ignore[assignment]
    field_order = ("jour", "debut", "duree")  # type: ignore[assignment]


@gate.bilan(Action.WRITE_RENDU)
def page(request: Requete, bilan: Any, tache_id: Any) -> HttpResponse:
    lue = get_tache(request.user, bilan, tache_id, now=request.now)
    if request.method != "POST":
        return _page(request, bilan, lue, _opened(request, bilan, lue))
    if reprend_l_autre(request):
        return vers(ESPACE, "tache", bilan, tache_id)
    hand_in = "rendre" in request.POST
    files = lue.rendu.contenu.fichiers if lue.rendu else ()
    refused = envoyer(
        FormulaireRendu(request.POST, exercice=lue.contenu.exercice),
        lambda form: write_rendu(
            tache=lue.tache,
            rendu=compose("rendu", **form.rendu(files)),
            by=request.user,
            now=request.now,
            base_revision=form.base(),
            rendre=hand_in,
        ),
        texte_rendu,
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _page(request, bilan, lue, refused)
    if hand_in or not lue.a_faire:
        messages.success(request, f"C’est rendu : {bilan.consultant.nom_complet} peut le lire.")
    else:
        messages.success(request, "C’est gardé, pour vous, tant que ce n’est pas rendu.")
    return vers(ESPACE, "taches" if hand_in else "tache", bilan, *(() if hand_in else (tache_id,)))


def _opened(request: Requete, bilan: Any, lue: TacheLue) -> Saisie:
    exercice = lue.contenu.exercice
    initial = initial_rendu(lue.rendu.contenu if lue.rendu else None, exercice)
    draft = read_brouillon(request.user, bilan, f"rendu-{lue.tache.pk}", now=request.now)
    initial |= {"revision": str(lue.rendu.revision if lue.rendu else 0), **(draft.champs if draft else {})}
    return Saisie(FormulaireRendu(initial=initial, exercice=exercice), brouillon=draft)


def _page(
    request: Requete,
    bilan: Any,
    lue: TacheLue,
    saisie: Saisie,
    *,
    temps: TempsForm | None = None,
    fichier: Any = None,
    obstacles: tuple[Obstacle, ...] = (),
) -> HttpResponse:
    day = request.now.astimezone(ZoneInfo(bilan.fuseau)).date()
    context = {
        **commun.vue(lue, ESPACE, bilan),
        "page": f"rendu-{lue.tache.pk}",
        "temps": temps or TempsForm(prefix="temps", initial={"jour": day}),
        "temps_ouvert": temps is not None,
        "seances": list_temps(bilan, lue.tache),
        "ville": nom_du_fuseau(bilan.fuseau),
        "fichier": fichier or FichierForm(prefix="joint"),
        "fichiers": [
            {"nom": f.fiche.nom_original, "href": lien(ESPACE, "fichier_lire", bilan, f.fichier.pk)}
            for f in joined_files(request.user, bilan, lue, now=request.now)
        ],
        "retour": lien(ESPACE, "taches", bilan),
    }
    if obstacles:
        saisie.obstacles, saisie.status = obstacles, 422
    if temps is not None or fichier is not None:
        saisie.status = 422
    return montrer_saisie(request, bilan, ESPACE, "beneficiaire/tache.html", saisie, context)


class FichierForm(forms.Form):
    fichier = forms.FileField(
        label="Joindre un fichier",
        help_text="Une photo de votre feuille, un PDF. Il est chiffré avant d’être rangé, et lisible dès maintenant par la "
        "personne qui vous accompagne.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.txt"}),
        error_messages={
            "required": "Choisissez un fichier sur votre appareil.",
            "empty": "Ce fichier est vide. Choisissez-en un autre.",
        },
    )


@gate.bilan(Action.WRITE_RENDU)
@require_POST
def commencer(request: Requete, bilan: Any, tache_id: Any) -> HttpResponse:
    lue = get_tache(request.user, bilan, tache_id, now=request.now)
    try:
        begin_tache(tache=lue.tache, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, lue, _opened(request, bilan, lue), obstacles=refused.obstacles)
    return vers(ESPACE, "tache", bilan, tache_id)


@gate.bilan(Action.WRITE_RENDU)
@require_POST
def temps(request: Requete, bilan: Any, tache_id: Any) -> HttpResponse:
    lue = get_tache(request.user, bilan, tache_id, now=request.now)
    form = TempsForm(request.POST, prefix="temps")
    others: list[Obstacle] = []
    if form.is_valid():
        try:
            debut, fin = form.moments(bilan.fuseau)
            spend_time(tache=lue.tache, debut=debut, fin=fin, by=request.user, now=request.now)
        except Refused as refused:
            others = refus.put_on(form, refused)
        else:
            messages.success(request, "Votre temps est noté et signé, à part des entretiens.")
            return vers(ESPACE, "tache", bilan, tache_id)
    return _page(request, bilan, lue, _opened(request, bilan, lue), temps=form, obstacles=tuple(others))


@gate.bilan(Action.WRITE_RENDU)
@require_POST
def joindre(request: Requete, bilan: Any, tache_id: Any) -> HttpResponse:
    lue = get_tache(request.user, bilan, tache_id, now=request.now)
    form = FichierForm(request.POST, request.FILES, prefix="joint")
    others: list[Obstacle] = []
    if form.is_valid():
        sent = form.cleaned_data["fichier"]
        try:
            join_fichier(
                tache=lue.tache,
                nom=sent.name or "fichier",
                data=sent.read(),
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            others = refus.put_on(form, refused)
        else:
            messages.success(request, "Le fichier est joint.")
            return vers(ESPACE, "tache", bilan, tache_id)
    return _page(request, bilan, lue, _opened(request, bilan, lue), fichier=form, obstacles=tuple(others))


@gate.bilan(Action.WRITE_RENDU)
@require_POST
def rappel(request: Requete, bilan: Any, tache_id: Any) -> HttpResponse:
    lue = get_tache(request.user, bilan, tache_id, now=request.now)
    wanted = request.POST.get("voulu") == "oui"
    try:
        choose_reminder(tache=lue.tache, voulu=wanted, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, lue, _opened(request, bilan, lue), obstacles=refused.obstacles)
    messages.success(
        request,
        "Un courriel sans aucun détail partira la veille au matin." if wanted else "Aucun rappel ne partira.",
    )
    return vers(ESPACE, "tache", bilan, tache_id)


_UN = "<uuid:bilan_id>/travaux/<uuid:tache_id>/"
urls = [
    *commun.urls_of(ESPACE),
    path(_UN, page, name="beneficiaire_tache"),
    path(f"{_UN}commencer/", commencer, name="beneficiaire_tache_commencer"),
    path(f"{_UN}temps/", temps, name="beneficiaire_tache_temps"),
    path(f"{_UN}joindre/", joindre, name="beneficiaire_tache_joindre"),
    path(f"{_UN}rappel/", rappel, name="beneficiaire_tache_rappel"),
]
