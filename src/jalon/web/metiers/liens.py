"""Where an occupation is read from here: inside a bilan under its mark, in the consultant's free pages under its code."""

from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from django.urls import reverse

from jalon.web.ecrits.page import lien
from jalon.web.metiers.repere import repere


class Liens(Protocol):
    def marque(self, code: str) -> str: ...
    def fiche(self, code: str) -> str: ...
    @property
    def comparer(self) -> str: ...


def vers_comparer(liens: Liens, codes: list[str]) -> str:
    return f"{liens.comparer}?{urlencode([('f', liens.marque(code)) for code in codes])}"


@dataclass(frozen=True)
class LiensDuBilan:
    espace: str
    bilan: Any

    def marque(self, code: str) -> str:
        return repere(self.bilan, code)

    def fiche(self, code: str) -> str:
        return lien(self.espace, "metier_fiche", self.bilan, self.marque(code))

    @property
    def comparer(self) -> str:
        return lien(self.espace, "metier_comparer", self.bilan)


@dataclass(frozen=True)
class LiensLibres:
    """Nobody is meant by these pages: the code stands in the address, as in any dictionary."""

    def marque(self, code: str) -> str:
        return code

    def fiche(self, code: str) -> str:
        return reverse("consultant_referentiel_fiche", args=[code])

    @property
    def comparer(self) -> str:
        return reverse("consultant_referentiel_comparer")
