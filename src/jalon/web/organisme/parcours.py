"""The offer: parcours written line by line; the hours are computed at each change and held to the law."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.cabinet import get_parcours, list_offres, today
from jalon.access.cabinet import offre as read_offre
from jalon.access.offre import list_own_pages
from jalon.actions.parcours import create_parcours, offer_parcours, update_parcours
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.offre import LIGNES_MAX, LIGNES_PROPOSEES, SAID_ONLY, offer_obstacles
from jalon.domain.parcours import Heures, Ligne, Nature, Phase, TypeAction, sum_lignes
from jalon.law import Law, law_on
from jalon.web import gate, refus
from jalon.web.composants.typographie import heures
from jalon.web.organisme.cadre import motifs, page
from jalon.web.organisme.saisie import Montant, choix, ligne, oui
from jalon.web.requete import Requete

_MINUTES = range(15, 481, 15)
_PHASES = (
    (Phase.PRELIMINAIRE.value, "Préliminaire"),
    (Phase.INVESTIGATION.value, "Investigation"),
    (Phase.CONCLUSIONS.value, "Conclusions"),
    (Phase.SUIVI.value, "Suivi, après la fin"),
)
_NATURES = (
    (Nature.ACCOMPAGNEMENT, "Entretien"),
    (Nature.TRAVAIL_PERSONNEL, "Travail personnel"),
    (Nature.SUIVI, "Entretien de suivi"),
)


class ParcoursForm(forms.Form):
    type_action = choix(
        "De quoi s’agit-il ?",
        [
            (TypeAction.BILAN, "Un bilan de compétences, au sens du Code du travail"),
            (TypeAction.HORS_CADRE, "Une autre prestation, hors du cadre légal"),
        ],
        aide="Hors du cadre légal : ni CPF, ni OPCO, ni certificat de réalisation de bilan, et un autre nom.",
        radio=True,
    )
    intitule = ligne(
        "Intitulé",
        200,
        aide="Tel qu’il figure dans l’offre et sur les papiers.",
        manque="Donnez un intitulé.",
    )
    prix = Montant(
        label="Prix",
        help_text="Pour la personne ou pour qui paie. Sans prix, le parcours n’est pas montré au public.",
    )
    semaines = forms.IntegerField(
        label="Étalé sur",
        min_value=1,
        max_value=52,
        help_text="Le temps de laisser mûrir, sans perdre le fil.",
        error_messages={
            "required": "Dites sur combien de semaines.",
            "invalid": "Écrivez un nombre de semaines.",
            "min_value": "Une semaine au moins.",
            "max_value": "Cinquante-deux semaines au plus.",
        },
    )


class LigneForm(forms.Form):
    """One line of the parcours: so many moments of so long, in one phase."""

    phase = choix("Phase", _PHASES)
    nature = choix("Nature", [(n.value, label) for n, label in _NATURES])
    nombre = forms.IntegerField(
        label="Nombre",
        min_value=1,
        max_value=60,
        error_messages={
            "required": "Combien ?",
            "invalid": "Un nombre entier.",
            "min_value": "Une au moins.",
            "max_value": "Soixante au plus.",
        },
    )
    minutes = forms.TypedChoiceField(label="Durée", coerce=int)
    collectif = oui("En groupe")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = str(self["minutes"].value() or "")
        unusual = {int(typed)} if re.fullmatch(r"[0-9]{1,4}", typed) else set()
        known = sorted({*_MINUTES, *unusual} - {0})
        self.fields["minutes"].choices = [(m, heures(m)) for m in known]  # type: ignore[attr-defined]

    def facts(self) -> Ligne:
        said = self.cleaned_data
        return Ligne(
            Phase(said["phase"]), Nature(said["nature"]), said["nombre"], said["minutes"], said["collectif"]
        )


def _typed(ligne: Ligne) -> dict[str, str]:
    """A line as its fields write it."""
    return {
        "phase": str(ligne.phase),
        "nature": str(ligne.nature),
        "nombre": str(ligne.nombre),
        "minutes": str(ligne.minutes),
        "collectif": "on" if ligne.collectif else "",
    }


@dataclass
class Editeur:
    """The form, its lines as they are typed, and what the law says of those that can already be read.

    `envoye`: the person asked to save, so what is wrong is told; a mere gesture shows her lines again without reproach.
    """

    form: ParcoursForm
    saisies: list[dict[str, str]]
    law: Law
    jour: Any
    envoye: bool = False
    obstacles: list[Obstacle] = field(default_factory=list)

    def _bound(self) -> list[LigneForm]:
        return [
            LigneForm({f"ligne-{i}-{k}": v for k, v in typed.items()}, prefix=f"ligne-{i}")
            for i, typed in enumerate(self.saisies)
        ]

    @cached_property
    def lignes(self) -> list[LigneForm]:
        if self.envoye:
            return self._bound()
        return [LigneForm(initial=typed, prefix=f"ligne-{i}") for i, typed in enumerate(self.saisies)]

    @cached_property
    def facts(self) -> list[Ligne]:
        return [form.facts() for form in self._bound() if form.is_valid()]

    def is_valid(self) -> bool:
        return self.form.is_valid() and len(self.facts) == len(self.saisies)

    @property
    def type_action(self) -> TypeAction:
        said = self.form["type_action"].value()
        return TypeAction(said) if said in set(TypeAction) else TypeAction.BILAN

    @property
    def heures(self) -> Heures:
        return sum_lignes(self.facts)

    @property
    def dits(self) -> list[Obstacle]:
        """Said while one writes, before anything is sent."""
        return offer_obstacles(
            self.form["intitule"].value() or "", self.type_action, self.facts, self.law, self.jour
        )


def _read(request: Requete, organisme: Any) -> Editeur:
    """From what was posted: lines are numbered 0 to n − 1; a gesture may add one or take one away."""
    jour, posted = today(organisme, request.now), request.POST
    total = int(posted["lignes"]) if re.fullmatch(r"[0-9]{1,3}", posted.get("lignes", "")) else 0
    gesture = posted.get("geste", "")
    typed = [
        {name: posted.get(f"ligne-{i}-{name}", "") for name in LigneForm.base_fields}
        for i in range(min(total, LIGNES_MAX))
        if gesture != f"retirer-{i}"
    ]
    if gesture == "ajouter" and len(typed) < LIGNES_MAX:
        typed.append(_typed(LIGNES_PROPOSEES[0]))
    sent = gesture == "enregistrer"
    form = ParcoursForm(posted) if sent else ParcoursForm(initial=posted.dict())
    return Editeur(form, typed, law_on(jour), jour, sent)


def _open(request: Requete, organisme: Any, parcours: Any | None) -> Editeur:
    jour = today(organisme, request.now)
    initial: dict[str, Any] = {"type_action": TypeAction.BILAN, "semaines": 10}
    lines = list(LIGNES_PROPOSEES)
    if parcours is not None:
        initial = {f: getattr(parcours, f) for f in ("type_action", "intitule", "prix", "semaines")}
        lines = list(read_offre(parcours).lignes)
    return Editeur(ParcoursForm(initial=initial), [_typed(x) for x in lines], law_on(jour), jour)


@gate.cabinet(Action.VIEW_CABINET)
def offre(request: Requete, organisme: Any) -> HttpResponse:
    pages = {parcours.pk: shown for parcours, shown in list_own_pages(request.user, organisme, request.now)}
    rows = [(one, pages.get(one.parcours.pk)) for one in list_offres(organisme, actifs=False)]
    return page(request, organisme, "offre", {"offres": rows})


@gate.cabinet(Action.MANAGE_PARCOURS)
def creer(request: Requete, organisme: Any) -> HttpResponse:
    return _edit(request, organisme, None)


@gate.cabinet(Action.MANAGE_PARCOURS)
def modifier(request: Requete, organisme: Any, parcours_id: Any) -> HttpResponse:
    return _edit(request, organisme, get_parcours(Action.MANAGE_PARCOURS, request.user, parcours_id))


def _edit(request: Requete, organisme: Any, parcours: Any | None) -> HttpResponse:
    """Every gesture but the last only redraws: nothing is written, nothing typed is lost."""
    if request.method != "POST":
        return _show(request, organisme, parcours, _open(request, organisme, parcours))
    editeur = _read(request, organisme)
    if request.POST.get("geste") != "enregistrer":
        return _show(request, organisme, parcours, editeur)
    if editeur.is_valid():
        said = editeur.form.cleaned_data
        common = {
            "intitule": said["intitule"],
            "type_action": TypeAction(said["type_action"]),
            "prix": said["prix"],
            "semaines": said["semaines"],
            "lignes": editeur.facts,
            "by": request.user,
            "now": request.now,
            "reasons": refus.reasons_of(request),
        }
        try:
            if parcours is None:
                create_parcours(organisme=organisme, **common)
            else:
                update_parcours(parcours=parcours, **common)
        except Refused as refused:
            editeur.obstacles = refus.put_on(editeur.form, refused)
        else:
            messages.success(request, "Le parcours est enregistré.")
            return redirect("organisme_offre")
    return _show(request, organisme, parcours, editeur, status=422)


def _show(
    request: Requete, organisme: Any, parcours: Any | None, editeur: Editeur, *, status: int = 200
) -> HttpResponse:
    spent, limit = editeur.heures, editeur.law.bilan_competences.duree_max_heures
    floor = editeur.law.bilan_competences.duree_min_accompagnement_heures
    minimum = floor.value or (floor.projet.value if floor.projet else 0)
    said = editeur.dits
    context = {
        "editeur": editeur,
        "parcours": parcours,
        "heures": spent,
        "barre": _bar(spent, int(limit.value) * 60, int(minimum) * 60),
        "limite": int(limit.value) * 60,
        "source": limit.source,
        "hors_cadre": editeur.type_action == TypeAction.HORS_CADRE,
        "dits": [o for o in said if o.refuses or o.code in SAID_ONLY],
        # A warning asks for its reason; the one about the follow-up is only said.
        **motifs(
            request,
            (o for o in said if not o.refuses and o.code not in SAID_ONLY),
            (m for m in Motif if m != Motif.REMIS),
        ),
        "adresse": request.path,
        "retour": reverse("organisme_offre"),
    }
    return page(request, organisme, "parcours", context, status=status)


def _bar(spent: Heures, limit: int, floor: int) -> dict[str, Any]:
    """Places as SVG wants them: attributes, since the security policy allows no style."""
    whole = max(spent.total, limit) or 1

    def at(minutes: int) -> str:
        return f"{100 * minutes / whole:.2f}%"

    return {
        "accompagnement": at(spent.accompagnement),
        "travail": at(spent.travail_personnel),
        "limite": at(limit),
        "limite_au_bord": limit == whole,
        "plancher": at(floor) if floor else "",
        "depasse": spent.total - limit if spent.total > limit else 0,
    }


@gate.cabinet(Action.MANAGE_PARCOURS)
@require_POST
def proposer(request: Requete, organisme: Any, parcours_id: Any) -> HttpResponse:
    parcours = get_parcours(Action.MANAGE_PARCOURS, request.user, parcours_id)
    actif = request.POST.get("actif") == "oui"
    offer_parcours(parcours=parcours, actif=actif, by=request.user, now=request.now)
    messages.success(request, "Le parcours est proposé." if actif else "Le parcours n’est plus proposé.")
    return redirect("organisme_offre")


urls = [
    path("offre/", offre, name="organisme_offre"),
    path("offre/creer/", creer, name="organisme_parcours_creer"),
    path("offre/<uuid:parcours_id>/", modifier, name="organisme_parcours"),
    path("offre/<uuid:parcours_id>/proposer/", proposer, name="organisme_parcours_proposer"),
]
