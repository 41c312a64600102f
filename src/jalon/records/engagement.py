"""What was engaged, as frozen facts: one query for one bilan as for a hundred."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from jalon.domain.cpf import Exemption, Financeur, Payeur
from jalon.domain.engagement import EngagementFacts, PartFacts, Poste, Precedent
from jalon.domain.financement import Financement
from jalon.domain.jours import Territoire, local_day, zone
from jalon.domain.reglage import Reglage
from jalon.domain.repartition import Prise
from jalon.domain.retractation import Lieu
from jalon.records.models import Engagement, Part

CENT = Decimal("0.01")

_ENGAGEMENT = (
    "voie",
    "droit_le",
    "prix_centimes",
    "debut_prevu_le",
    "fin_prevue_le",
    "cpf_demande_le",
    "cpf_proposition_le",
    "cpf_acceptation_le",
    "conclu_le",
    "lieu_conclusion",
    "information_omise",
    "information_le",
    "demande_expresse_le",
    "retracte_le",
)
_BILAN = (
    "employeur_nom",
    "fuseau",
    "territoire",
    "organisme__qualiopi_bilans",
    "organisme__qualiopi_obtenu_le",
    "organisme__qualiopi_expire_le",
)
_PART = ("poste", "payeur", "debiteur", "montant_centimes", "nom", "siren", "reference", "accord_le")


def euros_of(cents: int) -> Decimal:
    return cents * CENT


def cents_of(amount: Decimal) -> int:
    """Amounts have two decimals at most: the forms see to it."""
    return int((amount * 100).to_integral_exact())


def part_facts(part: Part) -> PartFacts:
    return _part([getattr(part, name) for name in _PART])


def _part(row: Any) -> PartFacts:
    poste, payeur, debiteur, cents, nom, siren, reference, accord_le = row
    return PartFacts(
        Poste(poste),
        Financeur(payeur),
        euros_of(cents),
        nom=nom,
        siren=siren,
        reference=reference,
        accord_le=accord_le,
        debiteur=Financeur(debiteur),
    )


def read_engagements(wanted: list[Any]) -> dict[Any, EngagementFacts]:
    """Where one was settled. An engagement has as many rows as payers, one at least."""
    heads: dict[Any, dict[str, Any]] = {}
    parts: dict[Any, tuple[PartFacts, ...]] = defaultdict(tuple)
    columns = ["bilan_id", *_ENGAGEMENT, *(f"bilan__{c}" for c in _BILAN), *(f"parts__{c}" for c in _PART)]
    for row in (
        Engagement.objects.filter(bilan__in=wanted).order_by("bilan_id", "parts__ordre").values_list(*columns)
    ):
        bilan_id, *rest = row
        heads[bilan_id] = dict(zip((*_ENGAGEMENT, *_BILAN), rest, strict=False))
        paid = rest[len(_ENGAGEMENT) + len(_BILAN) :]
        if paid[0] is not None:
            parts[bilan_id] += (_part(paid),)
    return {pk: _facts(head, parts[pk]) for pk, head in heads.items()}


def _facts(head: dict[str, Any], parts: tuple[PartFacts, ...]) -> EngagementFacts:
    place = zone(head["fuseau"])

    def day_of(name: str) -> Any:
        return local_day(head[name], place) if head[name] else None

    return EngagementFacts(
        voie=Financement(head["voie"]),
        droit_le=head["droit_le"],
        prix=None if head["prix_centimes"] is None else euros_of(head["prix_centimes"]),
        parts=parts,
        employeur_nomme=bool(head["employeur_nom"]),
        territoire=Territoire(head["territoire"]),
        debut_prevu_le=head["debut_prevu_le"],
        fin_prevue_le=head["fin_prevue_le"],
        cpf_demande_le=head["cpf_demande_le"],
        cpf_proposition_le=head["cpf_proposition_le"],
        cpf_acceptation_le=head["cpf_acceptation_le"],
        conclu_le=day_of("conclu_le"),
        lieu_conclusion=Lieu(head["lieu_conclusion"]),
        information_omise=head["information_omise"],
        information_le=head["information_le"],
        demande_expresse=head["demande_expresse_le"] is not None,
        retracte_le=day_of("retracte_le"),
        certificat_bilans=head["organisme__qualiopi_bilans"],
        certificat_du=head["organisme__qualiopi_obtenu_le"],
        certificat_au=head["organisme__qualiopi_expire_le"],
    )


def reglage_of(row: Engagement) -> Reglage:
    """What was typed, back from the rows: to show it again, or to compute it again under another day's law."""

    def money(cents: int | None) -> Decimal | None:
        return None if cents is None else euros_of(cents)

    paid = [part_facts(part) for part in row.parts.all()]
    planned = list(row.versements.all())
    return Reglage(
        prix=money(row.prix_centimes),
        debut_prevu_le=row.debut_prevu_le,
        fin_prevue_le=row.fin_prevue_le,
        minutes_sur_temps=row.minutes_sur_temps,
        precedent=Precedent(row.precedent) if row.precedent else None,
        precedent_le=row.precedent_le,
        precedent_financeur=Financeur(row.precedent_financeur) if row.precedent_financeur else None,
        droits=money(row.droits_centimes),
        dotation=euros_of(row.dotation_centimes or 0),
        exemption=Exemption(row.exemption) if row.exemption else None,
        participation_payeur=Payeur(row.participation_payeur) if row.participation_payeur else None,
        prises=tuple(
            Prise(
                part.payeur,
                part.montant,
                nom=part.nom,
                reference=part.reference,
                accord_le=part.accord_le,
                subrogation=part.debiteur == part.payeur if part.payeur == Financeur.OPCO else None,
            )
            for part in paid
            if part.poste in (Poste.ABONDEMENT, Poste.PRISE_EN_CHARGE)
        ),
        lieu_conclusion=Lieu(row.lieu_conclusion),
        premier_versement=euros_of(planned[0].montant_centimes) if planned else None,
        nombre_versements=max(len(planned) - 1, 1) if planned else 3,
    )
