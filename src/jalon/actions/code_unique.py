"""One-time codes sent by mail: made, sent at once, used once. The tries are counted even when the act is refused."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from jalon.actions import secret
from jalon.actions.courrier import send_soon
from jalon.actions.envoi import enqueue
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.models import AccesEmployeur, Bilan, CodeUnique, Partage, Seance, Signataire

VALABLE = timedelta(minutes=15)
TRIES = 5
# Enough for somebody whose mail is slow; a mailbox is not flooded by who knows the link.
SENT_MAX, SENT_WITHIN = 5, timedelta(minutes=30)
_PURPOSE = "code-unique"


def send_code(
    genre: str, *, bilan: Bilan, adresse: str, now: datetime, bound_to: str = "", **about: Any
) -> CodeUnique:
    """A new code to this address; the former ones stop working. `about`: `signataire=`, `acces=` or `partage=`.

    `bound_to`: what the code is for beside its owner (the document's fingerprint): for anything else it is wrong.
    """
    sent = CodeUnique.objects.filter(**about, cree_le__gt=now - SENT_WITHIN)
    if sent.count() >= SENT_MAX:
        raise Refused(
            Obstacle(
                f"{SENT_MAX} codes ont déjà été envoyés en une demi-heure. Attendez un moment avant d’en demander un autre, "
                "et regardez aussi parmi les courriels indésirables.",
                code="trop_de_codes",
            )
        )
    CodeUnique.objects.filter(**about, utilise_le=None, expire_le__gt=now).update(expire_le=now)
    digits = f"{secrets.randbelow(10**8):08d}"
    code = CodeUnique.objects.create(
        **about, empreinte=_print(about, bound_to, digits), cree_le=now, expire_le=now + VALABLE
    )
    envoi = enqueue(
        genre,
        adresse=adresse,
        bilan=bilan,
        now=now,
        donnees={
            "code_scelle": secret.seal_text(f"{digits[:4]}-{digits[4:]}"),
            "expire_le": code.expire_le.isoformat(),
        },
    )
    send_soon(envoi, now)
    return code


def use_code(
    typed: str, *, now: datetime, bound_to: str = "", **about: Signataire | AccesEmployeur | Partage | Seance
) -> CodeUnique:
    """The code, used up; or refused, with what to do. Call it outside the act's own transaction: a wrong try must count."""
    digits = "".join(c for c in typed if c.isdigit())
    with transaction.atomic():
        last = CodeUnique.objects.select_for_update().filter(**about).order_by("-cree_le", "-id").first()
        refusal = _refusal(last, _print(about, bound_to, digits), now)
        if last is not None and refusal is not None and refusal.code == "code_faux":
            CodeUnique.objects.filter(pk=last.pk).update(essais=F("essais") + 1)
        elif last is not None and refusal is None:
            last.utilise_le = now
            last.save(update_fields=["utilise_le"])
    if refusal is not None or last is None:
        raise Refused(refusal or _none())
    return last


def _refusal(last: CodeUnique | None, print_: str, now: datetime) -> Obstacle | None:
    if last is None:
        return _none()
    if last.utilise_le is not None:
        return Obstacle(
            "Ce code a déjà servi : un code ne sert qu’une fois. Demandez-en un autre.",
            code="code_servi",
            field="code",
        )
    if last.essais >= TRIES:
        return Obstacle(
            "Trop d’essais avec ce code : il ne fonctionne plus. Demandez-en un autre.",
            code="code_epuise",
            field="code",
        )
    if now >= last.expire_le:
        return Obstacle(
            "Ce code n’est plus valable : il l’était un quart d’heure. Demandez-en un autre.",
            code="code_expire",
            field="code",
        )
    if not secrets.compare_digest(last.empreinte, print_):
        return Obstacle(
            "Ce n’est pas le dernier code envoyé. Recopiez les huit chiffres du courriel le plus récent.",
            code="code_faux",
            field="code",
        )
    return None


def _none() -> Obstacle:
    return Obstacle("Demandez d’abord un code : il arrive par courriel.", code="code_absent", field="code")


def _print(about: dict[str, Any], bound_to: str, digits: str) -> str:
    owner = next(iter(about.values()))
    return secret.fingerprint(_PURPOSE, str(owner.pk), bound_to, digits)
