"""Who a cabinet is, checked: SIREN and SIRET by their key, the declaration's number, a sender's name that tells nothing."""

from __future__ import annotations

import re
import unicodedata

from jalon.domain.jours import Territoire
from jalon.domain.obstacle import Obstacle

SIRENE = "Répertoire Sirene, clé de contrôle des numéros SIREN et SIRET"
DECLARATION = "Code du travail, art. R. 6351-6"
DISCRETION = "Règle de Jalon : rien, hors du produit, ne dit qu’il s’agit d’un bilan"

# La Poste numbers its establishments by a key of its own: the sum of the digits is a multiple of five.
LA_POSTE = "356000000"

SIREN_DIGITS, SIRET_DIGITS, NDA_DIGITS = 9, 14, 11

REGIONS = (
    "Auvergne-Rhône-Alpes",
    "Bourgogne-Franche-Comté",
    "Bretagne",
    "Centre-Val de Loire",
    "Corse",
    "Grand Est",
    "Guadeloupe",
    "Guyane",
    "Hauts-de-France",
    "Île-de-France",
    "La Réunion",
    "Martinique",
    "Mayotte",
    "Normandie",
    "Nouvelle-Aquitaine",
    "Occitanie",
    "Pays de la Loire",
    "Provence-Alpes-Côte d’Azur",
)

# The legal time zone follows the place: the holidays and the last minute of a day are those of there.
FUSEAUX: dict[Territoire, str] = {
    Territoire.METROPOLE: "Europe/Paris",
    Territoire.ALSACE_MOSELLE: "Europe/Paris",
    Territoire.GUADELOUPE: "America/Guadeloupe",
    Territoire.MARTINIQUE: "America/Martinique",
    Territoire.GUYANE: "America/Cayenne",
    Territoire.REUNION: "Indian/Reunion",
    Territoire.MAYOTTE: "Indian/Mayotte",
    Territoire.SAINT_MARTIN: "America/Marigot",
    Territoire.SAINT_BARTHELEMY: "America/St_Barthelemy",
    Territoire.SAINT_PIERRE_ET_MIQUELON: "America/Miquelon",
}


def digits(text: str) -> str:
    """The digits as typed: spaces, points and dashes between groups are the person's comfort."""
    return re.sub(r"[\s.\-\u00a0\u202f]", "", text)


def _luhn(number: str) -> bool:
    total = 0
    for rank, letter in enumerate(reversed(number)):
        value = int(letter) * (2 if rank % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _not_digits(number: str, expected: int, name: str, field: str) -> Obstacle | None:
    if re.fullmatch(r"[0-9]+", number) and len(number) == expected:
        return None
    said = (
        f"{len(number)} chiffres ont été lus"
        if re.fullmatch(r"[0-9]+", number)
        else "autre chose que des chiffres a été lu"
    )
    return Obstacle(
        f"Un numéro {name} compte {expected} chiffres ; {said}. Recopiez-le depuis l’avis de situation Sirene.",
        SIRENE,
        code=f"{field}_longueur",
        field=field,
    )


def siren_obstacle(siren: str, field: str = "siren") -> Obstacle | None:
    wrong = _not_digits(siren, SIREN_DIGITS, "SIREN", field)
    if wrong:
        return wrong
    if _luhn(siren) and siren != "0" * SIREN_DIGITS:
        return None
    return Obstacle(
        "Ce numéro SIREN n’existe pas : sa clé de contrôle est fausse. Un chiffre a sans doute été mal recopié.",
        SIRENE,
        code=f"{field}_cle",
        field=field,
    )


def siret_obstacle(siret: str, field: str = "siret") -> Obstacle | None:
    wrong = _not_digits(siret, SIRET_DIGITS, "SIRET", field)
    if wrong:
        return wrong
    siren = siret[:SIREN_DIGITS]
    if siren == LA_POSTE and sum(map(int, siret)) % 5 == 0:
        return None
    if siren_obstacle(siren) is None and _luhn(siret):
        return None
    return Obstacle(
        "Ce numéro SIRET n’existe pas : sa clé de contrôle est fausse. Un chiffre a sans doute été mal recopié.",
        SIRENE,
        code=f"{field}_cle",
        field=field,
    )


def nda_obstacle(nda: str) -> Obstacle | None:
    """Empty is possible: the declaration is filed within three months of the first convention (R. 6351-1)."""
    if not nda or re.fullmatch(rf"[0-9]{{{NDA_DIGITS}}}", nda):
        return None
    return Obstacle(
        f"Un numéro de déclaration d’activité compte {NDA_DIGITS} chiffres. "
        "Recopiez-le depuis le récépissé de la préfecture, ou laissez ce champ vide en attendant.",
        DECLARATION,
        code="nda",
        field="nda",
    )


def _plain(text: str) -> str:
    """Without accents, case, nor the invisible characters that would hide a word."""
    kept = [
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    ]
    return "".join(kept)


def says_bilan(text: str) -> bool:
    return "bilan" in _plain(text)


def says_bilan_de_competences(text: str) -> bool:
    return re.search(r"bilans?(d(e|es))?competences?", re.sub(r"[^a-z0-9]", "", _plain(text))) is not None


def neutral_name_obstacle(name: str) -> Obstacle | None:
    """What mails and calendars show: a family or an employer may read over a shoulder."""
    if not says_bilan(name):
        return _impossible_sender(name)
    return Obstacle(
        "Ce nom apparaît dans la boîte de réception des personnes : il ne peut pas contenir le mot « bilan ». "
        "Choisissez par exemple votre nom, ou celui du cabinet.",
        DISCRETION,
        code="nom_neutre",
        field="nom_neutre",
    )


def _impossible_sender(name: str) -> Obstacle | None:
    """A sender's name goes into the header of a mail: letters, figures and a few signs."""
    if not name or re.fullmatch(r"[^\W_][\w &'’.\-]{0,58}", name):
        return None
    return Obstacle(
        "Un nom d’expéditeur compte au plus 59 caractères : des lettres, des chiffres, des espaces, "
        "et les signes & . ’ -. Raccourcissez-le, ou retirez les autres signes.",
        DISCRETION,
        code="nom_neutre_signes",
        field="nom_neutre",
    )
