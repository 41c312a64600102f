"""The first contacts that wait on the cabinet's page, at each step before a dossier."""

import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from jalon.access.disponibilite import Moment, list_moments, read_agendas
from jalon.actions import contact, reservation
from jalon.demonstration.cabinet import Maison
from jalon.demonstration.deroule import Pas
from jalon.demonstration.semaine import FUSEAU
from jalon.domain.jours import local_day
from jalon.domain.seance import Modalite
from jalon.records.models import Contact
from jalon.web.composants.typographie import nbsp


def _email(row: dict[str, Any]) -> str:
    name = f"{row['prenom']}.{row['nom']}".strip(".").lower()
    return f"{name}@exemple.fr".replace("é", "e").replace("è", "e")


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
        if step == "reserve":
            return [Pas(came, "reserve", self._book)]
        if step != "recu":
            # «passe»: the interview has been, and waits for its outcome.
            meet = came + timedelta(days=1) if step in ("passe", "suite") else now + timedelta(days=2)
            found.append(Pas(came + timedelta(hours=3), "fixe", lambda when: self._meet(meet, when)))
        if step == "suite":
            found.append(Pas(came + timedelta(days=8), "suite", self._hold))
        return found

    def _come(self, now: datetime) -> None:
        row = self.row
        fields = {
            "organisme": self.maison.organisme,
            "prenom": row["prenom"],
            "nom": row["nom"],
            "email": "" if row["canal"] == "visite" else _email(row),
            "telephone": f"06 39 98 20 {row['jours'] + 10}",
            "rappel_discret": row.get("discret", False),
            "propos": nbsp(row["propos"]),
            "now": now,
        }
        if row["canal"] == "formulaire":
            self.contact = contact.receive_contact(**fields)
        else:
            self.contact = contact.record_contact(**fields, canal=row["canal"], by=self.maison.assistante)

    def _book(self, now: datetime) -> None:
        """By herself, on the public page: the first moment that suits her."""
        row, house = self.row, self.maison
        moment = self._free(Modalite(row["comment"]), now, now)
        made = reservation.book_entretien(
            organisme=house.organisme,
            consultant_id=moment.membre.personne_id,
            debut=moment.debut,
            modalite=moment.modalite,
            prenom=row["prenom"],
            email=_email(row),
            telephone=f"06 39 98 20 {row['jours'] + 40}",
            rappel_discret=row.get("discret", False),
            propos=nbsp(row["propos"]),
            now=now,
        )
        if row.get("confirme"):
            reservation.confirm_entretien(contact=made.contact, now=now + timedelta(hours=2))

    def _free(self, modalite: Modalite, after: datetime, now: datetime) -> Moment:
        organisme = self.maison.organisme
        consultant = self.maison.consultants[self.row["consultant"]]
        agendas = read_agendas(organisme, now, consultant_id=consultant.pk)
        first = local_day(after, FUSEAU)
        days = [first + timedelta(days=n) for n in range(30)]
        return list_moments(organisme, agendas, modalite, days, now)[0]

    def _meet(self, debut: datetime, now: datetime) -> None:
        """By the assistant on the telephone, at an hour that the consultant keeps for this."""
        assert self.contact is not None
        moment = self._free(Modalite.TELEPHONE, debut, now)
        self.contact = reservation.plan_entretien(
            contact=self.contact,
            debut=moment.debut,
            modalite=Modalite.TELEPHONE,
            minutes=45,
            consultant=self.maison.consultants[self.row["consultant"]],
            by=self.maison.assistante,
            now=now,
            prevenir=not self.row.get("discret", False),
        )

    def _hold(self, now: datetime) -> None:
        assert self.contact is not None
        by = self.maison.consultants[self.row["consultant"]]
        contact.hold_entretien(contact=self.contact, issue="suite", by=by, now=now)
