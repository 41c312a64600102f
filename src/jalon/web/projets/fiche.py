"""One project read whole: what it is, what tests it, its leads, and what remains to be checked (R. 6313-4, 2°). Both read it."""

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.projet import Projets, read_projets
from jalon.domain.jours import local_day, zone
from jalon.domain.verification import SOURCE
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer
from jalon.web.ecrits.projet import PLACES, FormulaireProjet
from jalon.web.projets import comparaison, enquete, essai, formation
from jalon.web.projets.contraintes import lignes as lignes_de_vie
from jalon.web.requete import Requete

TEXTES = ("description", "atouts", "obstacles", "formation")


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def lire(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        found = read_projets(request.user, bilan, now=request.now)
        lue = found.projet(reference)
        ref = str(reference)
        day = local_day(request.now, zone(bilan.fuseau))
        fields = FormulaireProjet.base_fields
        leads = found.formations.get(ref)
        sheet = found.contraintes.get(ref)
        context = {
            "projet": lue.contenu,
            "place": PLACES[lue.contenu.nature],
            "textes": [
                (fields[name].label, getattr(lue.contenu, name))
                for name in TEXTES
                if getattr(lue.contenu, name).strip()
            ],
            "restes": _restes(found, ref, bilan, espace),
            "source": SOURCE,
            "enquetes": [
                enquete.vue(one, found.noms, espace, bilan) for one in found.of(found.enquetes, ref)
            ],
            "essais": [essai.vue(one, found.noms, espace, bilan) for one in found.of(found.essais, ref)],
            "formations": [formation.vue(one, day) for one in leads.contenu.pistes] if leads else [],
            "credit": leads.contenu.credit if leads else "",
            "vie": lignes_de_vie(sheet.contenu) if sheet else [],
            "vie_partagee": sheet is not None and sheet.piece.partage_le is not None,
            "comparee": comparaison.resultat(found),
            "liens": {
                "modifier": lien(espace, "projet_modifier", bilan, ref),
                "formation": lien(espace, "projet_formation", bilan, ref),
                "enquete": f"{lien(espace, 'enquete_ecrire', bilan)}?projet={ref}",
                "essai": f"{lien(espace, 'essai_ecrire', bilan)}?projet={ref}",
                "comparaison": lien(espace, "comparaison", bilan),
                "vie": lien(espace, "contraintes_ecrire", bilan, ref) if espace == "beneficiaire" else "",
            },
        }
        return montrer(request, bilan, espace, "projets/fiche.html", context)

    return [path("<uuid:bilan_id>/projets/<uuid:reference>/lire/", lire, name=f"{espace}_projet_lire")]


def _restes(found: Projets, reference: str, bilan: Any, espace: str) -> list[dict[str, str]]:
    """Each with the page where it is dealt with."""
    pages = {"enquete": "enquete", "essai": "essai"}
    whole = {
        "projet": lien(espace, "projet_modifier", bilan, reference),
        "formation": lien(espace, "projet_formation", bilan, reference),
        "comparaison": lien(espace, "comparaison", bilan),
    }
    return [
        {
            "texte": one.texte,
            "origine": one.origine.label,
            "href": lien(espace, pages[one.origine.value], bilan, one.reference)
            if one.reference
            else whole[one.origine.value],
        }
        for one in found.restes(reference)
    ]
