"""The first contacts that wait on the cabinet's page, at each step before a dossier."""

import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from jalon.actions import contact, reservation
from jalon.demonstration.cabinet import Maison
from jalon.demonstration.deroule import Pas
from jalon.domain.seance import Modalite
from jalon.records.models import Contact
from jalon.web.composants.typographie import nbsp


def read_prospects() -> list[dict[str, Any]]:
    text = files(__package__).joinpath("prospects.toml").read_text("utf-8")
    return list(tomllib.loads(text)["personnes"])


class Prospect:
    def __init__(self, row: dict[str, Any], maison: Maison) -> None:
        self.row = row
        self.maison = maison
        self.contact: Contact | None = None

    def pas(self, now: datetime) -> list[Pas]:
        came = now - timedelta(days=self.row["jours"])
        step = self.row["etape"]
        found = [Pas(came, "contact", self._come)]
        if step != "recu":
            # «passe»: the interview has been, and waits for its outcome.
            meet = came + timedelta(days=4) if step in ("passe", "suite") else now + timedelta(days=2)
            found.append(Pas(came + timedelta(hours=3), "fixe", lambda when: self._meet(meet, when)))
        if step == "suite":
            found.append(Pas(came + timedelta(days=4, hours=1), "suite", self._hold))
        return found

    def _come(self, now: datetime) -> None:
        row = self.row
        fields = {
            "organisme": self.maison.organisme,
            "prenom": row["prenom"],
            "nom": row["nom"],
            "email": ""
            if row["canal"] == "visite"
            else f"{row['prenom']}.{row['nom']}@exemple.fr".replace("é", "e"),
            "telephone": f"06 39 98 20 {row['jours'] + 10}",
            "rappel_discret": row.get("discret", False),
            "propos": nbsp(row["propos"]),
            "now": now,
        }
        if row["canal"] == "formulaire":
            self.contact = contact.receive_contact(**fields)
        else:
            self.contact = contact.record_contact(**fields, canal=row["canal"], by=self.maison.assistante)

    def _meet(self, debut: datetime, now: datetime) -> None:
        assert self.contact is not None
        self.contact = reservation.plan_entretien(
            contact=self.contact,
            debut=debut.replace(minute=0, second=0, microsecond=0),
            modalite=Modalite.TELEPHONE,
            consultant=self.maison.consultants[self.row["consultant"]],
            by=self.maison.assistante,
            now=now,
        )

    def _hold(self, now: datetime) -> None:
        assert self.contact is not None
        by = self.maison.consultants[self.row["consultant"]]
        contact.hold_entretien(contact=self.contact, issue="suite", by=by, now=now)
