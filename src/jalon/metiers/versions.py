"""Two versions of a referential side by side: codes that are new, gone, or that now mean something else."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from jalon.metiers.depart.chargement import ensure_depart
from jalon.metiers.dossier import list_versions, open_read_only, read_infos, version_in_use, version_path
from jalon.metiers.erreurs import VersionAbsente


@dataclass(frozen=True)
class Changements:
    """(code, label) of what is new or gone; (code, label before, label after) of what changed."""

    nouveaux: tuple[tuple[str, str], ...]
    disparus: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class VersionLue:
    """One imported version as its page tells it. `depart`: the starting set, in use while nothing was imported."""

    kind: str
    version: str
    titre: str
    credit: str
    publie_le: str
    importe_le: str
    fiches: int
    en_usage: bool
    depart: bool


def read_versions(home: Path, kind: str) -> list[VersionLue]:
    """Newest first; the starting set is shown last, and as in use when nothing else is."""
    used = version_in_use(home, kind)
    if kind == "rome":
        ensure_depart(home)
    found = []
    for one in list_versions(home):
        if one.kind != kind:
            continue
        infos = read_infos(one.path)
        depart = infos.get("nature") == "depart"
        found.append(
            VersionLue(
                kind,
                one.version,
                infos.get("titre") or one.credit.removeprefix("Source : INSEE, "),
                one.credit,
                infos.get("publie_le", ""),
                infos.get("importe_le", ""),
                int(infos.get("fiches", 0)),
                one.en_usage or (depart and used is None),
                depart,
            )
        )
    return found


def compare_versions(home: Path, before: str, after: str) -> Changements:
    """What a change from one ROME to another does to the codes."""
    old, new = _labels(home, before), _labels(home, after)
    return Changements(
        tuple((code, new[code]) for code in sorted(new.keys() - old.keys())),
        tuple((code, old[code]) for code in sorted(old.keys() - new.keys())),
        tuple(
            (code, old[code], new[code]) for code in sorted(old.keys() & new.keys()) if old[code] != new[code]
        ),
    )


def _labels(home: Path, version: str) -> dict[str, str]:
    path = version_path(home, "rome", version)
    if not path.exists():
        raise VersionAbsente(f"La version {version} du ROME n’est pas sur cette machine.", "version")
    with closing(open_read_only(path)) as base:
        return dict(base.execute("SELECT code, libelle FROM fiche").fetchall())
