"""The invented people: who they are, what they ask, what comes of it. Read from `histoires/*.toml`, one person a table."""

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from zlib import crc32

from jalon.web.composants.typographie import nbsp


@dataclass(frozen=True)
class Piste:
    """A track as it is written in the dossier."""

    intitule: str
    description: str = ""
    atouts: str = ""
    obstacles: str = ""
    a_verifier: str = ""
    raison_ecart: str = ""


@dataclass(frozen=True)
class Histoire:
    """One life: what was said, and where it stands (`passees` séances held, `recul` weeks after the last)."""

    prenom: str
    nom: str
    metier: str
    ville: str
    consultant: int
    parcours: str = "dix_semaines"
    financement: str = "cpf_hors_temps"
    employeur: str = ""
    employeur_siren: str = ""
    passees: int = 0
    recul: int = 0
    semaines: int = 1
    arret: str = ""
    email: bool = True
    canal: str = "telephone"
    taille: str = "normal"
    modalite: str = "presentiel"
    lieu: int = 0
    # How the end goes.
    terme: int | None = None
    emporte: bool = True
    decide: bool = True
    conserve: tuple[str, ...] = ()
    mois: int = 12
    cep: bool = False
    recontact: bool = True
    suivi: str = ""
    # What is said.
    propos: str = ""
    demande: str = ""
    reformulation: str = ""
    objectifs: tuple[tuple[str, str], ...] = ()
    principal: Piste = Piste("")
    alternatif: Piste | None = None
    ecarte: Piste | None = None
    competences: str = ""
    circonstances: str = ""
    observations: str = ""
    conditions: str = ""
    moyens: str = ""
    freins: str = ""
    etapes: tuple[tuple[str, int, str], ...] = ()
    recit: dict[str, str] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    carnet: str = ""
    note: str = ""
    recaps: tuple[str, ...] = ()

    @property
    def courriel(self) -> str:
        plain = f"{self.prenom}.{self.nom}".lower().translate(_PLAIN)
        return f"{plain}@exemple.fr" if self.email else ""

    @property
    def telephone(self) -> str:
        """Numbers that the regulator keeps for fiction."""
        return f"06 39 98 {crc32(self.courriel.encode()) % 90 + 10} {crc32(self.nom.encode()) % 90 + 10}"


_PLAIN = str.maketrans("àâäçéèêëîïôöùûüÿ’ ", "aaaceeeeiioouuuy--")
_PISTES = ("principal", "alternatif", "ecarte")
_LISTES = ("objectifs", "etapes", "conserve", "messages", "recaps")


def read_histoires() -> list[Histoire]:
    """In the order of their files, which is the order of their consultants' weeks."""
    found = []
    for file in sorted(files(__package__).joinpath("histoires").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            found += [_histoire(typeset(row)) for row in tomllib.loads(file.read_text("utf-8"))["personnes"]]
    return found


def typeset(value: Any) -> Any:
    """Every text with the spaces that French asks for."""
    if isinstance(value, str):
        return nbsp(value)
    if isinstance(value, list):
        return [typeset(x) for x in value]
    if isinstance(value, dict):
        return {key: typeset(x) for key, x in value.items()}
    return value


def _histoire(row: dict[str, Any]) -> Histoire:
    made = dict(row)
    for name in _PISTES:
        if name in made:
            made[name] = Piste(**made[name])
    for name in _LISTES:
        if name in made:
            made[name] = tuple(tuple(x) if isinstance(x, list) else x for x in made[name])
    return Histoire(**made)
