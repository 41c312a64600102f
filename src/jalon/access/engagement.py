"""The door of the engagement: who pays what, under which day's law, what runs and what stands in the way of starting."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404

from jalon.domain.bilan import Etat
from jalon.domain.depart import Depart, earliest_start
from jalon.domain.engagement import EngagementFacts, PartFacts
from jalon.domain.financement import Financement
from jalon.domain.horloge import Horloge
from jalon.domain.horloges import Dates, read_horloges
from jalon.domain.jours import Territoire
from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import TypeAction
from jalon.domain.reglage import Cadre, Reglage
from jalon.domain.regles_engagement import engagement_obstacles
from jalon.law import Law, law_on
from jalon.records.engagement import euros_of, read_engagements, reglage_of
from jalon.records.faits import bilan_facts, local_day, read_lignes
from jalon.records.models import Bilan, Engagement, Part, Versement


@dataclass(frozen=True)
class EngagementVue:
    """What the pages and the papers read. `ligne` is None until the funding is settled for the dossier's own route."""

    bilan: Bilan
    voie: Financement
    ligne: Engagement | None
    faits: EngagementFacts | None
    prix: Decimal | None
    parts: tuple[PartFacts, ...]
    reste_a_charge: Decimal
    droit_le: date
    law: Law
    depart: Depart
    obstacles: tuple[Obstacle, ...]
    horloges: tuple[Horloge, ...]
    versements: tuple[Versement, ...]

    @property
    def regle(self) -> bool:
        return self.ligne is not None and self.prix is not None


def read_engagement(bilan: Bilan, *, now: datetime) -> EngagementVue:
    """For a bilan that a door has already given. Four queries, and those of the bilan's facts while it is in preparation."""
    day = local_day(bilan, now)
    voie = Financement(bilan.financement)
    row = current_engagement(bilan)
    facts = read_engagements([bilan.pk]).get(bilan.pk) if row is not None else None
    versements = tuple(row.versements.all()) if row is not None else ()
    said = facts or EngagementFacts(voie=voie, droit_le=day, employeur_nomme=bool(bilan.employeur_nom))
    law = law_on(said.droit_le)
    standing: tuple[Obstacle, ...] = ()
    if bilan.etat == Etat.PREPARATION:
        standing = tuple(engagement_obstacles(bilan_facts(bilan), law_on(day), day))
    return EngagementVue(
        bilan=bilan,
        voie=voie,
        ligne=row,
        faits=facts,
        prix=facts.prix if facts else None,
        parts=facts.parts if facts else (),
        reste_a_charge=sum((p.montant for p in facts.parts if p.payeur == "personne"), euros_of(0))
        if facts
        else euros_of(0),
        droit_le=said.droit_le,
        law=law,
        depart=earliest_start(said, TypeAction(bilan.type_action), law_on(day), day),
        obstacles=standing,
        horloges=read_horloges(said, _dates(bilan, row), now) if row is not None else (),
        versements=versements,
    )


def _dates(bilan: Bilan, row: Engagement | None) -> Dates:
    def day_of(moment: datetime | None) -> date | None:
        return None if moment is None else local_day(bilan, moment)

    ended = bilan.termine_le if bilan.preliminaire_le else None
    return Dates(
        type_action=TypeAction(bilan.type_action),
        fuseau=bilan.fuseau,
        fuseau_cabinet=bilan.organisme.fuseau,
        entree_le=day_of(bilan.preliminaire_le),
        sortie_le=day_of(ended),
        entree_declaree_le=row.cpf_entree_declaree_le if row else None,
        sortie_declaree_le=row.cpf_sortie_declaree_le if row else None,
    )


def current_engagement(bilan: Bilan) -> Engagement | None:
    """Settled for the dossier's own route; what was settled for another does not count."""
    return Engagement.objects.filter(bilan=bilan, voie=bilan.financement).first()


def get_part(bilan: Bilan, part_id: Any) -> Part:
    """One payer of a dossier that the gate has already given, or 404."""
    return get_object_or_404(Part.objects.select_related("engagement"), pk=part_id, engagement__bilan=bilan)


def get_versement(bilan: Bilan, versement_id: Any) -> Versement:
    rows = Versement.objects.select_related("engagement__bilan__organisme")
    return get_object_or_404(rows, pk=versement_id, engagement__bilan=bilan)


def read_reglage(bilan: Bilan) -> tuple[Cadre, Reglage | None]:
    """What was typed the last time, for a dossier that the gate has already given; and what the dossier says of itself."""
    row = current_engagement(bilan)
    return cadre_of(bilan, row), reglage_of(row) if row is not None else None


def cadre_of(bilan: Bilan, row: Engagement | None) -> Cadre:
    organisme = bilan.organisme
    return Cadre(
        voie=Financement(bilan.financement),
        type_action=TypeAction(bilan.type_action),
        lignes=read_lignes([bilan.pk])[bilan.pk],
        employeur_nom=bilan.employeur_nom,
        employeur_siren=bilan.employeur_siren,
        territoire=Territoire(bilan.territoire),
        certificat=EngagementFacts(
            voie=Financement(bilan.financement),
            droit_le=organisme.ouvert_le.date(),
            certificat_bilans=organisme.qualiopi_bilans,
            certificat_du=organisme.qualiopi_obtenu_le,
            certificat_au=organisme.qualiopi_expire_le,
        ),
        cpf_demande_le=row.cpf_demande_le if row else None,
        cpf_proposition_le=row.cpf_proposition_le if row else None,
    )
