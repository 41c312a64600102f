"""Papers that wait for a hand: whose turn it is, the cabinet's own first. One query, with a bound."""

from datetime import datetime, timedelta

from jalon.access.a_faire_engagement import Scope
from jalon.access.a_traiter import ATraiter, Famille, Rang
from jalon.access.papier import LIBELLES
from jalon.domain.signature import EtatCircuit, Qualite
from jalon.records.models import Signataire

_AT_MOST = 10
_PATIENCE = timedelta(days=3)
_OURS = (Qualite.PRESTATAIRE, Qualite.CONSULTANT)


def read_signatures_due(scope: Scope, now: datetime) -> list[ATraiter]:
    """Those who have been told that it is their turn. A refusal leaves no row: nobody is pressed (L. 6313-4, al. 2)."""
    rows = (
        Signataire.objects.filter(
            scope("circuit__bilan__"),
            circuit__etat=EtatCircuit.OUVERT,
            demande_le__isnull=False,
            signe_le=None,
            refuse_le=None,
        )
        .select_related("circuit__bilan", "circuit__document")
        .defer("circuit__document__octets")
        .order_by("circuit__expire_le", "id")[:_AT_MOST]
    )
    return [_thing(row, now) for row in rows]


def _thing(row: Signataire, now: datetime) -> ATraiter:
    ours = row.qualite in _OURS
    circuit, who = row.circuit, Qualite(row.qualite).label.lower()
    waited = row.demande_le is not None and row.demande_le < now - _PATIENCE
    return ATraiter(
        Rang.A_FAIRE if ours or waited else Rang.BIENTOT,
        f"Signature attendue ({who}) : dossier {circuit.bilan.numero}",
        f"{LIBELLES.get(circuit.document.genre, 'Document')} n° {circuit.document.numero}. "
        + (
            "C’est au tour du cabinet de signer."
            if ours
            else "Le document n’est plus à signer après cette date."
        ),
        "dossier",
        circuit.bilan_id,
        circuit.expire_le,
        "Code civil, art. 1366 et 1367",
        Famille.SIGNATURES,
    )
