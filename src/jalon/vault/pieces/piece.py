"""What every kind of piece is: a small frozen class that checks itself on the way in and on the way out."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any, ClassVar, Self

from jalon.vault.erreurs import PieceIllisible, PieceInvalide
from jalon.vault.pieces.champ import Regle


class Partie:
    """A frozen dataclass whose fields each carry their rule: a piece, or a part of one (an objective, a step)."""

    def __post_init__(self) -> None:
        for name, regle in self.regles():
            try:
                object.__setattr__(self, name, regle.check(getattr(self, name)))
            except PieceInvalide as invalide:
                raise PieceInvalide(invalide.phrase, invalide.champ or name) from None

    @classmethod
    @functools.cache
    def regles(cls) -> tuple[tuple[str, Regle], ...]:
        return tuple((field.name, field.metadata["regle"]) for field in dataclasses.fields(cls))  # type: ignore[arg-type]

    def to_json(self) -> dict[str, Any]:
        return {name: regle.to_json(getattr(self, name)) for name, regle in self.regles()}

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Strict: a field that this version does not know is a sign that the piece is not what it says."""
        if not isinstance(data, dict):
            raise PieceIllisible
        regles = dict(cls.regles())
        if not data.keys() <= regles.keys():
            raise PieceIllisible
        return cls(**{name: regles[name].from_json(value) for name, value in data.items()})


class Piece(Partie):
    """One kind of content. `kind` and `version` are written beside the ciphertext and bound to it; `tiroir` is where
    it belongs, and `autres_tiroirs` where it may also go. An empty `tiroir`: always under a key of its own.
    """

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    tiroir: ClassVar[str]
    autres_tiroirs: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def tiroirs(cls) -> frozenset[str]:
        return cls.autres_tiroirs | ({cls.tiroir} - {""})

    @classmethod
    def upgrade(cls, from_version: int, data: dict[str, Any]) -> dict[str, Any]:
        """The data of an older version in today's shape. A kind that changes says here how its past is read."""
        raise PieceIllisible
