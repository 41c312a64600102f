"""A respondent's link and mails: made again from a secret of this installation each time, to an address that is only read when a mail leaves."""

from datetime import datetime
from typing import Any

from jalon.access.repondant import link_fingerprint
from jalon.actions import secret
from jalon.actions.envoi import enqueue
from jalon.domain.adresse import normalize
from jalon.records.models import Bilan, Envoi, Repondant

_PURPOSE = "lien-repondant"
DEMANDE, RAPPEL = "regard_demande", "regard_rappel"


def token(repondant_id: Any) -> str:
    return secret.fingerprint(_PURPOSE, str(repondant_id))


def seal_link(repondant_id: Any) -> str:
    """The fingerprint to keep on the row."""
    return link_fingerprint(token(repondant_id))


def address_fingerprint(regards_id: Any, adresse: str) -> str:
    """Tells the same address in the same round, and nothing else: short things are guessed, a keyed print is not."""
    return secret.fingerprint("adresse-repondant", str(regards_id), normalize(adresse))


def ask(repondant: Repondant, bilan: Bilan, genre: str, *, now: datetime) -> None:
    """The row holds an identifier: whoever reads the outbox reads no address."""
    enqueue(genre, bilan=bilan, now=now, donnees={"repondant": str(repondant.pk)})


def forget_mails(bilan: Bilan, repondant_id: Any = None) -> None:
    """Nothing leaves any more for one of them, or for all."""
    waiting = Envoi.objects.filter(bilan=bilan, genre__startswith="regard_", envoye_le=None)
    for one in waiting:
        if repondant_id is None or one.donnees.get("repondant") == str(repondant_id):
            one.delete()
