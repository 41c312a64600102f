"""Where a bilan is, on the line: its phases with their dates, the present one, the end, the destruction, the follow-up."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jalon.domain.bilan import CLOSED, RUNNING, Etat
from jalon.web.composants.jalon import EtatJalon, Jalon
from jalon.web.composants.typographie import date_courte
from jalon.web.rubriques import href

_PHASES = (
    (Etat.PRELIMINAIRE, "Phase préliminaire", "preliminaire_le", "demande"),
    (Etat.INVESTIGATION, "Investigation", "investigation_le", "questionnaires"),
    (Etat.CONCLUSIONS, "Conclusions", "conclusions_le", "conclusions"),
)
# From the first contact to the proof that all is destroyed: what the person walks, in order.
_ORDER = (Etat.PREPARATION, *RUNNING)


def ligne_jalons(bilan: Any, *, space: str) -> list[Jalon]:
    """The stakes of this bilan, for {% ligne_jalons %}. Read from the columns of the bilan: no query."""
    if bilan.etat == Etat.NON_CONCLU:
        return [
            Jalon("Préparation", EtatJalon.INTERROMPU, "l’accompagnement n’a pas été conclu"),
            _destruction(bilan, space),
        ]
    stakes = [_preparation(bilan, space)]
    for etat, title, column, page in _PHASES:
        since = getattr(bilan, column)
        stakes.append(_phase(bilan, etat, title, since, href(space, page, bilan) if since else ""))
    stakes += [_terme(bilan), _destruction(bilan, space)]
    if bilan.etat != Etat.ABANDONNE:
        stakes.append(_suivi(bilan, space))
    return stakes


def rang(bilan: Any) -> tuple[int, int]:
    """«Étape 2 sur 6»: the present stake among all."""
    stakes = ligne_jalons(bilan, space="")
    here = [i for i, stake in enumerate(stakes, 1) if stake.etat == EtatJalon.EN_COURS]
    done = [i for i, stake in enumerate(stakes, 1) if stake.etat == EtatJalon.FAIT]
    return (here or done or [1])[-1], len(stakes)


def ou_j_en_suis(bilan: Any) -> str:
    """In a few words: the phase, or what is over."""
    if bilan.contenu_detruit_le:
        return "Contenu détruit"
    return Etat(bilan.etat).label


def _day(bilan: Any, moment: datetime | date) -> str:
    if isinstance(moment, datetime):
        return date_courte(moment.astimezone(ZoneInfo(bilan.fuseau)).date())
    return date_courte(moment)


def _preparation(bilan: Any, space: str) -> Jalon:
    since = f"ouvert le {_day(bilan, bilan.ouvert_le)}"
    if bilan.etat == Etat.PREPARATION:
        return Jalon("Préparation", EtatJalon.EN_COURS, since, href(space, "consentement", bilan))
    return Jalon("Préparation", EtatJalon.FAIT, since)


def _phase(bilan: Any, etat: Etat, title: str, since: datetime | None, address: str) -> Jalon:
    if since is None:
        stopped = bilan.etat == Etat.ABANDONNE
        return Jalon(
            title, EtatJalon.INTERROMPU if stopped else EtatJalon.A_VENIR, "non faite" if stopped else ""
        )
    if bilan.etat == etat:
        return Jalon(title, EtatJalon.EN_COURS, f"depuis le {_day(bilan, since)}", address)
    if bilan.etat == Etat.ABANDONNE and not _later_phase_begun(bilan, etat):
        return Jalon(title, EtatJalon.INTERROMPU, f"arrêtée le {_day(bilan, bilan.termine_le)}", address)
    return Jalon(title, EtatJalon.FAIT, f"ouverte le {_day(bilan, since)}", address)


def _later_phase_begun(bilan: Any, etat: Etat) -> bool:
    return any(
        getattr(bilan, column) is not None
        for later, _, column, _ in _PHASES
        if _ORDER.index(later) > _ORDER.index(etat)
    )


def _terme(bilan: Any) -> Jalon:
    if bilan.termine_le:
        word = "arrêt" if bilan.etat == Etat.ABANDONNE else "fin"
        return Jalon("Fin", EtatJalon.FAIT, f"{word} le {_day(bilan, bilan.termine_le)}")
    if bilan.terme_prevu_le:
        return Jalon("Fin", EtatJalon.A_VENIR, f"annoncée le {_day(bilan, bilan.terme_prevu_le)}")
    return Jalon("Fin", EtatJalon.A_VENIR, "date à convenir")


def _destruction(bilan: Any, space: str) -> Jalon:
    address = href(space, "destruction", bilan)
    if bilan.contenu_detruit_le:
        return Jalon("Destruction", EtatJalon.FAIT, f"le {_day(bilan, bilan.contenu_detruit_le)}", address)
    if bilan.etat in CLOSED:
        return Jalon("Destruction", EtatJalon.EN_COURS, "en attente", address)
    return Jalon("Destruction", EtatJalon.A_VENIR, "dès la fin", address)


def _suivi(bilan: Any, space: str) -> Jalon:
    address = href(space, "suivi", bilan) if bilan.contenu_detruit_le else ""
    if bilan.recontact_accepte_le:
        return Jalon("Suivi", EtatJalon.A_VENIR, "invitation après la fin", address)
    return Jalon(
        "Suivi", EtatJalon.A_VENIR, "si vous le souhaitez" if space == "beneficiaire" else "", address
    )
