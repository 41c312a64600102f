"""Her projects by her own criteria: weights, marks, the computation line by line, and what would change the order."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.projet import Projets, read_projets
from jalon.actions.composition import compose
from jalon.actions.projet import write_comparaison
from jalon.domain.ponderation import NOTE_MAX, POIDS_MAX, Pesee, say_change, say_totals
from jalon.web import gate
from jalon.web.ecrits.lignes import FormulaireLignes
from jalon.web.ecrits.page import lien, montrer_saisie, vers
from jalon.web.ecrits.saisie import LIGNE_MAX, Saisie, en_texte, envoyer, ouvrir, reprend_l_autre
from jalon.web.requete import Requete

POIDS = (
    "ne compte pas",
    "compte à peine",
    "compte un peu",
    "compte",
    "compte beaucoup",
    "compte plus que tout",
)
MOYEN = "3"
# More sentences than this are a list, not a remark.
BASCULES = 5


class FormulaireComparaison(FormulaireLignes):
    compte = ("nom",)
    projets: ClassVar[tuple[tuple[str, str], ...]] = ()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for rank in range(self.nombre):
            marked = any(found.get(f"{name}_{rank}") for name in self.notes())
            if marked and not str(found.get(f"nom_{rank}") or "").strip():
                self.add_error(f"nom_{rank}", "Donnez un nom à ce critère, ou retirez-le.")
        return found

    @classmethod
    def notes(cls) -> dict[str, str]:
        """The column of each project's marks."""
        return {_column(reference): reference for reference, _ in cls.projets}

    @classmethod
    def apres_geste(cls, data: Mapping[str, Any]) -> dict[str, Any] | None:
        """A new criterion counts, until she says how much."""
        shown = super().apres_geste(data)
        if shown is not None:
            for rank in range(int(shown["lignes"])):
                shown[f"poids_{rank}"] = shown.get(f"poids_{rank}") or MOYEN
        return shown

    @property
    def rangs(self) -> list[dict[str, Any]]:
        return [
            {
                "rang": rank,
                "numero": rank + 1,
                "tete": [self[f"nom_{rank}"], self[f"poids_{rank}"]],
                "notes": [self[f"{name}_{rank}"] for name in self.notes()],
            }
            for rank in range(self.nombre)
        ]

    def criteres(self) -> list[dict[str, Any]]:
        return [
            {
                "nom": row["nom"].strip(),
                "poids": int(row["poids"] or 0),
                "notes": [
                    {"projet": reference, "note": int(row[name])}
                    for name, reference in self.notes().items()
                    if row[name]
                ],
            }
            for row in self.remplies()
        ]


def formulaire_de(projets: Projets) -> type[FormulaireComparaison]:
    """A form with one mark a project and a criterion."""
    alive = tuple((lue.piece.reference, lue.contenu.intitule) for lue in projets.vivants)
    columns: dict[str, Any] = {
        "nom": lambda: forms.CharField(
            label="Ce qui compte",
            help_text="« Rentrer à 18 heures », « apprendre ».",
            required=False,
            max_length=LIGNE_MAX,
        ),
        "poids": lambda: forms.ChoiceField(
            label="Combien cela compte",
            required=False,
            initial=MOYEN,
            choices=[(str(n), f"{n} : {POIDS[n]}") for n in range(POIDS_MAX + 1)],
        ),
    }
    for reference, name in alive:
        columns[_column(reference)] = _mark(name)
    return type(
        "FormulaireComparaisonDeCesProjets", (FormulaireComparaison,), {"colonnes": columns, "projets": alive}
    )


def _column(reference: str) -> str:
    """Named after the project: a draft found again gives no project the marks of another."""
    return f"note{reference.replace('-', '')}"


def _mark(name: str) -> Any:
    choices = [("", "Pas encore"), *((str(n), f"{n} sur {NOTE_MAX}") for n in range(NOTE_MAX + 1))]
    return lambda: forms.ChoiceField(label=name, required=False, choices=choices)


def resultat(found: Projets) -> dict[str, Any] | None:
    """The totals with their computation, and the sentences that say how firm the order is."""
    pesee = found.pesee()
    if pesee is None:
        return None
    names = found.noms
    return {
        "totaux": [
            {
                "nom": names[total.projet],
                "points": total.points,
                "calcul": " + ".join(f"{x.poids} × {x.note}" for x in total.lignes),
            }
            for total in pesee.totaux
        ],
        "maximum": pesee.maximum,
        "phrase": say_totals(pesee, names),
        "bascules": _changes(pesee, names),
        "muets": [(name, ", ".join(names[p] for p in missing)) for name, missing in pesee.muets],
    }


def _changes(pesee: Pesee, names: dict[str, str]) -> list[str]:
    told = [say_change(one, pesee, names) for one in (*pesee.poids, *pesee.notes)]
    if told or len(pesee.totaux) < 2:
        return told[:BASCULES]
    return ["Aucun critère, changé seul, ne change l’ordre : le premier est nettement devant."]


def _texte(noms: dict[str, str]) -> Any:
    return lambda contenu: en_texte(
        *(
            (
                f"{one.nom}, {one.poids} sur {POIDS_MAX}",
                "\n".join(f"{noms.get(note.projet, 'un autre projet')} : {note.note}" for note in one.notes),
            )
            for one in contenu.criteres
        )
    )


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.WRITE_PROJET)
    def comparaison(request: Requete, bilan: Any) -> HttpResponse:
        found = read_projets(request.user, bilan, now=request.now)
        form_class = formulaire_de(found)
        saved = found.comparaison
        context = {
            "page": "comparaison",
            "resultat": resultat(found),
            "assez": len(found.vivants) > 1,
            "projets": lien(espace, "projets", bilan),
        }
        if request.method != "POST":
            initial = form_class.initial_de(
                [_row(one, form_class) for one in saved.contenu.criteres] if saved else []
            )
            saisie = ouvrir(
                request, bilan, "comparaison", form_class, initial, saved.revision if saved else 0
            )
            return montrer_saisie(request, bilan, espace, "projets/comparaison.html", saisie, context)
        if reprend_l_autre(request):
            return vers(espace, "comparaison", bilan)
        changed = form_class.apres_geste(request.POST.dict())
        if changed is not None:
            saisie = Saisie(form_class(initial=changed))
            return montrer_saisie(request, bilan, espace, "projets/comparaison.html", saisie, context)
        refused = envoyer(
            form_class(request.POST),
            lambda form: write_comparaison(
                bilan=bilan,
                contenu=compose("comparaison", criteres=_with_dropped(form.criteres(), saved, found)),
                by=request.user,
                now=request.now,
                base_revision=form.base(),
            ),
            _texte(found.noms),
            bilan=bilan,
            lecteur=request.user,
        )
        if refused is not None:
            return montrer_saisie(request, bilan, espace, "projets/comparaison.html", refused, context)
        messages.success(request, "La comparaison est enregistrée.")
        return vers(espace, "comparaison", bilan)

    return [path("<uuid:bilan_id>/comparaison/", comparaison, name=f"{espace}_comparaison")]


def _row(one: Any, form_class: type[FormulaireComparaison]) -> dict[str, Any]:
    marks = {note.projet: str(note.note) for note in one.notes}
    return {"nom": one.nom, "poids": str(one.poids)} | {
        name: marks.get(reference, "") for name, reference in form_class.notes().items()
    }


def _with_dropped(rows: list[dict[str, Any]], saved: Any, found: Projets) -> list[dict[str, Any]]:
    """The marks of a project that was put aside wait for it: it may be taken up again."""
    alive = {lue.piece.reference for lue in found.vivants}
    if saved is None:
        return rows
    waiting = {
        one.nom: [
            note.to_json() for note in one.notes if note.projet in found.noms and note.projet not in alive
        ]
        for one in saved.contenu.criteres
    }
    return [row | {"notes": [*row["notes"], *waiting.get(row["nom"], [])]} for row in rows]
