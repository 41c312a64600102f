"""What the person takes away: one zip, readable in twenty years without us. Made in memory, never written in clear on our disk.

An HTML book that opens offline, the sealed papers, her files, open data in JSON with its schema, a plain guide, and the
fingerprint of each; under a passphrase if she wishes.
"""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.pieces import Lue, read_pieces
from jalon.actions.emport_format import data_of, natures, schema
from jalon.actions.emport_livre import chapters_of
from jalon.actions.fichier import read_fichier
from jalon.actions.piece import lock_bilan
from jalon.actions.synthese import load_document
from jalon.documents.francais import jour_complet
from jalon.documents.lisez_moi import opening_guide, reading_guide
from jalon.documents.livre import render_livre
from jalon.domain.jours import local_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, DocumentEmis, Fichier, Personne
from jalon.vault import CleAbsente, ErreurCoffre
from jalon.vault.pieces.lecture import title_of
from jalon.vault.zip_chiffre import phrase_bytes, seal_zip

NOM = "mon-dossier.zip"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
# Compressed already: a second time costs, and gains nothing.
_PACKED = (".pdf", ".png", ".jpg", ".jpeg", ".zip")


@dataclass(frozen=True)
class Emport:
    """The zip, and how many pieces and files it holds."""

    octets: bytes
    pieces: int
    fichiers: int
    empreinte: str


def take_away(*, bilan: Bilan, by: Personne, now: datetime, phrase: str = "") -> Emport:
    """Everything that is hers and still readable, before and after the term. Recorded, so that nobody warns her for nothing."""
    access.require(Action.TAKE_AWAY, by, bilan)
    if phrase:
        _check(phrase)
    with transaction.atomic():
        bilan = lock_bilan(bilan)
        made = _pack(bilan, by, now, phrase)
        if bilan.emporte_le is None:
            bilan.emporte_le = now
            bilan.save(update_fields=["emporte_le"])
        record(
            Nom.DOSSIER_EMPORTE,
            bilan,
            by=by,
            now=now,
            faits={
                "pieces": made.pieces,
                "fichiers": made.fichiers,
                "empreinte": made.empreinte,
                "chiffre": bool(phrase),
            },
        )
    return made


def _check(phrase: str) -> None:
    try:
        phrase_bytes(phrase)
    except ErreurCoffre as refused:
        raise Refused(Obstacle(refused.phrase, code="phrase", field="phrase")) from None


def _pack(bilan: Bilan, by: Personne, now: datetime, phrase: str) -> Emport:
    order = {nature: rank for rank, nature in enumerate(natures())}
    opened = read_pieces(by, bilan, natures(), now=now)
    opened.sort(key=lambda lue: (order[lue.piece.nature], lue.piece.cree_le))
    entries: dict[str, bytes] = {}
    for paper in DocumentEmis.objects.filter(bilan=bilan).order_by("emis_le"):
        content = _paper(paper)
        if content is not None:
            entries[f"documents/{_safe(paper.numero)}.pdf"] = content
    papers = list(entries)
    files = _files(bilan, opened, entries)
    day = local_day(now, zone(bilan.fuseau))
    entries["donnees.json"] = data_of(bilan, opened, files, now)
    entries["donnees.schema.json"] = schema()
    entries["mon-dossier.html"] = render_livre(
        titre="Mon dossier",
        personne=bilan.beneficiaire.nom_complet,
        cabinet=bilan.organisme.nom,
        emporte_le=now,
        fuseau=bilan.fuseau,
        chapitres=chapters_of(bilan, opened, files),
        documents=papers,
    ).encode()
    entries["LISEZ-MOI.txt"] = reading_guide(jour=jour_complet(day), cabinet=bilan.organisme.nom)
    entries["empreintes-sha256.txt"] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(entries.items())
    ).encode()
    octets = _zip(entries, now)
    if phrase:
        octets = seal_zip(NOM, octets, phrase, lisible={"LISEZ-MOI.txt": opening_guide()}, le=now)
    return Emport(octets, len(opened), len(files), hashlib.sha256(octets).hexdigest())


def _files(bilan: Bilan, opened: list[Lue], entries: dict[str, bytes]) -> dict[str, str]:
    """Her files, each under a name that any system can hold; their paths by the piece that names them."""
    cards = {lue.piece.pk: lue for lue in opened}
    found = {}
    for rank, fichier in enumerate(Fichier.objects.filter(bilan=bilan).order_by("depose_le", "id"), 1):
        card = cards.get(fichier.fiche_id)
        if card is not None:
            path = f"fichiers/{rank:02d}-{_safe(title_of(card.contenu) or 'fichier')}"
            entries[path] = b"".join(read_fichier(fichier))
            found[str(fichier.fiche_id)] = path
    return found


def _zip(entries: dict[str, bytes], now: datetime) -> bytes:
    buffer = BytesIO()
    moment = now.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            packed = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, moment), content, packed)
    return buffer.getvalue()


def _paper(paper: DocumentEmis) -> bytes | None:
    """None for a document whose key is destroyed: its proof remains, not its words."""
    if paper.octets is not None:
        return bytes(paper.octets)
    try:
        return load_document(paper) if paper.objet else None
    except CleAbsente:
        return None


def _safe(name: str) -> str:
    """A name that any system can hold; the true one is in the book and in the data."""
    return _UNSAFE.sub("-", name).strip("-.")[:80] or "fichier"
