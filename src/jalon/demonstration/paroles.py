"""What is said in every dossier unless its own story says something else: chosen by the person's name, always the same."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

from jalon.demonstration.histoire import Histoire, typeset


@cache
def _fonds() -> dict[str, Any]:
    text = files(__package__).joinpath("paroles.toml").read_text("utf-8")
    found: dict[str, Any] = typeset(tomllib.loads(text))
    return found


def pick(histoire: Histoire, what: str, rang: int = 0) -> str:
    """One of the texts kept under `what`, filled with the person's own trade and track."""
    texts: list[str] = _fonds()[what]
    seed = crc32(f"{histoire.prenom}{histoire.nom}{what}".encode())
    return _fill(texts[(seed + rang) % len(texts)], histoire)


def recap(histoire: Histoire, rang: int, nombre: int) -> str:
    """Of the séance `rang` out of `nombre`: its own if the story has it, else one of its moment in the journey."""
    if rang < len(histoire.recaps):
        return histoire.recaps[rang]
    moments = ("premier", "recit", "motivations", "pistes", "verification", "conditions", "plan", "synthese")
    return pick(histoire, f"recap_{moments[min(rang * len(moments) // nombre, len(moments) - 1)]}")


def own(histoire: Histoire, what: str) -> str:
    """The story's own text, or one of the common ones."""
    return getattr(histoire, what) or pick(histoire, what)


def answers(histoire: Histoire, codes: list[str]) -> dict[str, Any]:
    """One to five, as this person would answer: steady for her, different from the others."""
    name = f"{histoire.prenom}{histoire.nom}"
    return {
        code: 1 + (crc32(f"{name}{code[:-1]}".encode()) + crc32(f"{code}{name}".encode()) % 2) % 5
        for code in codes
    }


def _fill(text: str, histoire: Histoire) -> str:
    piste = histoire.principal.intitule or "votre projet"
    autre = histoire.alternatif.intitule if histoire.alternatif else "une autre piste"
    return text.format(
        prenom=histoire.prenom,
        metier=histoire.metier,
        ville=histoire.ville,
        projet=piste[:1].lower() + piste[1:],
        autre=autre[:1].lower() + autre[1:],
    )
