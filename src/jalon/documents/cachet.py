"""The cabinet's seal: a key and a certificate that it signs itself.

It proves that a file left this cabinet and has not changed since. It is a seal made by the cabinet, checked against
certificates that the product itself keeps: it claims no other level.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

# RSA and not an elliptic curve: with the latter pyHanko raises the file to PDF 2.0, which leaves PDF/A-2.
TAILLE_CLE = 3072
VALIDITE = timedelta(days=3652)
MARGE = timedelta(hours=1)
LONGUEUR_NOM = 64  # upper bound of a common name, X.520


class CachetIllisible(ValueError):
    """The stored bytes are not a seal, or its certificate belongs to another key."""


@dataclass(frozen=True)
class Cachet:
    """`to_bytes` holds the private key in clear: the caller stores it encrypted."""

    cle: rsa.RSAPrivateKey
    certificat: x509.Certificate

    @classmethod
    def create(cls, nom: str, now: datetime) -> Cachet:
        cle = rsa.generate_private_key(public_exponent=65537, key_size=TAILLE_CLE)
        sujet = _name(nom)
        certificat = (
            x509.CertificateBuilder()
            .subject_name(sujet)
            .issuer_name(sujet)
            .public_key(cle.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - MARGE)
            .not_valid_after(now + VALIDITE)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_signs_documents(), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(cle.public_key()), critical=False)
            .sign(cle, hashes.SHA256())
        )
        return cls(cle, certificat)

    @property
    def nom(self) -> str:
        return certificate_name(self.certificat)

    @property
    def empreinte(self) -> str:
        """SHA-256 of the certificate, as readers of PDF show it: printed on what is signed."""
        return self.certificat.fingerprint(hashes.SHA256()).hex()

    @property
    def auto_signe(self) -> bool:
        """Made here; otherwise somebody has issued it to the cabinet."""
        return self.certificat.issuer == self.certificat.subject

    @property
    def expire_le(self) -> datetime:
        return self.certificat.not_valid_after_utc

    def certificate_bytes(self) -> bytes:
        """The public part, to be kept for checking for as long as a sealed document is."""
        return self.certificat.public_bytes(serialization.Encoding.DER)

    def to_bytes(self) -> bytes:
        cle = self.cle.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return cle + self.certificat.public_bytes(serialization.Encoding.PEM)

    @classmethod
    def from_bytes(cls, octets: bytes) -> Cachet:
        try:
            # The bytes come back from authenticated encryption: proving again that the primes are primes (94 ms)
            # would only slow every sealing.
            cle = serialization.load_pem_private_key(octets, None, unsafe_skip_rsa_key_validation=True)
            certificat = x509.load_pem_x509_certificate(octets)
        except (ValueError, TypeError):
            raise CachetIllisible("Ces octets ne sont pas un cachet.") from None
        if not isinstance(cle, rsa.RSAPrivateKey) or cle.public_key() != certificat.public_key():
            raise CachetIllisible("La clé et le certificat de ce cachet ne vont pas ensemble.")
        return cls(cle, certificat)


def certificate_name(certificat: x509.Certificate) -> str:
    noms = certificat.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(noms[0].value) if noms else ""


def _name(nom: str) -> x509.Name:
    if not nom.strip():
        raise ValueError("le cachet porte le nom du cabinet")
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, nom.strip()[:LONGUEUR_NOM]),
        ]
    )


def _signs_documents() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
