"""Signing one document: who may sign now, what stands in the way, and the fingerprint of what was signed.

A signature is linked to the very bytes by their fingerprint, to the person by the means she alone holds (C. civ. 1366 and 1367).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled

ECRIT = "Code civil, art. 1366 et 1367"
REFUS = "Code du travail, art. L. 6313-4, al. 2"


class EtatCircuit(Labelled):
    OUVERT = "ouvert", "À signer"
    # Everybody has signed; the seal follows at once, or at the next start of the service.
    COMPLET = "complet", "Signé, à sceller"
    SCELLE = "scelle", "Signé et scellé"
    # Refused, expired or taken back: one word for all, nobody learns which.
    SANS_SUITE = "sans_suite", "Sans suite"


class Qualite(Labelled):
    BENEFICIAIRE = "beneficiaire", "Bénéficiaire"
    EMPLOYEUR = "employeur", "Employeur"
    PRESTATAIRE = "prestataire", "Prestataire"
    CONSULTANT = "consultant", "Consultant"


class Moyen(Labelled):
    CODE = "code", "Code reçu par courriel"
    CLE = "cle", "Clé d’accès"
    DESSIN = "dessin", "Tracé à l’écran, dans son espace"
    PAPIER = "papier", "Sur papier, numérisé"


@dataclass(frozen=True)
class Place:
    """One signatory as the rules see her."""

    id: str
    rang: int
    signee: bool = False
    refusee: bool = False


def turn(places: Sequence[Place]) -> frozenset[str]:
    """Whose turn it is: everybody of the lowest rank at which a signature is missing; nobody once somebody has refused."""
    if any(place.refusee for place in places):
        return frozenset()
    waiting = [place for place in places if not place.signee]
    if not waiting:
        return frozenset()
    first = min(place.rang for place in waiting)
    return frozenset(place.id for place in waiting if place.rang == first)


def is_complete(places: Sequence[Place]) -> bool:
    return bool(places) and all(place.signee for place in places)


def signing_obstacles(
    *,
    etat: EtatCircuit,
    places: Sequence[Place],
    signataire: str,
    expire_le: datetime,
    now: datetime,
    empreinte: str,
    empreinte_vue: str,
) -> list[Obstacle]:
    """Everything that stands in the way of this signature, now, on these bytes."""
    place = next(p for p in places if p.id == signataire)
    if place.signee:
        return [Obstacle("Vous avez déjà signé ce document : une seule signature suffit.", code="deja_signe")]
    if etat in (EtatCircuit.COMPLET, EtatCircuit.SCELLE):
        return [Obstacle("Ce document est déjà signé par tous.", code="complet")]
    if etat == EtatCircuit.SANS_SUITE:
        return [
            Obstacle(
                "Ce document n’est plus à signer : le délai est passé, ou il a été retiré. Une signature tardive ne le fait "
                "pas revivre. Un nouveau document peut être établi.",
                code="clos",
            )
        ]
    found = []
    if now >= expire_le:
        found.append(
            Obstacle(
                "Le délai pour signer ce document est passé. Une signature tardive ne le fait pas revivre : "
                "demandez qu’un nouveau document soit établi.",
                code="expire",
            )
        )
    if signataire not in turn(places):
        found.append(
            Obstacle(
                "Ce n’est pas encore votre tour : une autre personne signe avant vous. Vous serez prévenu.",
                code="rang",
            )
        )
    if empreinte_vue != empreinte:
        found.append(
            Obstacle(
                "Le document que vous avez lu n’est pas celui qui serait signé. Rechargez la page et relisez-le.",
                ECRIT,
                code="empreinte",
            )
        )
    return found


def paper_date_obstacle(signe_le: datetime, *, ouvert_le: datetime, now: datetime) -> Obstacle | None:
    """A date written by hand cannot lie outside what is possible."""
    if signe_le > now:
        return Obstacle(
            "Cette date de signature est dans l’avenir. Recopiez celle qui est écrite sur le papier.",
            ECRIT,
            code="date_future",
            field="signe_le",
        )
    if signe_le < ouvert_le:
        return Obstacle(
            "Cette date de signature est antérieure au document : il n’existait pas encore. Vérifiez le papier.",
            ECRIT,
            code="date_anterieure",
            field="signe_le",
        )
    return None


def fingerprint(
    *, document: str, circuit: str, signataire: str, qualite: str, moyen: str, signe_le: datetime, temoin: str
) -> str:
    """Sha256 that ties the document's bytes to who signed, how, when, and to the evidence of the means."""
    facts = [document, circuit, signataire, qualite, moyen, signe_le.astimezone(UTC).isoformat(), temoin]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()


def masked(address: str) -> str:
    """« z•••@e•••.fr »: enough for the person to know which mailbox, too little to write to it."""
    name, _, host = address.partition("@")
    domain, _, end = host.rpartition(".")
    return f"{name[:1]}•••@{domain[:1]}•••.{end}"


# A drawing: strokes of whole numbers in a frame of 600 × 200, nothing else.
LARGEUR, HAUTEUR = 600, 200
_STROKE = re.compile(r"M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})+")
_TRACE_MAX = 40_000
_POINTS_MIN = 12


def read_trace(trace: str) -> list[list[tuple[int, int]]] | None:
    """The strokes, or None when this is not a drawing of ours, or hardly one."""
    if len(trace) > _TRACE_MAX:
        return None
    strokes = []
    rest = trace
    while rest:
        found = _STROKE.match(rest)
        if not found:
            return None
        strokes.append(
            [(int(x), int(y)) for x, y in (p.split(" ") for p in re.split("[ML]", found.group())[1:])]
        )
        rest = rest[found.end() :]
    points = [point for stroke in strokes for point in stroke]
    if len(points) < _POINTS_MIN or any(x > LARGEUR or y > HAUTEUR for x, y in points):
        return None
    wide = max(x for x, _ in points) - min(x for x, _ in points)
    high = max(y for _, y in points) - min(y for _, y in points)
    return strokes if wide + high >= 40 else None
