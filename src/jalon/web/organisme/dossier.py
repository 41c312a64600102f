"""Administrative dossiers: the list by risk, one dossier without a word of content, and the acts of the administration."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.cabinet import list_consultants, list_lieux, list_offres
from jalon.access.dossier import (
    COMPTE_MAX,
    ECHEANCES,
    ETATS,
    Filtre,
    ParRisque,
    filter_dossiers,
    read_dossier,
)
from jalon.access.droits import list_demandes, open_pause
from jalon.access.echeance import intitule, is_late, moment, source
from jalon.actions.dossier import (
    change_consultant,
    choose_lieu,
    name_substitut,
    update_beneficiaire,
    update_cadre,
)
from jalon.actions.invitation import invite
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.seance import EtatSeance
from jalon.web import etapes, gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.organisme.saisie import choix, courriel, ligne, telephone
from jalon.web.requete import Requete
from jalon.web.templatetags.jalon import etat

PAR_PAGE = 20
ETATS_TON = {
    Etat.PREPARATION: "attente",
    Etat.PRELIMINAIRE: "en_cours",
    Etat.INVESTIGATION: "en_cours",
    Etat.CONCLUSIONS: "en_cours",
    Etat.TERMINE: "fait",
    Etat.ABANDONNE: "neutre",
    Etat.NON_CONCLU: "neutre",
}
SEANCES_TON = {
    EtatSeance.PREVUE: "neutre",
    EtatSeance.TENUE: "attente",
    EtatSeance.ANNULEE: "neutre",
    EtatSeance.ABSENCE: "neutre",
}


_ANY = UUID(int=0)


class FiltreForm(forms.Form):
    etat = choix("État", ETATS, requis=False)
    consultant = choix("Avec", (), requis=False)
    echeance = choix("Échéance", ECHEANCES, requis=False)
    numero = ligne("Numéro", 20, inputmode="numeric")

    def __init__(self, consultants: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultant"].choices = [  # type: ignore[attr-defined]
            ("", "Toute l’équipe"),
            *((str(one.pk), one.nom_complet) for one in consultants),
        ]


def list_page(request: Requete, organisme: Any) -> dict[str, Any]:
    """The filtered list, for the home and for its own page: the filter lives in the address."""
    consultants = list_consultants(organisme)
    bound = FiltreForm(consultants, request.GET) if request.GET else None
    said = bound.cleaned_data if bound is not None and bound.is_valid() else {}
    filtre = Filtre(**{name: said.get(name, "") for name in ("etat", "consultant", "echeance", "numero")})
    rows = ParRisque(
        filter_dossiers(request.user, organisme, filtre, request.now), request.now, per_page=PAR_PAGE
    )
    shown = Paginator(rows, PAR_PAGE).get_page(request.GET.get("page"))
    model = reverse("organisme_dossier", args=[_ANY])
    return {
        "filtre": FiltreForm(consultants, initial=said),
        "page": shown,
        "dossiers": [_row(one, request, model) for one in shown.object_list],
        "trop": len(rows) >= COMPTE_MAX,
        "filtres": any(said.values()),
    }


def _row(one: Any, request: Requete, model: str) -> dict[str, Any]:
    """`model`: the address of any dossier, so that each row need not look its own up."""
    due, bilan = one.prochaine, one.bilan
    late = due is not None and is_late(due, request.now)
    state = Etat(bilan.etat)
    return {
        "bilan": bilan,
        "href": model.replace(str(_ANY), str(bilan.pk)),
        "etat": etat("À détruire", "refuse")
        if one.a_detruire
        else etat(state.label, "detruit" if bilan.contenu_detruit_le else ETATS_TON[state]),
        "detruit": bilan.contenu_detruit_le is not None,
        "echeance": intitule(due) if due else "",
        "quand": moment(due, bilan.fuseau) if due else None,
        "retard": late,
        "alerte": etat("En échec", "refuse")
        if one.en_echec
        else etat("En retard", "attente")
        if late
        else "",
    }


@gate.cabinet(Action.VIEW_CABINET)
def dossiers(request: Requete, organisme: Any) -> HttpResponse:
    return page(request, organisme, "dossiers", list_page(request, organisme))


@gate.bilan(Action.MANAGE_DOSSIER)
def dossier(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


def _page(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
    found = read_dossier(bilan, request.now)
    organisme = bilan.organisme
    context = {
        "bilan": bilan,
        "dossier": found,
        "pause": open_pause(bilan),
        "demandes_en_attente": access.can(Action.ANSWER_DROIT, request.user, bilan)
        and any(one.repondue_le is None for one in list_demandes(request.user, bilan)),
        "obstacles_trouves": refused.obstacles if refused else (),
        "etapes": etapes.ligne_jalons(bilan, space=""),
        "etat": Etat(bilan.etat).label,
        "ferme": bilan.etat in CLOSED,
        "en_preparation": bilan.etat == Etat.PREPARATION,
        "financement": Financement(bilan.financement).label,
        "avec_employeur": Financement(bilan.financement) in WITH_EMPLOYER,
        "seances": [
            {
                "seance": s,
                "signatures": {e.qualite for e in s.emargements.all()},
                "ton": "fait" if f.signee else SEANCES_TON[f.etat],
                "mot": "Signée" if f.signee else f.etat.label,
                "minutes": f.minutes,
                "modalite": f.modalite.label,
                "nature": f.nature.label,
            }
            for s, f in zip(found.seances, found.situation.facts.seances, strict=True)
        ],
        "echeances": [
            {
                "quand": moment(one, bilan.fuseau),
                "quoi": intitule(one),
                "source": source(one),
                "retard": is_late(one, request.now),
            }
            for one in found.echeances
        ],
        "consultants": [one for one in list_consultants(organisme) if one.pk not in {bilan.consultant_id}],
        "lieux": list_lieux(organisme),
        "alertes": [found.acces.alerte] if found.acces.alerte else [],
    }
    return page(request, organisme, "dossier", context, status=422 if refused else 200)


# The acts


class CoordonneesForm(forms.Form):
    prenom = ligne("Prénom", 100)
    nom = ligne("Nom", 100)
    telephone = telephone()
    email = courriel(
        "Adresse électronique",
        aide="Elle ouvre l’espace de la personne : dès qu’il contient quelque chose, elle seule peut la changer.",
    )


@gate.bilan(Action.MANAGE_DOSSIER)
def coordonnees(request: Requete, bilan: Any) -> HttpResponse:
    personne = bilan.beneficiaire
    initial = {name: getattr(personne, name) or "" for name in CoordonneesForm.base_fields}
    form = CoordonneesForm(request.POST or None, initial=initial)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            update_beneficiaire(bilan=bilan, by=request.user, now=request.now, **form.cleaned_data)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "Les coordonnées sont à jour.")
            return redirect("organisme_dossier", bilan.pk)
    context = {"bilan": bilan, "form": form, "obstacles_trouves": found}
    status = 422 if request.method == "POST" else 200
    return page(request, bilan.organisme, "dossier_coordonnees", context, status=status)


class CadreForm(forms.Form):
    parcours = choix("Parcours", ())
    financement = choix("Qui finance ?", [(f.value, f.label) for f in Financement])
    employeur_nom = ligne("Employeur", 200, aide="Seulement là où il est partie au dossier.")
    employeur_siren = ligne("Numéro SIREN de l’employeur", 20, aide="Neuf chiffres.", inputmode="numeric")

    def __init__(self, bilan: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offerts = {str(o.parcours.pk): o.parcours for o in list_offres(bilan.organisme)}
        self.offerts.setdefault(str(bilan.parcours_id), bilan.parcours)
        self.fields["parcours"].choices = [(pk, one.intitule) for pk, one in self.offerts.items()]  # type: ignore[attr-defined]


@gate.bilan(Action.MANAGE_DOSSIER)
def cadre(request: Requete, bilan: Any) -> HttpResponse:
    initial = {
        "parcours": str(bilan.parcours_id),
        "financement": bilan.financement,
        "employeur_nom": bilan.employeur_nom,
        "employeur_siren": bilan.employeur_siren,
    }
    form = CadreForm(bilan, request.POST or None, initial=initial)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"parcours": form.offerts[form.cleaned_data["parcours"]]}
        try:
            update_cadre(bilan=bilan, by=request.user, now=request.now, **said)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "Le parcours et le financement sont à jour.")
            return redirect("organisme_dossier", bilan.pk)
    context = {"bilan": bilan, "form": form, "obstacles_trouves": found}
    status = 422 if request.method == "POST" else 200
    return page(request, bilan.organisme, "dossier_cadre", context, status=status)


def _chosen(request: Requete, name: str, options: list[Any]) -> Any | None:
    """The one of ours that was chosen, or none; a forged id is refused."""
    wanted = request.POST.get(name, "")
    if not wanted:
        return None
    found = next((one for one in options if str(one.pk) == wanted), None)
    if found is None:
        raise Refused(Obstacle("Ce choix n’est plus proposé : choisissez-en un autre.", code=name))
    return found


@gate.bilan(Action.MANAGE_DOSSIER)
@require_POST
def consultant(request: Requete, bilan: Any) -> HttpResponse:
    try:
        chosen = _chosen(request, "consultant", list_consultants(bilan.organisme))
        if chosen is None:
            raise Refused(Obstacle("Choisissez qui accompagne.", code="consultant"))
        change_consultant(bilan=bilan, consultant=chosen, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused)
    messages.success(
        request, f"{chosen.nom_complet} accompagne maintenant ce dossier. La personne est prévenue."
    )
    return _after(request, bilan)


@gate.bilan(Action.MANAGE_DOSSIER)
@require_POST
def substitut(request: Requete, bilan: Any) -> HttpResponse:
    try:
        chosen = _chosen(request, "substitut", list_consultants(bilan.organisme))
        name_substitut(bilan=bilan, substitut=chosen, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused)
    messages.success(request, "Le remplacement est noté. La personne est prévenue.")
    return _after(request, bilan)


@gate.bilan(Action.MANAGE_DOSSIER)
@require_POST
def lieu(request: Requete, bilan: Any) -> HttpResponse:
    try:
        chosen = _chosen(request, "lieu", list_lieux(bilan.organisme))
        choose_lieu(bilan=bilan, lieu=chosen, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused)
    messages.success(request, "Le lieu habituel est noté.")
    return _after(request, bilan)


def _after(request: Requete, bilan: Any) -> HttpResponse:
    """A consultant who has just handed her dossier on no longer sees it."""
    if access.list_bilans(Action.MANAGE_DOSSIER, request.user).filter(pk=bilan.pk).exists():
        return redirect("organisme_dossier", bilan.pk)
    return redirect("organisme_dossiers")


@gate.bilan(Action.INVITE_BENEFICIAIRE)
@require_POST
def inviter(request: Requete, bilan: Any) -> HttpResponse:
    try:
        invite(personne=bilan.beneficiaire, bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused)
    messages.success(request, "L’invitation est envoyée ; la précédente ne fonctionne plus.")
    return redirect("organisme_dossier", bilan.pk)


urls = [
    path("dossiers/", dossiers, name="organisme_dossiers"),
    path("dossiers/<uuid:bilan_id>/", dossier, name="organisme_dossier"),
    path("dossiers/<uuid:bilan_id>/coordonnees/", coordonnees, name="organisme_dossier_coordonnees"),
    path("dossiers/<uuid:bilan_id>/cadre/", cadre, name="organisme_dossier_cadre"),
    path("dossiers/<uuid:bilan_id>/consultant/", consultant, name="organisme_dossier_consultant"),
    path("dossiers/<uuid:bilan_id>/substitut/", substitut, name="organisme_dossier_substitut"),
    path("dossiers/<uuid:bilan_id>/lieu/", lieu, name="organisme_dossier_lieu"),
    path("dossiers/<uuid:bilan_id>/inviter/", inviter, name="organisme_dossier_inviter"),
]
