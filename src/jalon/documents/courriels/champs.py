"""The closed forms of what a mail may carry: links, codes, days, counts. No field takes free text.

A mail is read on a phone left on a table, by a shared mailbox, by a provider's filters: whatever is said in it has
left the product for good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from jalon.documents import francais
from jalon.domain.parcours import Labelled
from jalon.domain.regards import is_signature
from jalon.domain.seance import Modalite

Champ = Callable[[Any, ZoneInfo], str]

LIEN = re.compile(r"https?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?/[A-Za-z0-9._~/\-]*([?][A-Za-z0-9._~=&%\-]*)?")
CODE = re.compile(r"[0-9A-Z]{2,10}(-[0-9A-Z]{2,10}){0,3}")
TELEPHONE = re.compile(r"[+]?[0-9][0-9 .\u00a0]{5,22}[0-9]")
EXPEDITEUR = re.compile(r"[^\W_][\w &'’.\-]{0,58}", re.UNICODE)
LIEN_MAXIMUM = 500


class ChampRefuse(ValueError):
    """A value is not of the form of its field. The value is never quoted."""


class Alerte(Labelled):
    """What the operator of the machine may be told: a fact about the machine, never about a person."""

    MIROIR = "miroir", "La copie des clés n’a pas pu être rafraîchie. Une destruction n’est entière qu’après."
    SAUVEGARDE = "sauvegarde", "La dernière sauvegarde est trop ancienne ou a échoué."
    DESTRUCTION = "destruction", "Une destruction commencée n’est pas achevée."
    ECHEANCE = "echeance", "Une échéance n’a pas pu être traitée."
    CHAINE = "chaine", "La vérification du registre a trouvé une anomalie."
    ENVOI = "envoi", "Des courriels n’ont pas pu partir."
    CACHET = (
        "cachet",
        "Le certificat apporté qui scelle vos documents arrive à sa fin. Remplacez-le dans les réglages avant ce jour.",
    )
    DISQUE = "disque", "L’espace libre sur le disque devient insuffisant."


class Mouvement(Labelled):
    """What happened to a moment of one's own agenda, without saying with whom."""

    PRIS = "pris", "Un rendez-vous a été pris avec vous\u00a0:"
    DEPLACE = "deplace", "Un rendez-vous a été déplacé. Il est maintenant prévu\u00a0:"
    ANNULE = "annule", "Un rendez-vous a été annulé, et le moment est de nouveau libre\u00a0:"


class Changement(Labelled):
    """What changed in the way a person enters: she is told at once, so that a change by somebody else shows."""

    MOT_DE_PASSE = "mot_de_passe", "Un mot de passe a été choisi ou changé."
    APPLICATION_AJOUTEE = (
        "application_ajoutee",
        "Une application de codes demande désormais un second accord.",
    )
    APPLICATION_RETIREE = "application_retiree", "L’application de codes a été retirée."
    CLE_AJOUTEE = "cle_ajoutee", "Une clé d’accès a été ajoutée."
    CLE_RETIREE = "cle_retiree", "Une clé d’accès a été retirée."
    CODES_SECOURS = (
        "codes_secours",
        "De nouveaux codes de secours ont été créés. Les anciens ne fonctionnent plus.",
    )
    CODES_PAPIER = "codes_papier", "Une feuille de codes de connexion a été imprimée pour vous."
    CODE_PAPIER_UTILISE = (
        "code_papier_utilise",
        "Un code de votre feuille a servi à entrer dans votre espace.",
    )
    ADRESSE = "adresse", "L’adresse électronique de connexion a changé."
    SECOND_FACTEUR_RETIRE = (
        "second_facteur_retire",
        "Vos moyens de seconde vérification ont été remis à zéro.",
    )


def lien(valeur: Any, fuseau: ZoneInfo) -> str:
    return _matched(LIEN, valeur, LIEN_MAXIMUM)


def code(valeur: Any, fuseau: ZoneInfo) -> str:
    return _matched(CODE, valeur, 43)


def telephone(valeur: Any, fuseau: ZoneInfo) -> str:
    return _matched(TELEPHONE, valeur, 25)


def expediteur(valeur: Any, fuseau: ZoneInfo) -> str:
    """The neutral name that the cabinet chose once for its mails: a setting, not something written for this one."""
    return _matched(EXPEDITEUR, valeur, 60)


def demandeur(valeur: Any, fuseau: ZoneInfo) -> str:
    """The name under which a person asks somebody she knows: one to four words that can be nothing else than a name."""
    if not isinstance(valeur, str) or not is_signature(valeur):
        raise ChampRefuse("la forme attendue n’est pas respectée")
    return valeur


def instant(valeur: Any, fuseau: ZoneInfo) -> str:
    moment = _read(datetime, valeur)
    if moment.tzinfo is None:
        raise ChampRefuse("un instant avec son fuseau est attendu")
    return francais.instant_complet(moment.astimezone(fuseau))


def jour(valeur: Any, fuseau: ZoneInfo) -> str:
    if isinstance(valeur, datetime):
        raise ChampRefuse("un jour est attendu, pas un instant")
    return francais.jour_complet(_read(date, valeur))


def nombre(valeur: Any, fuseau: ZoneInfo) -> str:
    if not isinstance(valeur, int) or isinstance(valeur, bool) or not 0 <= valeur <= 1_000_000:
        raise ChampRefuse("un nombre entier est attendu")
    return str(valeur)


MODALITES: Mapping[Modalite, str] = MappingProxyType(
    {
        Modalite.PRESENTIEL: "sur place, à l’adresse indiquée dans votre espace",
        Modalite.VISIO: "en visio, par le lien qui se trouve dans votre espace",
        Modalite.TELEPHONE: "par téléphone, au numéro que vous avez choisi",
    }
)


def modalite(valeur: Any, fuseau: ZoneInfo) -> str:
    try:
        return MODALITES[Modalite(valeur)]
    except ValueError:
        raise ChampRefuse("une modalité de la liste est attendue") from None


# Before any space of one's own: the place and the link are on the page that the mail's own link opens.
MANIERES: Mapping[Modalite, str] = MappingProxyType(
    {
        Modalite.PRESENTIEL: "sur place",
        Modalite.VISIO: "en visio",
        Modalite.TELEPHONE: "par téléphone",
    }
)


def maniere(valeur: Any, fuseau: ZoneInfo) -> str:
    try:
        return MANIERES[Modalite(valeur)]
    except ValueError:
        raise ChampRefuse("une manière de la liste est attendue") from None


def alerte(valeur: Any, fuseau: ZoneInfo) -> str:
    try:
        return Alerte(valeur).label
    except ValueError:
        raise ChampRefuse("une alerte de la liste est attendue") from None


def mouvement(valeur: Any, fuseau: ZoneInfo) -> str:
    try:
        return Mouvement(valeur).label
    except ValueError:
        raise ChampRefuse("un mouvement de la liste est attendu") from None


def changement(valeur: Any, fuseau: ZoneInfo) -> str:
    try:
        return Changement(valeur).label
    except ValueError:
        raise ChampRefuse("un changement de la liste est attendu") from None


def _matched(forme: re.Pattern[str], valeur: Any, maximum: int) -> str:
    if not isinstance(valeur, str) or len(valeur) > maximum or not forme.fullmatch(valeur):
        raise ChampRefuse("la forme attendue n’est pas respectée")
    return valeur


def _read(nature: type[date], valeur: Any) -> Any:
    """A date or an instant, as an object or as the ISO text of a stored row."""
    if isinstance(valeur, nature):
        return valeur
    try:
        return nature.fromisoformat(valeur)
    except (ValueError, TypeError):
        raise ChampRefuse("une date est attendue") from None
