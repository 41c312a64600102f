"""The page of an offer: written at any time, published only whole and honest, taken back at once. What is typed is never lost.

While it is published, nothing may be saved that would have kept it from being published.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.offre import annonce, resultat_facts
from jalon.domain.financement import Financement
from jalon.domain.jours import local_day, zone
from jalon.domain.obstacle import Refused
from jalon.domain.offre_publique import TEXTES, page_address, page_obstacles
from jalon.domain.resultat import resultat_obstacles
from jalon.domain.seance import Modalite
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.models import OffrePublique, Organisme, Parcours, Personne, ResultatPublie

# What the editing page holds besides the texts.
FIELDS = (
    *TEXTES,
    "modalites",
    "financements",
    "delai_jours",
    "contact_nom",
    "sans_resultat",
    "titre_explicite",
)


@transaction.atomic
def write_offre(
    *, parcours: Parcours, valeurs: Mapping[str, Any], by: Personne, now: datetime
) -> OffrePublique:
    """A draft keeps whatever is typed. A published page keeps only what may be published."""
    access.require(Action.MANAGE_PARCOURS, by, parcours.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=parcours.organisme_id)
    offre = OffrePublique.objects.select_for_update().filter(parcours=parcours).first()
    if offre is None:
        taken = frozenset(OffrePublique.objects.values_list("adresse", flat=True))
        offre = OffrePublique(
            organisme=organisme,
            parcours=parcours,
            adresse=page_address(parcours.intitule, taken),
            cree_le=now,
        )
    if set(valeurs) - set(FIELDS):
        raise ValueError("unknown fields")
    for name, value in valeurs.items():
        setattr(offre, name, _clean(name, value))
    offre.modifie_le = now
    if offre.publiee_le is not None:
        _require_publishable(offre, now)
    offre.save()
    record(Nom.OFFRE_MODIFIEE, organisme, by=by, now=now, faits={"offre": offre.pk, "parcours": parcours.pk})
    return offre


@transaction.atomic
def publish_offre(*, offre: OffrePublique, by: Personne, now: datetime) -> OffrePublique:
    access.require(Action.MANAGE_PARCOURS, by, offre.organisme)
    organisme, offre = _lock(offre)
    _require_publishable(offre, now)
    if offre.publiee_le is None:
        offre.publiee_le = now
        offre.save(update_fields=["publiee_le"])
        record(Nom.OFFRE_PUBLIEE, organisme, by=by, now=now, faits={"offre": offre.pk})
    return offre


@transaction.atomic
def withdraw_offre(*, offre: OffrePublique, by: Personne, now: datetime) -> OffrePublique:
    """Off the site at once; its texts stay, as a draft."""
    access.require(Action.MANAGE_PARCOURS, by, offre.organisme)
    organisme, offre = _lock(offre)
    if offre.publiee_le is not None:
        offre.publiee_le = None
        offre.save(update_fields=["publiee_le"])
        record(Nom.OFFRE_RETIREE, organisme, by=by, now=now, faits={"offre": offre.pk})
    return offre


@transaction.atomic
def add_resultat(
    *, organisme: Organisme, valeurs: Mapping[str, Any], by: Personne, now: datetime
) -> ResultatPublie:
    """A figure with its number, period and method, or nothing."""
    access.require(Action.MANAGE_PARCOURS, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    resultat = ResultatPublie(organisme=organisme, note_le=now, **valeurs)
    found = resultat_obstacles(resultat_facts(resultat), local_day(now, zone(organisme.fuseau)))
    if found:
        raise Refused(found)
    resultat.save(force_insert=True)
    record(Nom.RESULTAT_NOTE, organisme, by=by, now=now, faits={"resultat": resultat.pk})
    return resultat


@transaction.atomic
def remove_resultat(*, resultat: ResultatPublie, by: Personne, now: datetime) -> None:
    access.require(Action.MANAGE_PARCOURS, by, resultat.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=resultat.organisme_id)
    pk = resultat.pk
    resultat.delete()
    record(Nom.RESULTAT_RETIRE, organisme, by=by, now=now, faits={"resultat": pk})


def _require_publishable(offre: OffrePublique, now: datetime) -> None:
    day = local_day(now, zone(offre.organisme.fuseau))
    found = [o for o in page_obstacles(annonce(offre, now), law_on(day), day) if o.refuses]
    if found:
        raise Refused(found)


def _lock(offre: OffrePublique) -> tuple[Organisme, OffrePublique]:
    organisme = Organisme.objects.select_for_update().get(pk=offre.organisme_id)
    locked = (
        OffrePublique.objects.select_for_update(of=("self",))
        .select_related("parcours", "organisme")
        .get(pk=offre.pk)
    )
    return organisme, locked


def _clean(name: str, value: Any) -> Any:
    if name == "modalites":
        return [str(Modalite(one)) for one in value]
    if name == "financements":
        return [str(Financement(one)) for one in value]
    return value.strip() if isinstance(value, str) else value
