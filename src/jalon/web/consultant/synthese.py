"""The synthesis, for the consultant: written under its headings, proposed, approved by the person, handed over sealed."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.brouillon import read_with_brouillon
from jalon.access.pieces import Lue
from jalon.actions.composition import compose
from jalon.actions.synthese import deliver_synthese, propose_synthese, write_synthese
from jalon.actions.synthese_a_deux import started
from jalon.domain.bilan import Etat
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.relecture import remarques
from jalon.domain.synthese import delivery_obstacles, proposal_obstacles
from jalon.web import gate
from jalon.web.composants.jalon import EtatJalon, Jalon
from jalon.web.composants.typographie import date_courte
from jalon.web.consultant import synthese_rassembler
from jalon.web.ecrits import synthese_ensemble, synthese_versions
from jalon.web.ecrits.lignes import FormulaireLignes
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.saisie import Saisie, envoyer, ligne, prose, reprend_l_autre, rouvrir
from jalon.web.ecrits.synthese import (
    NATURES,
    RUBRIQUES,
    TAILLES,
    apercu,
    copies,
    lire_tout,
    par_nature,
    texte_de_la_synthese,
    urls_of,
)
from jalon.web.requete import Requete

ESPACE = "consultant"


class FormulaireSynthese(FormulaireLignes):
    circonstances = prose(
        "Les circonstances", "Ce qui a amené la personne, avec ses mots, et ce qui a été convenu."
    )
    competences = prose(
        "Les compétences et les aptitudes, au regard du projet",
        "Des faits et des exemples. « - » en début de ligne fait une liste, « > » garde les mots de la personne.",
    )
    projet = prose(
        "Le projet, et s’il y a lieu la formation", "Le projet principal, le plan B, ce qui reste à vérifier."
    )
    colonnes: ClassVar[Any] = {
        "titre": lambda: ligne("Titre de la rubrique"),
        "texte": lambda: prose("Texte de la rubrique"),
    }
    compte = ("titre", "texte")

    def contenu(self) -> Any:
        own = self.seuls()
        return compose(
            "synthese",
            **own,
            autres=[{"titre": row["titre"] or "", "texte": row["texte"] or ""} for row in self.remplies()],
        )


@gate.bilan(Action.WRITE_SYNTHESE)
def synthese(request: Requete, bilan: Any) -> HttpResponse:
    if request.method != "POST":
        return _page(request, bilan)
    if reprend_l_autre(request):
        return vers(ESPACE, "synthese", bilan)
    changed = FormulaireSynthese.apres_geste(request.POST.dict())
    if changed is not None:
        return _page(request, bilan, Saisie(FormulaireSynthese(initial=changed)))
    refused = envoyer(
        FormulaireSynthese(request.POST),
        lambda form: write_synthese(
            bilan=bilan,
            synthese=form.contenu(),
            by=request.user,
            now=request.now,
            base_revision=form.base(),
        ),
        texte_de_la_synthese,
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _page(request, bilan, refused)
    messages.success(request, "La synthèse est enregistrée.")
    return vers(ESPACE, "synthese", bilan)


def _page(
    request: Requete, bilan: Any, saisie: Saisie | None = None, obstacles: tuple[Obstacle, ...] = ()
) -> HttpResponse:
    # What is printed with it is opened only where it is shown: once delivered, or on the page of the proof.
    natures = NATURES if bilan.synthese_remise_le else NATURES[:1]
    found, draft = read_with_brouillon(request.user, bilan, natures, "synthese", now=request.now)
    lues = par_nature(found)
    lue = lues.get("synthese")
    if saisie is None:
        rows = [r.to_json() for r in lue.contenu.autres] if lue else []
        own = {name: getattr(lue.contenu, name) for name in RUBRIQUES} if lue else {}
        if lue is None:
            blank = started(bilan.organisme)
            own = {name: getattr(blank, name) for name in RUBRIQUES}
        saved = FormulaireSynthese.initial_de(rows, **own)
        saisie = rouvrir(FormulaireSynthese, saved, lue.revision if lue else 0, draft)
    if obstacles:
        saisie.obstacles, saisie.status = obstacles, 422
    context = {
        "lue": lue,
        "apercu": apercu(lues) if bilan.synthese_remise_le else None,
        "etapes_synthese": _steps(bilan, lue),
        "remarques": _remarks(lue),
        "proposer": proposal_obstacles(Etat(bilan.etat), ecrite=lue is not None),
        "remettre": delivery_obstacles(
            Etat(bilan.etat),
            ecrite=lue is not None,
            proposee=bool(lue and lue.piece.partage_le),
            validee=bool(lue and lue.piece.valide_beneficiaire_le),
            remise=bilan.synthese_remise_le is not None,
        ),
        "peut_remettre": access.can(Action.DELIVER_SYNTHESE, request.user, bilan),
        "remise": bilan.synthese_remise_le,
        "corrigee": bool(lue and lue.revision > 1 and lue.piece.auteur_id == bilan.beneficiaire_id),
        "copies": copies(request, bilan, ESPACE),
        "tailles": TAILLES,
    }
    return montrer_saisie(request, bilan, ESPACE, "consultant/synthese.html", saisie, context)


def _steps(bilan: Any, lue: Lue | None) -> list[Jalon]:
    """Written, proposed, approved, handed over: each with its day."""
    piece = lue.piece if lue else None
    moments = [
        ("Écrite", piece.modifie_le if piece else None),
        ("Proposée à la relecture", piece.partage_le if piece else None),
        ("Approuvée par la personne", piece.valide_beneficiaire_le if piece else None),
        ("Remise, scellée", bilan.synthese_remise_le),
    ]
    steps, here = [], True
    for title, moment in moments:
        if moment is not None:
            steps.append(
                Jalon(
                    title,
                    EtatJalon.FAIT,
                    f"le {date_courte(moment.astimezone(ZoneInfo(bilan.fuseau)).date())}",
                )
            )
        else:
            steps.append(Jalon(title, EtatJalon.EN_COURS if here else EtatJalon.A_VENIR))
            here = False
    return steps


def _remarks(lue: Lue | None) -> list[dict[str, Any]]:
    if lue is None:
        return []
    texts = [(title, getattr(lue.contenu, name)) for name, title in RUBRIQUES.items()]
    texts += [(r.titre, r.texte) for r in lue.contenu.autres]
    return [{"rubrique": title, "remarque": found} for title, text in texts for found in remarques(text)]


@gate.bilan(Action.WRITE_SYNTHESE)
@require_POST
def proposer(request: Requete, bilan: Any) -> HttpResponse:
    try:
        propose_synthese(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, obstacles=refused.obstacles)
    messages.success(request, "La personne peut maintenant relire la synthèse\u00a0: elle est prévenue.")
    return vers(ESPACE, "synthese", bilan)


@gate.bilan(Action.DELIVER_SYNTHESE)
@require_POST
def remettre(request: Requete, bilan: Any) -> HttpResponse:
    try:
        deliver_synthese(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, obstacles=refused.obstacles)
    messages.success(request, "La synthèse est remise, scellée. La personne la trouve dans son espace.")
    return vers(ESPACE, "synthese", bilan)


@gate.bilan(Action.WRITE_SYNTHESE)
def epreuve(request: Requete, bilan: Any) -> HttpResponse:
    """The text as it will be printed, with what is printed after it."""
    lues = lire_tout(request, bilan)
    if "synthese" not in lues:
        return vers(ESPACE, "synthese", bilan)
    context = {"apercu": apercu(lues), "retour": lien(ESPACE, "synthese", bilan)}
    return montrer(request, bilan, ESPACE, "consultant/synthese_apercu.html", context)


urls = [
    path("<uuid:bilan_id>/synthese/", synthese, name="consultant_synthese"),
    path("<uuid:bilan_id>/synthese/proposer/", proposer, name="consultant_synthese_proposer"),
    path("<uuid:bilan_id>/synthese/remettre/", remettre, name="consultant_synthese_remettre"),
    path("<uuid:bilan_id>/synthese/apercu/", epreuve, name="consultant_synthese_apercu"),
    *synthese_versions.urls_of(ESPACE),
    *synthese_ensemble.urls_of(ESPACE),
    *synthese_rassembler.urls,
    *urls_of(ESPACE),
]
