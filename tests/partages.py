"""Situations of shares: a synthesis handed over, an extract, a reader named by the person."""

from datetime import date
from typing import Any

from jalon.actions import synthese as acts
from jalon.actions.partage import Demande, read_accord, share_documents
from jalon.domain.partage import Destinataire, Finalite
from jalon.vault.pieces.synthese import Synthese

MARK = "XMARKERX"
TEXT = Synthese(
    circonstances=f"{MARK} et le reste.\n\nUne seconde raison.",
    competences="- Écouter\n- Conduire un projet",
    projet="Devenir formatrice.\n\n> Je veux transmettre.",
)


def delivered(bilan: Any, now: Any, text: Synthese = TEXT) -> Any:
    """The sealed synthesis, by the real acts."""
    piece = acts.write_synthese(bilan=bilan, synthese=text, by=bilan.consultant, now=now)
    acts.propose_synthese(bilan=bilan, by=bilan.consultant, now=now)
    acts.validate_synthese(bilan=bilan, revision=piece.revision, by=bilan.beneficiaire, now=now)
    return acts.deliver_synthese(bilan=bilan, by=bilan.consultant, now=now)


def wish(*documents: Any, **values: Any) -> Demande:
    said: dict[str, Any] = {
        "destinataire": Destinataire.TIERS,
        "prenom": "Lucie",
        "nom": "Armand",
        "structure": "Transitions Ouest",
        "courriel": "lucie@transitions.example",
        "finalite": Finalite.FORMATION,
        "fin": date(2026, 4, 3),
        "documents": tuple(d.pk for d in documents),
    }
    return Demande(**(said | values))


def shared(bilan: Any, now: Any, *documents: Any, **values: Any) -> Any:
    demande = wish(*documents, **values)
    text = read_accord(bilan=bilan, demande=demande, by=bilan.beneficiaire, now=now)
    return share_documents(
        bilan=bilan, demande=demande, accord=text.empreinte(), by=bilan.beneficiaire, now=now
    )
