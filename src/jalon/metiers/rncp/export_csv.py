"""France compétences' CSV export: ten files, `;`, RNCP and RS together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jalon.metiers.archive import Archive
from jalon.metiers.erreurs import ArchiveRefusee
from jalon.metiers.lecture import Table, decode, read_table
from jalon.metiers.rncp.fiche import NUMBER, FicheRncp, clean, iso_day

# Two member names hold accents that the zip does not flag: they are matched by their beginning.
FILE = re.compile(
    r"^export_fiches_CSV_(?P<table>Standard|Rome|Formacode|Nsf|Blocs_De_Comp|Voi[xe]dAcc|Certificateurs|Partenaires|CCN|"
    r"Ancienne_Nouvelle_Certification).*_(?P<day>\d{4}_\d{2}_\d{2})\.csv$"
)
COLUMNS = {
    "Standard": "Numero_Fiche Intitule Abrege_Libelle Abrege_Intitule Nomenclature_Europe_Niveau Date_Decision "
    "Date_Fin_Enregistrement Date_Effet Type_Enregistrement Actif",
    "Rome": "Numero_Fiche Codes_Rome_Code Codes_Rome_Libelle",
    "Formacode": "Numero_Fiche Formacode_Code Formacode_Libelle",
    "Nsf": "Numero_Fiche Nsf_Code Nsf_Intitule",
    "Blocs_De_Comp": "Numero_Fiche Bloc_Competences_Code Bloc_Competences_Libelle",
    "VoixdAcc": "Numero_Fiche Si_Jury",
    "Certificateurs": "Numero_Fiche Siret_Certificateur Nom_Certificateur",
    "Partenaires": "Numero_Fiche Nom_Partenaire Siret_Partenaire Habilitation_Partenaire",
    "CCN": "Numero_Fiche Ccn_1_Numero Ccn_1_Libelle Ccn_2_Numero Ccn_2_Libelle Ccn_3_Numero Ccn_3_Libelle",
    "Ancienne_Nouvelle_Certification": "Numero_Fiche Ancienne_Certification Nouvelle_Certification",
}
REQUIRED = ("Standard", "Rome", "VoixdAcc", "Blocs_De_Comp")


def is_csv(archive: Archive) -> bool:
    return bool(archive.find(FILE))


def read_csv(archive: Archive, comptes: dict[str, int], avis: list[str]) -> tuple[str, Iterator[FicheRncp]]:
    """The day of the export, and its certifications."""
    found = archive.find(FILE)
    days = {matched["day"]: name for name, matched in found}
    if len(days) > 1:
        mix = ", ".join(f"« {name} »" for name in days.values())
        raise ArchiveRefusee(
            f"L’archive mélange des exports de plusieurs jours : {mix}.", sorted(days.values())[-1]
        )
    names = {matched["table"].replace("Voied", "Voixd"): name for name, matched in found}
    day = next(iter(days)).replace("_", "-")
    for table in REQUIRED:
        if table not in names:
            raise ArchiveRefusee(f"Le fichier « export_fiches_CSV_{table}… » manque à l’export.", table)
    tables = {}
    for table, name in names.items():
        text, notice = decode(archive.read(name), name)
        if notice:
            avis.append(notice)
        tables[table] = read_table(text, name, COLUMNS[table].split(), ";")
        comptes[table] = len(tables[table])
    for table in COLUMNS.keys() - names.keys():
        avis.append(f"Le fichier « {table} » est absent de l’export.")
    return day, _fiches(tables, avis)


def _fiches(tables: dict[str, Table], avis: list[str]) -> Iterator[FicheRncp]:
    fiches: dict[str, FicheRncp] = {}
    standard = tables["Standard"]
    for row in standard.pick(*COLUMNS["Standard"].split()):
        number, title, short, spelled, level, decided, ends, effect, kind, active = (
            clean(value) for value in row
        )
        if not NUMBER.match(number):
            raise ArchiveRefusee(
                f"Dans « {standard.name} », « {number} » n’est pas un numéro de fiche.", standard.name
            )
        fiches[number] = FicheRncp(
            number,
            title,
            short or spelled,
            level,
            kind,
            iso_day(decided),
            iso_day(effect),
            iso_day(ends),
            active.upper() == "ACTIVE",
        )
    lost = 0
    for table, add in ADDERS.items():
        if table in tables:
            for row in tables[table].pick(*COLUMNS[table].split()):
                values = [clean(value) for value in row]
                if values[0] in fiches:
                    add(fiches[values[0]], values)
                else:
                    lost += 1
    if lost:
        avis.append(f"{lost} ligne(s) de l’export parlent de fiches absentes : laissées de côté.")
    yield from fiches.values()


def _rome(fiche: FicheRncp, row: list[str]) -> None:
    fiche.rome.append((row[1], row[2]))


def _formacode(fiche: FicheRncp, row: list[str]) -> None:
    fiche.rattachements.append(("formacode", row[1], _label(row[2])))


def _nsf(fiche: FicheRncp, row: list[str]) -> None:
    fiche.rattachements.append(("nsf", row[1], _label(row[2])))


def _ccn(fiche: FicheRncp, row: list[str]) -> None:
    fiche.rattachements += [
        ("ccn", code, label) for code, label in zip(row[1::2], row[2::2], strict=True) if code
    ]


def _bloc(fiche: FicheRncp, row: list[str]) -> None:
    fiche.blocs.append((row[1], row[2], ""))


def _way(fiche: FicheRncp, row: list[str]) -> None:
    fiche.voies.append(row[1])


def _certifier(fiche: FicheRncp, row: list[str]) -> None:
    fiche.organismes.append(("certificateur", row[1], row[2], ""))


def _partner(fiche: FicheRncp, row: list[str]) -> None:
    fiche.organismes.append(("partenaire", row[2], row[1], row[3]))


def _continuity(fiche: FicheRncp, row: list[str]) -> None:
    if row[1]:
        fiche.anciennes.append(row[1])
    if row[2]:
        fiche.nouvelles.append(row[2])


ADDERS: dict[str, Callable[[FicheRncp, list[str]], None]] = {
    "Rome": _rome,
    "Formacode": _formacode,
    "Nsf": _nsf,
    "CCN": _ccn,
    "Blocs_De_Comp": _bloc,
    "VoixdAcc": _way,
    "Certificateurs": _certifier,
    "Partenaires": _partner,
    "Ancienne_Nouvelle_Certification": _continuity,
}


def _label(text: str) -> str:
    """«42872 : Sécurité incendie» without its code."""
    return text.split(" : ", 1)[-1]
