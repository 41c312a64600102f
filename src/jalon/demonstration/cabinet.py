"""The cabinet of the demonstration, opened and settled by the same acts as a real one. Everything in it is invented."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from jalon.access.exploitation import CODE_OUVERTURE, home
from jalon.actions import cabinet, invitation, lieu, membre, parcours, secret, visio
from jalon.demonstration.mobilier import furnish
from jalon.demonstration.semaine import FUSEAU
from jalon.domain.jours import local_day
from jalon.domain.parcours import Ligne, Nature, Phase, TypeAction
from jalon.records.models import Envoi, Lieu, Organisme, Parcours, Personne
from jalon.vault import disque

NOM = "Rive & Sillage"
# Numbers with a right key that the directory of companies gives to nobody.
SIRET = "00049100100012"
TELEPHONE = "02 41 00 00 49"

_P, _I, _C = Phase.PRELIMINAIRE, Phase.INVESTIGATION, Phase.CONCLUSIONS
_E, _T = Nature.ACCOMPAGNEMENT, Nature.TRAVAIL_PERSONNEL

OFFRE: dict[str, dict[str, Any]] = {
    "dix_semaines": {
        "intitule": "Bilan de compétences en dix semaines",
        "type_action": TypeAction.BILAN,
        "prix": Decimal("1850"),
        "semaines": 10,
        "lignes": (
            Ligne(_P, _E, 1, 120),
            Ligne(_I, _E, 4, 120),
            Ligne(_I, _T, 1, 300),
            Ligne(_C, _E, 3, 120),
            Ligne(_C, _T, 1, 180),
        ),
    },
    "court": {
        "intitule": "Bilan de compétences resserré",
        "type_action": TypeAction.BILAN,
        "prix": Decimal("1500"),
        "semaines": 7,
        "lignes": (
            Ligne(_P, _E, 1, 120),
            Ligne(_I, _E, 3, 120),
            Ligne(_I, _T, 1, 120),
            Ligne(_C, _E, 3, 120),
            Ligne(_C, _T, 1, 120),
        ),
    },
    "une_heure": {
        "intitule": "Bilan de compétences par séances d’une heure",
        "type_action": TypeAction.BILAN,
        "prix": Decimal("1850"),
        "semaines": 18,
        "lignes": (
            Ligne(_P, _E, 2, 60),
            Ligne(_I, _E, 8, 60),
            Ligne(_I, _T, 1, 300),
            Ligne(_C, _E, 6, 60),
            Ligne(_C, _T, 1, 180),
        ),
    },
    "orientation": {
        "intitule": "Bilan professionnel d’orientation",
        "type_action": TypeAction.HORS_CADRE,
        "prix": Decimal("640"),
        "semaines": 5,
        "lignes": (Ligne(_P, _E, 1, 90), Ligne(_I, _E, 2, 120), Ligne(_C, _E, 1, 120)),
    },
}

_LIEUX = (
    (
        "Quai de Maine",
        "18 quai du Port-de-l’Ancre, 49100 Angers",
        "De plain-pied depuis le quai, porte de 93 cm, toilettes accessibles, boucle magnétique à l’accueil. "
        "Arrêt de tramway à 150 m, une place réservée devant l’entrée.",
    ),
    (
        "Bureau de Saumur",
        "7 rue du Petit-Mail, 49400 Saumur",
        "Au premier étage avec ascenseur de 80 cm de large. Une marche de 12 cm à l’entrée : une rampe est posée sur demande.",
    ),
)

_EQUIPE = (
    (
        "Yannick",
        "Le Bris",
        ("consultant",),
        "Psychologue du travail, douze ans d’accompagnement, dont cinq auprès de personnes en reconversion après un "
        "accident ou une maladie. Séances en breton sur demande.",
    ),
    (
        "Fatou",
        "Ndiaye",
        ("consultant",),
        "Ancienne responsable de formation dans l’industrie, certifiée en conseil en évolution professionnelle. "
        "Travaille beaucoup par enquêtes auprès de professionnels. Français, anglais, wolof.",
    ),
    ("Maud", "Perrin", ("assistant",), ""),
)
_CLAIRE = (
    "Psychologue du travail, a fondé le cabinet après quinze ans dans un service de santé au travail. "
    "Aime les récits de métier et les projets qui se vérifient sur le terrain."
)


@dataclass(frozen=True)
class Maison:
    """What the lives of the demonstration happen in."""

    organisme: Organisme
    responsable: Personne
    assistante: Personne
    consultants: tuple[Personne, ...]
    lieux: tuple[Lieu, ...]
    parcours: dict[str, Parcours]


def open_house(now: datetime) -> Maison:
    """The first account by the code of the first start, then section by section, as the settings pages ask."""
    organisme, claire = cabinet.open_cabinet(
        code=_opening_code(),
        nom=NOM,
        siret=SIRET,
        responsable_prenom="Claire",
        responsable_nom="Morel",
        responsable_email="claire.morel@exemple.fr",
        consultant=True,
        now=now,
    )
    now += timedelta(minutes=20)
    for section, valeurs in _sections(now).items():
        organisme = cabinet.update_cabinet(
            organisme=organisme, section=section, valeurs=valeurs, by=claire, now=now
        )
        now += timedelta(minutes=4)
    lieux = tuple(
        lieu.add_lieu(organisme=organisme, nom=nom, adresse=adresse, accessibilite=acces, by=claire, now=now)
        for nom, adresse, acces in _LIEUX
    )
    presented = organisme.membres.get(personne=claire, role="consultant")
    membre.write_presentation(membre=presented, presentation=_CLAIRE, by=claire, now=now)
    team = [
        _join(organisme, *row, by=claire, now=now + timedelta(minutes=i)) for i, row in enumerate(_EQUIPE)
    ]
    offre = {
        code: parcours.create_parcours(organisme=organisme, by=claire, now=now, **fields)
        for code, fields in OFFRE.items()
    }
    furnish(organisme, claire, now + timedelta(days=1))
    # A server that answers nobody: the rooms have their names, their doors and their tokens all the same.
    visio.settle_seances(
        organisme=organisme,
        by=claire,
        now=now + timedelta(days=1),
        visio="jitsi",
        visio_adresse="https://visio.exemple.fr",
        visio_identifiant="rive-et-sillage",
        visio_secret=secrets.token_urlsafe(24),
        visio_telephone="02 40 00 00 12",
    )
    return Maison(organisme, claire, team[-1], (claire, team[0], team[1]), lieux, offre)


def _opening_code() -> str:
    """A new one, in the place of the one that the first start has printed: only its print is ever kept."""
    code = secrets.token_hex(8).upper()
    disque.write_whole(home() / CODE_OUVERTURE, hashlib.sha256(code.encode()).hexdigest().encode())
    return code


def _sections(now: datetime) -> dict[str, dict[str, Any]]:
    certified = local_day(now, FUSEAU) - timedelta(days=95)
    return {
        "identite": {
            "representant": "Claire Morel",
            "adresse": "18 quai du Port-de-l’Ancre",
            "code_postal": "49100",
            "ville": "Angers",
            "telephone": TELEPHONE,
            "courriel": "bonjour@rive-et-sillage.exemple.fr",
        },
        "declaration": {"nda": "52490000049", "nda_region": "Pays de la Loire", "regime_tva": "exonere"},
        "qualite": {
            "qualiopi_numero": "QB-49-00491",
            "qualiopi_certificateur": "Certificateur d’exemple",
            "qualiopi_bilans": True,
            "qualiopi_obtenu_le": certified,
        },
        "referents": {
            "referent_handicap": "Yannick Le Bris",
            "referent_handicap_contact": f"yannick.lebris@exemple.fr, {TELEPHONE}",
            "mediateur": "Médiation d’exemple",
            "mediateur_site": "https://mediation.exemple.fr/",
        },
        "cadre": {
            "territoire": "metropole",
            "autres_activites": False,
            "nom_neutre": "Claire Morel et associés",
        },
    }


def _join(
    organisme: Organisme,
    prenom: str,
    nom: str,
    roles: tuple[str, ...],
    presentation: str,
    *,
    by: Personne,
    now: datetime,
) -> Personne:
    email = f"{prenom}.{nom}@exemple.fr".lower().replace(" ", "")
    joined = membre.add_membre(
        organisme=organisme,
        prenom=prenom,
        nom=nom,
        email=email,
        roles=roles,
        presentation=presentation,
        by=by,
        now=now,
    )
    enter(joined, now + timedelta(hours=3))
    return joined


def invitation_of(personne: Personne) -> str:
    """The link's secret, read where it waits to be sent: the person would find it in her mailbox."""
    waiting = Envoi.objects.filter(personne=personne, envoye_le=None, genre__startswith="invitation")
    return secret.open_text(waiting.latest("cree_le").donnees["jeton"])


def enter(personne: Personne, now: datetime) -> None:
    """She follows the link of her invitation."""
    invitation.accept_invitation(token=invitation_of(personne), now=now)
