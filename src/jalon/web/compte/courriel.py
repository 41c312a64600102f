"""Mails that a person is waiting for: written in our neutral words and sent at once, not through the outbox."""

from datetime import UTC, datetime, timedelta
from email.utils import formataddr, parseaddr
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from jalon.access.compte import cabinet_writing_to
from jalon.actions.courrier import neutral_name
from jalon.documents.courriels import render_courriel


def send_now(request: HttpRequest, genre: str, adresse: str, **donnees: Any) -> None:
    """A server that does not answer is told to the person: she would wait for a mail that never comes."""
    cabinet = cabinet_writing_to(adresse)
    expediteur = neutral_name(cabinet)
    courriel = render_courriel(genre, {"expediteur": expediteur, **donnees})
    message = EmailMessage(
        courriel.sujet,
        courriel.texte,
        formataddr((expediteur, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        [adresse],
        reply_to=[cabinet.courriel] if cabinet and cabinet.courriel else None,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except OSError:  # smtplib's own errors are of this kind too
        raise ImmediateHttpResponse(render(request, "compte/courriel_en_panne.html", status=503)) from None


def send_code(request: HttpRequest, genre: str, adresse: str, code: str, seconds: int) -> None:
    """A code lives in real time, even where the demonstration has moved its clock."""
    expire_le = datetime.now(tz=UTC) + timedelta(seconds=seconds)
    send_now(request, genre, adresse, code=code, expire_le=expire_le)


def link_to(name: str) -> str:
    """Never from the request's own host: a forged one would end in a mail."""
    return settings.JALON_BASE_URL.rstrip("/") + reverse(name)
