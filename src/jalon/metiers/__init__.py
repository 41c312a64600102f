"""Occupations and certifications: official archives imported, searched, read and matched, without network.

index = open_index(home)              # the day's version, or the starting set
index.search("infirmiere")            # [Resultat], as one types
index.fiche("J1506")                  # FicheLue
index.match(metiers=["J1506"])        # [Proposition], each with its reasons
index.gap("K1801", day, metiers=["J1506"])
"""

from jalon.metiers.catalogue import Comparaison, Metiers, Resultat, open_index
from jalon.metiers.certifications import Bloc, Certification, Certifications
from jalon.metiers.dossier import Imported, Version, home_folder, list_versions, use_version, version_in_use
from jalon.metiers.ecart import Ecart, Lacune
from jalon.metiers.erreurs import ArchiveRefusee, CodeInconnu, EntreeRefusee, MetiersError, VersionAbsente
from jalon.metiers.fiche import Competence, FicheLue, Mobilite, Rubrique
from jalon.metiers.filtre import Distance, Filtre
from jalon.metiers.naf import activity, import_naf
from jalon.metiers.proposition import Commun, Manquant, Proposition
from jalon.metiers.rncp.importation import import_rncp
from jalon.metiers.rome.importation import import_rome
from jalon.metiers.telechargement import TelechargementImpossible, fetch_rncp, fetch_rome
from jalon.metiers.versions import Changements, VersionLue, compare_versions, read_versions

__all__ = [
    "ArchiveRefusee",
    "Bloc",
    "Certification",
    "Certifications",
    "Changements",
    "CodeInconnu",
    "Commun",
    "Comparaison",
    "Competence",
    "Distance",
    "Ecart",
    "EntreeRefusee",
    "FicheLue",
    "Filtre",
    "Imported",
    "Lacune",
    "Manquant",
    "Metiers",
    "MetiersError",
    "Mobilite",
    "Proposition",
    "Resultat",
    "Rubrique",
    "TelechargementImpossible",
    "Version",
    "VersionAbsente",
    "VersionLue",
    "activity",
    "compare_versions",
    "fetch_rncp",
    "fetch_rome",
    "home_folder",
    "import_naf",
    "import_rncp",
    "import_rome",
    "list_versions",
    "open_index",
    "read_versions",
    "use_version",
    "version_in_use",
]
