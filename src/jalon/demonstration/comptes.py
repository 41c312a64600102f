"""One click makes the visitor anybody of the demonstration: who they are, where they stand, and what each may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import login
from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.actions.compte import note_entry
from jalon.domain.bilan import Etat
from jalon.domain.jours import local_day, zone
from jalon.domain.parcours import TypeAction
from jalon.records.models import Consentement, Organisme, Personne, Piece, Suivi
from jalon.web import gate
from jalon.web.composants.typographie import compte, date_courte
from jalon.web.compte.appareil import begin_session, choose_device

# What a role opens, in the words of the visitor; the table of rights is `access/matrix.py`.
REGARDS = {
    "responsable": "Dirige le cabinet\u00a0: toute l’administration, et pas un mot du contenu des dossiers suivis par d’autres.",
    "consultant": "Conduit des bilans\u00a0: le contenu de ses dossiers et ses propres notes, rien de ceux des collègues.",
    "assistant": "Tient l’accueil\u00a0: les contacts, les calendriers et les papiers, jamais un mot de ce qui se dit.",
}
GROUPES = (
    ("Avant de commencer", (Etat.PREPARATION, Etat.NON_CONCLU)),
    ("En phase préliminaire", (Etat.PRELIMINAIRE,)),
    ("En investigation", (Etat.INVESTIGATION,)),
    ("En conclusions", (Etat.CONCLUSIONS,)),
    ("Après la fin", (Etat.TERMINE, Etat.ABANDONNE)),
)


@dataclass(frozen=True)
class Entree:
    """One button: a person, and why one would choose her."""

    personne: Personne
    precision: str


@gate.public
def comptes(request: HttpRequest) -> HttpResponse:
    organisme = Organisme.objects.order_by("ouvert_le").first()
    context: dict[str, Any] = {"organisme": organisme}
    if organisme is not None:
        now: datetime = request.now  # type: ignore[attr-defined]
        context["equipe"] = _equipe(organisme)
        context["groupes"] = _groupes(organisme, now)
    return render(request, "demonstration/comptes.html", context)


def _equipe(organisme: Organisme) -> list[Entree]:
    roles: dict[Personne, set[str]] = {}
    rows = organisme.membres.filter(jusqu_au=None).select_related("personne")
    for membre in rows.order_by("personne__cree_le", "id"):
        roles.setdefault(membre.personne, set()).add(membre.role)
    return [
        Entree(personne, " ".join(said for role, said in REGARDS.items() if role in held))
        for personne, held in roles.items()
    ]


def _groupes(organisme: Organisme, now: datetime) -> list[tuple[str, list[Entree]]]:
    rows = organisme.bilans.select_related("beneficiaire", "parcours").annotate(
        consentie=Exists(Consentement.objects.filter(bilan=OuterRef("pk"), retire_le=None)),
        synthese_lue=_synthese("partage_le"),
        synthese_approuvee=_synthese("valide_beneficiaire_le"),
        synthese_ecrite=Exists(Piece.objects.filter(bilan=OuterRef("pk"), nature="synthese")),
    )
    lives = list(rows.order_by("ouvert_le", "id").prefetch_related("suivis", "decisions"))
    return [
        (titre, [Entree(b.beneficiaire, _precision(b, now)) for b in lives if b.etat in etats])
        for titre, etats in GROUPES
    ]


def _synthese(field: str) -> Case:
    there = Piece.objects.filter(bilan=OuterRef("pk"), nature="synthese", **{f"{field}__isnull": False})
    return Case(When(Exists(there), then=Value(True)), default=Value(False), output_field=BooleanField())


def _precision(bilan: Any, now: datetime) -> str:
    said = [_stade(bilan, now)]
    if not bilan.beneficiaire.email:
        said.append("sans adresse électronique : codes sur papier")
    if bilan.beneficiaire.taille_texte != "normal":
        said.append(f"gros caractères ({bilan.beneficiaire.taille_texte} points)")
    if bilan.type_action == TypeAction.HORS_CADRE:
        said.append("hors du cadre légal")
    return f"{'; '.join(said)}.".replace("; ", "\u00a0; ")


def _stade(bilan: Any, now: datetime) -> str:
    today = local_day(now, zone(bilan.fuseau))
    match Etat(bilan.etat):
        case Etat.NON_CONCLU:
            return "N’a pas donné suite"
        case Etat.PREPARATION:
            return "Première séance à venir" if bilan.consentie else "Consentement attendu"
        case Etat.PRELIMINAIRE:
            if bilan.preliminaire_clos_beneficiaire_le:
                return "Tout est convenu"
            return "Demande et objectifs à relire"
        case Etat.INVESTIGATION:
            return "Questionnaires, récits et pistes"
        case Etat.CONCLUSIONS:
            return f"{_synthese_dite(bilan)}{_terme(bilan, today)}"
        case Etat.ABANDONNE:
            return "Arrêté en cours de route, contenu détruit"
    return _apres(bilan)


def _synthese_dite(bilan: Any) -> str:
    if bilan.synthese_remise_le:
        return "Synthèse remise"
    if bilan.synthese_approuvee:
        return "Synthèse approuvée, à remettre"
    if bilan.synthese_lue:
        return "Synthèse à relire"
    return "Synthèse en cours d’écriture" if bilan.synthese_ecrite else "Synthèse à écrire"


def _terme(bilan: Any, today: Any) -> str:
    if not bilan.terme_prevu_le or not bilan.synthese_remise_le:
        return ""
    days = (bilan.terme_prevu_le - today).days
    when = compte(days, "jour", "jours") if days > 1 else ("demain" if days == 1 else "aujourd’hui")
    taken = "dossier emporté" if bilan.emporte_le else "dossier pas encore emporté"
    return f", fin {'dans ' if days > 1 else ''}{when}, {taken}"


def _apres(bilan: Any) -> str:
    words = {
        Suivi.Etat.PROPOSE: "entretien de suivi proposé",
        Suivi.Etat.OUVERT: "entretien de suivi ouvert",
        Suivi.Etat.CLOS: "entretien de suivi clos",
        Suivi.Etat.DECLINE: "entretien de suivi décliné",
    }
    followed = [words[suivi.etat] for suivi in bilan.suivis.all()]
    kept = any(d.choix == "conserver" and not d.retire_le and not d.detruit_le for d in bilan.decisions.all())
    ended = date_courte(local_day(bilan.termine_le, zone(bilan.fuseau)))
    parts = [f"Terminé le {ended}", "des documents sont conservés" if kept else "contenu détruit", *followed]
    return ", ".join(parts)


@gate.public
@require_POST
def entrer(request: HttpRequest) -> HttpResponse:
    """No password and no second factor: what this page opens belongs to nobody real."""
    person = Personne.objects.filter(pk=_uuid(request.POST.get("personne", "")), is_active=True).first()
    if person is None or person.est_systeme:
        raise Http404
    now: datetime = request.now  # type: ignore[attr-defined]
    note_entry(personne=person, adresse_prouvee=bool(person.email), now=now)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session["acces_en_un_clic"] = True
    choose_device(request, shared=False)
    begin_session(request)
    return redirect("accueil")


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise Http404 from None


urls = [
    path("", comptes, name="demonstration"),
    path("entrer/", entrer, name="demonstration_entrer"),
]
