"""Doors of signatures: what waits for whom, the document to read before signing, and where each circuit stands."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import Http404

from jalon.access import Action, require
from jalon.access.papier import LIBELLES
from jalon.domain.signature import EtatCircuit, Place, turn
from jalon.records.models import Bilan, Circuit, Personne, Signataire


@dataclass(frozen=True)
class CircuitVu:
    """One circuit, as a page shows it. `attend`: whose turn it is."""

    circuit: Circuit
    libelle: str
    signataires: tuple[Signataire, ...]
    attend: frozenset[str]

    @property
    def ouvert(self) -> bool:
        return self.circuit.etat == EtatCircuit.OUVERT


def _seen(circuit: Circuit) -> CircuitVu:
    rows = tuple(circuit.signataires.all())
    places = [Place(str(r.pk), r.rang, r.signe_le is not None, r.refuse_le is not None) for r in rows]
    return CircuitVu(
        circuit,
        LIBELLES.get(circuit.document.genre, circuit.document.genre),
        rows,
        turn(places) if circuit.etat == EtatCircuit.OUVERT else frozenset(),
    )


def _circuits(bilan: Bilan) -> Any:
    return (
        Circuit.objects.filter(bilan=bilan)
        .select_related("document", "scelle", "preuve")
        .prefetch_related("signataires__personne")
        .defer("document__octets", "scelle__octets", "preuve__octets")
        .order_by("-ouvert_le", "id")
    )


def list_circuits(personne: Personne, bilan: Bilan) -> list[CircuitVu]:
    """For those who follow the dossier."""
    require(Action.VIEW_PAPIERS, personne, bilan)
    return [_seen(circuit) for circuit in _circuits(bilan)]


def get_circuit(personne: Personne, bilan: Bilan, circuit_id: Any) -> CircuitVu:
    require(Action.SEND_TO_SIGN, personne, bilan)
    found = _circuits(bilan).filter(pk=circuit_id).first()
    if found is None:
        raise Http404
    return _seen(found)


def get_signataire(personne: Personne, bilan: Bilan, signataire_id: Any) -> Signataire:
    """Her own place in a circuit of this bilan, or 404."""
    require(Action.SIGN_PAPIER, personne, bilan)
    try:
        return Signataire.objects.select_related("circuit__document", "circuit__bilan", "personne").get(
            pk=signataire_id, circuit__bilan=bilan, personne=personne
        )
    except (Signataire.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None


def list_mine(personne: Personne, bilan: Bilan) -> list[CircuitVu]:
    """What this person signs or has signed in this bilan."""
    require(Action.SIGN_PAPIER, personne, bilan)
    return [
        seen
        for circuit in _circuits(bilan).filter(signataires__personne=personne)
        if (seen := _seen(circuit))
    ]


def document_bytes(signataire: Signataire) -> bytes:
    """The exact bytes that would be signed."""
    octets = signataire.circuit.document.octets
    if octets is None:
        raise Http404
    return bytes(octets)


def has_key(personne: Personne) -> bool:
    return Authenticator.objects.filter(user_id=personne.pk, type=Authenticator.Type.WEBAUTHN).exists()
