"""The doors of what is given to read: the person's own list, and the one link of each reader. Nobody else comes through here."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404

from jalon.access import Action, require
from jalon.access.coffre import coffre
from jalon.access.pieces import log_reading
from jalon.domain.jours import DAY, local_day, zone
from jalon.domain.partage import Destinataire, Finalite, Partageable
from jalon.records.models import Acces, Bilan, CopiePartagee, DocumentEmis, Partage, Personne
from jalon.vault import ErreurCoffre

_FULL = Partage.objects.select_related("bilan__organisme", "bilan__beneficiaire", "personne")


def link_fingerprint(token: str) -> str:
    """Of the 256 bits of a link: a plain hash is enough, nobody guesses them."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_share(token: str, *, now: datetime) -> Partage | None:
    """The share of this secret while it runs; its last day counts even before the clock has closed it."""
    return _FULL.filter(empreinte=link_fingerprint(token), clos_le=None, fin_le__gt=now).first()


def open_share(partage_id: Any, *, now: datetime) -> Partage:
    """For a session that has opened it; 404 the moment it is over."""
    try:
        found = _FULL.filter(pk=partage_id, clos_le=None, fin_le__gt=now).first()
    except (ValueError, ValidationError):
        found = None
    if found is None:
        raise Http404
    require(Action.READ_PARTAGE, found.personne, found.bilan)
    return found


@dataclass(frozen=True)
class VuParTiers:
    """All that the reader's page shows; the person's preview is made of the same, before and after she agrees."""

    personne: str
    lecteur: str
    finalite: Finalite
    dernier_jour: date
    # (kind, number, identifier of what opens it)
    documents: tuple[tuple[Partageable, str, Any], ...]


def last_day(partage: Partage) -> date:
    """A share ends at 24:00 of its last day, where the bilan is."""
    return local_day(partage.fin_le, zone(partage.bilan.fuseau)) - DAY


def seen_by_reader(partage: Partage) -> VuParTiers:
    """The copies by their identifiers: what opens one here opens nothing elsewhere."""
    return VuParTiers(
        personne=partage.bilan.beneficiaire.nom_complet,
        lecteur=partage.personne.nom_complet,
        finalite=Finalite(partage.finalite),
        dernier_jour=last_day(partage),
        documents=tuple(
            (Partageable(c.genre), c.document.numero, c.pk)
            for c in partage.copies.exclude(objet="").select_related("document")
        ),
    )


def read_shared(partage: Partage, copie_id: Any, *, now: datetime) -> tuple[str, bytes]:
    """Number and bytes of one shared copy; the opening is written down for the person."""
    require(Action.READ_PARTAGE, partage.personne, partage.bilan)
    copie = partage.copies.exclude(objet="").select_related("document").filter(pk=copie_id).first()
    if copie is None:
        raise Http404
    try:
        pdf = bytes(coffre().objects.load(copie.objet, key_id=copie.cle, context=str(copie.pk)))
    except ErreurCoffre:
        raise Http404 from None
    log_reading(partage.personne, partage.bilan, {copie.genre}, now=now)
    return copie.document.numero, pdf


@dataclass(frozen=True)
class PartageVu:
    """One share as the person sees it: who reads what, until when, and when it was opened."""

    partage: Partage
    copies: tuple[CopiePartagee, ...]
    ouvertures: tuple[tuple[str, datetime], ...]

    @property
    def dernier_jour(self) -> date:
        return last_day(self.partage)

    @property
    def destinataire(self) -> Destinataire:
        return Destinataire(self.partage.destinataire)

    @property
    def finalite(self) -> Finalite:
        return Finalite(self.partage.finalite)


def list_shares(personne: Personne, bilan: Bilan) -> list[PartageVu]:
    require(Action.SHARE_DOCUMENTS, personne, bilan)
    shares = list(
        Partage.objects.filter(bilan=bilan)
        .select_related("personne")
        .prefetch_related("copies__document")
        .order_by("-accorde_le", "id")
    )
    looks: dict[Any, list[tuple[str, datetime]]] = {}
    readers = [share.personne_id for share in shares]
    rows = Acces.objects.filter(bilan=bilan, lecteur__in=readers).order_by("-heure")
    for reader, nature, hour in rows.values_list("lecteur_id", "nature", "heure"):
        looks.setdefault(reader, []).append((nature, hour))
    return [
        PartageVu(share, tuple(share.copies.all()), tuple(looks.get(share.personne_id, ())))
        for share in shares
    ]


def get_share(personne: Personne, bilan: Bilan, partage_id: Any) -> Partage:
    require(Action.SHARE_DOCUMENTS, personne, bilan)
    found = _FULL.filter(pk=partage_id, bilan=bilan).first()
    if found is None:
        raise Http404
    return found


def list_shareable(personne: Personne, bilan: Bilan) -> list[DocumentEmis]:
    """Her sealed documents that still live, newest first."""
    require(Action.SHARE_DOCUMENTS, personne, bilan)
    genres = [g.value for g in Partageable]
    return list(
        DocumentEmis.objects.filter(bilan=bilan, genre__in=genres)
        .exclude(objet="")
        .defer("octets")
        .order_by("genre", "-emis_le", "id")
    )


def read_mine(personne: Personne, bilan: Bilan, document_id: Any) -> tuple[str, bytes]:
    """One of them, opened by herself."""
    require(Action.SHARE_DOCUMENTS, personne, bilan)
    genres = [g.value for g in Partageable]
    found = (
        DocumentEmis.objects.filter(bilan=bilan, pk=document_id, genre__in=genres).exclude(objet="").first()
    )
    if found is None:
        raise Http404
    try:
        return found.numero, bytes(
            coffre().objects.load(found.objet, key_id=found.cle, context=str(found.pk))
        )
    except ErreurCoffre:
        raise Http404 from None
