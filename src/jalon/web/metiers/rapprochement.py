"""What a portfolio leads to: a short list, each proposal with its reasons. Official mobilities first, then our own rank.

Interests and values stand beside, in columns of their own: they answer another question and move nothing.
"""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon import access
from jalon.access import Action
from jalon.access.brouillon import read_brouillon
from jalon.access.metiers import referentiel
from jalon.access.portefeuille import Portefeuille, Profil, profil_of, read_portefeuille
from jalon.actions.brouillon import save_brouillon
from jalon.domain.obstacle import Refused
from jalon.domain.piste import COURTE_LISTE, PAR_TEST_MAX, EtatPiste
from jalon.metiers import Distance, Filtre, Metiers, Proposition
from jalon.web import gate
from jalon.web.ecrits.page import montrer, vers
from jalon.web.ecrits.saisie import ouvert
from jalon.web.metiers.fiche import sources
from jalon.web.metiers.liens import LiensDuBilan
from jalon.web.metiers.mots import GOUTS, NOTICE, accord, en_mots, lettres_en_scores
from jalon.web.requete import Requete

PAGE = "rapprochement"
# Enough to find both halves once what was kept or dropped is out.
CHERCHES = 60
DISTANCES = {
    "": ("Peu importe", Distance.FAMILLE, Distance.AILLEURS),
    "proche": ("Rester près de ce que je fais", Distance.FAMILLE, Distance.DOMAINE),
    "changer": ("Changer de domaine", Distance.GRAND_DOMAINE, Distance.AILLEURS),
    "ailleurs": ("Aller tout à fait ailleurs", Distance.AILLEURS, Distance.AILLEURS),
}


class Affinage(forms.Form):
    """How the list is narrowed. Nothing here changes the order of what is left."""

    domaine = forms.ChoiceField(label="Domaine", required=False)
    distance = forms.ChoiceField(
        label="Distance",
        required=False,
        choices=[(code, row[0]) for code, row in DISTANCES.items()],
    )
    refuses = forms.MultipleChoiceField(
        label="Conditions refusées",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Les métiers qui les demandent ne sont pas proposés.",
    )
    interets = forms.MultipleChoiceField(
        label="Vos intérêts, s’ils n’ont pas été mesurés ici",
        required=False,
        choices=list(GOUTS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Ils ne changent pas l’ordre : ils se lisent à côté.",
    )

    def __init__(self, data: Any, metiers: Metiers) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["domaine"].choices = [("", "Tous les domaines")] + [
            (code, f"{code} – {label}") for code, label, inside in metiers.domaines() if inside
        ]
        # The most frequent first: a long archive has close to two hundred.
        contexts = sorted(metiers.contextes(), key=lambda one: (-one.fiches, one.libelle))
        fields["refuses"].choices = sorted(
            ((one.code_ogr, one.libelle) for one in contexts[:40]), key=lambda pair: pair[1]
        )

    def filtre(self, ecartes: list[str]) -> Filtre:
        found = self.cleaned_data if self.is_valid() else {}
        _, low, high = DISTANCES[found.get("distance", "")]
        return Filtre(
            domaines=(found["domaine"],) if found.get("domaine") else (),
            contextes_refuses=tuple(found.get("refuses", ())),
            ecartes=tuple(ecartes),
            distance_min=low,
            distance_max=high,
        )

    @property
    def actif(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def propositions(request: Requete, bilan: Any) -> HttpResponse:
        index = referentiel()
        if request.method == "POST":
            form = Affinage({} if request.POST.get("geste") == "tout" else request.POST, index)
            if form.is_valid() and garder(request, bilan, form):
                return vers(espace, "propositions", bilan)
        else:
            draft = read_brouillon(request.user, bilan, PAGE, now=request.now)
            form = Affinage(_as_data(draft.champs if draft else {}), index)
        portfolio = read_portefeuille(request.user, bilan, now=request.now)
        profil = profil_of(portfolio, index)
        context = {
            "form": form,
            "profil": profil,
            "avis": profil.avis,
            "sources": sources(index),
            "depart": index.depart,
            "gardees": [lue for lue in portfolio.pistes if lue.contenu.etat != EtatPiste.ECARTEE],
            "ecartees": [lue for lue in portfolio.pistes if lue.contenu.etat == EtatPiste.ECARTEE],
            "exerces": [one.contenu for one in portfolio.experiences if one.contenu.metier],
            "nombre_competences": len(profil.competences),
            "valeurs": portfolio.valeurs,
            "notice_interets": NOTICE,
            "chapeau": _chapeau(espace, au_plus(portfolio)),
            "peut_garder": ouvert(bilan) and access.can(Action.WRITE_PISTE, request.user, bilan),
            **_listes(form, index, portfolio, profil, LiensDuBilan(espace, bilan)),
        }
        status = 422 if request.method == "POST" and not form.is_valid() else 200
        return montrer(request, bilan, espace, "metiers/propositions.html", context, status)

    def garder(request: Requete, bilan: Any, form: Affinage) -> bool:
        found = form.cleaned_data
        champs = {
            "domaine": found["domaine"],
            "distance": found["distance"],
            "refuses": ",".join(found["refuses"]),
            "interets": ",".join(found["interets"]),
        }
        try:
            save_brouillon(bilan=bilan, page=PAGE, champs=champs, by=request.user, now=request.now)
        except Refused:
            return False
        return True

    return [path("<uuid:bilan_id>/rapprocher/", propositions, name=f"{espace}_propositions")]


def au_plus(portfolio: Portefeuille) -> int:
    """Fewer as soon as the result of a test is read beside them."""
    return PAR_TEST_MAX if portfolio.interets else COURTE_LISTE


def _chapeau(espace: str, most: int) -> str:
    told = f"{'Cinq' if most == PAR_TEST_MAX else 'Dix'} métiers au plus à la fois, chacun avec ses raisons."
    if espace == "beneficiaire":
        told += " Gardez ceux qui vous parlent ; écartez les autres en disant pourquoi."
    return told


def _as_data(champs: dict[str, str]) -> dict[str, Any]:
    several = {name: [v for v in champs.get(name, "").split(",") if v] for name in ("refuses", "interets")}
    return {name: champs.get(name, "") for name in ("domaine", "distance")} | several


def _listes(
    form: Affinage, index: Metiers, portfolio: Portefeuille, profil: Profil, liens: LiensDuBilan
) -> dict[str, Any]:
    """The two halves of one short list."""
    if profil.vide:
        return {"officielles": [], "proches": [], "interets_dits": False}
    chosen = "".join(form.cleaned_data.get("interets", ())) if form.is_valid() else ""
    interets = portfolio.interets or lettres_en_scores(chosen)
    found = index.match(
        metiers=profil.metiers,
        competences=profil.competences,
        mots=profil.mots,
        sauf=profil.sauf,
        k=CHERCHES,
        filtre=form.filtre([lue.contenu.metier.code for lue in portfolio.pistes]),
        interets=interets,
    )
    most = au_plus(portfolio)
    # Half of the list at most is the experts' own, so that both ways of looking are seen.
    official = [one for one in found if one.mobilite_officielle][: most // 2]
    ours = [one for one in found if not one.mobilite_officielle][: most - len(official)]
    return {
        "officielles": [_ligne(one, index, liens) for one in official],
        "proches": [_ligne(one, index, liens) for one in ours],
        "interets_dits": interets is not None,
    }


def _ligne(one: Proposition, index: Metiers, liens: LiensDuBilan) -> dict[str, Any]:
    fiche = index.fiche(one.code)
    return {
        "p": one,
        "href": liens.fiche(one.code),
        "marque": liens.marque(one.code),
        "domaine": fiche.libelle_domaine,
        "etiquettes": fiche.etiquettes,
        "conditions": fiche.contextes,
        "interets": en_mots(one.riasec),
        "accord": accord(one.interets),
    }
