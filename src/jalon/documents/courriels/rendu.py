"""From a kind and its few closed fields to a subject and a text.

One folder a kind: `text.txt`, whose first line is the subject, and `sample.json`. `string.Template` only puts values
in their place: nothing in a value is ever interpreted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from jalon.documents.courriels import champs
from jalon.documents.courriels.champs import Champ, ChampRefuse

ICI = Path(__file__).parent
OBJET = "Objet\u00a0: "
# Nothing outside the product says it: a mailbox may be shared, and an employer's.
MOT_RETENU = "bilan"

_TERME: dict[str, Champ] = {"lien": champs.lien, "dernier_jour": champs.jour}
_RENDEZ_VOUS: dict[str, Champ] = {"debut": champs.instant, "maniere": champs.maniere, "lien": champs.lien}
_REGARD: dict[str, Champ] = {
    "demandeur": champs.demandeur,
    "repondre_avant": champs.jour,
    "lien": champs.lien,
}
_PROPRES: dict[str, dict[str, Champ]] = {
    "alerte_exploitation": {
        "alerte": champs.alerte,
        "nombre": champs.nombre,
        "constate_le": champs.instant,
        "lien": champs.lien,
    },
    "agenda_change": {
        "mouvement": champs.mouvement,
        "debut": champs.instant,
        "maniere": champs.maniere,
        "lien": champs.lien,
    },
    "agenda_annulation": {"debut": champs.instant, "lien": champs.lien},
    "agenda_fixe": {"nombre": champs.nombre, "lien": champs.lien},
    "agenda_invitation": {"debut": champs.instant, "lien": champs.lien},
    "adresse_inconnue": {"lien": champs.lien},
    "adresse_prise": {"lien": champs.lien},
    "code_connexion": {"code": champs.code, "expire_le": champs.instant},
    "code_verification": {"code": champs.code, "expire_le": champs.instant},
    "code_employeur": {"code": champs.code, "expire_le": champs.instant},
    "code_partage": {"code": champs.code, "expire_le": champs.instant},
    "code_signature": {"code": champs.code, "expire_le": champs.instant},
    "codes_papier_utilises": {"restants": champs.nombre, "lien": champs.lien},
    "contact_recu": {"reponse_avant": champs.jour, "efface_le": champs.jour, "telephone": champs.telephone},
    "destruction_faite": {"detruit_le": champs.instant, "lien": champs.lien},
    "dossier_a_lire": {"lien": champs.lien},
    "document_signe": {"lien": champs.lien},
    "employeur_a_lire": {"lien": champs.lien},
    "employeur_a_repondre": {"lien": champs.lien, "avant_le": champs.jour},
    "employeur_lien": {"lien": champs.lien},
    "invitation": {"lien": champs.lien, "expire_le": champs.instant},
    "invitation_membre": {"lien": champs.lien, "expire_le": champs.instant},
    "invitation_suivi": {"lien": champs.lien},
    "partage_lien": {"lien": champs.lien, "jusqu_au": champs.jour},
    "rappel_demande": {"lien": champs.lien},
    "rappel_personnel": {"lien": champs.lien},
    "rappel_seance": {"debut": champs.instant, "modalite": champs.modalite, "lien": champs.lien},
    "rappel_seance_date": {"debut": champs.instant, "lien": champs.lien},
    "rappel_seance_espace": {"lien": champs.lien},
    "regard_demande": _REGARD,
    "regard_rappel": _REGARD,
    "rendez_vous_annule": {"debut": champs.instant, "lien": champs.lien},
    "rendez_vous_deplace": _RENDEZ_VOUS,
    "rendez_vous_fixe": _RENDEZ_VOUS,
    "rendez_vous_rappel": _RENDEZ_VOUS,
    "securite": {"changement": champs.changement, "constate_le": champs.instant, "lien": champs.lien},
    "signature_demandee": {"lien": champs.lien, "avant_le": champs.jour},
    # Text messages: their subject is never sent.
    "sms_rappel_seance": {"debut": champs.instant, "lien": champs.lien},
    "sms_rappel_seance_date": {"debut": champs.instant, "lien": champs.lien},
    "sms_rappel_seance_espace": {"lien": champs.lien},
    "terme_1": _TERME,
    "terme_14": _TERME,
    "terme_7": _TERME,
}
# The fields of each kind; every mail is signed with the neutral name of its sender.
COURRIELS: Mapping[str, Mapping[str, Champ]] = MappingProxyType(
    {
        kind: MappingProxyType({"expediteur": champs.expediteur, **propres})
        for kind, propres in _PROPRES.items()
    }
)


class CourrielRefuse(Exception):
    """The mail would say what must stay inside, or its fields are not those of its kind. Quotes no value."""


@dataclass(frozen=True)
class Courriel:
    sujet: str
    texte: str


def render_courriel(kind: str, data: Mapping[str, Any], *, fuseau: str = "Europe/Paris") -> Courriel:
    """The mail, with instants told in `fuseau`. Dates may be objects or the ISO text of a stored row."""
    sujet_modele, modele = _template(kind)
    valeurs = _values(kind, data, ZoneInfo(fuseau))
    sujet, texte = sujet_modele.substitute(valeurs), modele.substitute(valeurs)
    if MOT_RETENU in (sujet + texte).casefold():
        raise CourrielRefuse(
            f"Le courriel «\u00a0{kind}\u00a0» contiendrait le mot qui ne doit pas sortir. Il vient de l’adresse du lien ou"
            " du nom d’expéditeur\u00a0: choisissez-en de neutres dans les réglages."
        )
    return Courriel(sujet, texte)


def subject_of(kind: str) -> str:
    """The first line of the kind, before any value is put in it."""
    return _template(kind)[0].template


def _values(kind: str, data: Mapping[str, Any], fuseau: ZoneInfo) -> dict[str, str]:
    attendus = COURRIELS[kind]
    if set(data) != set(attendus):
        ecart = ", ".join(sorted(set(data) ^ set(attendus)))
        raise CourrielRefuse(f"Le courriel «\u00a0{kind}\u00a0» n’a pas les champs attendus\u00a0: {ecart}.")
    valeurs = {}
    for nom, champ in attendus.items():
        try:
            valeurs[nom] = champ(data[nom], fuseau)
        except ChampRefuse as refus:
            raise CourrielRefuse(
                f"Le champ «\u00a0{nom}\u00a0» du courriel «\u00a0{kind}\u00a0»\u00a0: {refus}."
            ) from None
    return valeurs


@cache
def _template(kind: str) -> tuple[Template, Template]:
    premiere, _, texte = (ICI / kind / "text.txt").read_text(encoding="utf-8").partition("\n\n")
    return Template(premiere.removeprefix(OBJET)), Template(texte)
