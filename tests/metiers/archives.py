"""Archives in the official layouts, made of our own starting set, to be imported or spoilt by the tests."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from jalon.metiers.depart.chargement import read_depart
from jalon.metiers.referentiel import COMPETENCE, CONTEXTE, MACRO, SAVOIR, SAVOIR_ETRE, Referentiel
from jalon.metiers.rome.colonnes import COLUMNS, expected

Rows = list[dict[str, str]]


def ogr(code: str) -> str:
    """A stable number for each of our identifiers, as the official ones are numbers."""
    return str(100_000 + sum(ord(letter) * (place + 7) ** 3 for place, letter in enumerate(code)))


def rome_tables(made: Referentiel | None = None) -> dict[str, Rows]:
    made = made or read_depart()
    labels = {fiche.code: fiche.libelle for fiche in made.fiches}
    tables: dict[str, Rows] = {table: [] for table in COLUMNS}
    for fiche in made.fiches:
        tags = {
            "transition_eco": fiche.transition_eco or "Emploi Blanc",
            "emploi_cadre": fiche.cadre,
            "emploi_reglemente": fiche.reglemente,
        }
        tables["referentiel_code_rome"].append(
            {"code_rome": fiche.code, "code_ogr": ogr(fiche.code), "libelle_rome": fiche.libelle}
            | {"code_rome_parent": fiche.parent, **tags}
        )
        tables["referentiel_code_rome_riasec"].append(
            {
                "code_rome": fiche.code,
                "riasec_majeur": fiche.riasec_majeur,
                "riasec_mineur": fiche.riasec_mineur,
            }
        )
        tables["cr_gd_dp"].append(
            {"code_rome": fiche.code, "libelle_rome": fiche.libelle, "code_grand_domaine": fiche.code[0]}
            | {"code_domaine_professionel": fiche.domaine, "libelle_domaine_professionel": "…"}
        )
        tables["arborescence_secteur_naf"].append(
            {
                "code_secteur_naf": "85",
                "libelle_secteur_naf": "Œuvres d’enseignement",
                "code_rome": fiche.code,
            }
        )
    for code, label in made.grands_domaines.items():
        tables["grand_domaine"].append({"code_grand_domaine": code, "libelle_grand_domaine": label})
    for code, (label, _) in made.domaines.items():
        tables["domaine_professionnel"].append(
            {"code_domaine_professionnel": code, "libelle_domaine_professionnel": label}
        )
    for one in made.appellations:
        tables["referentiel_appellation"].append(
            {"code_ogr": ogr(one.code_ogr), "libelle_appellation_long": one.libelle, "code_rome": one.code}
        )
    for text in made.textes:
        tables["texte"].append(
            {"code_rome": text.code, "libelle_type_texte": text.nature, "position_phrase": str(text.position)}
            | {"libelle_texte": text.libelle.replace("’", "''")}
        )
    for item in made.items:
        number = ogr(item.code_ogr)
        if item.nature in (COMPETENCE, MACRO, SAVOIR_ETRE):
            category = "Savoir-être professionnel" if item.nature == SAVOIR_ETRE else "Savoir-faire"
            tables["referentiel_competence"].append(
                {"code_ogr": number, "libelle_competence": item.libelle, "cat_comp": category}
                | {"nature": "Compétence" if item.nature == COMPETENCE else "Macro-compétence"}
                | {"code_ogr_macro_comp": ogr(item.groupe) if item.groupe else ""}
            )
            if item.riasec:
                tables["referentiel_macro_competence_riasec"].append(
                    {"code_ogr": number, "riasec_majeur": item.riasec[0], "riasec_mineur": item.riasec[1:]}
                )
        elif item.nature == SAVOIR:
            tables["referentiel_savoir"].append(
                {
                    "code_ogr_savoir": number,
                    "libelle_savoir": item.libelle,
                    "categorie_savoir": item.categorie,
                }
                | {"sous_categorie_savoir": item.groupe}
            )
        elif item.nature == CONTEXTE:
            tables["referentiel_contexte_travail"].append(
                {
                    "code_ogr": number,
                    "libelle_cont_travail": item.libelle,
                    "libelle_type_cont_trav": item.groupe,
                }
            )
    for link in made.liens:
        tables["coherence_item"].append(
            {"code_rome": link.code, "code_ogr": ogr(link.code_ogr)}
            | {"coeur_metier": "Principale" if link.coeur else ""}
        )
    for move in made.mobilites:
        assert move.cible in labels
        tables["rubrique_mobilite"].append(
            {"code_rome": move.code, "code_rome_cible": move.cible, "numero_ordre": str(move.ordre)}
        )
    return tables


def to_csv(columns: list[str], rows: Rows, delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue()


def rome_files(version: str = "61", tables: dict[str, Rows] | None = None) -> dict[str, bytes]:
    files = {
        f"unix_{table}_v4{version}_utf8.csv": to_csv(expected(table), rows).encode()
        for table, rows in (tables or rome_tables()).items()
    }
    files["version.txt"] = f"Numero de version : {version}\n\nDate de publication : 18/03/2026\n".encode()
    return files


def write_folder(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def write_zip(
    path: Path, files: dict[str, bytes], prepare: Callable[[zipfile.ZipInfo], None] = lambda _: None
) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            prepare(info)
            archive.writestr(info, data)
    return path


def rncp_files(day: str = "2026_08_01") -> dict[str, bytes]:
    """Three invented certifications with the traps of the real export: tabs, accents, one-sided continuity."""
    rows: dict[str, tuple[str, list[list[str]]]] = {
        "Standard": (
            "Id_Fiche Numero_Fiche Intitule Abrege_Libelle Abrege_Intitule Nomenclature_Europe_Niveau "
            "Nomenclature_Europe_Intitule Accessible_Nouvelle_Caledonie Accessible_Polynesie_Francaise Date_dernier_jo "
            "Date_Decision Date_Fin_Enregistrement Date_Effet Type_Enregistrement Validation_Partielle Actif",
            [
                [
                    *(
                        "1",
                        "RNCP100",
                        "Conseiller d’insertion",
                        "TP",
                        "",
                        "NIV5",
                        "",
                        "",
                        "",
                        "",
                        "01/02/2023",
                    ),
                    *("31/08/2028", "01/03/2023", "Enregistrement de droit", "", "ACTIVE"),
                ],
                [
                    "2",
                    "RNCP99",
                    "Agent d’insertion",
                    "TP",
                    "",
                    "NIV4",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "31/08/2023",
                    "",
                    "",
                    "",
                    "INACTIVE",
                ],
                [
                    "3",
                    "RS7",
                    "Animer un atelier de recherche d’emploi",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "ACTIVE",
                ],
            ],
        ),
        "Rome": (
            "Numero_Fiche Codes_Rome_Code Codes_Rome_Libelle",
            [
                ["RNCP100", "K1801", "Conseil en emploi et insertion"],
                ["RNCP99", "K1801", "Conseil"],
                ["RNCP99", "K1204", "x"],
            ],
        ),
        "Blocs_De_Comp├⌐tences": (
            "Numero_Fiche Bloc_Competences_Code Bloc_Competences_Libelle",
            [["RNCP100", "RNCP100BC01", "Bâtir un parcours d’insertion avec la personne"]],
        ),
        "VoixdAcc├¿s": (
            "Numero_Fiche Si_Jury",
            [
                ["RNCP100", "Par expérience"],
                ["RNCP100", "En contrat d’apprentissage"],
                ["RNCP12345", "Par expérience"],
            ],
        ),
        "Certificateurs": (
            "Numero_Fiche Siret_Certificateur Nom_Certificateur",
            [["RNCP100", "\t11004301500012", "MINISTÈRE INVENTÉ"]],
        ),
        "Formacode": (
            "Numero_Fiche Formacode_Code Formacode_Libelle",
            [["RNCP100", "44591", "44591 : Insertion"]],
        ),
        "Ancienne_Nouvelle_Certification": (
            "Numero_Fiche Ancienne_Certification Nouvelle_Certification",
            [["RNCP100", "RNCP99", ""]],
        ),
    }
    files = {}
    for name, (columns, lines) in rows.items():
        names = columns.split()
        dicts = [dict(zip(names, line, strict=True)) for line in lines]
        files[f"export_fiches_CSV_{name}_{day}.csv"] = to_csv(names, dicts, ";", "\r\n").encode("utf-8-sig")
    return files


def rncp_xml(count: int = 3, tail: str = "</FICHES>", bloc: str = "BLOC_COMPETENCES") -> bytes:
    fiches = "".join(
        f"""<FICHE><ID_FICHE>{number}</ID_FICHE><NUMERO_FICHE>RNCP{number}</NUMERO_FICHE>
<INTITULE>Titre inventé {number}</INTITULE><ETAT_FICHE>Publiée</ETAT_FICHE><ACTIF>Oui</ACTIF>
<NOMENCLATURE_EUROPE><NIVEAU>NIV5</NIVEAU><INTITULE>Niveau 5</INTITULE></NOMENCLATURE_EUROPE>
<CODES_ROME><ROME><CODE>K1801</CODE><LIBELLE>Conseil</LIBELLE></ROME></CODES_ROME>
<BLOCS_COMPETENCES><{bloc}><CODE>RNCP{number}BC01</CODE><LIBELLE>Accueillir</LIBELLE>
<LISTE_COMPETENCES>Écouter une demande</LISTE_COMPETENCES></{bloc}></BLOCS_COMPETENCES>
<SI_JURY_VAE><ACTIF>Oui</ACTIF><COMPOSITION>trois</COMPOSITION></SI_JURY_VAE>
<SI_JURY_CA><ACTIF>Non</ACTIF></SI_JURY_CA>
<DATE_FIN_ENREGISTREMENT>31/08/2028</DATE_FIN_ENREGISTREMENT></FICHE>
"""
        for number in range(1, count + 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>{fiches}{tail}'.encode()
