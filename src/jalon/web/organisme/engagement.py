"""Who pays, in the cabinet's dossier: the wizard that computes as one types, and the page of what was settled."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from jalon.access import Action
from jalon.access.bilan import bilan_day, read_situation
from jalon.access.engagement import EngagementVue, current_engagement, read_engagement, read_reglage
from jalon.actions.engagement import settle_engagement
from jalon.domain.bilan import Etat
from jalon.domain.contrat_individuel import Cause, due_pro_rata
from jalon.domain.cpf import realisation_rate
from jalon.domain.depart import read_retractation
from jalon.domain.engagement import CONVENTION, CPF, MotifSortie
from jalon.domain.financement import Financement
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import TypeAction
from jalon.domain.reglage import (
    Cadre,
    Reglage,
    cpf_minutes,
    law_day,
    reglage_obstacles,
    repartition,
    versements,
)
from jalon.law import law_on
from jalon.web import gate, refus
from jalon.web.organisme.cadre import motifs, page
from jalon.web.organisme.engagement_saisie import ReglerForm, initial_of
from jalon.web.requete import Requete
from jalon.web.voies import droit_du, voie_of

_RAISONS = (Motif.CHOIX, Motif.REGULARISE, Motif.AUTRE)


@gate.bilan(Action.MANAGE_ENGAGEMENT)
def regler(request: Requete, bilan: Any) -> HttpResponse:
    """Every gesture but the last only computes: nothing is written, nothing typed is lost."""
    cadre, known = read_reglage(bilan)
    sent = request.POST.get("geste") == "enregistrer"
    if request.method != "POST":
        form = ReglerForm(cadre, initial=initial_of(known, bilan.parcours.prix))
        said = known or Reglage(prix=bilan.parcours.prix)
        return _wizard(request, bilan, cadre, form, said, quiet=known is None)
    read = ReglerForm(cadre, request.POST)
    said = read.said()
    if not sent:
        return _wizard(request, bilan, cadre, ReglerForm(cadre, initial=request.POST.dict()), said)
    found: list[Obstacle] = []
    if read.is_valid():
        try:
            settle_engagement(
                bilan=bilan, reglage=said, by=request.user, now=request.now, reasons=refus.reasons_of(request)
            )
        except Refused as refused:
            standing = [o for o in refused.obstacles if o.refuses]
            found = refus.put_on(read, Refused(standing)) if standing else []
        else:
            messages.success(
                request, "Le financement est réglé. Ce qui manque encore pour commencer est dit ici."
            )
            return redirect("organisme_engagement", bilan.pk)
    return _wizard(request, bilan, cadre, read, said, sent=True, others=found)


def _wizard(
    request: Requete,
    bilan: Any,
    cadre: Cadre,
    form: ReglerForm,
    said: Reglage,
    *,
    sent: bool = False,
    quiet: bool = False,
    others: list[Obstacle] | None = None,
) -> HttpResponse:
    day = bilan_day(bilan, request.now)
    law = law_on(law_day(cadre, day))
    sheet = repartition(said, cadre, law)
    told = reglage_obstacles(said, cadre, day)
    context = {
        "bilan": bilan,
        "form": form,
        "envoye": sent,
        "voie": voie_of(cadre.voie, cadre.type_action, law_on(day), pour="cabinet"),
        "voie_nom": cadre.voie.label,
        "sur_compte": cadre.voie in CPF,
        "sous_contrat": cadre.voie == Financement.PERSONNEL,
        "obstacles_trouves": others or [],
        # Before anything was typed, what is missing is no reproach: the form asks for it.
        "dits": [] if quiet or sent else [o for o in told if o.refuses],
        **_feuille(cadre, said, sheet, law),
        **motifs(request, (o for o in told if not o.refuses and not quiet), _RAISONS),
        "adresse": request.path,
        "retour": reverse("organisme_engagement", args=[bilan.pk]),
    }
    return page(request, bilan.organisme, "engagement_regler", context, status=422 if sent else 200)


def _feuille(cadre: Cadre, said: Reglage, sheet: Any, law: Any) -> dict[str, Any]:
    """The sheet of figures: each with why and where it is written, under the law of one day."""
    return {
        "feuille_chiffres": sheet,
        "droit_jour": law.day,
        "minutes_plateforme": cpf_minutes(cadre, law),
        "source_minutes": law.cpf.heures_financables.source,
        "echeancier": versements(said, sheet, cadre, law) if sheet is not None else (),
        "source_versements": law.contrat_individuel.premier_versement_max.source,
    }


@gate.bilan(Action.MANAGE_ENGAGEMENT)
def engagement(request: Requete, bilan: Any) -> HttpResponse:
    return show(request, bilan)


def show(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
    """The page of what was settled; every small act of `engagement_actes` comes back here when it is refused."""
    vue = read_engagement(bilan, now=request.now)
    cadre, said = read_reglage(bilan)
    sheet = repartition(said, cadre, vue.law) if said is not None else None
    context = {
        "bilan": bilan,
        "engagement": vue,
        "titre": _titre(bilan, vue),
        "voie": voie_of(cadre.voie, cadre.type_action, law_on(bilan_day(bilan, request.now)), pour="cabinet"),
        "voie_nom": cadre.voie.label,
        "pourquoi_ce_jour": droit_du(vue.faits),
        "sur_compte": cadre.voie in CPF,
        "sous_contrat": cadre.voie == Financement.PERSONNEL,
        "en_preparation": bilan.etat == Etat.PREPARATION,
        # Two parties only: a self-employed person and the cabinet, for her fund.
        "convention_a_deux": cadre.voie == Financement.OPCO and not bilan.employeur_nom,
        "convention_a_trois": cadre.voie in CONVENTION and bool(bilan.employeur_nom),
        "modifiable": bilan.etat == Etat.PREPARATION
        and not (vue.faits and vue.faits.conclu_le and not vue.faits.retracte_le),
        "etapes_cpf": _etapes(bilan, vue) if vue.regle and cadre.voie in CPF else [],
        "parts_a_accorder": _a_accorder(vue),
        "versements": _versements(vue),
        "pas_avant": _money_from(bilan, vue, request),
        "motifs_sortie": [(m.value, m.label) for m in MotifSortie],
        "sortie": _exit(bilan, request) if bilan.termine_le is not None else None,
        "obstacles_trouves": refused.obstacles if refused else (),
        "saisi": request.POST if refused else {},
        "aujourd_hui": bilan_day(bilan, request.now).isoformat(),
        **(_feuille(cadre, said, sheet, vue.law) if said is not None else {}),
    }
    return page(request, bilan.organisme, "engagement", context, status=422 if refused else 200)


def _titre(bilan: Any, vue: EngagementVue) -> str:
    if bilan.etat != Etat.PREPARATION:
        return "Ce qui a été engagé pour ce dossier"
    if not vue.regle:
        return "Le financement reste à régler"
    if any(o.refuses for o in vue.obstacles):
        return "Ce dossier ne peut pas encore commencer"
    return "Du côté du financement, ce dossier peut commencer"


def _etapes(bilan: Any, vue: EngagementVue) -> list[dict[str, Any]]:
    """The steps of the platform, in their order; the first that is not noted is the one to do."""
    row = vue.ligne
    assert row is not None
    steps = [
        ("demande", "Demande de la personne reçue", row.cpf_demande_le, "Noter la demande"),
        ("proposition", "Proposition de commande envoyée", row.cpf_proposition_le, "Noter la proposition"),
        (
            "acceptation",
            "Commande confirmée par la personne",
            row.cpf_acceptation_le,
            "Noter la confirmation",
        ),
    ]
    if bilan.preliminaire_le is not None:
        steps.append(
            ("entree", "Entrée déclarée", row.cpf_entree_declaree_le, "Noter la déclaration d’entrée")
        )
    if bilan.termine_le is not None and bilan.preliminaire_le is not None:
        steps.append(
            (
                "sortie",
                "Sortie et service fait déclarés",
                row.cpf_sortie_declaree_le,
                "Noter la déclaration de sortie",
            )
        )
    if bilan.etat != Etat.PREPARATION:
        # Begun: what was not noted of the order is behind.
        steps = [one for one in steps if one[2] is not None or one[0] in ("entree", "sortie")]
    waiting = next((code for code, _, done, _ in steps if done is None), "")
    return [
        {"code": code, "titre": titre, "fait_le": done, "bouton": label, "ici": code == waiting}
        for code, titre, done, label in steps
    ]


def _exit(bilan: Any, request: Requete) -> dict[str, Any]:
    """What the signed hours say of the end: proposed for the platform, and due under a contract that force majeure stops."""
    seen = read_situation(bilan, now=request.now)
    done, agreed = seen.faites, seen.convenues
    return {
        "faites": done.accompagnement,
        "prevues": agreed.accompagnement,
        "taux": realisation_rate(done.accompagnement, agreed.accompagnement),
        "motif": MotifSortie.TERMINEE if bilan.etat == Etat.TERMINE else MotifSortie.ABANDON,
        "force_majeure": _pro_rata(bilan, done.total, agreed.total),
    }


def _pro_rata(bilan: Any, done: int, agreed: int) -> Any:
    """L. 6353-7: stopped by force majeure, only what was really provided is paid, in proportion."""
    row = current_engagement(bilan)
    if row is None or bilan.financement != Financement.PERSONNEL or not agreed or row.prix_centimes is None:
        return None
    price = Decimal(row.prix_centimes) / 100
    return due_pro_rata(
        price, minutes_prevues=agreed, minutes_faites=done, cause=Cause.FORCE_MAJEURE, demande_expresse=False
    )


def _money_from(bilan: Any, vue: EngagementVue, request: Requete) -> Any:
    """The first day on which money may be received, while it is still ahead."""
    facts = vue.faits
    if facts is None or facts.voie != Financement.PERSONNEL or facts.conclu_le is None:
        return None
    period = read_retractation(facts, TypeAction(bilan.type_action), facts.conclu_le)
    ahead = period is not None and bilan_day(bilan, request.now) < period.premier_paiement_le
    return period.premier_paiement_le if period is not None and ahead else None


def _a_accorder(vue: EngagementVue) -> list[Any]:
    if vue.ligne is None:
        return []
    own = {"personne", "cpf"}
    return [one for one in vue.ligne.parts.all() if one.payeur not in own]


def _versements(vue: EngagementVue) -> list[dict[str, Any]]:
    waiting = next((one.pk for one in vue.versements if one.recu_le is None), None)
    return [
        {"ligne": one, "euros": one.montant_centimes / 100, "ici": one.pk == waiting}
        for one in vue.versements
    ]


urls = [
    path("dossiers/<uuid:bilan_id>/financement/", engagement, name="organisme_engagement"),
    path("dossiers/<uuid:bilan_id>/financement/regler/", regler, name="organisme_engagement_regler"),
]
