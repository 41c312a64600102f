"""The cabinet: opened once, with the code printed at the first start, then described section by section."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.exploitation import CODE_OUVERTURE, home
from jalon.domain.adresse import normalize
from jalon.domain.identite import (
    DECLARATION,
    FUSEAUX,
    REGIONS,
    nda_obstacle,
    neutral_name_obstacle,
    siret_obstacle,
)
from jalon.domain.jours import Territoire, local_day, zone
from jalon.domain.message import REPONSE_MAX
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.qualiopi import cycle
from jalon.law import NonCouvert, law_on
from jalon.records.evenements import Nom, record
from jalon.records.models import Membre, Organisme, Personne

# What each settings page may write; anything else is refused.
SECTIONS: dict[str, tuple[str, ...]] = {
    "identite": (
        "nom",
        "siret",
        "representant",
        "adresse",
        "code_postal",
        "ville",
        "telephone",
        "courriel",
    ),
    "declaration": ("nda", "nda_region", "regime_tva"),
    "qualite": ("qualiopi_numero", "qualiopi_certificateur", "qualiopi_bilans", "qualiopi_obtenu_le"),
    "referents": ("referent_handicap", "referent_handicap_contact", "mediateur", "mediateur_site"),
    "cadre": ("territoire", "autres_activites", "organisation_identifiee", "reponse_jours", "nom_neutre"),
}


def _code_path() -> Path:
    return home() / CODE_OUVERTURE


def _fingerprint(code: str) -> str:
    """Of random letters, which nobody guesses: a plain hash is enough. Dashes and spaces are the reader's comfort."""
    return hashlib.sha256(re.sub(r"[^A-Z0-9]", "", code.upper()).encode()).hexdigest()


def opening_code_waits() -> bool:
    """Is there a code to type? Without one nobody opens a cabinet from the pages."""
    return _code_path().exists()


def opening_code_matches(code: str) -> bool:
    try:
        kept = _code_path().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return False
    return bool(kept) and hmac.compare_digest(kept, _fingerprint(code))


@contextmanager
def _claimed_code(code: str) -> Iterator[None]:
    """Two people with the same code: one of them gets the file, the other is refused. Given back if the opening fails."""
    claimed = _code_path().with_name(f"{CODE_OUVERTURE}.pris")
    try:
        if not opening_code_matches(code):
            raise FileNotFoundError
        _code_path().rename(claimed)
    except FileNotFoundError:
        raise Refused(
            Obstacle(
                "Ce code d’ouverture n’est pas le bon, ou il a déjà servi. Recopiez celui qui s’est affiché au premier "
                "démarrage, ou demandez-en un nouveau à qui a installé le logiciel.",
                code="code",
                field="code",
            )
        ) from None
    try:
        yield
    except BaseException:
        claimed.rename(_code_path())
        raise
    claimed.unlink()


def open_cabinet(
    *,
    code: str,
    nom: str,
    siret: str,
    responsable_prenom: str,
    responsable_nom: str,
    responsable_email: str,
    consultant: bool = False,
    assistant: bool = False,
    now: datetime,
) -> tuple[Organisme, Personne]:
    """The first account and its cabinet. No `by`: whoever holds the code is let in, once; then the code is destroyed."""
    with _claimed_code(code), transaction.atomic():
        email = normalize(responsable_email)
        found = [siret_obstacle(siret)]
        if Organisme.objects.exists():
            found.append(
                Obstacle(
                    "Un cabinet est déjà ouvert ici : connectez-vous, ou demandez une invitation.",
                    code="ouvert",
                )
            )
        if not nom.strip():
            found.append(
                Obstacle("Donnez un nom au cabinet : le vôtre convient.", code="nom", field="cabinet")
            )
        if not responsable_nom.strip() or not email:
            found.append(
                Obstacle(
                    "Il faut votre nom et votre adresse électronique : c’est par elle que vous entrerez.",
                    code="responsable",
                    field="email",
                )
            )
        if email and Personne.objects.filter(email__iexact=email).exists():
            found.append(Obstacle("Cette adresse a déjà un compte ici.", code="adresse", field="email"))
        standing = [o for o in found if o is not None]
        if standing:
            raise Refused(standing)
        personne = Personne.objects.create(
            email=email, prenom=responsable_prenom.strip(), nom=responsable_nom.strip(), cree_le=now
        )
        organisme = Organisme.objects.create(
            nom=nom.strip(), siren=siret[:9], siret=siret, courriel=email, ouvert_le=now
        )
        roles = [Membre.Role.RESPONSABLE]
        roles += [Membre.Role.CONSULTANT] if consultant else []
        roles += [Membre.Role.ASSISTANT] if assistant else []
        day = local_day(now, zone(organisme.fuseau))
        Membre.objects.bulk_create(
            [Membre(organisme=organisme, personne=personne, role=role, depuis=day) for role in roles]
        )
        record(
            Nom.CABINET_OUVERT,
            organisme,
            by=personne,
            now=now,
            faits={"responsable": personne.pk, "roles": [str(role) for role in roles]},
        )
    return organisme, personne


@transaction.atomic
def update_cabinet(
    *, organisme: Organisme, section: str, valeurs: Mapping[str, Any], by: Personne, now: datetime
) -> Organisme:
    """Save one section. The event names the fields that changed, never their values."""
    access.require(Action.MANAGE_CABINET, by, organisme)
    if not set(valeurs) <= set(SECTIONS[section]):
        raise ValueError(f"fields outside section {section!r}")
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    before = {field: getattr(organisme, field) for field in SECTIONS[section]}
    for field, value in valeurs.items():
        setattr(organisme, field, value.strip() if isinstance(value, str) else value)
    today = local_day(now, zone(organisme.fuseau))
    found = [o for o in _CHECKS[section](organisme, today) if o is not None]
    if found:
        raise Refused(found)
    organisme.siren = organisme.siret[:9]
    organisme.fuseau = FUSEAUX[Territoire(organisme.territoire)]
    organisme.save()
    changed = sorted(field for field in before if before[field] != getattr(organisme, field))
    record(Nom.CABINET_MODIFIE, organisme, by=by, now=now, faits={"section": section, "champs": changed})
    return organisme


def _check_identite(organisme: Organisme, today: date) -> list[Obstacle | None]:
    found = [siret_obstacle(organisme.siret)]
    if not organisme.nom:
        found.append(Obstacle("Donnez un nom au cabinet.", code="nom", field="nom"))
    return found


def _check_declaration(organisme: Organisme, today: date) -> list[Obstacle | None]:
    found = [nda_obstacle(organisme.nda)]
    if organisme.nda and organisme.nda_region not in REGIONS:
        found.append(
            Obstacle(
                "Choisissez la région : la mention obligatoire nomme le préfet qui a enregistré la déclaration.",
                DECLARATION,
                code="region",
                field="nda_region",
            )
        )
    return found


def _check_qualite(organisme: Organisme, today: date) -> list[Obstacle | None]:
    """The last day is computed from the law of the day it was obtained: it is never typed."""
    obtained = organisme.qualiopi_obtenu_le
    organisme.qualiopi_expire_le = None
    if obtained is None:
        if organisme.qualiopi_numero:
            return [_certificate("Donnez la date du certificat : sa fin en est calculée.")]
        return []
    if obtained > today:
        return [_certificate("Cette date est dans l’avenir : recopiez celle qui figure sur le certificat.")]
    try:
        organisme.qualiopi_expire_le = cycle(obtained, law_on(obtained)).expire_le
    except NonCouvert:
        return [_certificate("Cette date est antérieure aux certificats en vigueur : vérifiez l’année.")]
    return []


def _certificate(sentence: str) -> Obstacle:
    return Obstacle(
        sentence, "Code du travail, art. L. 6316-1", code="qualiopi_date", field="qualiopi_obtenu_le"
    )


def _check_referents(organisme: Organisme, today: date) -> list[Obstacle | None]:
    return []


def _check_cadre(organisme: Organisme, today: date) -> list[Obstacle | None]:
    found = [neutral_name_obstacle(organisme.nom_neutre)]
    if not 1 <= organisme.reponse_jours <= REPONSE_MAX:
        found.append(
            Obstacle(
                f"Promettez une réponse entre 1 et {REPONSE_MAX} jours ouvrés.",
                code="reponse_jours",
                field="reponse_jours",
            )
        )
    if organisme.territoire not in {t.value for t in Territoire}:
        found.append(Obstacle("Choisissez un territoire de la liste.", code="territoire", field="territoire"))
    return found


_CHECKS = {
    "identite": _check_identite,
    "declaration": _check_declaration,
    "qualite": _check_qualite,
    "referents": _check_referents,
    "cadre": _check_cadre,
}
