"""What to have under one's eyes before and during a séance: objectives, last recap, promises, work, results to explain."""

from typing import Any

from jalon.access.instruments import proposed_instrument
from jalon.access.pieces import read_pieces
from jalon.access.tache import list_taches
from jalon.web.ecrits.page import lien
from jalon.web.ecrits.promesse import vues_promesses
from jalon.web.ecrits.recap import quand, seances_tenues
from jalon.web.ecrits.tache import vue
from jalon.web.requete import Requete
from jalon.web.templatetags.cadre import situation_of

ESPACE = "consultant"


def preparation(request: Requete, bilan: Any, seance: Any) -> dict[str, Any]:
    lues = read_pieces(request.user, bilan, ["objectifs", "recap"], now=request.now)
    held = seances_tenues(request, bilan)
    shared = {
        lue.piece.reference: lue for lue in lues if lue.piece.nature == "recap" and lue.piece.partage_le
    }
    last = next((sid for sid in held if sid in shared and sid != str(seance.pk)), None)
    work = [vue(lue, ESPACE, bilan) for lue in list_taches(request.user, bilan, now=request.now)]
    return {
        "objectifs": [
            goal for lue in lues if lue.piece.nature == "objectifs" for goal in lue.contenu.objectifs
        ],
        "dernier": {
            "quand": quand(held[last]),
            "texte": shared[last].contenu.texte,
            "correction": shared[last].contenu.correction,
        }
        if last
        else None,
        "promesses": vues_promesses(request, bilan, ESPACE),
        "recus": [v for v in work if v["lue"].etat == "rendue"],
        "dus": [v for v in work if v["lue"].a_faire],
        "restitutions": _to_explain(request, bilan),
        "ici": lien(ESPACE, "cockpit", bilan, seance.pk),
        "proposer": lien(ESPACE, "tache_exercices", bilan),
    }


def _to_explain(request: Requete, bilan: Any) -> list[dict[str, str]]:
    """Results that the person has not been told yet: she is the first to whom they are due (R. 6313-4)."""
    waiting = [p.reference for p in situation_of(request, bilan).of("resultat") if not p.restituee]
    found = []
    for reference in waiting:
        instrument = proposed_instrument(bilan, reference)
        found.append(
            {
                "titre": instrument.titre if instrument else "Un questionnaire",
                "href": lien(ESPACE, "questionnaires", bilan),
            }
        )
    return found
