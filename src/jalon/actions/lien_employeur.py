"""The employer's link: made from a secret of this installation, so that it can be written again in each mail and is kept nowhere."""

from datetime import datetime

from jalon.access.employeur import link_fingerprint
from jalon.actions import secret
from jalon.actions.envoi import enqueue
from jalon.records.models import AccesEmployeur, Bilan

_PURPOSE = "lien-employeur"


def token(acces: AccesEmployeur) -> str:
    return secret.fingerprint(_PURPOSE, str(acces.pk), acces.ouvert_le.isoformat())


def seal_link(acces: AccesEmployeur) -> str:
    """The fingerprint to keep on the row."""
    return link_fingerprint(token(acces))


def open_acces(bilan: Bilan) -> AccesEmployeur | None:
    return AccesEmployeur.objects.filter(bilan=bilan, clos_le=None).first()


def address(bilan: Bilan) -> str:
    acces = open_acces(bilan)
    return acces.courriel if acces else ""


def send_link(acces: AccesEmployeur, *, now: datetime) -> None:
    enqueue(
        "employeur_lien",
        adresse=acces.courriel,
        bilan=acces.bilan,
        now=now,
        donnees={"jeton_employeur": secret.seal_text(token(acces))},
    )


def _open_with_address(bilan: Bilan) -> AccesEmployeur | None:
    acces = open_acces(bilan)
    return acces if acces is not None and acces.courriel else None


def tell_signed(bilan: Bilan, *, now: datetime) -> None:
    """Something has changed in its space: which, only the space says."""
    acces = _open_with_address(bilan)
    if acces is not None:
        enqueue(
            "employeur_a_lire",
            adresse=acces.courriel,
            bilan=bilan,
            now=now,
            donnees={"jeton_employeur": secret.seal_text(token(acces))},
        )


def tell(bilan: Bilan, avant_le: str, *, now: datetime) -> None:
    """Something waits for an answer in its space; nothing is written where there is no open link."""
    acces = _open_with_address(bilan)
    if acces is None:
        return
    enqueue(
        "employeur_a_repondre",
        adresse=acces.courriel,
        bilan=bilan,
        now=now,
        donnees={"jeton_employeur": secret.seal_text(token(acces)), "avant_le": avant_le},
    )
