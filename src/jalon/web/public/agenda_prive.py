"""The private feed: who holds the address reads the dates, and nothing else. Unchanged, it costs one question."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from jalon.access.agenda import feed_version, get_by_token, read_feed
from jalon.documents.ics import write_calendar
from jalon.web import gate
from jalon.web.requete import Requete


@gate.public
def agenda_prive(request: Requete, jeton: Any) -> HttpResponse:
    flux = get_by_token(jeton)
    etag = f'"{feed_version(flux.personne, request.now)}"'
    asked = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    if etag in asked:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(
            write_calendar(read_feed(flux.personne, request.now)), content_type="text/calendar; charset=utf-8"
        )
        answer["Content-Disposition"] = 'inline; filename="rendez-vous.ics"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, max-age=300"
    answer["X-Robots-Tag"] = "noindex"
    return answer


urls = [path("agenda/<str:jeton>.ics", agenda_prive, name="public_agenda")]
