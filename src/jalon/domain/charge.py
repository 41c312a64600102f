"""How many people one consultant accompanies at a time: a ceiling that she or the cabinet sets, and that each of them may know."""

from dataclasses import dataclass

from jalon.domain.obstacle import Obstacle, Severity

PLAFOND_MAX = 60


@dataclass(frozen=True)
class Charge:
    en_cours: int
    plafond: int | None = None

    @property
    def depasse(self) -> bool:
        return self.plafond is not None and self.en_cours > self.plafond

    @property
    def pleine(self) -> bool:
        return self.plafond is not None and self.en_cours >= self.plafond

    @property
    def places(self) -> int | None:
        return None if self.plafond is None else max(0, self.plafond - self.en_cours)


def one_more(charge: Charge) -> Obstacle | None:
    """Before another bilan is opened: a warning, and a reason lets it pass."""
    if not charge.pleine:
        return None
    return Obstacle(
        f"Cette personne mène déjà {charge.en_cours} accompagnements, pour {charge.plafond} au plus annoncés à celles et "
        "ceux qu’elle suit. Confiez ce dossier à quelqu’un d’autre, convenez d’un début plus tard, ou dites pourquoi "
        "il peut commencer.",
        "Règle de Jalon",
        Severity.WARN,
        code="plafond",
        field="consultant",
    )
