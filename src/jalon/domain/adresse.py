"""What an e-mail address tells of who may read it. A warning for who types it and for the person; never a refusal.

An employer reads the mailboxes of its own domain, keeps them when the person leaves, and would learn of a bilan that
the law keeps from it (L. 6313-4, R. 6313-7).
"""

import re
import unicodedata

from jalon.domain.obstacle import Obstacle, Severity

# Mailboxes that anybody opens for herself, without their last label: «outlook» stands for .fr, .com and the others.
_PERSONAL = frozenset(
    """
    gmail googlemail orange wanadoo free sfr neuf 9online cegetel laposte hotmail outlook live msn yahoo ymail rocketmail
    icloud me mac aol gmx bbox numericable noos aliceadsl club-internet dbmail proton protonmail pm tutanota tuta fastmail
    posteo riseup disroot mailo net-c netcourrier netc caramail voila zaclys mailoo ik ouvaton infomaniak hey zoho mail
    francite libertysurf tele2 worldonline only mediaserv canl lagoon mls nautile izi ool zeop runbox startmail web
    """.split()  # noqa: SIM905
)
# Names set apart for examples (RFC 2606) and our own demonstration: nobody's employer.
_RESERVED = frozenset({"example", "exemple", "test", "invalid", "localhost"})
_SECOND_LEVELS = frozenset({"co", "com", "org", "net", "asso", "gouv", "tm", "nom"})
# Words of a company's name that name no company.
_COMMON = frozenset(
    """
    sa sas sasu sarl eurl snc sci scop ste societe groupe group holding compagnie cie entreprise entreprises etablissements
    ets association asso mairie ville commune communaute departement region conseil ministere service services france
    francais francaise les des aux une pour avec
    """.split()  # noqa: SIM905
)


def normalize(adresse: str) -> str:
    """As it is kept and compared: without spaces around, in small letters."""
    return unicodedata.normalize("NFC", adresse).strip().lower()


def domain_of(adresse: str) -> str:
    return normalize(adresse).rpartition("@")[2]


def employer_warning(
    adresse: str, *, employeur: str = "", nom: str = "", pour_soi: bool = False
) -> Obstacle | None:
    """What to say of this address, or nothing. `pour_soi`: said to the person herself, not to who types for her."""
    name = _name_of(domain_of(adresse))
    if not name or name in _PERSONAL or name in _RESERVED:
        return None
    if employeur and _belongs_to(name, employeur):
        start = (
            "Cette adresse est celle de l’employeur"
            if not pour_soi
            else "Cette adresse est celle de votre employeur"
        )
        return _warning(start, "adresse_employeur", pour_soi)
    # A family's own domain: zoe@lefevre.fr.
    if nom and any(word in name for word in _words(nom)):
        return None
    return _warning("Cette adresse semble professionnelle", "adresse_professionnelle", pour_soi)


def _warning(start: str, code: str, pour_soi: bool) -> Obstacle:
    if pour_soi:
        rest = (
            "votre employeur peut la lire, et vous la perdrez en quittant votre poste. "
            "Une adresse personnelle protège mieux votre démarche."
        )
    else:
        rest = (
            "l’employeur peut la lire, et la personne la perdra en quittant son poste. "
            "Demandez-lui si elle en a une autre."
        )
    return Obstacle(
        f"{start}\u00a0: {rest}", "Code du travail, art. L. 6313-4", Severity.WARN, code=code, field="email"
    )


def _name_of(domain: str) -> str:
    """The label that names the owner: «dupont» in paris.dupont.fr and in dupont.co.uk."""
    labels = [label for label in domain.split(".") if label]
    if not labels:
        return ""
    if labels[-1] in _RESERVED:
        return labels[-1]
    if len(labels) == 1:
        return labels[0]
    if len(labels) > 2 and labels[-2] in _SECOND_LEVELS:
        return labels[-3]
    return labels[-2]


def _belongs_to(name: str, employeur: str) -> bool:
    """«mairie-nantes» to «Mairie de Nantes», «dupontsa» to «Dupont SA»."""
    squeezed = re.sub(r"[^a-z0-9]", "", name)
    words = _words(employeur)
    whole = re.sub(r"[^a-z0-9]", "", _plain(employeur))
    initials = "".join(word[0] for word in re.findall(r"[a-z0-9]+", _plain(employeur)))
    return (
        any(word in squeezed for word in words)
        or squeezed == whole
        or (len(initials) > 2 and squeezed == initials)
    )


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"[a-z0-9]{3,}", _plain(text)) if w not in _COMMON]


def _plain(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae")).lower()
    return "".join(c for c in parts if not unicodedata.combining(c))
