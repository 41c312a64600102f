"""What some people told of their lives, and how they put their projects to the test: compared, inquired into, tried."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jalon.access.projet import Projets, read_projets
from jalon.actions import enquete, projet, vie
from jalon.demonstration.histoire import typeset
from jalon.vault.pieces.comparaison import Comparaison, CriterePese, NoteProjet
from jalon.vault.pieces.contraintes import Contraintes
from jalon.vault.pieces.enquete import ContactEnquete, Enquete, QuestionEnquete
from jalon.vault.pieces.essai import Essai
from jalon.vault.pieces.formation import PisteFormation
from jalon.vault.pieces.vecu import Vecu

if TYPE_CHECKING:
    from jalon.demonstration.histoire import Histoire
    from jalon.records.models import Bilan, Personne


@cache
def _vies() -> dict[str, Any]:
    text = files(__package__).joinpath("vies.toml").read_text("utf-8")
    found: dict[str, Any] = typeset(tomllib.loads(text))
    return found


class ActesVie:
    h: "Histoire"

    @property
    def bilan(self) -> "Bilan":
        raise NotImplementedError

    @property
    def personne(self) -> "Personne":
        raise NotImplementedError

    @property
    def ma_vie(self) -> dict[str, Any]:
        found: dict[str, Any] = _vies().get(self.h.nom, {})
        return found

    def tracer_ligne(self, now: datetime) -> None:
        """Some moments are shared, the others are hers."""
        for row in self.ma_vie.get("moments", ()):
            told = {name: value for name, value in row.items() if name != "partage"}
            vie.write_vecu(
                bilan=self.bilan,
                contenu=Vecu(**told),
                partage=row.get("partage", False),
                by=self.personne,
                now=now,
            )

    def eprouver_projets(self, now: datetime) -> None:
        told = self.ma_vie
        if not told.keys() & {"enquetes", "essais", "criteres", "formations", "contraintes"}:
            return
        found = read_projets(self.personne, self.bilan, now=now)
        places = {lue.contenu.nature: lue.piece.reference for lue in reversed(found.vivants)}
        who: dict[str, Any] = {"bilan": self.bilan, "by": self.personne, "now": now}
        for row in told.get("enquetes", ()):
            enquete.write_enquete(contenu=_enquete(row, places), **who)
        for row in told.get("essais", ()):
            enquete.write_essai(contenu=_essai(row, places, now), **who)
        if "formations" in told and "principal" in places:
            leads = tuple(PisteFormation(**row) for row in told["formations"])
            projet.write_formation(projet=places["principal"], pistes=leads, **who)
        if "criteres" in told:
            projet.write_comparaison(contenu=_comparaison(told["criteres"], found), **who)
        if "contraintes" in told and "principal" in places:
            sheet = {k: v for k, v in told["contraintes"].items() if k not in ("projet", "partage")}
            vie.write_contraintes(
                projet=places["principal"],
                contenu=Contraintes(**sheet),
                partage=told["contraintes"].get("partage", False),
                **who,
            )


def _enquete(row: dict[str, Any], places: dict[str, str]) -> Enquete:
    return Enquete(
        intitule=row["intitule"],
        projet=places.get(row["projet"], ""),
        etat=row["etat"],
        but=row["but"],
        questions=tuple(QuestionEnquete(question, answer) for question, answer in row["questions"]),
        contacts=tuple(
            ContactEnquete(nom, fonction, "", acces, etat) for nom, fonction, acces, etat in row["contacts"]
        ),
        notes=row["notes"],
        change=row["change"],
    )


def _essai(row: dict[str, Any], places: dict[str, str], now: datetime) -> Essai:
    """`jours`: how many days before."""
    first, last = ((now - timedelta(days=back)).date().isoformat() for back in row["jours"])
    told = {name: value for name, value in row.items() if name not in ("jours", "projet")}
    return Essai(projet=places.get(row["projet"], ""), debut=first, fin=last, **told)


def _comparaison(rows: list[dict[str, Any]], found: Projets) -> Comparaison:
    """The marks follow the order of the projects: the main one, then the others."""
    alive = [lue.piece.reference for lue in found.vivants]
    return Comparaison(
        tuple(
            CriterePese(
                row["nom"],
                row["poids"],
                tuple(NoteProjet(ref, note) for ref, note in zip(alive, row["notes"], strict=False)),
            )
            for row in rows
        )
    )
