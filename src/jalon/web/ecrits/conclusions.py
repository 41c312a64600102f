"""Conditions and means, and the steps of the project with their dates (R. 6313-4, 3° b and c). Both write them."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.bilan import bilan_day
from jalon.access.pieces import read_pieces
from jalon.actions.composition import compose
from jalon.actions.ecrit import write_ecrit
from jalon.domain.plan import Etape, first_step_warning
from jalon.web import gate
from jalon.web.composants.typographie import date_courte
from jalon.web.ecrits.lignes import FormulaireLignes
from jalon.web.ecrits.page import montrer, vers
from jalon.web.ecrits.saisie import (
    Formulaire,
    Saisie,
    auteur,
    en_texte,
    envoyer,
    ouvrir,
    prose,
    reprend_l_autre,
)
from jalon.web.requete import Requete

COURT = 2_000


class FormulaireConditions(Formulaire):
    conditions = prose("Ce qui favorise le projet", "Ce qui est déjà là, et ce qui doit être réuni.")
    moyens = prose("Les moyens", "Temps, argent, formation, personnes qui aident.")
    freins = prose(
        "Les freins, et comment les lever", "Seulement ce qui touche au projet, rien sur la santé."
    )


class FormulairePlan(FormulaireLignes):
    colonnes: ClassVar[Any] = {
        "texte": lambda: prose("Ce qu’il y a à faire", max_length=COURT),
        "pour_le": lambda: forms.DateField(label="Pour le", required=False, widget=forms.DateInput),
        "moyens": lambda: prose("Avec quoi, avec qui", max_length=COURT),
        "fait": lambda: forms.BooleanField(label="C’est fait", required=False),
    }
    compte = ("texte", "moyens", "pour_le")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for rank in range(self.nombre):
            rest = found.get(f"pour_le_{rank}") or str(found.get(f"moyens_{rank}") or "").strip()
            if rest and not str(found.get(f"texte_{rank}") or "").strip():
                self.add_error(f"texte_{rank}", "Dites ce qu’il y a à faire, ou retirez cette étape.")
        return found

    def etapes(self) -> list[dict[str, Any]]:
        return [
            {
                "texte": row["texte"],
                "pour_le": row["pour_le"].isoformat() if row["pour_le"] else None,
                "moyens": row["moyens"] or "",
                "fait": bool(row["fait"]),
            }
            for row in self.remplies()
        ]


def _texte_conditions(contenu: Any) -> str:
    fields = FormulaireConditions.base_fields
    return en_texte(
        *((str(fields[n].label), getattr(contenu, n)) for n in ("conditions", "moyens", "freins"))
    )


def etapes_lisibles(contenu: Any) -> list[dict[str, Any]]:
    """The steps as they are read: dates as dates."""
    return [
        {
            "texte": step.texte,
            "moyens": step.moyens,
            "fait": step.fait,
            "jour": date.fromisoformat(step.pour_le) if step.pour_le else None,
        }
        for step in contenu.etapes
    ]


def _texte_plan(contenu: Any) -> str:
    return en_texte(
        *(
            (
                f"Étape {rank}"
                + (f", pour le {date_courte(date.fromisoformat(step.pour_le))}" if step.pour_le else ""),
                f"{step.texte}\n{step.moyens}".strip() + ("\nC’est fait." if step.fait else ""),
            )
            for rank, step in enumerate(contenu.etapes, 1)
        )
    )


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.WRITE_PLAN)
    def page(request: Requete, bilan: Any) -> HttpResponse:
        return montre(request, bilan)

    def montre(
        request: Requete, bilan: Any, conditions: Saisie | None = None, plan: Saisie | None = None
    ) -> HttpResponse:
        found = read_pieces(request.user, bilan, ["conclusions", "plan", "projet"], now=request.now)
        saved = {lue.piece.nature: lue for lue in found if not lue.piece.reference}
        if conditions is None:
            known = saved.get("conclusions")
            initial = known.contenu.to_json() if known else {}
            conditions = ouvrir(
                request, bilan, "conclusions", _conditions, initial, known.revision if known else 0
            )
        if plan is None:
            known = saved.get("plan")
            rows = [step.to_json() for step in known.contenu.etapes] if known else []
            plan = ouvrir(
                request, bilan, "plan", _plan, FormulairePlan.initial_de(rows), known.revision if known else 0
            )
        context = {
            "conditions": conditions,
            "plan": plan,
            "ecrits": {
                nature: {"quand": lue.piece.modifie_le, "qui": auteur(lue.piece, bilan, request.user)}
                for nature, lue in saved.items()
            },
            "etapes": etapes_lisibles(saved["plan"].contenu) if "plan" in saved else [],
            "premier_pas": first_step_warning(
                (Etape(e["texte"], e["jour"], e["fait"]) for e in etapes_lisibles(saved["plan"].contenu)),
                bilan_day(bilan, request.now),
            )
            if "plan" in saved
            else None,
            "projets": [
                lue.contenu
                for lue in found
                if lue.piece.nature == "projet" and lue.contenu.nature != "ecarte"
            ],
            "contenus": {nature: lue.contenu for nature, lue in saved.items()},
        }
        return montrer(
            request, bilan, espace, "ecrits/conclusions.html", context, max(conditions.status, plan.status)
        )

    @gate.bilan(Action.WRITE_PLAN)
    def ecrire_conditions(request: Requete, bilan: Any) -> HttpResponse:
        if request.method != "POST" or reprend_l_autre(request):
            return vers(espace, "conclusions", bilan)
        refused = envoyer(
            _conditions(request.POST),
            lambda form: write_ecrit(
                bilan=bilan,
                contenu=compose("conclusions", **form.champs()),
                by=request.user,
                now=request.now,
                base_revision=form.base(),
            ),
            _texte_conditions,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused:
            return montre(request, bilan, conditions=refused)
        messages.success(request, "Les conditions et les moyens sont enregistrés.")
        return vers(espace, "conclusions", bilan)

    @gate.bilan(Action.WRITE_PLAN)
    def ecrire_plan(request: Requete, bilan: Any) -> HttpResponse:
        if request.method != "POST" or reprend_l_autre(request):
            return vers(espace, "conclusions", bilan)
        changed = FormulairePlan.apres_geste(request.POST.dict())
        if changed is not None:
            return montre(request, bilan, plan=Saisie(_plan(initial=changed)))
        refused = envoyer(
            _plan(request.POST),
            lambda form: write_ecrit(
                bilan=bilan,
                contenu=compose("plan", etapes=form.etapes()),
                by=request.user,
                now=request.now,
                base_revision=form.base(),
            ),
            _texte_plan,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused:
            return montre(request, bilan, plan=refused)
        messages.success(request, "Le plan d’action est enregistré.")
        return vers(espace, "conclusions", bilan)

    return [
        path("<uuid:bilan_id>/conclusions/", page, name=f"{espace}_conclusions"),
        path(
            "<uuid:bilan_id>/conclusions/conditions/",
            ecrire_conditions,
            name=f"{espace}_conclusions_conditions",
        ),
        path("<uuid:bilan_id>/conclusions/plan/", ecrire_plan, name=f"{espace}_conclusions_plan"),
    ]


def _conditions(data: Any = None, *, initial: Any = None) -> FormulaireConditions:
    return FormulaireConditions(data, initial=initial, auto_id="conditions_%s")


def _plan(data: Any = None, *, initial: Any = None) -> FormulairePlan:
    return FormulairePlan(data, initial=initial, auto_id="plan_%s")
