"""One-time codes on paper, for whoever has no e-mail or has lost it: ten of them, each enters once."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.compte import codes_valid_until, find_code, valid_codes
from jalon.actions.compte import tell_chains, warn_person
from jalon.actions.envoi import enqueue
from jalon.actions.personne import is_written_in
from jalon.actions.piece import lock_bilan
from jalon.actions.secret import fingerprint
from jalon.documents import render
from jalon.documents.codes_papier.data import CodesPapier
from jalon.documents.papier import Cabinet, Papier
from jalon.domain.bilan import CLOSED
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import SECRECY
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, CodePapier, Organisme, Personne

NOMBRE = 10
# From here on the consultant is told to bring another sheet.
_FEW = 2
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowel, so that no word appears; no letter taken for a figure
_PURPOSE = "codes-papier"


@dataclass(frozen=True)
class Feuille:
    """What is printed, once. Nothing of it is kept but fingerprints."""

    identifiant: str
    codes: tuple[str, ...]
    valables_jusqu_au: date


@transaction.atomic
def give_codes(*, bilan: Bilan, by: Personne, now: datetime) -> Feuille:
    """Ten new codes; those of an earlier sheet stop working.

    Whoever holds them enters as the person: the consultant alone prints them, to hand over face to face. The person
    reads it in her journal, and at once in her mailbox when she has one.
    """
    access.require(Action.GIVE_CODES_PAPIER, by, bilan)
    bilan = lock_bilan(bilan)
    personne = Personne.objects.select_for_update().get(pk=bilan.beneficiaire_id)
    if not personne.is_active:
        raise Refused(Obstacle("Ce compte est fermé\u00a0: aucun code ne peut plus l’ouvrir.", code="ferme"))
    _refuse_other_dossiers(personne, by)
    CodePapier.objects.filter(personne=personne).delete()
    identifiant = "".join(secrets.choice(_LETTERS) for _ in range(4)) + f"-{secrets.randbelow(10_000):04d}"
    codes: list[str] = []
    while len(codes) < NOMBRE:
        digits = f"{secrets.randbelow(10**9):09d}"
        code = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
        if code not in codes:
            codes.append(code)
    CodePapier.objects.bulk_create(
        CodePapier(personne=personne, numero=i, empreinte=_fingerprint(identifiant, code), cree_le=now)
        for i, code in enumerate(codes, start=1)
    )
    record(Nom.CODES_PAPIER_REMIS, bilan, by=by, now=now, faits={"nombre": NOMBRE})
    warn_person(personne, "codes_papier", now=now)
    return Feuille(identifiant, tuple(codes), codes_valid_until(now))


def _refuse_other_dossiers(personne: Personne, by: Personne) -> None:
    """A code opens the whole account: whoever opens a dossier on a known address would read what she said to others."""
    others = personne.bilans.exclude(consultant=by)
    if any(is_written_in(other) for other in others):
        raise Refused(
            Obstacle(
                "Cette personne a aussi un dossier que vous n’accompagnez pas, et ces codes l’ouvriraient\u00a0: elle entre par "
                "son adresse, ou demande ses codes à qui accompagne cet autre dossier.",
                SECRECY,
                code="autre_dossier",
            )
        )


def print_codes(*, bilan: Bilan, by: Personne, now: datetime, taille: str = "normal") -> bytes:
    """The sheet as a PDF, made from codes that exist nowhere else: it is not kept, another print is another sheet."""
    feuille = give_codes(bilan=bilan, by=by, now=now)
    organisme = bilan.organisme
    day = now.astimezone(ZoneInfo(bilan.fuseau)).date()
    data = CodesPapier(
        papier=Papier(
            cabinet=_cabinet(organisme), numero=f"COD-{day:%Y%m%d}", emis_le=day, fuseau=bilan.fuseau
        ),
        beneficiaire=bilan.beneficiaire.nom_complet,
        adresse_site=settings.JALON_BASE_URL.partition("://")[2] + "/compte/papier",
        identifiant=feuille.identifiant,
        codes=feuille.codes,
        valables_jusqu_au=feuille.valables_jusqu_au,
        telephone_aide=organisme.telephone,
    )
    return render("codes_papier", data, taille=taille, horodatage=now)


def _cabinet(organisme: Organisme) -> Cabinet:
    """Its neutral name and its telephone: the sheet lies about, and says nothing of a bilan."""
    return Cabinet(nom=organisme.expediteur, telephone=organisme.telephone)


@transaction.atomic
def use_code(*, identifiant: str, code: str, now: datetime) -> tuple[Personne, int]:
    """Who enters with this code, and how many codes she has left. The same words for a wrong code and a wrong name."""
    found = find_code(_fingerprint(identifiant, code), now)
    taken: Any = found and CodePapier.objects.filter(pk=found.pk, utilise_le=None).update(utilise_le=now)
    if found is None or not taken:
        raise Refused(
            Obstacle(
                "Cet identifiant et ce code n’ouvrent rien, ou le code a déjà servi. "
                "Vérifiez-les sur votre feuille, ou prenez le code suivant.",
                code="code_papier",
                field="code",
            )
        )
    personne = found.personne
    left = valid_codes(personne, now)
    # Somebody else may have held the sheet: she learns of each use where she has a mailbox.
    warn_person(personne, "code_papier_utilise", now=now)
    tell_chains(Nom.CODE_PAPIER_UTILISE, personne, by=personne, now=now, reste=left)
    bilan = personne.bilans.exclude(etat__in=CLOSED).order_by("-ouvert_le").first()
    if left <= _FEW and bilan is not None:
        enqueue(
            "codes_papier_utilises",
            personne=bilan.consultant,
            bilan=bilan,
            now=now,
            donnees={"restants": left},
        )
    return personne, left


def _fingerprint(identifiant: str, code: str) -> str:
    """As typed on a telephone: small letters, spaces and dashes make no difference."""
    return fingerprint(_PURPOSE, _squeeze(identifiant), _squeeze(code))


def _squeeze(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())
