"""The closed list of kinds. A kind that is not here cannot be sealed nor read."""

from __future__ import annotations

from jalon.vault.pieces.contact import Propos
from jalon.vault.pieces.piece import Piece

KINDS: dict[str, type[Piece]] = {cls.kind: cls for cls in (Propos,)}
