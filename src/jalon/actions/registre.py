"""The register of destructions that lies beside the mirror: what an older backup must forget before anybody enters.

One line a destruction, added when the mirror is refreshed, each under a seal that only the ring's holder can make:
nobody who finds the medium can have something destroyed by adding a line. Identifiers, dates and fingerprints only.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.db.models.fields.related import ForeignKey

from jalon.access.coffre import coffre
from jalon.records.models import Decision, DemandeCep, Destruction
from jalon.vault import disque
from jalon.vault.miroir import mirror_file

_SECRET = "registre-destructions"  # noqa: S105 (a name)
# Longer than any backup is kept.
KEPT = timedelta(days=400)
_BILAN = (
    "etat",
    "preliminaire_le",
    "preliminaire_clos_beneficiaire_le",
    "preliminaire_clos_consultant_le",
    "investigation_le",
    "conclusions_le",
    "terme_prevu_le",
    "termine_le",
    "synthese_remise_le",
    "emporte_le",
    "destruction_commencee_le",
    "contenu_detruit_le",
    "recontact_accepte_le",
)


@dataclass
class Registre:
    """What was read: the good lines, in order, and how many were not."""

    lignes: list[dict[str, Any]] = field(default_factory=list)
    refusees: int = 0

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(line["destruction"]["id"] for line in self.lignes)


def register_path(miroir: Path) -> Path:
    target = mirror_file(miroir)
    return target.with_name(f"{target.name}.registre")


def prepare_secret() -> None:
    """Its key enters the ring before the mirror is copied: a mirror must be able to read its own register."""
    coffre().installation_secret(_SECRET)


def add(miroir: Path, destructions: Iterable[Destruction]) -> None:
    """Append these; a half line that a power cut left is closed first, and skipped by the reader."""
    lines = [_line(one) for one in destructions]
    if not lines:
        return
    path = register_path(miroir)
    fd = os.open(path, os.O_RDWR | os.O_CREAT, disque.PRIVATE)
    with os.fdopen(fd, "r+b") as file:
        end = file.seek(0, os.SEEK_END)
        if end and os.pread(fd, 1, end - 1) != b"\n":
            file.write(b"\n")
        file.write(b"".join(lines))
        file.flush()
        os.fsync(fd)
    disque.sync_folder(path.parent)


def complete(miroir: Path, now: datetime) -> None:
    """Every night: add what is missing, leave out what no backup can bring back any more, all in one new file."""
    known = read(miroir)
    limit = now - KEPT
    rows = Destruction.objects.filter(faite_le__gte=limit).exclude(pk__in=_uuids(known.ids))
    kept = [line for line in known.lignes if datetime.fromisoformat(line["destruction"]["faite_le"]) >= limit]
    new = [_line(one) for one in rows.select_related("bilan").order_by("faite_le", "id")]
    if new or len(kept) < len(known.lignes) or known.refusees:
        disque.write_whole(register_path(miroir), b"".join([*map(_sealed, kept), *new]))


def read(miroir: Path) -> Registre:
    """The lines whose seal is ours; a register that is not there has none."""
    found = Registre()
    try:
        text = register_path(miroir).read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return found
    for raw in text.splitlines():
        if not raw.strip():
            continue
        try:
            line = json.loads(raw)
            seal = line.pop("sceau")
        except (ValueError, KeyError, AttributeError):
            found.refusees += 1
            continue
        if hmac.compare_digest(str(seal), _seal(line)):
            found.lignes.append(line)
        else:
            found.refusees += 1
    return found


def _line(one: Destruction) -> bytes:
    return _sealed(
        {
            "destruction": _columns(one),
            "bilan": {name: getattr(one.bilan, name) for name in _BILAN},
            "decisions": [
                _columns(row, ("id", "detruit_le"))
                for row in Decision.objects.filter(bilan=one.bilan, detruit_le__isnull=False)
            ],
            "cep": [
                _columns(row, ("id", "detruite_le"))
                for row in DemandeCep.objects.filter(bilan=one.bilan, detruite_le__isnull=False)
            ],
        }
    )


def _columns(row: Model, names: tuple[str, ...] = ()) -> dict[str, Any]:
    wanted = [f.attname for f in row._meta.concrete_fields if not names or f.attname in names]
    return {name: getattr(row, name) for name in wanted}


def _sealed(line: dict[str, Any]) -> bytes:
    plain = json.loads(_text(line))
    return _text({**plain, "sceau": _seal(plain)}).encode() + b"\n"


def _seal(line: dict[str, Any]) -> str:
    return hmac.new(coffre().installation_secret(_SECRET), _text(line).encode(), hashlib.sha256).hexdigest()


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, cls=DjangoJSONEncoder)


def _uuids(ids: Iterable[str]) -> list[UUID]:
    return [UUID(one) for one in ids]


def as_fields(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """What a line says, as the values of a model's columns; a column that this version no longer has is left out."""
    known = {f.attname: f for f in model._meta.concrete_fields}
    return {
        name: (f.target_field if isinstance(f, ForeignKey) else f).to_python(value)
        for name, value in values.items()
        if (f := known.get(name)) is not None
    }
