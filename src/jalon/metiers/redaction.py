"""Writing a referential as one SQLite file: tables to read, words to search, arrays to compare."""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import chain

from jalon.metiers.dossier import start_schema
from jalon.metiers.index.construction import build_canaux
from jalon.metiers.index.voisinage import pack_voisinage
from jalon.metiers.interets import profile_of
from jalon.metiers.referentiel import SKILLS, Item, Referentiel
from jalon.metiers.texte import keys_of, split_words

SCHEMA = "1"


def write_referentiel(base: sqlite3.Connection, referentiel: Referentiel) -> None:
    start_schema(base, "schema.sql")
    place = {fiche.code: number for number, fiche in enumerate(referentiel.fiches)}
    _write_tables(base, referentiel, place)
    _write_search(base, referentiel, place)
    canaux = build_canaux(referentiel)
    for name, canal in canaux.items():
        base.executemany(
            "INSERT INTO bloc VALUES (?, ?)", ((f"{name}.{part}", data) for part, data in canal.pack())
        )
    base.executemany("INSERT INTO bloc VALUES (?, ?)", pack_voisinage(referentiel, canaux))
    referentiel.infos.update(schema=SCHEMA, fiches=str(len(referentiel.fiches)))
    base.executemany("INSERT INTO infos VALUES (?, ?)", referentiel.infos.items())


def _write_tables(base: sqlite3.Connection, made: Referentiel, place: dict[str, int]) -> None:
    base.executemany("INSERT INTO grand_domaine VALUES (?, ?)", sorted(made.grands_domaines.items()))
    base.executemany(
        "INSERT INTO domaine VALUES (?, ?, ?)",
        ((code, label, grand) for code, (label, grand) in sorted(made.domaines.items())),
    )
    base.executemany(
        "INSERT INTO fiche VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((place[fiche.code], *fiche) for fiche in made.fiches),
    )
    base.executemany(
        "INSERT OR IGNORE INTO appellation VALUES (?, ?, ?, ?, ?)",
        ((one.code_ogr, place[one.code], one.libelle, one.court, one.peu_usite) for one in made.appellations),
    )
    base.executemany(
        "INSERT INTO texte VALUES (?, ?, ?, ?)",
        ((place[one.code], one.nature, one.position, one.libelle) for one in made.textes),
    )
    numbers = {item.code_ogr: number for number, item in enumerate(made.items)}
    held = Counter(lien.code_ogr for lien in set(made.liens))
    base.executemany(
        "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((numbers[item.code_ogr], *item, held[item.code_ogr]) for item in made.items),
    )
    base.executemany(
        "INSERT OR IGNORE INTO lien VALUES (?, ?, ?)",
        sorted((place[one.code], numbers[one.code_ogr], one.coeur) for one in made.liens),
    )
    base.executemany(
        "INSERT OR IGNORE INTO mobilite VALUES (?, ?, ?)",
        sorted((place[one.code], place[one.cible], one.ordre) for one in made.mobilites),
    )
    base.executemany(
        "INSERT INTO classement VALUES (?, ?, ?, ?, ?)",
        ((place[one.code], one.nature, one.cle, one.libelle, one.principal) for one in made.classements),
    )
    of_ogr = {item.code_ogr: item for item in made.items}
    of_fiche: dict[str, list[Item]] = {}
    for lien in made.liens:
        of_fiche.setdefault(lien.code, []).append(of_ogr[lien.code_ogr])
    for fiche in made.fiches:
        profile = profile_of(fiche.riasec_majeur + fiche.riasec_mineur, of_fiche.get(fiche.code, []), of_ogr)
        if profile:
            base.execute("INSERT INTO interets VALUES (?, ?, ?, ?, ?, ?, ?)", (place[fiche.code], *profile))


def _write_search(base: sqlite3.Connection, made: Referentiel, place: dict[str, int]) -> None:
    """Titles and appellations in one list, skills in another; each with the words that a typing error is brought to."""
    titles = ((place[fiche.code], "", fiche.libelle, 0) for fiche in made.fiches)
    named = (
        (place[one.code], one.code_ogr, one.libelle, int(one.peu_usite))
        for one in sorted(made.appellations)
        if one.libelle
    )
    entries = [
        (number, *entry, split_words(entry[2])) for number, entry in enumerate(chain(titles, named), 1)
    ]
    base.executemany(
        "INSERT INTO entree VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, fiche, ogr, label, " ".join(dict.fromkeys(keys_of(words))), rare)
            for number, fiche, ogr, label, rare, words in entries
        ),
    )
    _write_words(base, "titres", [(entry[0], entry[-1]) for entry in entries])
    skills = enumerate(made.items)
    _write_words(
        base,
        "savoirs",
        [(number, split_words(item.libelle)) for number, item in skills if item.nature in SKILLS],
    )


def _write_words(base: sqlite3.Connection, corpus: str, rows: list[tuple[int, list[str]]]) -> None:
    base.executemany(
        f"INSERT INTO {corpus} (rowid, mots) VALUES (?, ?)",  # noqa: S608
        ((number, " ".join(words)) for number, words in rows),
    )
    base.execute(f"INSERT INTO {corpus} ({corpus}) VALUES ('optimize')")  # noqa: S608
    vocabulary = Counter(word for _, words in rows for word in set(words))
    root = Counter(key for _, words in rows for key in set(keys_of(words)))
    base.executemany(
        "INSERT INTO vocabulaire VALUES (?, ?, ?, ?)",
        [
            *((corpus, "mot", word, count) for word, count in sorted(vocabulary.items()) if len(word) > 2),
            *((corpus, "cle", key, count) for key, count in sorted(root.items())),
        ],
    )
