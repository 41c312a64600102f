"""What may be refused here, each with a sentence for the person and the place of the fault."""

from __future__ import annotations

from collections.abc import Sequence


class MetiersError(Exception):
    """`phrase` says what, why and what to do; `champ` names where."""

    def __init__(self, phrase: str, champ: str = "") -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.champ = champ


class ArchiveRefusee(MetiersError):
    """An archive that cannot be trusted: nothing of it was written, the version in use has not moved."""


class EntreeRefusee(MetiersError):
    """A question that cannot be answered as it was asked."""


class CodeInconnu(EntreeRefusee):
    """A code that is in no fiche of the version in use; `proches` are the nearest codes that exist."""

    def __init__(
        self, code: str, version: str, proches: Sequence[tuple[str, str]], champ: str = "code"
    ) -> None:
        self.code = code
        self.proches = tuple(proches)
        near = ", ".join(f"{one} ({label})" for one, label in proches)
        phrase = f"Le code « {code} » n’existe pas dans {version}."
        if near:
            phrase += f" Les codes les plus proches sont : {near}."
        super().__init__(phrase, champ)


class VersionAbsente(MetiersError):
    """A version that was asked by name and was never imported here."""
