"""ROME imported, opened, searched and matched; half a gigabyte of RNCP streamed.

On the official archive when `JALON_ARCHIVE_ROME` names one, else on an invented archive of the same size.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.banc import RACINE, fixed_loop_ms, measure, median_ms

FICHES, COMPETENCES, SAVOIRS, CONTEXTES, MACROS, APPELLATIONS = 1_584, 17_800, 15_354, 179, 500, 13_120
QUERIES = (
    "infirmière",
    "developeur web",
    "conductrice de bus",
    "contable",
    "aide soigante",
    "dev",
    "chef de projet",
)
XML_BYTES = 500_000_000
CHILD = """
import json, resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from jalon.metiers import {function}
start = time.perf_counter()
{function}(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))
took = time.perf_counter() - start
print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def run() -> list[dict[str, Any]]:
    home = Path(os.environ.get("JALON_HOME") or tempfile.mkdtemp(prefix="jalon-banc-"))
    with tempfile.TemporaryDirectory(prefix="jalon-banc-rome-") as folder:
        named = os.environ.get("JALON_ARCHIVE_ROME")
        archive = Path(named) if named else invent_rome(Path(folder))
        loop = f"boucle {fixed_loop_ms():.1f} ms, archive {'officielle' if named else 'inventée'}"
        took, memory = _child("import_rome", archive, home)
    rows = [
        measure("importer le ROME", took, "s", 20, loop),
        measure("importer le ROME, mémoire", memory, "Mo", 500, loop),
        *_questions(home, loop),
    ]
    with tempfile.TemporaryDirectory(prefix="jalon-banc-rncp-") as folder:
        took, memory = _child("import_rncp", invent_rncp(Path(folder)), home)
    return [
        *rows,
        measure("importer 500 Mo de RNCP en XML, mémoire", memory, "Mo", 300, f"{took:.0f} s, {loop}"),
    ]


def _questions(home: Path, loop: str) -> list[dict[str, Any]]:
    from jalon.metiers import Metiers, open_index
    from jalon.metiers.index.rang import rank
    from jalon.metiers.profil import build_profil

    path = open_index(home).path

    def opened() -> Metiers:
        index = Metiers(path)
        _ = index.index
        return index

    index = opened()
    moteur, voisinage = index.index
    draw = random.Random(1)
    held = [one.code_ogr for one in draw.choice(_fiches(index)).competences if one.nature != "contexte"]
    items = index._items(draw.sample(held, min(20, len(held))))

    def person() -> None:
        profil = build_profil(moteur, [3, 700], items, "accueillir et conseiller")
        rank(moteur, voisinage, profil, moteur.contenu(profil), 20)

    searches = [median_ms(lambda query=query: index.search(query, 8)) for query in QUERIES]
    return [
        measure("ouvrir l’index", median_ms(opened, runs=7), "ms", 200, loop),
        measure("rapprocher une personne de toutes les fiches", median_ms(person, runs=31), "ms", 10, loop),
        measure("chercher, la plus lente des questions", max(searches), "ms", 5, loop),
    ]


def _fiches(index: Any) -> list[Any]:
    from jalon.metiers import Filtre

    return [index.fiche(one.code) for one in index.list_fiches(Filtre(), 40)]


def _child(function: str, archive: Path, home: Path) -> tuple[float, float]:
    """In a process of its own, so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(function=function), str(archive), str(home)],
        env={**os.environ, "PYTHONPATH": str(RACINE / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    took, memory = json.loads(done.stdout)
    return took, memory


def invent_rome(folder: Path) -> Path:
    """Invented words in the official layout, as many and as unevenly shared as in the real archive."""
    from jalon.metiers.rome.colonnes import expected

    draw = random.Random(60)
    words = [
        "".join(draw.choice("bcdfglmnprstv") + draw.choice("aeiou") for _ in range(draw.randint(2, 4)))
        for _ in range(9_000)
    ]

    def phrase(count: int) -> str:
        return " ".join(words[min(int(draw.paretovariate(0.6)) - 1, 8_999)] for _ in range(count))

    codes = sorted(
        draw.sample(
            [f"{letter}{number}" for letter in "ABCDEFGHIJKLMN" for number in range(1101, 1321)], FICHES
        )
    )
    macros = [str(number) for number in range(1, MACROS + 1)]
    competences = [str(100_000 + number) for number in range(COMPETENCES)]
    savoirs = [str(200_000 + number) for number in range(SAVOIRS)]
    contexts = [str(300_000 + number) for number in range(CONTEXTES)]
    rows: dict[str, list[dict[str, str]]] = {
        "referentiel_code_rome": [
            {
                "code_rome": code,
                "code_ogr": code,
                "libelle_rome": phrase(4),
                "code_rome_parent": codes[place - place % 3],
            }
            for place, code in enumerate(codes)
        ],
        "referentiel_code_rome_riasec": [
            {"code_rome": code, "riasec_majeur": draw.choice("RIASEC")} for code in codes
        ],
        "referentiel_macro_competence_riasec": [
            {"code_ogr": one, "riasec_majeur": draw.choice("RIASEC")} for one in macros
        ],
        "cr_gd_dp": [
            {"code_rome": code, "code_domaine_professionel": code[:3], "code_grand_domaine": code[0]}
            for code in codes
        ],
        "grand_domaine": [
            {"code_grand_domaine": letter, "libelle_grand_domaine": letter} for letter in "ABCDEFGHIJKLMN"
        ],
        "domaine_professionnel": [
            {"code_domaine_professionnel": one, "libelle_domaine_professionnel": one}
            for one in sorted({c[:3] for c in codes})
        ],
        "referentiel_appellation": [
            {"code_ogr": f"9{place}", "code_rome": draw.choice(codes), "libelle_appellation_long": phrase(5)}
            for place in range(APPELLATIONS)
        ],
        "texte": [
            {
                "code_rome": code,
                "libelle_type_texte": "definition",
                "position_phrase": str(place),
                "libelle_texte": phrase(14),
            }
            for code in codes
            for place in range(6)
        ],
        "referentiel_competence": [
            {
                "code_ogr": one,
                "nature": "Macro-compétence",
                "libelle_competence": phrase(5),
                "cat_comp": "Savoir-faire",
            }
            for one in macros
        ]
        + [
            {"code_ogr": one, "nature": "Compétence", "libelle_competence": phrase(6)}
            | {"code_ogr_macro_comp": draw.choice(macros), "cat_comp": "Savoir-faire"}
            for one in competences
        ],
        "referentiel_savoir": [
            {
                "code_ogr_savoir": one,
                "libelle_savoir": phrase(4),
                "categorie_savoir": "c",
                "sous_categorie_savoir": str(int(one) % 27),
            }
            for one in savoirs
        ],
        "referentiel_contexte_travail": [
            {"code_ogr": one, "libelle_cont_travail": phrase(3)} for one in contexts
        ],
        "coherence_item": [
            {"code_rome": code, "code_ogr": one, "coeur_metier": "Principale" if draw.random() < 0.18 else ""}
            for code in codes
            for one in {
                *draw.sample(macros, 10),
                *draw.choices(competences, k=16),
                *draw.choices(competences[:900], k=8),
                *draw.choices(savoirs, k=15),
                *draw.choices(savoirs[:900], k=8),
                *draw.sample(contexts, 9),
            }
        ],
        "rubrique_mobilite": [
            {"code_rome": code, "code_rome_cible": target, "numero_ordre": str(order)}
            for place, code in enumerate(codes)
            for order, target in enumerate(
                draw.sample([one for one in codes[max(0, place - 40) : place + 40] if one != code], 9), 1
            )
        ],
    }
    for table, lines in rows.items():
        columns = expected(table)
        with (folder / f"unix_{table}_v499_utf8.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)
    return folder


def invent_rncp(folder: Path) -> Path:
    """Fiches of some forty kilobytes, as the real ones, until half a gigabyte is written."""
    text = (
        "Concevoir et animer un parcours, en mesurer les effets et en rendre compte aux partenaires. " * 110
    )
    with (folder / "export_fiches_RNCP_V4_1_2026-11-22.xml").open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>')
        number = 0
        while file.tell() < XML_BYTES:
            number += 1
            blocs = "".join(
                f"<BLOC_COMPETENCES><CODE>RNCP{number}BC0{bloc}</CODE><LIBELLE>Bloc {bloc}</LIBELLE>"
                f"<LISTE_COMPETENCES>{text}</LISTE_COMPETENCES></BLOC_COMPETENCES>"
                for bloc in range(4)
            )
            file.write(
                f"<FICHE><NUMERO_FICHE>RNCP{number}</NUMERO_FICHE><INTITULE>Titre {number}</INTITULE><ACTIF>Oui</ACTIF>"
                f"<CODES_ROME><ROME><CODE>K2111</CODE><LIBELLE>x</LIBELLE></ROME></CODES_ROME>"
                f"<BLOCS_COMPETENCES>{blocs}</BLOCS_COMPETENCES></FICHE>\n"
            )
        file.write("</FICHES>")
    return folder


if __name__ == "__main__":
    started = time.perf_counter()
    for row in run():
        print(row)
    print(f"{time.perf_counter() - started:.0f} s")
