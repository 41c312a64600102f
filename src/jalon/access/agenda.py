"""The doors of calendars: what each person lets hers say outside, her private feed, and the state of those kept elsewhere."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.http import Http404

from jalon.access import Action, list_bilans
from jalon.access.coffre import coffre
from jalon.documents.ics import RendezVous
from jalon.domain.calendrier import Intitule
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance, Modalite
from jalon.records.models import AgendaExterne, FluxAgenda, Personne, ReglageAgenda, Seance
from jalon.vault import installation_key

# What a telephone still shows of the past.
PASSE = timedelta(days=90)
CLE, ETIQUETTE = "agendas", "agenda"


@dataclass(frozen=True)
class Acces:
    """What opens a calendar kept elsewhere: sealed as one, never apart."""

    adresse: str
    utilisateur: str = ""
    mot_de_passe: str = ""

    @property
    def identifiants(self) -> tuple[str, str] | None:
        return (self.utilisateur, self.mot_de_passe) if self.utilisateur else None

    @property
    def hote(self) -> str:
        return self.adresse.partition("://")[2].partition("/")[0].partition(":")[0]


@dataclass(frozen=True)
class EtatAgenda:
    """One calendar elsewhere, as its owner's page tells it."""

    agenda: AgendaExterne
    hote: str
    plages: int
    en_attente: int

    @property
    def en_panne(self) -> bool:
        return bool(self.agenda.erreur)


def seal_acces(agenda_id: Any, acces: Acces) -> bytes:
    vault, key = coffre(), installation_key(CLE)
    if not vault.has_key(key):
        vault.create_keys([key])
    text = json.dumps([acces.adresse, acces.utilisateur, acces.mot_de_passe])
    return vault.seal_bytes(text.encode(), key_id=key, piece_id=agenda_id, label=ETIQUETTE)


def open_acces(agenda: AgendaExterne) -> Acces:
    data = coffre().open_bytes(
        bytes(agenda.secret), key_id=installation_key(CLE), piece_id=agenda.pk, label=ETIQUETTE
    )
    return Acces(*json.loads(data))


def read_reglage(personne: Personne) -> ReglageAgenda:
    """Hers, or what it is before she writes it (not saved)."""
    return ReglageAgenda.objects.filter(personne=personne).first() or ReglageAgenda(personne=personne)


def list_flux(personne: Personne) -> list[FluxAgenda]:
    return list(personne.flux_agenda.filter(revoque_le=None))


def get_flux(personne: Personne, flux_id: Any) -> FluxAgenda:
    return _own(personne.flux_agenda.filter(revoque_le=None), flux_id)  # type: ignore[no-any-return]


def get_agenda(personne: Personne, agenda_id: Any) -> AgendaExterne:
    return _own(personne.agendas_externes.all(), agenda_id)  # type: ignore[no-any-return]


def _own(rows: Any, pk: Any) -> Any:
    try:
        found = rows.filter(pk=pk).first()
    except (ValueError, ValidationError):
        found = None
    if found is None:
        raise Http404
    return found


def list_agendas(personne: Personne) -> list[EtatAgenda]:
    rows = personne.agendas_externes.annotate(
        total=Count("plages"), attente=Count("publications", filter=~Q(publications__empreinte=""))
    )
    return [EtatAgenda(row, open_acces(row).hote, row.total, row.attente) for row in rows]


def fingerprint_of(jeton: str) -> str:
    return hashlib.sha256(jeton.encode()).hexdigest()


def get_by_token(jeton: str) -> FluxAgenda:
    """The feed of this secret, or 404: revoked and never there look the same."""
    found = (
        FluxAgenda.objects.select_related("personne")
        .filter(empreinte=fingerprint_of(jeton), revoque_le=None, personne__is_active=True)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _appointments(personne: Personne, now: datetime) -> QuerySet[Seance]:
    """Hers as the person accompanied, and those that she leads, as far as she may still see them."""
    visible = Exists(list_bilans(Action.VIEW_SEANCES, personne).filter(pk=OuterRef("bilan")))
    return (
        Seance.objects.filter(Q(bilan__beneficiaire=personne) | Q(consultant=personne), visible)
        .filter(fin__gte=now - PASSE, etat__in=[EtatSeance.PREVUE, EtatSeance.TENUE])
        .exclude(nature=Nature.TRAVAIL_PERSONNEL)
    )


def feed_version(personne: Personne, now: datetime) -> str:
    """Changes when, and only when, the feed does: asked before anything is written."""
    found = _appointments(personne, now).aggregate(
        n=Count("pk"), total=Sum("sequence"), last=Max("modifiee_le"), far=Max("debut")
    )
    rules = read_reglage(personne)
    named = Max("bilan__beneficiaire__prenom")
    said = [
        found["n"],
        found["total"],
        str(found["last"]),
        str(found["far"]),
        rules.intitule,
        rules.avec_lieu,
        str(_appointments(personne, now).aggregate(named=named)["named"])
        if rules.intitule == Intitule.PRENOM
        else "",
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def read_feed(personne: Personne, now: datetime) -> Iterator[RendezVous]:
    """One query of plain values: two thousand appointments are no trouble."""
    rules = read_reglage(personne)
    rows = _appointments(personne, now).order_by("debut", "id")
    for (
        pk,
        debut,
        fin,
        fuseau,
        zone_cabinet,
        sequence,
        changed,
        opened,
        modalite,
        adresse,
        beneficiaire,
        hers,
        his,
    ) in rows.values_list(
        "pk",
        "debut",
        "fin",
        "bilan__fuseau",
        "bilan__organisme__fuseau",
        "sequence",
        "modifiee_le",
        "bilan__ouvert_le",
        "modalite",
        "lieu__adresse",
        "bilan__beneficiaire",
        "bilan__beneficiaire__prenom",
        "consultant__prenom",
    ):
        mine = beneficiaire == personne.pk
        yield RendezVous(
            uid=str(pk),
            debut=debut,
            fin=fin,
            fuseau=fuseau if mine else zone_cabinet,
            sequence=sequence,
            modifie_le=changed or opened,
            titre=title(rules, his if mine else hers),
            lieu=adresse or "" if rules.avec_lieu and modalite == Modalite.PRESENTIEL else "",
        )


def rendez_vous_of(seance: Seance, personne: Personne, rules: ReglageAgenda | None = None) -> RendezVous:
    """One appointment as this person's calendars know it."""
    rules = rules or read_reglage(personne)
    mine = seance.bilan.beneficiaire_id == personne.pk
    place = seance.lieu.adresse if seance.lieu is not None else ""
    return RendezVous(
        uid=str(seance.pk),
        debut=seance.debut,
        fin=seance.fin,
        fuseau=seance.bilan.fuseau if mine else seance.bilan.organisme.fuseau,
        sequence=seance.sequence,
        modifie_le=(seance.modifiee_le or seance.bilan.ouvert_le).astimezone(UTC),
        titre=title(rules, seance.consultant.prenom if mine else seance.bilan.beneficiaire.prenom),
        lieu=place if rules.avec_lieu and seance.modalite == Modalite.PRESENTIEL else "",
        annule=seance.etat in (EtatSeance.ANNULEE, EtatSeance.ABSENCE),
    )


def title(rules: ReglageAgenda, prenom: str) -> str:
    if rules.intitule == Intitule.PRENOM:
        return f"Rendez-vous avec {prenom}" if prenom else Intitule.RENDEZ_VOUS.label
    return Intitule(rules.intitule).label
