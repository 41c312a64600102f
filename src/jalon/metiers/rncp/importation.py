"""France compétences' daily export, written as one version: certifications that lead somewhere, and how."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from jalon.metiers.archive import Archive
from jalon.metiers.dossier import Imported, adopt, start_schema, version_path, write_version
from jalon.metiers.erreurs import ArchiveRefusee
from jalon.metiers.rncp.export_csv import is_csv, read_csv
from jalon.metiers.rncp.export_xml import is_xml, read_xml
from jalon.metiers.rncp.fiche import Redaction

# The real XML is about 470 MB unpacked.
UNPACKED_MAX = 3_000_000_000
STEP = 500


def import_rncp(
    path: Path, home: Path, now: datetime, progress: Callable[[int], None] = lambda _: None
) -> Imported:
    """Zip or folder, CSV or XML. `progress` is called with the number of certifications written so far."""
    comptes: dict[str, int] = {}
    avis: list[str] = []
    with Archive(path, UNPACKED_MAX) as archive:
        if is_csv(archive):
            day, fiches = read_csv(archive, comptes, avis)
        elif is_xml(archive):
            day, fiches = read_xml(archive)
        else:
            raise ArchiveRefusee(
                f"« {path.name} » n’est pas un export de France compétences : ni « export_fiches_CSV_… », "
                "ni « export-fiches-….xml ».",
                "chemin",
            )
        if not day:
            day = now.date().isoformat()
            avis.append("Le jour de l’export n’est pas dans les noms : celui de l’import a été pris.")
        year, month, number = day.split("-")
        credit = (
            f"Source : France compétences, répertoires RNCP et RS, export du {number}/{month}/{year}, "
            "Licence Ouverte 2.0"
        )
        with write_version(version_path(home, "rncp", day)) as base:
            start_schema(base, "rncp/schema.sql")
            writing = Redaction(base)
            twice = written = 0
            for fiche in fiches:
                if writing.write(fiche):
                    written += 1
                    if written % STEP == 0:
                        progress(written)
                else:
                    twice += 1
            if not written:
                raise ArchiveRefusee(f"« {path.name} » ne contient aucune certification.", "chemin")
            if twice:
                avis.append(f"{twice} fiche(s) étaient deux fois dans l’export : la première a été gardée.")
            if not comptes:
                comptes = writing.counts()
            base.executemany(
                "INSERT INTO infos VALUES (?, ?)",
                {
                    "nature": "rncp",
                    "version": day,
                    "titre": f"export de France compétences du {number}/{month}/{year}",
                    "credit": credit,
                    "importe_le": now.isoformat(timespec="seconds"),
                }.items(),
            )
    used = adopt(home, "rncp", day)
    if not used:
        avis.append(
            f"Un export plus récent est en usage : celui du {number}/{month}/{year} est rangé à côté."
        )
    return Imported("rncp", day, comptes, avis, credit, used)
