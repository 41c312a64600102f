"""The devices on which one is signed in, and how to close one from afar."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access.compte import list_sessions
from jalon.actions.compte import end_other_sessions, end_session
from jalon.web import gate
from jalon.web.requete import Requete

# In this order: each browser also names those it descends from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """«Firefox sur Windows»: enough to recognise one's own, no more than the browser says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Navigateur inconnu")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} sur {system}" if system else browser


@gate.signed_in
def sessions(request: Requete) -> HttpResponse:
    if request.method == "POST":
        return _close(request)
    here = request.session.session_key
    rows: list[dict[str, Any]] = [
        {
            "id": session.pk,
            "nom": device_name(session.user_agent),
            "ouverte_le": session.created_at,
            "vue_le": session.last_seen_at,
            "adresse": session.ip,
            "ici": session.session_key == here,
        }
        for session in list_sessions(request.user)
    ]
    rows.sort(key=lambda row: not row["ici"])
    context = {"sessions": rows, "autres": sum(not row["ici"] for row in rows)}
    return render(request, "usersessions/usersession_list.html", context)


def _close(request: Requete) -> HttpResponse:
    one = request.POST.get("session", "")
    if one.isdigit():
        closed = int(end_session(by=request.user, session_id=int(one)))
    else:
        closed = end_other_sessions(by=request.user, current_key=request.session.session_key or "")
    if closed:
        messages.success(request, "C’est fait\u00a0: il faudra de nouveau un code pour entrer depuis là.")
    else:
        messages.info(request, "Il n’y avait plus rien à fermer.")
    return redirect("usersessions_list")


urls = [path("sessions/", sessions, name="usersessions_list")]
