"""Opening the arrays of a version."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from jalon.metiers.index.canal import Canal
from jalon.metiers.index.construction import CANAUX
from jalon.metiers.index.faits import Faits
from jalon.metiers.index.moteur import Moteur
from jalon.metiers.index.voisinage import Voisinage


def load_index(base: sqlite3.Connection) -> tuple[Moteur, Voisinage]:
    faits = Faits.of_base(base)
    blocs: dict[str, bytes] = {}
    parts: dict[str, dict[str, bytes]] = defaultdict(dict)
    for name, data in base.execute("SELECT nom, donnees FROM bloc"):
        blocs[name] = data
        channel, _, part = name.partition(".")
        parts[channel][part] = data
    canaux = {name: Canal.unpack(faits.size, parts[name]) for name in CANAUX}
    moteur = Moteur(canaux, faits)
    return moteur, Voisinage(moteur, blocs)
