"""What both spaces need to show the recaps of séances: which séance, what was promised, by when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance, SeanceFacts
from jalon.web.ecrits.saisie import en_texte
from jalon.web.requete import Requete
from jalon.web.templatetags.cadre import situation_of


@dataclass(frozen=True)
class Engagement:
    texte: str
    qui: str
    pour_le: date | None


def seances_tenues(request: Requete, bilan: Any) -> dict[str, SeanceFacts]:
    """Interviews that took place, newest first."""
    held = [
        s
        for s in situation_of(request, bilan).facts.seances
        if s.etat == EtatSeance.TENUE and s.nature != Nature.TRAVAIL_PERSONNEL
    ]
    return {s.id: s for s in sorted(held, key=lambda s: s.debut_reel or s.debut, reverse=True)}


def quand(seance: SeanceFacts) -> datetime:
    return seance.debut_reel or seance.debut


def engagements(contenu: Any, bilan: Any, lecteur: Any) -> list[Engagement]:
    """Promises with the name of who made them, told to the reader; the nearest date first."""
    names = {
        "beneficiaire": "vous" if lecteur.pk == bilan.beneficiaire_id else bilan.beneficiaire.nom_complet,
        "consultant": "vous" if lecteur.pk == bilan.consultant_id else bilan.consultant.nom_complet,
    }
    found = [
        Engagement(p.texte, names[p.qui], date.fromisoformat(p.pour_le) if p.pour_le else None)
        for p in contenu.promesses
    ]
    return sorted(found, key=lambda e: (e.pour_le is None, e.pour_le or date.max))


def texte_du_recap(contenu: Any) -> str:
    return en_texte(
        ("", contenu.texte),
        *((f"Engagement, {p.pour_le or 'sans date'}", p.texte) for p in contenu.promesses),
        ("La correction de la personne", contenu.correction),
    )
