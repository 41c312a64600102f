"""The cabinet's seal: made at its first use, or brought; its private key only ever stored encrypted under a key of the installation."""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.db import transaction

from jalon import access, documents
from jalon.access import Action
from jalon.access.coffre import coffre
from jalon.actions.alerte import warn_responsables
from jalon.actions.echeance import cancel, schedule
from jalon.documents import Cachet
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Echeance, Organisme, Personne
from jalon.vault import disque, installation_key

_RENEW_BEFORE = timedelta(days=60)
# A certificate that was brought is replaced by somebody, not by the clock: its responsables are told in time, and again.
_WARN_DAYS = (60, 30, 7, 1)
_RSA_MIN = 2048
_P12_MAX = 100_000


def _folder() -> Path:
    return Path(settings.DONNEES) / "cachets"


def get_cachet(organisme: Organisme, now: datetime) -> Cachet:
    """The seal in force; a new one is made when there is none, or in time before it expires. Old certificates stay beside,
    so that what they sealed can still be checked."""
    found = read_cachet(organisme)
    if found is not None and found.expire_le > now + _RENEW_BEFORE:
        return found
    # One that was brought serves until its last day: the responsable is told, and brings another.
    if found is not None and not found.auto_signe and found.expire_le > now:
        return found
    made = Cachet.create(organisme.nom, now)
    _keep(organisme, made)
    return made


def read_cachet(organisme: Organisme) -> Cachet | None:
    path = _folder() / f"{organisme.pk}.scelle"
    key_id = installation_key(f"cachet-{organisme.pk}")
    vault = coffre()
    if not (path.exists() and vault.has_key(key_id)):
        return None
    return Cachet.from_bytes(
        vault.open_bytes(path.read_bytes(), key_id=key_id, piece_id=organisme.pk, label="cachet")
    )


def _keep(organisme: Organisme, cachet: Cachet) -> None:
    """The certificate first: whatever is sealed afterwards can be checked."""
    key_id = installation_key(f"cachet-{organisme.pk}")
    vault = coffre()
    if not vault.has_key(key_id):
        vault.create_keys([key_id])
    disque.make_folder(_folder())
    certificate = _folder() / f"{organisme.pk}-{cachet.certificat.serial_number:x}.der"
    disque.write_whole(certificate, cachet.certificate_bytes())
    sealed = vault.seal_bytes(cachet.to_bytes(), key_id=key_id, piece_id=organisme.pk, label="cachet")
    disque.write_whole(_folder() / f"{organisme.pk}.scelle", sealed)


@transaction.atomic
def bring_cachet(
    *, organisme: Organisme, fichier: bytes, mot_de_passe: str, by: Personne, now: datetime
) -> Cachet:
    """A certificate of the cabinet's own, with its key (PKCS#12). Tried on a page before it takes the place of the other."""
    access.require(Action.MANAGE_CABINET, by, organisme)
    brought = _read_pkcs12(fichier, mot_de_passe)
    if not brought.certificat.not_valid_before_utc <= now < brought.expire_le:
        raise Refused(
            Obstacle(
                "Ce certificat n’est pas valable aujourd’hui : demandez-en un autre à qui vous l’a délivré.",
                code="dates",
                field="fichier",
            )
        )
    _try(brought, now)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    _keep(organisme, brought)
    _plan_warnings(organisme, brought, now)
    record(
        Nom.CACHET_APPORTE,
        organisme,
        by=by,
        now=now,
        faits={"empreinte": brought.empreinte, "expire_le": brought.expire_le},
    )
    return brought


@transaction.atomic
def renew_cachet(*, organisme: Organisme, by: Personne, now: datetime) -> Cachet:
    """A new one of our making, in the place of the former: what that one sealed stays checkable."""
    access.require(Action.MANAGE_CABINET, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    made = Cachet.create(organisme.nom, now)
    _keep(organisme, made)
    _plan_warnings(organisme, made, now)
    record(
        Nom.CACHET_APPORTE,
        organisme,
        by=by,
        now=now,
        faits={"empreinte": made.empreinte, "expire_le": made.expire_le},
    )
    return made


def warn_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    held = read_cachet(echeance.organisme)
    if held is None or held.auto_signe:
        return
    left = max(0, (held.expire_le - now).days)
    warn_responsables({"cachet": left}, now=now, organisme=echeance.organisme)


def _plan_warnings(organisme: Organisme, held: Cachet, now: datetime) -> None:
    """Those of the former certificate are no longer of use."""
    for days in _WARN_DAYS:
        reference, at = f"{organisme.pk}/{days}", held.expire_le - timedelta(days=days)
        cancel("cachet_fin", now=now, reference=reference)
        if at > now and not held.auto_signe:
            schedule("cachet_fin", at, organisme=organisme, reference=reference)


def _read_pkcs12(fichier: bytes, mot_de_passe: str) -> Cachet:
    if len(fichier) > _P12_MAX:
        raise Refused(
            Obstacle("Ce fichier est trop lourd pour un certificat.", code="poids", field="fichier")
        )
    try:
        cle, certificat, _ = pkcs12.load_key_and_certificates(fichier, mot_de_passe.encode() or None)
    except ValueError:
        raise Refused(
            Obstacle(
                "Ce fichier ne s’ouvre pas : ce n’est pas un certificat avec sa clé (.p12 ou .pfx), ou le mot de passe est faux.",
                code="pkcs12",
                field="fichier",
            )
        ) from None
    if cle is None or certificat is None:
        raise Refused(
            Obstacle(
                "Il manque la clé ou le certificat : exportez les deux ensemble.",
                code="pkcs12",
                field="fichier",
            )
        )
    if not isinstance(cle, rsa.RSAPrivateKey) or cle.key_size < _RSA_MIN:
        raise Refused(
            Obstacle(
                f"Ce certificat n’a pas de clé RSA de {_RSA_MIN} bits au moins. Une clé d’une autre sorte ferait sortir les "
                "documents du format d’archive PDF/A-2 : demandez un certificat RSA.",
                "ISO 19005-2 (PDF/A-2)",
                code="rsa",
                field="fichier",
            )
        )
    return Cachet(cle, certificat)


def _try(brought: Cachet, now: datetime) -> None:
    """Whether any reader would find its seal good: a certificate made for a site or for mail would not do."""
    page = documents.seal(_blank(), brought, signed_at=now, reason="Essai")
    if not _may_sign(brought) or not documents.check(page, [brought.certificate_bytes()]).intact:
        raise Refused(
            Obstacle(
                "Ce certificat n’est pas fait pour signer des documents. Demandez un certificat de cachet ou de signature.",
                code="usage",
                field="fichier",
            )
        )


def _may_sign(brought: Cachet) -> bool:
    """What its issuer lets the key do (RFC 5280, 4.2.1.3); a certificate that says nothing may do all."""
    try:
        usage = brought.certificat.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return bool(usage.digital_signature or usage.content_commitment)


def _blank() -> bytes:
    from io import BytesIO

    import pikepdf

    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue() + b"\n"


def certificates(organisme: Organisme) -> list[bytes]:
    """Every certificate that this cabinet has sealed with, to check its papers."""
    return [path.read_bytes() for path in sorted(_folder().glob(f"{organisme.pk}-*.der"))]


def seal_pdf(
    pdf: bytes,
    organisme: Organisme,
    *,
    now: datetime,
    reason: str,
    jointe: "documents.PieceJointe | None" = None,
) -> bytes:
    # Its library is slow to load: the pages must not wait for it at their start.
    return documents.seal(pdf, get_cachet(organisme, now), signed_at=now, reason=reason, jointe=jointe)
