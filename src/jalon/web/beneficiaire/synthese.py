"""The synthesis, for the person: read as it will be printed, answer it in her own words, approve the very text she read, keep it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.actions.synthese import observe_synthese, validate_synthese
from jalon.web import gate
from jalon.web.beneficiaire import synthese_corriger
from jalon.web.ecrits import synthese_ensemble, synthese_versions
from jalon.web.ecrits.page import montrer, vers
from jalon.web.ecrits.saisie import Formulaire, Saisie, envoyer, ouvrir, prose, reprend_l_autre
from jalon.web.ecrits.synthese import TAILLES, apercu, copies, lire_tout, texte_de_la_synthese, urls_of
from jalon.web.requete import Requete

ESPACE = "beneficiaire"


class FormulaireObservations(Formulaire):
    observations = prose(
        "Vos observations",
        "Elles seront imprimées avec la synthèse, telles que vous les écrivez. Vous pouvez ne pas être d’accord.",
    )


@gate.bilan(Action.OBSERVE_SYNTHESE)
def synthese(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


def _page(
    request: Requete, bilan: Any, observer: Saisie | None = None, approuver: Saisie | None = None
) -> HttpResponse:
    lues = lire_tout(request, bilan)
    lue = lues.get("synthese")
    if observer is None and lue is not None:
        observer = ouvrir(
            request,
            bilan,
            "observations",
            FormulaireObservations,
            {"observations": lue.contenu.observations},
            lue.revision,
        )
    if approuver is None:
        approuver = Saisie(
            Formulaire(initial={"revision": str(lue.revision) if lue else ""}, auto_id="approuver_%s")
        )
    context = {
        "lue": lue,
        "apercu": apercu(lues),
        "observer": observer,
        "approuver": approuver,
        "remise": bilan.synthese_remise_le,
        "copies": copies(request, bilan, ESPACE),
        "tailles": TAILLES,
    }
    status = max(approuver.status, observer.status if observer else 200)
    return montrer(request, bilan, ESPACE, "beneficiaire/synthese.html", context, status)


@gate.bilan(Action.OBSERVE_SYNTHESE)
def observer(request: Requete, bilan: Any) -> HttpResponse:
    if request.method != "POST" or reprend_l_autre(request):
        return vers(ESPACE, "synthese", bilan)
    refused = envoyer(
        FormulaireObservations(request.POST),
        lambda form: observe_synthese(
            bilan=bilan,
            observations=form.cleaned_data["observations"],
            by=request.user,
            now=request.now,
            base_revision=form.base(),
        ),
        texte_de_la_synthese,
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _page(request, bilan, observer=refused)
    messages.success(request, "Vos observations sont enregistrées\u00a0: elles feront partie du document.")
    return vers(ESPACE, "synthese", bilan)


@gate.bilan(Action.VALIDATE_SYNTHESE)
def approuver(request: Requete, bilan: Any) -> HttpResponse:
    if request.method != "POST":
        return vers(ESPACE, "synthese", bilan)
    refused = envoyer(
        Formulaire(request.POST, auto_id="approuver_%s"),
        lambda form: validate_synthese(bilan=bilan, revision=form.base(), by=request.user, now=request.now),
        texte_de_la_synthese,
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        # She is shown the text of today, and approves that one or not.
        shown = Saisie(
            Formulaire(initial={"revision": _revision(request, bilan)}, auto_id="approuver_%s"),
            obstacles=refused.obstacles,
            status=422,
        )
        return _page(request, bilan, approuver=shown)
    messages.success(request, "Vous avez approuvé ce texte. Il vous sera remis en document scellé.")
    return vers(ESPACE, "synthese", bilan)


def _revision(request: Requete, bilan: Any) -> str:
    lue = lire_tout(request, bilan).get("synthese")
    return str(lue.revision) if lue else ""


urls = [
    path("<uuid:bilan_id>/synthese/", synthese, name="beneficiaire_synthese"),
    path("<uuid:bilan_id>/synthese/observations/", observer, name="beneficiaire_synthese_observer"),
    path("<uuid:bilan_id>/synthese/approuver/", approuver, name="beneficiaire_synthese_approuver"),
    *synthese_versions.urls_of(ESPACE),
    *synthese_ensemble.urls_of(ESPACE),
    *synthese_corriger.urls,
    *urls_of(ESPACE),
]
