"""What the cabinet offers: lines whose sum is computed and held to the law before anybody buys them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.domain.jours import local_day, zone
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.offre import check_offer, offer_obstacles
from jalon.domain.parcours import Ligne as LigneFacts
from jalon.domain.parcours import TypeAction
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.models import Ligne, Organisme, Parcours, Personne


@transaction.atomic
def create_parcours(
    *,
    organisme: Organisme,
    intitule: str,
    type_action: TypeAction,
    prix: Decimal | None,
    semaines: int,
    lignes: Sequence[LigneFacts],
    by: Personne,
    now: datetime,
    reasons: Mapping[str, Motif] | None = None,
) -> Parcours:
    access.require(Action.MANAGE_PARCOURS, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    parcours = Parcours(organisme=organisme, type_action=type_action, cree_le=now)
    _write(parcours, intitule, prix, semaines, lignes, reasons or {}, now)
    _leave_event(Nom.PARCOURS_CREE, parcours, reasons or {}, by=by, now=now)
    return parcours


@transaction.atomic
def update_parcours(
    *,
    parcours: Parcours,
    intitule: str,
    type_action: TypeAction,
    prix: Decimal | None,
    semaines: int,
    lignes: Sequence[LigneFacts],
    by: Personne,
    now: datetime,
    reasons: Mapping[str, Motif] | None = None,
) -> Parcours:
    """For the dossiers to come: those already open keep the lines that were agreed with the person."""
    access.require(Action.MANAGE_PARCOURS, by, parcours.organisme)
    Organisme.objects.select_for_update().get(pk=parcours.organisme_id)
    parcours = Parcours.objects.select_related("organisme").get(pk=parcours.pk)
    if type_action != parcours.type_action and parcours.bilans.exists():
        raise Refused(
            Obstacle(
                "Des dossiers reposent sur ce parcours : sa nature ne change plus. Créez un autre parcours.",
                "Code du travail, art. L. 6313-1, 2°",
                code="type_action",
                field="type_action",
            )
        )
    parcours.type_action = type_action
    _write(parcours, intitule, prix, semaines, lignes, reasons or {}, now)
    _leave_event(Nom.PARCOURS_MODIFIE, parcours, reasons or {}, by=by, now=now)
    return parcours


@transaction.atomic
def offer_parcours(*, parcours: Parcours, actif: bool, by: Personne, now: datetime) -> None:
    """Propose it again, or no longer."""
    access.require(Action.MANAGE_PARCOURS, by, parcours.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=parcours.organisme_id)
    parcours.actif = actif
    parcours.save(update_fields=["actif"])
    record(Nom.PARCOURS_MODIFIE, organisme, by=by, now=now, faits={"parcours": parcours.pk, "actif": actif})


def _write(
    parcours: Parcours,
    intitule: str,
    prix: Decimal | None,
    semaines: int,
    lignes: Sequence[LigneFacts],
    reasons: Mapping[str, Motif],
    now: datetime,
) -> None:
    parcours.intitule, parcours.prix, parcours.semaines = intitule.strip(), prix, semaines
    day = local_day(now, zone(parcours.organisme.fuseau))
    found = offer_obstacles(parcours.intitule, TypeAction(parcours.type_action), lignes, law_on(day), day)
    if not parcours.intitule:
        found.insert(0, Obstacle("Donnez un intitulé au parcours.", code="intitule", field="intitule"))
    check_offer(found, reasons)
    parcours.save()
    parcours.lignes.all().delete()
    Ligne.objects.bulk_create(
        [
            Ligne(
                parcours=parcours,
                ordre=rank,
                phase=ligne.phase,
                nature=ligne.nature,
                nombre=ligne.nombre,
                minutes=ligne.minutes,
                collectif=ligne.collectif,
            )
            for rank, ligne in enumerate(lignes)
        ]
    )


def _leave_event(
    nom: Nom, parcours: Parcours, reasons: Mapping[str, Motif], *, by: Personne, now: datetime
) -> None:
    record(
        nom,
        parcours.organisme,
        by=by,
        now=now,
        faits={
            "parcours": parcours.pk,
            "minutes": sum(ligne.nombre * ligne.minutes for ligne in parcours.lignes.all()),
            "motifs": {code: str(motif.value) for code, motif in reasons.items()},
        },
    )
