"""Sealing an issued PDF (PAdES, certifying, invisible field) and checking a seal.

Who signed is drawn in the page by the template; the field itself stays invisible, because a visible one breaks
both PDF/UA-1 (a widget outside a form tag) and PDF/A-2a (a stamp in a font that is not embedded).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.pdf_utils import embed
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from jalon.documents.cachet import Cachet

CHAMP = "Cachet"
OCTETS_RESERVES = 16384
T = TypeVar("T")


@dataclass(frozen=True)
class EtatScellement:
    """`intact`: sealed by a certificate of the given list, and not one byte changed since.

    `signe_le` is the instant that the cabinet wrote: no authority outside attests it. `raison` says in French what
    was found; `empreinte` is the sha256 of the bytes that were checked.
    """

    intact: bool
    signataire: str
    signe_le: datetime | None
    empreinte: str
    raison: str


@dataclass(frozen=True)
class PieceJointe:
    """A paper carried inside the sealed file. PDF/A-2 wants it to be PDF/A itself (ISO 19005-2, 6.8): all ours are."""

    nom: str
    octets: bytes
    description: str


def seal(
    pdf: bytes, cachet: Cachet, *, signed_at: datetime, reason: str, jointe: PieceJointe | None = None
) -> bytes:
    """The sealed file. It may be filled in nowhere: any later change breaks the seal.

    Sealing only adds: the first bytes of the sealed file are those of `pdf`, exactly.
    """
    if signed_at.tzinfo is None:
        raise ValueError("l’instant du scellement doit porter son fuseau horaire")
    meta = signers.PdfSignatureMetadata(
        field_name=CHAMP,
        reason=reason,
        name=cachet.nom,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = _DatedSigner(meta, _LoadedKeySigner(cachet), signed_at)
    writer = _FrozenMetadataWriter(io.BytesIO(pdf))
    if jointe is not None:
        _embed(writer, jointe)
    scelle = _in_own_loop(lambda: signer.sign_pdf(writer, bytes_reserved=OCTETS_RESERVES))
    return bytes(scelle.getbuffer())


def _embed(writer: IncrementalPdfFileWriter, jointe: PieceJointe) -> None:
    inside = embed.EmbeddedFileObject.from_file_data(
        writer, data=jointe.octets, mime_type="application/pdf", params=embed.EmbeddedFileParams()
    )
    spec = embed.FileSpec(
        file_spec_string=jointe.nom,
        file_name=jointe.nom,
        embedded_data=inside,
        description=jointe.description,
    )
    embed.embed_file(writer, spec)


def check(pdf: bytes, certificats: Iterable[bytes]) -> EtatScellement:
    """Look at the seal of `pdf` against the certificates (DER) that the cabinet ever used."""
    empreinte = hashlib.sha256(pdf).hexdigest()
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    except Exception:  # a damaged file makes a parser raise anything: each is the same answer
        return EtatScellement(False, "", None, empreinte, "Ce fichier n’est pas un PDF lisible.")
    if len(signatures) != 1:
        raison = (
            "Ce document ne porte pas de cachet."
            if not signatures
            else "Ce document porte plusieurs cachets."
        )
        return EtatScellement(False, "", None, empreinte, raison)
    return _check_one(signatures[0], empreinte, certificats)


def _in_own_loop(work: Callable[[], T]) -> T:
    """pyHanko runs an event loop of its own, which the caller's thread may already have: it gets a thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def _check_one(
    signature: EmbeddedPdfSignature, empreinte: str, certificats: Iterable[bytes]
) -> EtatScellement:
    connus = [asn1_x509.Certificate.load(der) for der in certificats]
    try:
        signataire = str(signature.signer_cert.subject.native.get("common_name", ""))
        signe_le = signature.self_reported_timestamp
        # Judged on the day it was sealed: a certificate that has run out since does not spoil what it sealed.
        contexte = ValidationContext(trust_roots=connus, moment=signe_le, allow_fetching=False)
        etat = _in_own_loop(lambda: validate_pdf_signature(signature, contexte))
    except Exception:  # as above
        return EtatScellement(False, "", None, empreinte, "Le cachet de ce document est illisible ou abîmé.")
    connu = signature.signer_cert.dump() in {c.dump() for c in connus}
    raison = _reason(etat, connu=connu, remplissage=_is_padding_untouched(signature))
    return EtatScellement(raison == INTACT, signataire, signe_le, empreinte, raison)


INTACT = "Ce document est tel qu’il a été scellé."


def _reason(etat: PdfSignatureStatus, *, connu: bool, remplissage: bool) -> str:
    entier = etat.coverage is SignatureCoverageLevel.ENTIRE_FILE
    inchange = etat.modification_level is ModificationLevel.NONE
    if not (etat.intact and etat.valid and entier and inchange and remplissage):
        return "Ce document a été modifié après son scellement."
    if not (connu and etat.trusted):
        return "Ce cachet n’est pas un cachet de ce cabinet."
    return INTACT


def _is_padding_untouched(signature: EmbeddedPdfSignature) -> bool:
    """The room reserved for the signature is the one part of the file that it doesn't cover: it must read as written."""
    contenu = bytes(signature.pkcs7_content)
    reste = contenu[len(cms.ContentInfo.load(contenu).dump()) :]
    flux = signature.reader.stream
    debut, longueur, suite, _ = (int(n) for n in signature.byte_range)
    flux.seek(debut + longueur)
    ecrit = flux.read(suite - debut - longueur)
    return not any(reste) and ecrit == b"<" + contenu.hex().upper().encode() + b">"


class _LoadedKeySigner(signers.Signer):
    """Holds the RSA key loaded: pyHanko's own signer parses and proves it again at each signature, twice.

    It is also the place where a key that never enters the process (module, transit service) would come.
    """

    def __init__(self, cachet: Cachet) -> None:
        self._cle: rsa.RSAPrivateKey = cachet.cle
        super().__init__(
            signing_cert=asn1_x509.Certificate.load(cachet.certificate_bytes()),
            cert_registry=SimpleCertificateStore(),
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(self._cle.key_size // 8)
        return self._cle.sign(data, padding.PKCS1v15(), hashes.SHA256())


class _DatedSigner(signers.PdfSigner):
    """Writes the instant it is given, where pyHanko would read the machine's clock."""

    def __init__(
        self, meta: signers.PdfSignatureMetadata, signer: signers.Signer, signed_at: datetime
    ) -> None:
        super().__init__(
            meta, signer, new_field_spec=SigFieldSpec(CHAMP, readable_field_name="Cachet du cabinet")
        )
        self._signed_at = signed_at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._signed_at
        return session


class _FrozenMetadataWriter(IncrementalPdfFileWriter):
    """Leaves the document's own dates as issued: pyHanko would write today's, read from the clock."""

    def _update_meta(self) -> None:
        return
