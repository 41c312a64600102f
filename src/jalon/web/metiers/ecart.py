"""What is missing for one track, skill by skill, core first; and by which way each gap could close."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.metiers import referentiel
from jalon.access.portefeuille import Portefeuille, profil_of, read_portefeuille
from jalon.actions.composition import compose
from jalon.actions.piste import write_ecart
from jalon.domain.jours import local_day, zone
from jalon.domain.piste import Moyen
from jalon.metiers import Ecart, Metiers
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer_saisie, vers
from jalon.web.ecrits.saisie import Formulaire, en_texte, envoyer, ouvrir, reprend_l_autre
from jalon.web.metiers.fiche import sources
from jalon.web.metiers.liens import LiensDuBilan
from jalon.web.requete import Requete

# A plan that lists everything is read by nobody: the core, then the shortest steps, then the others.
LIGNES_MAX = 15
PISTES_MAX = 12


@dataclass(frozen=True)
class Rang:
    """One missing skill of the form, with the certifications that may be chosen for it."""

    code_ogr: str
    libelle: str
    coeur: bool
    voisine: str
    blocs: tuple[str, ...]
    certifications: tuple[tuple[str, str], ...]


class FormulaireEcart(Formulaire):
    def __init__(self, data: Any = None, *, rangs: list[Rang], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.lignes = rangs
        for number, rang in enumerate(rangs):
            self.fields[f"moyen_{number}"] = forms.ChoiceField(
                label="Comment l’acquérir",
                required=False,
                choices=[(one.value, one.label) for one in Moyen],
            )
            if rang.certifications:
                self.fields[f"certification_{number}"] = forms.ChoiceField(
                    label="Une certification qui y mène",
                    required=False,
                    choices=[("", "Aucune pour l’instant"), *rang.certifications],
                )
            self.fields[f"note_{number}"] = forms.CharField(
                label="La piste",
                required=False,
                max_length=2_000,
                widget=forms.Textarea,
            )

    @property
    def rangees(self) -> list[dict[str, Any]]:
        return [
            {
                "rang": rang,
                "champs": [
                    self[f"{name}_{number}"]
                    for name in ("moyen", "certification", "note")
                    if f"{name}_{number}" in self.fields
                ],
            }
            for number, rang in enumerate(self.lignes)
        ]

    def parties(self) -> list[dict[str, Any]]:
        """The rows as the piece keeps them; a certification keeps its title."""
        found = []
        for number, rang in enumerate(self.lignes):
            numero = self.cleaned_data.get(f"certification_{number}", "")
            found.append(
                {
                    "code_ogr": rang.code_ogr,
                    "libelle": rang.libelle,
                    "coeur": rang.coeur,
                    "moyen": self.cleaned_data[f"moyen_{number}"],
                    "certification": numero,
                    "intitule": dict(rang.certifications).get(numero, "").partition(" – ")[2],
                    "note": self.cleaned_data[f"note_{number}"],
                }
            )
        return found


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.WRITE_PISTE)
    def ecart(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        index = referentiel()
        portfolio = read_portefeuille(request.user, bilan, now=request.now)
        piste = portfolio.piste(reference)
        saved = portfolio.ecarts.get(str(reference))
        measured = _measure(
            index, portfolio, piste.contenu.metier, local_day(request.now, zone(bilan.fuseau))
        )
        rangs = _rangs(measured, saved)
        page = f"ecart-{reference}"

        def make(data: Any = None, **kwargs: Any) -> FormulaireEcart:
            return FormulaireEcart(data, rangs=rangs, **kwargs)

        if request.method != "POST":
            initial = _initial(rangs, saved)
            saisie = ouvrir(request, bilan, page, make, initial, saved.revision if saved else 0)
            return montrer(request, bilan, index, piste, measured, saisie, page, saved)
        if reprend_l_autre(request):
            return vers(espace, "piste_ecart", bilan, reference)
        refused = envoyer(
            make(request.POST),
            lambda form: garder(request, bilan, str(reference), form),
            _texte,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused is not None:
            return montrer(request, bilan, index, piste, measured, refused, page, saved)
        messages.success(request, "Ce qui manque est noté, avec la façon de l’acquérir.")
        return vers(espace, "pistes", bilan)

    def garder(request: Requete, bilan: Any, reference: str, form: FormulaireEcart) -> None:
        plan = compose("ecart", lignes=form.parties())
        write_ecart(
            bilan=bilan,
            reference=reference,
            lignes=plan.lignes,
            by=request.user,
            now=request.now,
            base_revision=form.base(),
        )

    def montrer(
        request: Requete,
        bilan: Any,
        index: Metiers,
        piste: Any,
        measured: Ecart | None,
        saisie: Any,
        page: str,
        saved: Any,
    ) -> HttpResponse:
        chosen = piste.contenu.metier
        shown = {one.code_ogr for one in saisie.form.lignes}
        context = {
            "piste": piste.contenu,
            "page": page,
            # Read once the bilan is over, when nothing can be written any more.
            "plan": [
                {"libelle": x.libelle, "moyen": Moyen(x.moyen).label, "intitule": x.intitule, "note": x.note}
                for x in (saved.contenu.lignes if saved else ())
                if x.moyen or x.note
            ],
            "notice": index.notice(chosen.code, chosen.libelle, chosen.version),
            "fiche": LiensDuBilan(espace, bilan).fiche(chosen.code) if measured else "",
            "acces": measured.fiche.acces if measured else (),
            "acquis": measured.acquis if measured else (),
            "autres": [
                one.manquant.competence
                for one in (measured.lacunes if measured else ())
                if one.manquant.competence.code_ogr not in shown
            ],
            "sans_certifications": index.certifications is None,
            "certifications": measured.pistes if measured else (),
            "sources": sources(index),
            "depart": index.depart,
            "projet": lien(espace, "projet_modifier", bilan, piste.contenu.projet)
            if piste.contenu.projet
            else "",
        }
        return montrer_saisie(request, bilan, espace, "metiers/ecart.html", saisie, context)

    return [path("<uuid:bilan_id>/pistes/<uuid:reference>/ecart/", ecart, name=f"{espace}_piste_ecart")]


def _measure(index: Metiers, portfolio: Portefeuille, chosen: Any, day: Any) -> Ecart | None:
    """Nothing when the code is gone or means something else: the plan that was written is still shown."""
    if index.known_fiche(chosen.code) != chosen.libelle:
        return None
    profil = profil_of(portfolio, index)
    return index.gap(
        chosen.code, day, metiers=profil.metiers, competences=profil.competences, sauf=profil.sauf
    )


def _rangs(measured: Ecart | None, saved: Any) -> list[Rang]:
    """What was written first keeps its place; then the core, then what has a neighbour among her skills."""
    rows: dict[str, Rang] = {}
    gaps = list(measured.lacunes) if measured else []
    leads = _leads(measured) if measured else ()
    found = {gap.manquant.competence.code_ogr: gap for gap in gaps}
    for line in saved.contenu.lignes if saved else ():
        known = found.get(line.code_ogr)
        choice = leads
        if line.certification and line.certification not in dict(leads):
            choice = ((line.certification, f"{line.certification} – {line.intitule}"), *leads)
        rows[line.code_ogr] = Rang(
            line.code_ogr,
            line.libelle,
            line.coeur,
            (known.manquant.voisine or "") if known else "",
            tuple(bloc.libelle for bloc in known.blocs) if known else (),
            choice,
        )
    gaps.sort(key=lambda gap: (not gap.manquant.competence.coeur, gap.manquant.voisine is None))
    for gap in gaps:
        skill = gap.manquant.competence
        if len(rows) >= LIGNES_MAX:
            break
        if skill.code_ogr not in rows:
            rows[skill.code_ogr] = Rang(
                skill.code_ogr,
                skill.libelle,
                skill.coeur,
                gap.manquant.voisine or "",
                tuple(bloc.libelle for bloc in gap.blocs),
                leads,
            )
    return list(rows.values())


def _leads(measured: Ecart) -> tuple[tuple[str, str], ...]:
    """Those open to VAE first: a person with experience looks at them first."""
    ordered = sorted(measured.pistes, key=lambda one: not one.vae)[:PISTES_MAX]
    return tuple(
        (one.numero, f"{one.numero} – {one.intitule}{' (VAE)' if one.vae else ''}") for one in ordered
    )


def _initial(rangs: list[Rang], saved: Any) -> dict[str, Any]:
    lines = {line.code_ogr: line for line in saved.contenu.lignes} if saved else {}
    found: dict[str, Any] = {}
    for number, rang in enumerate(rangs):
        line = lines.get(rang.code_ogr)
        if line is not None:
            found |= {
                f"moyen_{number}": line.moyen,
                f"certification_{number}": line.certification,
                f"note_{number}": line.note,
            }
    return found


def _texte(plan: Any) -> str:
    """For the two panes of a conflict."""
    return en_texte(
        *(
            (line.libelle, f"{Moyen(line.moyen).label}\n{line.intitule}\n{line.note}".strip())
            for line in plan.lignes
            if line.moyen or line.note
        )
    )
