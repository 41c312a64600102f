"""The room of a séance at a distance: on the cabinet's own server, or a link pasted for it. For the two, shortly before, until its end.

Its name is made again each time from a secret of this installation and from the séance's hour: nobody guesses it, a séance that
moves gets another one, one that is over or cancelled has none. What is said in it is recorded nowhere: each address says so.
"""

import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.visio import has_server, porte_of, reglage_seances
from jalon.actions import secret
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.visio import (
    APRES,
    AVANCE_MAX,
    LIEN_MAX,
    Fournisseur,
    Porte,
    address_obstacles,
    bbb_create,
    bbb_join,
    jitsi_link,
)
from jalon.records.evenements import Nom, record
from jalon.records.models import Organisme, Personne, ReglageSeances, Seance

_PURPOSE = "visio"
_TIMEOUT = 8
_TITRE = "Rendez-vous"
PREAVIS_MAX = 240

Fetch = Callable[[str], bytes]


def seal_link(link: str) -> str:
    """As it is kept: half of the secret of a room is its address. Refused in clear, or with a telling name."""
    link = link.strip()
    if not link:
        return ""
    found = address_obstacles(link, "visio_lien")
    if len(link) > LIEN_MAX:
        found.append(Obstacle("Ce lien est trop long.", code="visio_long", field="visio_lien"))
    if found:
        raise Refused(tuple(found))
    return secret.seal_text(link, _PURPOSE)


def read_link(seance: Seance, *, by: Personne) -> str:
    """For whoever plans the séance: the pasted link, as it was pasted."""
    access.require(Action.PLAN_SEANCE, by, seance.bilan)
    return _open(seance.visio_lien)


def _open(kept: str) -> str:
    # Rows older than the sealing hold the link itself.
    return kept if kept.startswith(("https://", "http://")) or not kept else secret.open_text(kept, _PURPOSE)


def fetch(url: str) -> bytes:
    """The cabinet's own server, by its https address only; no redirection elsewhere is of use here."""
    with urllib.request.urlopen(url, timeout=_TIMEOUT) as answer:  # noqa: S310  # https, checked when it was settled
        said: bytes = answer.read(100_000)
    return said


def join(*, seance: Seance, by: Personne, now: datetime, ask: Fetch = fetch) -> str:
    """The address that lets this person in, now. Made on the spot, kept nowhere, said to nobody else."""
    bilan = seance.bilan
    person = bilan.beneficiaire_id == by.pk
    access.require(Action.SIGN_BENEFICIAIRE if person else Action.SIGN_CONSULTANT, by, bilan)
    reglage = reglage_seances(bilan.organisme)
    porte = porte_of(seance, reglage)
    if porte is None:
        raise Refused(Obstacle("Cette séance n’a pas de salle de visio.", code="salle"))
    if not porte.is_open(now):
        early = now < porte.ouvre
        told = (
            f"La salle ouvre {porte.avance} minutes avant l’heure."
            if early
            else "La salle est fermée : l’heure est passée."
        )
        raise Refused(Obstacle(told, code="ferme"))
    if seance.visio_lien:
        return _open(seance.visio_lien)
    name = by.prenom or ("Participante ou participant" if person else "Consultante ou consultant")
    if reglage.visio == Fournisseur.JITSI:
        return _jitsi(reglage, seance, porte, name, anime=not person)
    return _bbb(reglage, seance, porte, name, anime=not person, ask=ask)


def room_name(seance: Seance) -> str:
    return f"salle-{_made(seance, 'nom')[:28]}"


def _made(seance: Seance, what: str) -> str:
    when = seance.debut.astimezone(UTC).isoformat()
    return secret.fingerprint(_PURPOSE, what, str(seance.pk), when)


def _jitsi(reglage: ReglageSeances, seance: Seance, porte: Porte, nom: str, *, anime: bool) -> str:
    return jitsi_link(
        reglage.visio_adresse,
        salle=room_name(seance),
        app_id=reglage.visio_identifiant,
        secret=_server_secret(reglage),
        nom=nom,
        anime=anime,
        porte=porte,
    )


def _bbb(reglage: ReglageSeances, seance: Seance, porte: Porte, nom: str, *, anime: bool, ask: Fetch) -> str:
    """Created by whoever comes first (asking twice changes nothing), ended by the server itself."""
    salle, shared = room_name(seance), _server_secret(reglage)
    words = (_made(seance, "entree")[:20], _made(seance, "animation")[:20])
    minutes = int((porte.ferme - porte.ouvre).total_seconds() // 60)
    address = bbb_create(
        reglage.visio_adresse, salle=salle, titre=_TITRE, mots=words, secret=shared, minutes=minutes
    )
    try:
        answered = b"<returncode>SUCCESS</returncode>" in ask(address)
    except OSError:
        answered = False
    if not answered:
        raise Refused(
            Obstacle(
                "Le serveur de visio ne répond pas. Réessayez dans un instant, ou appelez le numéro ci-dessous.",
                code="serveur",
            )
        )
    return bbb_join(
        reglage.visio_adresse, salle=salle, nom=nom, mot=words[1] if anime else words[0], secret=shared
    )


def _server_secret(reglage: ReglageSeances) -> str:
    return secret.open_bytes(bytes(reglage.visio_secret or b""), _PURPOSE).decode()


@transaction.atomic
def settle_seances(
    *, organisme: Organisme, by: Personne, now: datetime, visio_secret: str = "", **values: Any
) -> ReglageSeances:
    """The cabinet's server and its rules. An empty secret leaves the one that is kept; another server forgets it."""
    access.require(Action.MANAGE_CABINET, by, organisme)
    row = reglage_seances(organisme)
    before = (row.visio, row.visio_adresse)
    for name in (
        "visio",
        "visio_adresse",
        "visio_identifiant",
        "visio_avance",
        "visio_telephone",
        "preavis_heures",
    ):
        if name in values:
            setattr(row, name, values[name])
    if before != (row.visio, row.visio_adresse):
        row.visio_secret = None
    if visio_secret.strip():
        row.visio_secret = secret.seal_bytes(visio_secret.strip().encode(), _PURPOSE)
    found = _obstacles(row)
    if found:
        raise Refused(tuple(found))
    if row.visio == Fournisseur.LIEN:
        row.visio_adresse, row.visio_identifiant, row.visio_secret = "", "", None
    row.save()
    record(Nom.CABINET_MODIFIE, organisme, by=by, now=now, faits={"section": "seances"})
    return row


def _obstacles(row: ReglageSeances) -> list[Obstacle]:
    found: list[Obstacle] = []
    if not 0 <= row.visio_avance <= AVANCE_MAX:
        found.append(Obstacle(f"De 0 à {AVANCE_MAX} minutes.", code="avance", field="visio_avance"))
    if not 0 <= row.preavis_heures <= PREAVIS_MAX:
        found.append(Obstacle(f"De 0 à {PREAVIS_MAX} heures.", code="preavis", field="preavis_heures"))
    if row.visio == Fournisseur.LIEN:
        return found
    found += address_obstacles(row.visio_adresse, "visio_adresse")
    if row.visio == Fournisseur.JITSI and not row.visio_identifiant:
        found.append(
            Obstacle(
                "Donnez l’identifiant d’application de votre serveur : il figure dans ses jetons.",
                code="identifiant",
                field="visio_identifiant",
            )
        )
    if not has_server(row) and row.visio_adresse:
        found.append(
            Obstacle(
                "Donnez le secret partagé de votre serveur : sans lui, aucune salle ne peut être ouverte.",
                code="secret",
                field="visio_secret",
            )
        )
    return found


__all__ = ["APRES", "fetch", "join", "read_link", "room_name", "seal_link", "settle_seances"]
