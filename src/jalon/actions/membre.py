"""The team: who works in the cabinet, and in which role. Who leaves a role loses at once what it opened."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from jalon import access
from jalon.access import Action
from jalon.access.compte import is_open
from jalon.actions.invitation import invite
from jalon.domain.adresse import normalize
from jalon.domain.bilan import CLOSED
from jalon.domain.jours import local_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import EMPLOYER
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Membre, Organisme, Personne


@transaction.atomic
def add_membre(
    *,
    organisme: Organisme,
    prenom: str,
    nom: str,
    email: str,
    roles: Iterable[str],
    by: Personne,
    now: datetime,
    presentation: str = "",
) -> Personne:
    """A person joins, or gets roles that she had not. Who has no account yet is invited; she sets her second factor there."""
    access.require(Action.MANAGE_MEMBRES, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    wanted = list(dict.fromkeys(Membre.Role(role) for role in roles))
    email = normalize(email)
    found = []
    if not wanted:
        found.append(Obstacle("Choisissez au moins un rôle.", code="roles", field="roles"))
    if not email or not nom.strip():
        found.append(
            Obstacle(
                "Il faut un nom et une adresse électronique : l’invitation y est envoyée.",
                code="email",
                field="email",
            )
        )
    personne = Personne.objects.filter(email__iexact=email).first() if email else None
    if personne is not None and not personne.is_active:
        found.append(Obstacle("Ce compte est fermé.", code="ferme", field="email"))
    if personne is not None and _is_accompanied(personne, organisme):
        found.append(
            Obstacle(
                "Cette personne est accompagnée par le cabinet : elle ne peut pas y travailler en même temps.",
                EMPLOYER,
                code="beneficiaire",
                field="email",
            )
        )
    if found:
        raise Refused(found)
    if personne is None:
        personne = Personne.objects.create(email=email, prenom=prenom.strip(), nom=nom.strip(), cree_le=now)
    _give(organisme, personne, wanted, presentation.strip(), by=by, now=now)
    if not is_open(personne):
        invite(personne=personne, organisme=organisme, by=by, now=now)
    return personne


@transaction.atomic
def add_role(*, organisme: Organisme, personne: Personne, role: str, by: Personne, now: datetime) -> None:
    """Another role for somebody who already works here."""
    access.require(Action.MANAGE_MEMBRES, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    if not organisme.membres.filter(personne=personne, jusqu_au=None).exists():
        raise Refused(Obstacle("Cette personne ne fait plus partie de l’équipe.", code="parti"))
    _give(organisme, personne, [Membre.Role(role)], "", by=by, now=now)


def _give(
    organisme: Organisme,
    personne: Personne,
    wanted: list[Membre.Role],
    presentation: str,
    *,
    by: Personne,
    now: datetime,
) -> None:
    held = set(organisme.membres.filter(personne=personne, jusqu_au=None).values_list("role", flat=True))
    new = [role for role in wanted if role not in held]
    if not new:
        raise Refused(
            Obstacle("Cette personne tient déjà ce rôle dans l’équipe.", code="deja", field="roles")
        )
    day = local_day(now, zone(organisme.fuseau))
    for role in new:
        Membre.objects.create(
            organisme=organisme,
            personne=personne,
            role=role,
            depuis=day,
            presentation=presentation if role == Membre.Role.CONSULTANT else "",
        )
        record(
            Nom.MEMBRE_AJOUTE,
            organisme,
            by=by,
            now=now,
            faits={"personne": personne.pk, "role": str(role)},
        )


@transaction.atomic
def end_role(*, membre: Membre, by: Personne, now: datetime) -> None:
    """From this minute the role opens nothing. Never the last responsable, never a consultant whose dossiers still run."""
    access.require(Action.MANAGE_MEMBRES, by, membre.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=membre.organisme_id)
    membre = Membre.objects.select_for_update().get(pk=membre.pk)
    if membre.jusqu_au is not None:
        raise Refused(Obstacle("Ce rôle est déjà terminé.", code="deja"))
    others = organisme.membres.filter(role=membre.role, jusqu_au=None).exclude(pk=membre.pk)
    if membre.role == Membre.Role.RESPONSABLE and not others.exists():
        raise Refused(
            Obstacle(
                "C’est la dernière personne responsable : nommez-en une autre d’abord, "
                "ou plus personne ne pourrait régler le cabinet.",
                code="dernier",
            )
        )
    if membre.role == Membre.Role.CONSULTANT:
        _require_no_dossier(organisme, membre.personne)
    membre.jusqu_au = local_day(now, zone(organisme.fuseau))
    membre.save(update_fields=["jusqu_au"])
    record(
        Nom.MEMBRE_RETIRE,
        organisme,
        by=by,
        now=now,
        faits={"personne": membre.personne_id, "role": membre.role},
    )


def _require_no_dossier(organisme: Organisme, personne: Personne) -> None:
    running = (
        Bilan.objects.filter(Q(consultant=personne) | Q(substitut=personne), organisme=organisme)
        .exclude(etat__in=CLOSED)
        .order_by("numero")
        .values_list("numero", flat=True)
    )
    numbers = list(running[:6])
    if numbers:
        listed = ", ".join(numbers[:5]) + ("…" if len(numbers) > 5 else "")
        raise Refused(
            Obstacle(
                f"Des dossiers lui sont encore confiés ({listed}) : convenez avec chaque personne de qui continue, "
                "puis changez-y le consultant.",
                "Règle de Jalon",
                code="dossiers",
            )
        )


@transaction.atomic
def write_presentation(*, membre: Membre, presentation: str, by: Personne, now: datetime) -> None:
    """What the public page says of a consultant: training, approach, languages."""
    access.require(Action.MANAGE_MEMBRES, by, membre.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=membre.organisme_id)
    membre.presentation = presentation.strip()
    membre.save(update_fields=["presentation"])
    record(
        Nom.CABINET_MODIFIE,
        organisme,
        by=by,
        now=now,
        faits={"section": "equipe", "champs": ["presentation"]},
    )


def _is_accompanied(personne: Personne, organisme: Organisme) -> bool:
    return personne.bilans.filter(organisme=organisme).exclude(etat__in=CLOSED).exists()
