"""Text messages, through a door that can be replaced. Closed unless the operator opens it; the words are always neutral.

JALON_SMS: nothing (closed), `dossier:/chemin` (one file each: demonstration, tests) or `https://…` (any provider that takes a POST;
JALON_SMS_JETON, JALON_SMS_CHAMP_NUMERO, JALON_SMS_CHAMP_TEXTE, JALON_SMS_EXPEDITEUR). A provider keeps what it is given: the
person is told so where she chooses.
"""

import json
import re
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

LONGEST = 320
_TIMEOUT = 15


class SmsRefuse(Exception):
    """Not sent. Quotes neither the number nor the text."""


class PorteSms(Protocol):
    def send(self, numero: str, texte: str, *, identifiant: str) -> None: ...


@dataclass(frozen=True)
class DossierSms:
    """One file a message; the same message written twice is one file."""

    dossier: Path

    def send(self, numero: str, texte: str, *, identifiant: str) -> None:
        self.dossier.mkdir(parents=True, exist_ok=True)
        (self.dossier / f"{identifiant}.txt").write_text(f"{numero}\n{texte}\n", encoding="utf-8")


@dataclass(frozen=True)
class HttpSms:
    """A provider's own address: JSON, a bearer token, an identifier by which it can know a message sent twice."""

    adresse: str
    jeton: str
    champ_numero: str
    champ_texte: str
    expediteur: str = ""

    def send(self, numero: str, texte: str, *, identifiant: str) -> None:
        body: dict[str, Any] = {self.champ_numero: numero, self.champ_texte: texte}
        if self.expediteur:
            body["from"] = self.expediteur
        request = urllib.request.Request(  # noqa: S310  # the operator's own address, https only
            self.adresse,
            data=json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.jeton}",
                "Idempotency-Key": identifiant,
            },
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
                status = answer.status
        except OSError as failure:
            raise SmsRefuse(type(failure).__name__) from None
        if not 200 <= status < 300:
            raise SmsRefuse(str(status))


def is_open() -> bool:
    return bool(settings.JALON_SMS)


def porte() -> PorteSms:
    where: str = settings.JALON_SMS
    if where.startswith("dossier:"):
        return DossierSms(Path(where.removeprefix("dossier:")))
    if where.startswith("https://"):
        return HttpSms(
            where,
            settings.JALON_SMS_JETON,
            settings.JALON_SMS_CHAMP_NUMERO,
            settings.JALON_SMS_CHAMP_TEXTE,
            settings.JALON_SMS_EXPEDITEUR,
        )
    raise SmsRefuse("porte fermée")


def send_sms(numero: str, texte: str, *, identifiant: str) -> None:
    """The number as providers want it: figures, the country's prefix."""
    digits = re.sub(r"[^0-9+]", "", numero)
    if digits.startswith("0") and len(digits) == 10:
        digits = "+33" + digits[1:]
    if not re.fullmatch(r"\+[0-9]{8,15}", digits):
        raise SmsRefuse("numéro")
    porte().send(digits, texte[:LONGEST], identifiant=identifiant)
