"""The files of a ROME archive: all of one version, each with its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jalon.metiers.archive import Archive
from jalon.metiers.erreurs import ArchiveRefusee
from jalon.metiers.lecture import Table, decode, read_table
from jalon.metiers.rome.colonnes import COLUMNS, FILE, REQUIRED, expected

VERSION_FILE = re.compile(r"^version\.txt$", re.IGNORECASE)
TREE = "arborescence_competences"


@dataclass
class Tables:
    """The tables of one version, how many rows each has, and what a reader should be told."""

    version: str
    published: str
    tables: dict[str, Table]
    comptes: dict[str, int] = field(default_factory=dict)
    avis: list[str] = field(default_factory=list)


def read_tables(archive: Archive) -> Tables:
    found = archive.find(FILE)
    if not found:
        raise ArchiveRefusee(
            f"« {archive.path.name} » n’est pas l’archive CSV du ROME 4.0 : aucun fichier unix_…_v4NN_utf8.csv. "
            "Prenez « RefRomeCsv.zip » (ni le XML, ni le JSON).",
            "chemin",
        )
    avis: list[str] = []
    version, published = _one_version(archive, found, avis)
    files = {matched["table"]: name for name, matched in found}
    for table in REQUIRED:
        if table not in files:
            raise ArchiveRefusee(
                f"Le fichier « unix_{table}_v4{version}_utf8.csv » manque : sans lui, l’archive est incomplète.",
                f"unix_{table}_v4{version}_utf8.csv",
            )
    tables = {}
    for table, name in sorted(files.items()):
        text, notice = decode(archive.read(name), name)
        if notice:
            avis.append(notice)
        if table not in COLUMNS:
            avis.append(f"« {name} » n’est pas connu de Jalon : il n’a pas été lu.")
            continue
        tables[table] = read_table(text, name, expected(table))
        surplus = sorted(set(tables[table].columns) - set(expected(table)))
        if surplus:
            avis.append(f"« {name} » a des colonnes nouvelles, non lues : {', '.join(surplus)}.")
    for table in REQUIRED:
        if not len(tables[table]):
            raise ArchiveRefusee(f"« {files[table]} » est vide : l’archive est incomplète.", files[table])
    for table in sorted(set(COLUMNS) - set(tables)):
        avis.append(
            f"Le fichier « {table} » est absent"
            + (
                " : l’arbre des compétences a été reconstruit d’après leurs codes."
                if table == TREE
                else " : la fiche sera lue sans lui."
            )
        )
    comptes = {table: len(rows) for table, rows in tables.items()}
    return Tables(version, published, tables, comptes, avis)


def _one_version(
    archive: Archive, found: list[tuple[str, re.Match[str]]], avis: list[str]
) -> tuple[str, str]:
    """The version that all the files agree on, and its day of publication."""
    seen: dict[str, str] = {}
    for name, matched in found:
        seen.setdefault(matched["version"], name)
    declared, published = "", ""
    texts = archive.find(VERSION_FILE)
    if texts:
        text, _ = decode(archive.read(texts[0][0]), texts[0][0])
        if number := re.search(r"Numero de version\s*:\s*(\d+)", text, re.IGNORECASE):
            declared = number[1]
            seen.setdefault(declared, texts[0][0])
        if day := re.search(r"Date de publication\s*:\s*(\d{2}/\d{2}/\d{4})", text, re.IGNORECASE):
            published = day[1]
    if len(seen) > 1:
        mix = " ; ".join(f"version {version} : « {name} »" for version, name in sorted(seen.items()))
        raise ArchiveRefusee(
            f"L’archive mélange plusieurs versions du ROME ({mix}). Donnez une archive d’une seule version.",
            sorted(seen.items())[-1][1],
        )
    if not published:
        avis.append("« version.txt » est absent ou sans date : le jour de publication n’est pas connu.")
    return next(iter(seen)), published
