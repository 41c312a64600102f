"""The official referentials: asked for by the head of the cabinet, imported beside the pages, and the day's one chosen.

A demand is two things: an event, and a small file that the worker reads (`metiers/demande.py`). The archive holds nothing
about anybody; it is still read as something that cannot be trusted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.domain.obstacle import Obstacle, Refused
from jalon.metiers import (
    Imported,
    MetiersError,
    fetch_rncp,
    fetch_rome,
    import_naf,
    import_rncp,
    import_rome,
)
from jalon.metiers import demande as demandes
from jalon.metiers import use_version as mark_version
from jalon.metiers.demande import ADRESSE, ARCHIVE, FAITE, REFUSEE, Demande, new_demande
from jalon.records.evenements import Nom, record
from jalon.records.models import Organisme, Personne

KINDS = ("rome", "rncp", "naf")
NOMENCLATURES = ("rev2", "2025")
# Cut off so many times, it is not begun again: something on this machine stops it.
ESSAIS_MAX = 3
_MO = 1_000_000


def ask_import(
    *,
    organisme: Organisme,
    kind: str,
    archive: Path,
    nom: str,
    by: Personne,
    now: datetime,
    nomenclature: str = "rev2",
) -> Demande:
    """`archive`: where the upload was laid; it is taken from there. The worker does the rest."""
    asked = new_demande(
        kind,
        ARCHIVE,
        _safe_name(nom),
        cabinet=str(organisme.pk),
        par=str(by.pk),
        now=now,
        nomenclature=nomenclature,
    )
    try:
        return _ask(organisme, asked, by, now, archive)
    finally:
        archive.unlink(missing_ok=True)


def ask_download(*, organisme: Organisme, kind: str, by: Personne, now: datetime) -> Demande:
    """From the official address, where there is a network."""
    if kind == "naf":
        raise Refused(
            Obstacle(
                "La nomenclature d’activités n’a pas d’adresse connue : déposez son fichier.", code="naf"
            )
        )
    asked = new_demande(kind, ADRESSE, "", cabinet=str(organisme.pk), par=str(by.pk), now=now)
    return _ask(organisme, asked, by, now, None)


@transaction.atomic
def _ask(organisme: Organisme, asked: Demande, by: Personne, now: datetime, archive: Path | None) -> Demande:
    access.require(Action.MANAGE_METIERS, by, organisme)
    if asked.kind not in KINDS or (asked.kind == "naf" and asked.nomenclature not in NOMENCLATURES):
        raise Refused(Obstacle("Dites de quel référentiel il s’agit.", code="kind", field="kind"))
    home = _home()
    waiting = demandes.next_demande(home)
    if waiting is not None:
        raise Refused(
            Obstacle(
                "Un import est déjà en cours : attendez qu’il soit fini, puis recommencez.", code="en_cours"
            )
        )
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    record(
        Nom.REFERENTIEL_DEMANDE,
        organisme,
        by=by,
        now=now,
        faits={"demande": asked.id, "nature": asked.kind, "origine": asked.origine},
    )
    if archive is not None:
        place = demandes.archive_path(home, asked)
        place.parent.mkdir(mode=0o700)
        archive.replace(place)
    demandes.write_demande(home, asked)
    return asked


@transaction.atomic
def choose_version(*, organisme: Organisme, kind: str, version: str, by: Personne, now: datetime) -> None:
    """The day's one. Nothing that was written under another version changes."""
    access.require(Action.MANAGE_METIERS, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    try:
        mark_version(_home(), kind, version)
    except MetiersError as absent:
        raise Refused(Obstacle(absent.phrase, code="version")) from None
    record(Nom.REFERENTIEL_CHOISI, organisme, by=by, now=now, faits={"nature": kind, "version": version})


def carry_out(*, by: Personne, now: Callable[[], datetime]) -> Demande | None:
    """Do what was asked, if anything was; refused or done, its page says so. By the machine, one at a time.

    Nothing is written under a version's name before all of it is sound, so that being killed here costs only time.
    """
    home = _home()
    with demandes.alone(home) as mine:
        if not mine:
            return None
        demandes.sweep(home)
        asked = demandes.next_demande(home)
        if asked is None:
            return None
        access.require(Action.IMPORT_METIERS, by, Organisme.objects.get(pk=asked.cabinet))
        asked = replace(asked, essais=asked.essais + 1)
        demandes.write_demande(home, asked)
        ended = replace(_attempt(home, asked, now()), etape="", finie_le=now().isoformat(timespec="seconds"))
        _record_end(ended, by, now())
        demandes.finish(home, ended)
        return ended


def _attempt(home: Path, asked: Demande, now: datetime) -> Demande:
    if asked.essais > ESSAIS_MAX:
        phrase = (
            f"L’import a été interrompu {ESSAIS_MAX} fois : la mémoire ou le disque de la machine ne suffit peut-être "
            "pas. La version en usage n’a pas changé."
        )
        return replace(asked, etat=REFUSEE, refus=phrase)
    try:
        done = _import(home, asked, now)
    except MetiersError as refused:
        return replace(asked, etat=REFUSEE, refus=refused.phrase, champ=refused.champ)
    except (MemoryError, OSError, sqlite3.Error) as failure:
        phrase = (
            f"La machine n’a pas pu finir ({type(failure).__name__}) : vérifiez sa mémoire et son disque, puis "
            "recommencez. La version en usage n’a pas changé."
        )
        return replace(asked, etat=REFUSEE, refus=phrase)
    return replace(
        asked,
        etat=FAITE,
        version=done.version,
        credit=done.credit,
        en_usage=done.en_usage,
        comptes=tuple(done.comptes.items()),
        avis=tuple(done.avis),
    )


@transaction.atomic
def _record_end(ended: Demande, by: Personne, now: datetime) -> None:
    organisme = Organisme.objects.select_for_update().get(pk=ended.cabinet)
    name = Nom.REFERENTIEL_IMPORTE if ended.etat == FAITE else Nom.REFERENTIEL_REFUSE
    record(
        name,
        organisme,
        by=by,
        now=now,
        faits={"demande": ended.id, "nature": ended.kind, "version": ended.version},
    )


def _import(home: Path, asked: Demande, now: datetime) -> Imported:
    if asked.origine == ADRESSE:
        fetch = fetch_rome if asked.kind == "rome" else fetch_rncp
        _say(home, asked, "Téléchargement depuis l’adresse officielle")
        progress = _told_each(10, lambda size: _say(home, asked, f"Téléchargement : {size // _MO} Mo reçus"))
        with fetch(progress=progress) as path:
            return _read(home, asked, path, now)
    return _read(home, asked, demandes.archive_path(home, asked), now)


def _read(home: Path, asked: Demande, path: Path, now: datetime) -> Imported:
    if asked.kind == "rome":
        return import_rome(path, home, now, progress=lambda step: _say(home, asked, step))
    if asked.kind == "naf":
        _say(home, asked, "Lecture de la nomenclature")
        return import_naf(path, home, now, asked.nomenclature)
    _say(home, asked, "Lecture de l’export")
    return import_rncp(path, home, now, progress=lambda n: _say(home, asked, f"{n} certifications écrites"))


def _say(home: Path, asked: Demande, etape: str) -> None:
    demandes.write_demande(home, demandes.told(asked, etape))


def _told_each(times: int, say: Callable[[int], None]) -> Callable[[int], None]:
    """Not at each megabyte."""
    seen = 0

    def progress(size: int) -> None:
        nonlocal seen
        seen += 1
        if seen % times == 1:
            say(size)

    return progress


def _safe_name(nom: str) -> str:
    """The name of an official file, as refusals quote it; never a path."""
    plain = Path(nom.replace("\\", "/")).name.replace("\0", "").strip(". ")
    return plain[-120:] or "archive.zip"


def _home() -> Path:
    return Path(settings.DONNEES)
