"""Who may use which instrument: a sheet may demand a qualification, which the cabinet has noted and which still holds (R. 6313-4; R. 6316-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jalon.domain.obstacle import Obstacle

SOURCE = "Code du travail, art. R. 6316-1, 5°"


@dataclass(frozen=True)
class Tenue:
    """One qualification of one consultant, as it was noted."""

    intitule: str
    obtenue_le: date
    expire_le: date | None = None

    def holds(self, day: date) -> bool:
        return self.obtenue_le <= day and (self.expire_le is None or day <= self.expire_le)


def same(one: str, other: str) -> bool:
    """The same words, whatever their capitals and spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def qualification_obstacle(
    demandee: str, tenues: Iterable[Tenue], day: date, *, titre: str
) -> Obstacle | None:
    """Nothing when the sheet demands nothing, or when somebody holds it today; else what is missing, and whom to ask."""
    if not demandee.strip():
        return None
    noted = [one for one in tenues if same(one.intitule, demandee)]
    if any(one.holds(day) for one in noted):
        return None
    why = "elle n’est plus valable" if noted else "elle n’est pas notée pour vous"
    return Obstacle(
        f"« {titre} » demande une qualification, « {demandee} » : {why}. La direction du cabinet la note dans Équipe, "
        "sur votre justificatif.",
        SOURCE,
        code="qualification",
    )


def entry_obstacles(
    intitule: str, obtenue_le: date | None, expire_le: date | None, today: date
) -> list[Obstacle]:
    found = []
    if not intitule.strip():
        found.append(Obstacle("Dites laquelle.", code="intitule", field="intitule"))
    if obtenue_le is None:
        found.append(Obstacle("Donnez le jour où elle a été obtenue.", code="obtenue", field="obtenue_le"))
    elif obtenue_le > today:
        found.append(
            Obstacle(
                "Cette date est à venir : notez-la quand elle sera obtenue.",
                code="obtenue",
                field="obtenue_le",
            )
        )
    elif expire_le is not None and expire_le < obtenue_le:
        found.append(Obstacle("Elle finirait avant d’avoir commencé.", code="expire", field="expire_le"))
    return found
