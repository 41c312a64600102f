"""The room of a séance: whether there is one, and when its door is open. Its address is told to nobody here (`actions.visio`)."""

from typing import Any

from jalon.access.rappel_seance import reglage_seances
from jalon.domain.seance import EtatSeance, Modalite
from jalon.domain.visio import Fournisseur, Porte
from jalon.records.models import Organisme, ReglageSeances, Seance

__all__ = ["porte_of", "reglage_seances", "room_phone"]


def porte_of(seance: Seance, reglage: ReglageSeances) -> Porte | None:
    """The door of its room while it is planned, at a distance, and has a room: a link of its own or the cabinet's server."""
    if seance.modalite != Modalite.VISIO or seance.etat != EtatSeance.PREVUE:
        return None
    if not seance.visio_lien and not has_server(reglage):
        return None
    return Porte(seance.debut, seance.fin, reglage.visio_avance)


def has_server(reglage: ReglageSeances) -> bool:
    return reglage.visio != Fournisseur.LIEN and bool(reglage.visio_adresse and reglage.visio_secret)


def room_phone(organisme: Organisme, reglage: ReglageSeances) -> str:
    """Where to call when the picture does not come."""
    return reglage.visio_telephone or organisme.telephone


def as_form(reglage: ReglageSeances) -> dict[str, Any]:
    """What the settings page shows again. Never the secret."""
    return {
        "visio": reglage.visio,
        "visio_adresse": reglage.visio_adresse,
        "visio_identifiant": reglage.visio_identifiant,
        "visio_avance": reglage.visio_avance,
        "visio_telephone": reglage.visio_telephone,
        "preavis_heures": reglage.preavis_heures,
    }
