"""Print one's day: made on demand, kept nowhere, issued to nobody."""

from datetime import date, datetime, time, timedelta

from jalon import access
from jalon.access import Action
from jalon.access.planning import own_ateliers
from jalon.access.reservation import agenda_entretiens
from jalon.access.seance import agenda
from jalon.actions.papier import cabinet_of
from jalon.documents import render
from jalon.documents.feuille_jour.data import FeuilleJour, MomentDuJour
from jalon.documents.papier import Papier
from jalon.domain.jours import zone
from jalon.domain.parcours import Phase
from jalon.domain.seance import Modalite
from jalon.records.models import Organisme, Personne


def print_day(*, organisme: Organisme, jour: date, by: Personne, now: datetime) -> bytes:
    """Her own séances, groups and interviews, as her pages show them."""
    access.require(Action.VIEW_CABINET, by, organisme)
    place = zone(organisme.fuseau)
    start = datetime.combine(jour, time.min, tzinfo=place)
    end = datetime.combine(jour + timedelta(days=1), time.min, tzinfo=place)
    found = [
        MomentDuJour(
            s.debut,
            s.fin,
            _short(s.bilan.beneficiaire),
            Phase(s.phase).label,
            _where(s.modalite, s.lieu, s.salle),
        )
        for s in agenda(by, start=start, end=end, mine=False)
        if s.atelier_id is None
    ]
    found += [
        MomentDuJour(
            a.debut,
            a.fin,
            "Groupe",
            _people(getattr(a, "inscrits", 0)),
            _where(a.modalite, a.lieu, a.salle),
        )
        for a in own_ateliers(by, organisme, start, end)
    ]
    found += [
        MomentDuJour(
            c.entretien_le,
            c.entretien_fin,
            c.prenom or "Une personne",
            "Entretien préalable",
            _where(c.entretien_modalite, c.entretien_lieu, None),
        )
        for c in agenda_entretiens(by, organisme, start=start, end=end)
        if c.entretien_le is not None and c.entretien_fin is not None
    ]
    papier = Papier(
        cabinet=cabinet_of(organisme),
        numero=f"JOUR-{jour:%Y%m%d}",
        emis_le=now.astimezone(place).date(),
        fuseau=organisme.fuseau,
    )
    data = FeuilleJour(
        papier=papier,
        jour=jour,
        consultant=by.nom_complet,
        moments=tuple(sorted(found, key=lambda m: m.debut)),
    )
    return render("feuille_jour", data, horodatage=now)


def _short(personne: Personne) -> str:
    return (
        f"{personne.prenom} {personne.nom[:1]}.".strip()
        if personne.nom
        else personne.prenom or "Une personne"
    )


def _people(count: int) -> str:
    return f"{count} personne" + ("s" if count > 1 else "")


def _where(modalite: str, lieu: object, salle: object) -> str:
    if modalite != Modalite.PRESENTIEL:
        return Modalite(modalite).label if modalite else ""
    return ", ".join(str(getattr(x, "nom", "")) for x in (lieu, salle) if x is not None)
