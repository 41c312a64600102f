"""Training, certification and VAE leads of one project, with their number where the export is imported. Leads: nothing is begun here."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.metiers import referentiel
from jalon.access.projet import read_projets
from jalon.actions.composition import compose
from jalon.actions.projet import write_formation
from jalon.domain.jours import local_day, zone
from jalon.domain.parcours import Labelled
from jalon.web import gate
from jalon.web.ecrits.lignes import FormulaireLignes
from jalon.web.ecrits.page import montrer_saisie, vers
from jalon.web.ecrits.saisie import LIGNE_MAX, Saisie, en_texte, envoyer, ouvrir, prose, reprend_l_autre
from jalon.web.requete import Requete

PROPOSEES = 8


class Genre(Labelled):
    FORMATION = "formation", "Une formation"
    CERTIFICATION = "certification", "Une certification, un diplôme"
    VAE = "vae", "Une VAE, à préparer après"
    AUTRE = "autre", "Autre chose"


def _line(label: str, aide: str = "", max_length: int = LIGNE_MAX) -> Any:
    return lambda: forms.CharField(label=label, help_text=aide, required=False, max_length=max_length)


class FormulaireFormation(FormulaireLignes):
    colonnes: ClassVar[Any] = {
        "genre": lambda: forms.ChoiceField(
            label="De quoi s’agit-il", required=False, choices=[(one.value, one.label) for one in Genre]
        ),
        "intitule": _line("La piste"),
        "certification": _line("Son numéro, s’il en a un", "RNCP12345 ou RS1234.", 20),
        "ou": _line("Où, et combien de temps"),
        "financement": _line("Comment elle se paierait"),
        "a_verifier": lambda: prose(
            "Ce qui reste à vérifier", "Une ligne par chose à vérifier.", max_length=2_000
        ),
    }
    compte = ("intitule", "certification", "ou", "financement", "a_verifier")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for rank in range(self.nombre):
            told = any(str(found.get(f"{name}_{rank}") or "").strip() for name in self.compte)
            named = any(
                str(found.get(f"{name}_{rank}") or "").strip() for name in ("intitule", "certification")
            )
            if told and not named:
                self.add_error(f"intitule_{rank}", "Donnez un nom à cette piste, ou son numéro.")
        return found

    def pistes(self) -> list[dict[str, Any]]:
        return [
            {name: value or ("formation" if name == "genre" else "") for name, value in row.items()}
            for row in self.remplies()
        ]


def vue(one: Any, day: Any) -> dict[str, Any]:
    """One lead as it is read: its number with what the imported export says of it today."""
    known = referentiel().certifications
    found = known.get(one.certification) if known is not None and one.certification else None
    return {
        "piste": one,
        "genre": Genre(one.genre).label,
        "titre": one.titre if one.titre != one.intitule else "",
        "niveau": found.niveau if found else "",
        "vae": found is not None and found.vae,
        "close": found is not None and not found.open_on(day),
        "inconnue": known is not None and bool(one.certification) and found is None,
    }


def _texte(contenu: Any) -> str:
    return en_texte(
        *(
            (
                " ".join(part for part in (Genre(one.genre).label, one.certification) if part),
                "\n".join(part for part in (one.intitule, one.ou, one.financement, one.a_verifier) if part),
            )
            for one in contenu.pistes
        )
    )


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.WRITE_PROJET)
    def formation(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        found = read_projets(request.user, bilan, now=request.now)
        projet = found.projet(reference)
        sheet = found.formations.get(str(reference))
        page = f"formation-{reference}"
        words = request.POST.get("mots", "").strip()[:200]
        context = {
            "projet": projet.contenu,
            "page": page,
            "reference": str(reference),
            **_found(request, bilan, words),
        }
        if sheet is not None:
            context["credit"] = sheet.contenu.credit
        if request.method != "POST":
            rows = [one.to_json() for one in sheet.contenu.pistes] if sheet else []
            initial = FormulaireFormation.initial_de(rows)
            saisie = ouvrir(
                request, bilan, page, FormulaireFormation, initial, sheet.revision if sheet else 0
            )
            return montrer_saisie(request, bilan, espace, "projets/formation.html", saisie, context)
        if reprend_l_autre(request):
            return vers(espace, "projet_formation", bilan, reference)
        changed = _gesture(request)
        if changed is not None:
            saisie = Saisie(FormulaireFormation(initial=changed))
            return montrer_saisie(request, bilan, espace, "projets/formation.html", saisie, context)
        refused = envoyer(
            FormulaireFormation(request.POST),
            lambda form: write_formation(
                bilan=bilan,
                projet=str(reference),
                pistes=compose("formation", pistes=form.pistes()).pistes,
                by=request.user,
                now=request.now,
                base_revision=form.base(),
            ),
            _texte,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused is not None:
            return montrer_saisie(request, bilan, espace, "projets/formation.html", refused, context)
        messages.success(request, "Les pistes de formation sont enregistrées.")
        return vers(espace, "projet_lire", bilan, reference)

    return [
        path(
            "<uuid:bilan_id>/projets/<uuid:reference>/formation/",
            formation,
            name=f"{espace}_projet_formation",
        )
    ]


def _gesture(request: Requete) -> dict[str, Any] | None:
    """A row more or less, a search, or a certification that was found put in a row of its own: nothing is saved yet."""
    data = request.POST.dict()
    asked = str(data.get("geste", ""))
    if asked == "chercher":
        return data
    numero = asked.removeprefix("prendre-") if asked.startswith("prendre-") else ""
    known = referentiel().certifications
    chosen = known.get(numero) if known is not None and numero else None
    if chosen is None:
        return FormulaireFormation.apres_geste(data)
    changed = FormulaireFormation.apres_geste(data | {"geste": "ajouter"}) or data
    rank = int(changed["lignes"]) - 1
    # An empty last row is used rather than followed by another.
    if rank and not any(
        str(changed.get(f"{name}_{rank - 1}") or "").strip() for name in FormulaireFormation.compte
    ):
        changed["lignes"] = str(rank)
        rank -= 1
    return changed | {
        f"genre_{rank}": "certification",
        f"intitule_{rank}": chosen.intitule[:LIGNE_MAX],
        f"certification_{rank}": chosen.numero,
    }


def _found(request: Requete, bilan: Any, words: str) -> dict[str, Any]:
    """What the imported export knows by these words: offline, and written nowhere."""
    known = referentiel().certifications
    if known is None:
        return {"sans_certifications": True}
    day = local_day(request.now, zone(bilan.fuseau))
    return {
        "mots": words,
        "source": known.credit,
        "trouvees": [{"c": one, "close": not one.open_on(day)} for one in known.search(words, PROPOSEES)]
        if words
        else [],
    }
