"""The door by which signatures come in. Ours knows four means; an outside provider takes its place behind the same two calls.

Named by `JALON_PORTE_SIGNATURE` («module:Class»); each circuit keeps the name of the door that it was opened with.
"""

from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

from allauth.mfa.models import Authenticator
from django.conf import settings

from jalon.actions import code_unique, envoi, lien_employeur
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.signature import ECRIT, Moyen, Qualite, masked, read_trace
from jalon.records.faits import local_day
from jalon.records.models import Signataire


@dataclass(frozen=True)
class Geste:
    """What the signatory does on the page: the code she copies, the key that has just answered, the drawing."""

    moyen: Moyen
    code: str = ""
    # The identifier of the passkey whose answer the page has just verified, on a challenge of this session.
    cle: int | None = None
    trace: str = ""


@dataclass(frozen=True)
class Preuve:
    """What the door answers for: plain facts for the file of evidence, and what must be sealed away."""

    temoin: dict[str, Any] = field(default_factory=dict)
    a_sceller: bytes = b""


class Porte(Protocol):
    nom: str

    def ask(self, signataire: Signataire, now: datetime) -> None:
        """Tell the signatory that her turn has come."""

    def prove(self, signataire: Signataire, geste: Geste, now: datetime) -> Preuve:
        """The evidence of this gesture; raises `Refused` when it proves nothing. A gesture proves once."""


class PorteJalon:
    nom = "jalon"

    def ask(self, signataire: Signataire, now: datetime) -> None:
        circuit = signataire.circuit
        before = local_day(circuit.bilan, circuit.expire_le - circuit.expire_le.resolution)
        donnees = {"avant_le": before.isoformat(), "circuit": str(circuit.pk)}
        if signataire.qualite == Qualite.EMPLOYEUR:
            lien_employeur.tell(circuit.bilan, donnees["avant_le"], now=now)
            return
        envoi.enqueue(
            "signature_demandee",
            personne=signataire.personne,
            bilan=circuit.bilan,
            now=now,
            donnees=donnees,
        )

    def prove(self, signataire: Signataire, geste: Geste, now: datetime) -> Preuve:
        if geste.moyen == Moyen.CODE:
            used = code_unique.use_code(
                geste.code, signataire=signataire, bound_to=signataire.circuit.empreinte, now=now
            )
            return Preuve({"code": str(used.pk), "adresse": masked(address_of(signataire))})
        if geste.moyen == Moyen.CLE:
            return self._key(signataire, geste)
        if geste.moyen == Moyen.DESSIN and read_trace(geste.trace) is not None:
            return Preuve({}, geste.trace.encode())
        raise Refused(
            Obstacle(
                "Tracez votre signature dans le cadre, ou choisissez un autre moyen : le tracé est vide ou trop court.",
                ECRIT,
                code="trace",
                field="trace",
            )
        )

    def _key(self, signataire: Signataire, geste: Geste) -> Preuve:
        held = Authenticator.objects.filter(
            pk=geste.cle, user_id=signataire.personne_id, type=Authenticator.Type.WEBAUTHN
        )
        if geste.cle is None or not held.exists():
            raise Refused(
                Obstacle(
                    "La clé d’accès n’a pas répondu, ou n’est pas la vôtre. Recommencez, ou choisissez un autre moyen.",
                    ECRIT,
                    code="cle",
                )
            )
        return Preuve({"cle": geste.cle})


def address_of(signataire: Signataire) -> str:
    """Where a code goes: the employer's own address for this dossier, else the person's."""
    if signataire.qualite == Qualite.EMPLOYEUR:
        return lien_employeur.address(signataire.circuit.bilan)
    return signataire.personne.email or ""


def porte(nom: str = "") -> Porte:
    """The door of this name; without a name, the one that new circuits take."""
    named = getattr(settings, "JALON_PORTE_SIGNATURE", "")
    outside: Porte | None = None
    if named:
        module, kind = named.split(":")
        outside = getattr(import_module(module), kind)()
    if outside is not None and nom in ("", outside.nom):
        return outside
    if nom in ("", PorteJalon.nom):
        return PorteJalon()
    raise Refused(
        Obstacle(
            "Ce document a été envoyé par un service de signature qui n’est plus réglé sur cette installation. "
            "Remettez-le dans les réglages, ou établissez un nouveau document.",
            code="porte",
        )
    )
