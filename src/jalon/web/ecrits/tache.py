"""Work between séances, in both spaces: the list, what is asked, taking it back. Doing it and reading it are pages of each space."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.exercice import exercices_for
from jalon.access.tache import TacheLue, get_tache, list_taches
from jalon.actions.composition import compose
from jalon.actions.tache import give_tache, rewrite_tache, withdraw_tache
from jalon.domain.obstacle import Refused
from jalon.instruments import Theme
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.saisie import Saisie, envoyer, ouvrir, reprend_l_autre
from jalon.web.ecrits.tache_saisie import FormulaireTache, copie_de, donnees, texte_tache
from jalon.web.requete import Requete

_TONS = {"a_faire": "neutre", "commencee": "en_cours", "rendue": "attente", "relue": "fait"}


def etat_de(lue: TacheLue, espace: str) -> tuple[str, str]:
    """The word and its tone, told to the reader."""
    if lue.en_retard:
        return "En retard", "refuse"
    if lue.etat == "rendue" and espace == "consultant":
        return "À lire", "attente"
    ton = "fait" if lue.etat == "rendue" else _TONS[lue.etat]
    return lue.etat.label, ton


def vue(lue: TacheLue, espace: str, bilan: Any) -> dict[str, Any]:
    mot, ton = etat_de(lue, espace)
    return {
        "lue": lue,
        "titre": lue.contenu.titre,
        "href": lien(espace, "tache", bilan, lue.tache.pk),
        "mot": mot,
        "ton": ton,
        "par_moi": lue.par_la_personne == (espace == "beneficiaire"),
    }


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.GIVE_TACHE)
    def liste(request: Requete, bilan: Any) -> HttpResponse:
        vues = [vue(lue, espace, bilan) for lue in list_taches(request.user, bilan, now=request.now)]
        context = {
            "a_faire": [v for v in vues if v["lue"].a_faire],
            "rendues": [v for v in vues if not v["lue"].a_faire],
            "minutes": sum(v["lue"].minutes for v in vues),
            "donner": lien(espace, "tache_donner", bilan),
            "exercices": lien(espace, "tache_exercices", bilan),
        }
        return montrer(request, bilan, espace, "ecrits/taches.html", context)

    @gate.bilan(Action.GIVE_TACHE)
    def exercices(request: Requete, bilan: Any) -> HttpResponse:
        """The library, theme by theme: one is chosen, and its sheet is read before it is given."""
        found = exercices_for(request.user, bilan.organisme)
        themes = [
            {"nom": theme.label, "exercices": [e for e in found.values() if e.theme == theme]}
            for theme in Theme
        ]
        context = {
            "themes": [t for t in themes if t["exercices"]],
            "donner": lien(espace, "tache_donner", bilan),
            "retour": lien(espace, "taches", bilan),
        }
        return montrer(request, bilan, espace, "ecrits/tache_exercices.html", context)

    @gate.bilan(Action.GIVE_TACHE)
    def donner(request: Requete, bilan: Any) -> HttpResponse:
        code = (request.POST if request.method == "POST" else request.GET).get("exercice", "")
        exercice = exercices_for(request.user, bilan.organisme).get(code) if code else None
        if code and exercice is None:
            raise Http404
        if request.method != "POST":
            chosen = {
                "exercice": code,
                "titre": exercice.titre if exercice else "",
                "minutes": exercice.minutes if exercice else "",
            }
            initial = FormulaireTache.initial_de([], **chosen)
            # A draft of another choice is not put over the exercise that was just chosen.
            saisie = (
                Saisie(FormulaireTache(initial=initial))
                if exercice
                else ouvrir(request, bilan, "tache", FormulaireTache, initial)
            )
            return formulaire(request, bilan, saisie, exercice, None)
        changed = FormulaireTache.apres_geste(request.POST.dict())
        if changed is not None:
            return formulaire(request, bilan, Saisie(FormulaireTache(initial=changed)), exercice, None)
        given = copie_de(exercice) if exercice else None
        refused = envoyer(
            FormulaireTache(request.POST),
            lambda form: give_tache(
                bilan=bilan,
                demande=compose("tache", **donnees(form, given)),
                minutes_prevues=form.cleaned_data["minutes"],
                pour_le=form.cleaned_data["pour_le"],
                by=request.user,
                now=request.now,
            ),
            texte_tache,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused:
            return formulaire(request, bilan, refused, exercice, None)
        messages.success(
            request,
            "Le travail est proposé : la personne le voit dans son espace."
            if espace == "consultant"
            else "Ce travail est noté dans votre liste.",
        )
        return vers(espace, "taches", bilan)

    def formulaire(
        request: Requete, bilan: Any, saisie: Saisie, exercice: Any, lue: TacheLue | None
    ) -> HttpResponse:
        context = {
            "exercice": exercice,
            "page": f"tache-{lue.tache.pk}" if lue else "tache",
            "modifie": lue is not None,
            "exercices": lien(espace, "tache_exercices", bilan),
            "retour": lien(espace, "tache", bilan, lue.tache.pk) if lue else lien(espace, "taches", bilan),
        }
        return montrer_saisie(request, bilan, espace, "ecrits/tache_donner.html", saisie, context)

    @gate.bilan(Action.GIVE_TACHE)
    def modifier(request: Requete, bilan: Any, tache_id: Any) -> HttpResponse:
        lue = get_tache(request.user, bilan, tache_id, now=request.now)
        contenu = lue.contenu
        if request.method != "POST":
            rows = [{"lien": one.titre, "adresse": one.adresse} for one in contenu.liens]
            initial = FormulaireTache.initial_de(
                rows,
                titre=contenu.titre,
                consigne=contenu.consigne,
                minutes=lue.tache.minutes_prevues or "",
                pour_le=lue.tache.pour_le,
            )
            saisie = ouvrir(
                request, bilan, f"tache-{tache_id}", FormulaireTache, initial, lue.demande.revision
            )
            return formulaire(request, bilan, saisie, contenu.exercice, lue)
        if reprend_l_autre(request):
            return vers(espace, "tache_modifier", bilan, tache_id)
        changed = FormulaireTache.apres_geste(request.POST.dict())
        if changed is not None:
            return formulaire(request, bilan, Saisie(FormulaireTache(initial=changed)), contenu.exercice, lue)
        kept = contenu.exercice.to_json() if contenu.exercice else None
        refused = envoyer(
            FormulaireTache(request.POST),
            lambda form: rewrite_tache(
                tache=lue.tache,
                demande=compose("tache", **donnees(form, kept)),
                minutes_prevues=form.cleaned_data["minutes"],
                pour_le=form.cleaned_data["pour_le"],
                base_revision=form.base(),
                by=request.user,
                now=request.now,
            ),
            texte_tache,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused:
            return formulaire(request, bilan, refused, contenu.exercice, lue)
        messages.success(request, "Le travail est modifié.")
        return vers(espace, "tache", bilan, tache_id)

    @gate.bilan(Action.GIVE_TACHE)
    def retirer(request: Requete, bilan: Any, tache_id: Any) -> HttpResponse:
        lue = get_tache(request.user, bilan, tache_id, now=request.now)
        context: dict[str, Any] = {
            "quoi": lue.contenu.titre,
            "titre": "Retirer ce travail ?",
            "retour": lien(espace, "tache", bilan, tache_id),
            "bouton": "Retirer ce travail",
        }
        if request.method != "POST":
            return montrer(request, bilan, espace, "ecrits/effacer.html", context)
        try:
            withdraw_tache(tache=lue.tache, by=request.user, now=request.now)
        except Refused as refused:
            context["obstacles"] = refused.obstacles
            return montrer(request, bilan, espace, "ecrits/effacer.html", context, 422)
        messages.success(request, "Le travail est retiré.")
        return vers(espace, "taches", bilan)

    base = "<uuid:bilan_id>/travaux/"
    return [
        path(base, liste, name=f"{espace}_taches"),
        path(f"{base}exercices/", exercices, name=f"{espace}_tache_exercices"),
        path(f"{base}donner/", donner, name=f"{espace}_tache_donner"),
        path(f"{base}<uuid:tache_id>/modifier/", modifier, name=f"{espace}_tache_modifier"),
        path(f"{base}<uuid:tache_id>/retirer/", retirer, name=f"{espace}_tache_retirer"),
    ]


__all__ = ["etat_de", "urls_of", "vue"]
