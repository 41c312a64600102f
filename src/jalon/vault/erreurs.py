"""What the vault says when it will not: a sentence for a person, never a word of content."""

from __future__ import annotations


class ErreurCoffre(Exception):
    """Any refusal of the vault. `phrase` says what, why and what to do; it may be shown and logged."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


class CoffreRefuse(ErreurCoffre):
    """The vault as a whole cannot be opened, created or changed. Nothing was written."""


class CleIllisible(CoffreRefuse):
    """The master key, as typed from paper, has a mistake; `ligne` says where."""

    def __init__(self, phrase: str, ligne: int | None = None) -> None:
        super().__init__(phrase)
        self.ligne = ligne


class CleAbsente(ErreurCoffre):
    """The data key is not in the ring: destroyed, or never made. What it sealed cannot be read by anybody."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            "Ce contenu ne peut plus être lu : sa clé n’est pas dans le trousseau. "
            "Elle a été détruite, et le contenu avec elle."
        )
        self.key_id = key_id


class PieceIllisible(ErreurCoffre):
    """Ciphertext that is not what it should be: altered, cut, moved, or of an unknown kind."""

    def __init__(self, phrase: str = "") -> None:
        super().__init__(
            phrase
            or "Ce contenu ne peut pas être lu : il a été modifié, tronqué ou déplacé. "
            "Restaurez-le depuis une sauvegarde."
        )


class PieceInvalide(ErreurCoffre, ValueError):
    """A piece that breaks its own rules; `champ` names the field, the sentence never quotes what was written."""

    def __init__(self, phrase: str, champ: str = "") -> None:
        super().__init__(phrase)
        self.champ = champ


class FichierRefuse(ErreurCoffre):
    """A file that we do not keep: too big, of another type, damaged or locked."""


class MiroirInaccessible(ErreurCoffre):
    """The mirror could not be written: an alarm when it follows a destruction."""
