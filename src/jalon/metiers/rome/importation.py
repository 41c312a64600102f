"""The official ROME 4.0 archive, read whole and checked, then written as one version beside the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from jalon.metiers.archive import Archive
from jalon.metiers.dossier import Imported, adopt, version_path, write_version
from jalon.metiers.erreurs import ArchiveRefusee
from jalon.metiers.lecture import Table
from jalon.metiers.redaction import write_referentiel
from jalon.metiers.referentiel import (
    ACCES,
    COMPETENCE,
    CONTEXTE,
    DEFINITION,
    INTERET,
    MACRO,
    NAF,
    SAVOIR,
    SAVOIR_ETRE,
    SECTEUR,
    THEME,
    Appellation,
    Classement,
    Fiche,
    Item,
    Lien,
    Mobilite,
    Referentiel,
    Texte,
)
from jalon.metiers.rome.archive import Tables, read_tables
from jalon.metiers.rome.colonnes import CODE

# The real archive is 28 MB unpacked.
UNPACKED_MAX = 400_000_000
# Beyond this share of rows that lead nowhere, the archive is broken; below, they are left out and told.
ORPHANS_MAX = 0.01
CORE = {"Principale": 1, "Émergente": 2}


def import_rome(
    path: Path, home: Path, now: datetime, progress: Callable[[str], None] = lambda _: None
) -> Imported:
    """Refuses the whole or writes the whole; the version in use moves only once the new one is complete.
    `progress` is told each step, in words for a person."""
    progress("Lecture de l’archive")
    with Archive(path, UNPACKED_MAX) as archive:
        tables = read_tables(archive)
    progress("Vérification des fiches et de leurs liens")
    referentiel = build_referentiel(tables)
    progress("Écriture, recherche et voisinages")
    referentiel.infos["importe_le"] = now.isoformat(timespec="seconds")
    with write_version(version_path(home, "rome", tables.version)) as base:
        write_referentiel(base, referentiel)
    used = adopt(home, "rome", tables.version)
    progress("Terminé")
    if not used:
        tables.avis.append(
            f"Une version plus récente est en usage : la version {tables.version} est rangée à côté, sans la remplacer."
        )
    return Imported("rome", tables.version, tables.comptes, tables.avis, referentiel.infos["credit"], used)


def build_referentiel(read: Tables) -> Referentiel:
    tables, avis = read.tables, read.avis
    day = f" du {read.published}" if read.published else ""
    made = Referentiel(
        infos={
            "nature": "rome",
            "version": read.version,
            "publie_le": read.published,
            "titre": f"ROME 4.0 version {read.version}",
            "credit": f"Source : France Travail, ROME 4.0 version {read.version}{day}",
        }
    )
    made.grands_domaines = _pairs(tables["grand_domaine"], "code_grand_domaine", "libelle_grand_domaine")
    labels = _pairs(
        tables["domaine_professionnel"], "code_domaine_professionnel", "libelle_domaine_professionnel"
    )
    of_code = {
        code: (domaine, grand)
        for code, domaine, grand in tables["cr_gd_dp"].pick(
            "code_rome", "code_domaine_professionel", "code_grand_domaine"
        )
    }
    made.domaines = {domaine: (labels.get(domaine, domaine), grand) for domaine, grand in of_code.values()}
    letters = {
        code: (major, minor)
        for code, major, minor in tables["referentiel_code_rome_riasec"].pick(
            "code_rome", "riasec_majeur", "riasec_mineur"
        )
    }
    made.fiches = _fiches(read, of_code, letters)
    codes = {fiche.code for fiche in made.fiches}
    made.items = _items(read)
    known = {item.code_ogr for item in made.items}
    made.appellations = [
        Appellation(ogr, code, long, short or long, rare == "O")
        for ogr, code, long, short, rare in _kept(
            tables["referentiel_appellation"].pick(
                "code_ogr", "code_rome", "libelle_appellation_long", "libelle_appellation_court", "peu_usite"
            ),
            lambda row: row[1] in codes,
            "referentiel_appellation",
            avis,
        )
    ]
    made.liens = [
        Lien(code, ogr, CORE.get(core, 0))
        for code, ogr, core in _kept(
            tables["coherence_item"].pick("code_rome", "code_ogr", "coeur_metier"),
            lambda row: row[0] in codes and row[1] in known,
            "coherence_item",
            avis,
        )
    ]
    made.mobilites = [
        Mobilite(code, target, int(order) if order.isdigit() else 99)
        for code, target, order in _kept(
            tables["rubrique_mobilite"].pick("code_rome", "code_rome_cible", "numero_ordre"),
            lambda row: row[0] in codes and row[1] in codes and row[0] != row[1],
            "rubrique_mobilite",
            avis,
        )
    ]
    made.textes = _texts(read, codes)
    made.classements = list(_classifications(read, codes))
    return made


def _pairs(table: Table, key: str, label: str) -> dict[str, str]:
    return {row[0]: row[1] for row in table.pick(key, label)}


def _fiches(
    read: Tables, of_code: dict[str, tuple[str, str]], letters: dict[str, tuple[str, str]]
) -> list[Fiche]:
    table = read.tables["referentiel_code_rome"]
    made: dict[str, Fiche] = {}
    for code, ogr, label, parent, manager, regulated, eco, num, demo in table.pick(
        "code_rome",
        "code_ogr",
        "libelle_rome",
        "code_rome_parent",
        "emploi_cadre",
        "emploi_reglemente",
        "transition_eco",
        "transition_num",
        "transition_demo",
    ):
        if not CODE.match(code):
            raise ArchiveRefusee(f"Dans « {table.name} », « {code} » n’est pas un code ROME.", table.name)
        if code in made:
            raise ArchiveRefusee(f"Dans « {table.name} », le code {code} est deux fois.", table.name)
        if code not in of_code:
            raise ArchiveRefusee(f"La fiche {code} n’a pas de domaine dans « cr_gd_dp ».", "cr_gd_dp")
        major, minor = letters.get(code, ("", ""))
        made[code] = Fiche(
            code,
            ogr,
            label,
            of_code[code][0],
            parent or code,
            major,
            minor,
            manager,
            regulated,
            eco,
            num,
            demo,
        )
    silent = len(made.keys() - letters.keys())
    if silent:
        read.avis.append(f"{silent} fiche(s) n’ont pas de lettres d’intérêts (RIASEC) dans cette version.")
    return [made[code] for code in sorted(made)]


def _items(read: Tables) -> list[Item]:
    """Compétences, savoirs and contextes: one numbering (code_ogr) for all of them."""
    tables = read.tables
    letters = {
        ogr: major + minor
        for ogr, major, minor in tables["referentiel_macro_competence_riasec"].pick(
            "code_ogr", "riasec_majeur", "riasec_mineur"
        )
    }
    made: dict[str, Item] = {}
    for ogr, nature, label, macro, tree, category, sub in tables["referentiel_competence"].pick(
        "code_ogr",
        "nature",
        "libelle_competence",
        "code_ogr_macro_comp",
        "code_macro_comp",
        "cat_comp",
        "sous_cat_comp",
    ):
        label = label.removeprefix("MACRO | ")
        if not nature.startswith("Macro"):
            made[ogr] = Item(ogr, COMPETENCE, label, sub, macro, "", "")
        else:
            being = category.startswith("Savoir-être")
            made[ogr] = Item(ogr, SAVOIR_ETRE if being else MACRO, label, sub, "", tree, letters.get(ogr, ""))
    for ogr, label, category, sub in tables["referentiel_savoir"].pick(
        "code_ogr_savoir", "libelle_savoir", "categorie_savoir", "sous_categorie_savoir"
    ):
        made[ogr] = Item(ogr, SAVOIR, label, category, sub)
    for ogr, label, family in tables["referentiel_contexte_travail"].pick(
        "code_ogr", "libelle_cont_travail", "libelle_type_cont_trav"
    ):
        made[ogr] = Item(ogr, CONTEXTE, label, "", family)
    return list(made.values())


def _texts(read: Tables, codes: set[str]) -> list[Texte]:
    """Apostrophes are doubled in this file, and in this file only."""
    made, doubled = [], 0
    for code, nature, position, label in _kept(
        read.tables["texte"].pick("code_rome", "libelle_type_texte", "position_phrase", "libelle_texte"),
        lambda row: row[0] in codes,
        "texte",
        read.avis,
    ):
        doubled += label.count("''")
        if nature in (DEFINITION, ACCES) and label.strip():
            order = int(position) if position.isdigit() else 0
            made.append(Texte(code, nature, order, label.replace("''", "'").strip()))
    if doubled:
        read.avis.append(f"« texte » : {doubled} apostrophes doublées ont été remises simples.")
    return made


def _classifications(read: Tables, codes: set[str]) -> Iterable[Classement]:
    sources = (
        (
            SECTEUR,
            "arborescence_secteur_activite",
            "code_sect_activite",
            "libelle_sect_activite",
            "principal",
        ),
        (NAF, "arborescence_secteur_naf", "code_secteur_naf", "libelle_secteur_naf", None),
        (THEME, "arborescence_thematique", "code_theme", "libelle_theme", None),
        (
            INTERET,
            "arborescence_centre_interet",
            "code_centre_interet",
            "libelle_centre_interet",
            "principal",
        ),
    )
    for nature, table, key, label, main in sources:
        if table not in read.tables:
            continue
        seen: dict[tuple[str, str], Classement] = {}
        for code, value, name, flag in read.tables[table].pick("code_rome", key, label, main or key):
            if code in codes and value:
                one = Classement(code, nature, value, name, main is not None and flag == "oui")
                if (code, value) not in seen or one.principal:
                    seen[code, value] = one
        yield from seen.values()


def _kept(rows: Iterable[tuple[str, ...]], sound: Any, table: str, avis: list[str]) -> list[tuple[str, ...]]:
    """The rows that lead somewhere. A few that do not are told; many mean a file that is cut or mixed."""
    every = list(rows)
    kept = [row for row in every if sound(row)]
    lost = len(every) - len(kept)
    if lost > ORPHANS_MAX * len(every):
        raise ArchiveRefusee(
            f"Dans « {table} », {lost} lignes sur {len(every)} mènent à une fiche ou à un item qui n’existe pas : "
            "un fichier est coupé, ou l’archive mélange des versions.",
            table,
        )
    if lost:
        avis.append(
            f"« {table} » : {lost} ligne(s) sans fiche ni item correspondant ont été laissées de côté."
        )
    return kept
