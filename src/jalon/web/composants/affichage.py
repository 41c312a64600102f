"""How a person wants pages to look: scheme, size of the text, calm mode, words in the title of the tab.

Kept in one small cookie, so that the page is drawn right at once, also before login and without JavaScript.
It holds choices of display and nothing about the person.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from django.http import HttpRequest, HttpResponse

COOKIE = "jalon_affichage"
ONE_YEAR = 365 * 24 * 3600

Theme = Literal["systeme", "clair", "sombre"]
Taille = Literal["normal", "16", "18", "20"]
THEMES: tuple[str, ...] = get_args(Theme)
TAILLES: tuple[str, ...] = get_args(Taille)


@dataclass(frozen=True)
class Affichage:
    theme: Theme = "systeme"
    taille: Taille = "normal"
    calme: bool = False
    # Off by default: the title of a tab, seen over a shoulder or in a history, says nothing of a bilan.
    titres_complets: bool = False

    def __str__(self) -> str:
        return f"{self.theme}.{self.taille}.{int(self.calme)}{int(self.titres_complets)}"


def parse(text: str) -> Affichage:
    """Read the cookie; anything unexpected gives the default back."""
    parts = text.split(".")
    if len(parts) != 3 or parts[2] not in {"00", "01", "10", "11"}:
        return Affichage()
    return choose(parts[0], parts[1], calme=parts[2][0] == "1", titres_complets=parts[2][1] == "1")


def choose(theme: str, taille: str, *, calme: bool, titres_complets: bool) -> Affichage:
    known_theme: Theme = theme if theme in THEMES else "systeme"  # type: ignore[assignment]
    known_taille: Taille = taille if taille in TAILLES else "normal"  # type: ignore[assignment]
    return Affichage(known_theme, known_taille, calme, titres_complets)


def read_affichage(request: HttpRequest | None) -> Affichage:
    if request is None:
        return Affichage()
    return parse(request.COOKIES.get(COOKIE, ""))


def keep_affichage(response: HttpResponse, chosen: Affichage, *, secure: bool) -> None:
    response.set_cookie(COOKIE, str(chosen), max_age=ONE_YEAR, secure=secure, httponly=True, samesite="Lax")
