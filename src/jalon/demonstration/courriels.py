"""The mails that would have left: read in the folder where the demonstration's mail backend writes them."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.web import gate

# Django's file backend ends each mail of a file with this line.
_END = b"\n" + b"-" * 79 + b"\n"
_PAR_PAGE = 15


@dataclass(frozen=True)
class Courriel:
    de: str
    a: str
    sujet: str
    le: datetime
    texte: str


def read_courriels(folder: Path) -> list[Courriel]:
    """Newest first, by the day of the demonstration and not by the day of the file."""
    found = []
    if folder.is_dir():
        for file in folder.iterdir():
            for raw in file.read_bytes().split(_END):
                if raw.strip():
                    found.append(_courriel(raw))
    return sorted(found, key=lambda mail: mail.le, reverse=True)


def _courriel(raw: bytes) -> Courriel:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    return Courriel(
        de=str(mail["From"]),
        a=str(mail["To"]),
        sujet=str(mail["Subject"]),
        le=parsedate_to_datetime(str(mail["Date"])),
        texte=body.get_content() if body is not None else "",
    )


@gate.public
def courriels(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("a", "").strip().lower()
    mails = [mail for mail in read_courriels(Path(settings.EMAIL_FILE_PATH)) if wanted in mail.a.lower()]
    page = Paginator(mails, _PAR_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "demonstration/courriels.html", {"page": page, "cherche": wanted, "total": len(mails)}
    )


urls = [path("courriels/", courriels, name="demonstration_courriels")]
