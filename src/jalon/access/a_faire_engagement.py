"""What the funding of each dossier waits for: the platform's duties, contracts, agreements, papers. One bounded query a kind."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from jalon.access.a_traiter import ATraiter, Famille, Rang
from jalon.domain.bilan import Etat
from jalon.domain.cpf import declare_before
from jalon.domain.engagement import CONVENTION, CPF
from jalon.domain.financement import Financement
from jalon.domain.jours import Calendrier, Territoire, local_day, zone
from jalon.domain.parcours import Nature, TypeAction
from jalon.domain.seance import EtatSeance
from jalon.law import law_on
from jalon.records.models import Bilan, Consentement, Convention, DocumentEmis, Engagement, Part

AT_MOST = 10
_SOON = timedelta(days=7)
_SINCE = timedelta(days=3)
_LOOKS_BACK = timedelta(days=120)
_PLATFORM = "Caisse des dépôts, Mon Compte Formation"
_CPF = [f.value for f in CPF]
_CONVENTION = [f.value for f in CONVENTION]


def read_engagement_due(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    return [
        *_to_settle(visible, now),
        *_to_order(visible),
        *_to_answer(visible, now),
        *_entries(visible, now),
        *_exits(visible, now),
        *_contracts(visible),
        *_conventions(visible),
        *_accords(visible),
        *_before_the_first(visible, now),
        *_certificates(visible, now),
    ]


def _thing(bilan: Bilan, rang: Rang, quoi: str, pourquoi: str, **more: Any) -> ATraiter:
    more.setdefault("famille", Famille.FINANCEMENT)
    more.setdefault("genre", "engagement")
    return ATraiter(rang, f"{quoi} : dossier {bilan.numero}", pourquoi, cible=bilan.pk, **more)


def _settled() -> Exists:
    """For its own route: what was settled for another does not count."""
    return Exists(Engagement.objects.filter(bilan=OuterRef("pk"), voie=OuterRef("financement")))


def _to_settle(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    rows = visible.filter(~_settled(), etat=Etat.PREPARATION).order_by("ouvert_le", "id")[:AT_MOST]
    return [
        _thing(
            bilan,
            Rang.A_FAIRE,
            "Financement à régler",
            "Le prix et ce que paie chacun : rien ne peut commencer avant.",
            quand=bilan.ouvert_le,
            source="Code du travail, art. L. 6353-1 et L. 6353-3",
        )
        for bilan in rows
    ]


def _of(visible: QuerySet[Bilan], **wanted: Any) -> QuerySet[Engagement]:
    rows = Engagement.objects.filter(bilan__in=visible, voie=F("bilan__financement"))
    return rows.filter(**wanted).select_related("bilan__organisme")


def _to_order(visible: QuerySet[Bilan]) -> list[ATraiter]:
    """Hers to do, and nobody may press her to (L. 6323-8-1): the dossier only says what it waits for."""
    rows = _of(
        visible, voie__in=_CPF, bilan__etat=Etat.PREPARATION, cpf_demande_le=None, cpf_acceptation_le=None
    ).order_by("bilan__ouvert_le", "id")[:AT_MOST]
    return [
        _thing(
            row.bilan,
            Rang.BIENTOT,
            "Demande CPF attendue",
            "La personne la fait elle-même, depuis son compte. Notez-la quand la plateforme vous prévient.",
            quand=row.bilan.ouvert_le,
            famille=Famille.CPF,
        )
        for row in rows
    ]


def _to_answer(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    rows = _of(
        visible,
        voie__in=_CPF,
        bilan__etat=Etat.PREPARATION,
        cpf_demande_le__isnull=False,
        cpf_proposition_le=None,
    ).order_by("cpf_demande_le", "id")[:AT_MOST]
    found = []
    for row in rows:
        asked = row.cpf_demande_le
        assert asked is not None
        days = _calendar(row.bilan, asked)
        last = days.nth_ouvre_after(asked, days.law.cpf.reponse_demande_jours_ouvres.value)
        found.append(
            _duty(
                row.bilan,
                "Répondre à la demande CPF",
                "Proposez la commande sur Mon Compte Formation, puis notez-le.",
                last,
                now,
            )
        )
    return found


def _entries(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    rows = _of(
        visible, voie__in=_CPF, cpf_entree_declaree_le=None, bilan__preliminaire_le__isnull=False
    ).order_by("bilan__preliminaire_le", "id")[:AT_MOST]
    return [
        _duty(
            row.bilan,
            "Entrée à déclarer",
            "Déclarez l’entrée sur Mon Compte Formation, puis notez-le.",
            _declare_before(row.bilan, row.bilan.preliminaire_le),
            now,
        )
        for row in rows
    ]


def _exits(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    rows = _of(
        visible,
        voie__in=_CPF,
        cpf_sortie_declaree_le=None,
        bilan__preliminaire_le__isnull=False,
        bilan__termine_le__isnull=False,
    ).order_by("bilan__termine_le", "id")[:AT_MOST]
    return [
        _duty(
            row.bilan,
            "Sortie et service fait à déclarer",
            "Sans eux, le cabinet n’est pas payé. Déclarez-les sur Mon Compte Formation, puis notez-le.",
            _declare_before(row.bilan, row.bilan.termine_le),
            now,
        )
        for row in rows
    ]


def _calendar(bilan: Bilan, day: date) -> Calendrier:
    return Calendrier(Territoire(bilan.territoire), law_on(day))


def _declare_before(bilan: Bilan, moment: datetime | None) -> date:
    assert moment is not None
    day = local_day(moment, zone(bilan.fuseau))
    return declare_before(day, _calendar(bilan, day))


def _duty(bilan: Bilan, quoi: str, pourquoi: str, last: date, now: datetime) -> ATraiter:
    """Runs on the cabinet's own time."""
    late = local_day(now, zone(bilan.organisme.fuseau)) > last
    return _thing(
        bilan,
        Rang.EN_RETARD if late else Rang.A_FAIRE,
        quoi,
        pourquoi,
        quand=last,
        source=_PLATFORM,
        famille=Famille.CPF,
    )


def _contracts(visible: QuerySet[Bilan]) -> list[ATraiter]:
    """BC-28: to be signed; or given up, and the dossier waits for another way or for its end."""
    rows = (
        _of(visible, voie=Financement.PERSONNEL, bilan__etat=Etat.PREPARATION)
        .filter(Q(conclu_le=None) | Q(retracte_le__isnull=False))
        .order_by("bilan__ouvert_le", "id")[:AT_MOST]
    )
    return [
        _thing(
            row.bilan,
            Rang.A_FAIRE,
            "Contrat auquel la personne a renoncé" if row.retracte_le else "Contrat à faire signer",
            "Demandez-lui, sans insister, si elle souhaite un autre financement ou ne pas donner suite."
            if row.retracte_le
            else "Il précède tout paiement et tout début.",
            quand=row.retracte_le or row.bilan.ouvert_le,
            source="Code du travail, art. L. 6353-3 à L. 6353-5",
            famille=Famille.SIGNATURES,
        )
        for row in rows
    ]


def _conventions(visible: QuerySet[Bilan]) -> list[ATraiter]:
    """BC-13: no project runs, and none is concluded."""
    alive = Convention.objects.filter(bilan=OuterRef("bilan"), close_le=None)
    rows = (
        _of(visible, voie__in=_CONVENTION, bilan__etat=Etat.PREPARATION, conclu_le=None)
        .filter(~Exists(alive))
        .order_by("bilan__ouvert_le", "id")[:AT_MOST]
    )
    return [
        _thing(
            row.bilan,
            Rang.A_FAIRE,
            "Convention à établir",
            "Elle se signe par toutes les parties avant le premier entretien ; le silence du salarié vaut refus.",
            quand=row.bilan.ouvert_le,
            source="Code du travail, art. R. 6313-8",
            famille=Famille.PAPIERS,
            genre="dossier",
        )
        for row in rows
    ]


def _accords(visible: QuerySet[Bilan]) -> list[ATraiter]:
    outside = Q(engagement__voie=Financement.AGENT_PUBLIC) | ~Q(payeur="employeur")
    rows = (
        Part.objects.filter(
            outside,
            engagement__bilan__in=visible,
            engagement__bilan__etat=Etat.PREPARATION,
            voie=F("engagement__bilan__financement"),
            accord_le=None,
        )
        .exclude(payeur__in=["personne", "cpf"])
        .exclude(voie__in=_CPF)
        .select_related("engagement__bilan")
        .order_by("engagement__bilan__ouvert_le", "id")[:AT_MOST]
    )
    return [
        _thing(
            part.engagement.bilan,
            Rang.BIENTOT,
            "Accord de prise en charge attendu",
            f"De {part.nom or part.get_payeur_display()}. Sans lui, ce financeur peut ne rien payer.",
            quand=part.engagement.bilan.ouvert_le,
        )
        for part in rows
    ]


def _before_the_first(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    """A first séance comes, and the person has not consented, or has not received the programme (L. 6353-8)."""
    rows = (
        visible.filter(etat=Etat.PREPARATION)
        .annotate(
            premiere=Min(
                "seances__debut",
                filter=Q(seances__etat=EtatSeance.PREVUE) & ~Q(seances__nature=Nature.TRAVAIL_PERSONNEL),
            ),
            consenti=Exists(Consentement.objects.filter(bilan=OuterRef("pk"), retire_le=None)),
        )
        .filter(premiere__gt=now, premiere__lt=now + _SOON, consenti=False)
        .order_by("premiere", "id")[:AT_MOST]
    )
    return [
        _thing(
            bilan,
            Rang.A_FAIRE,
            "Consentement attendu avant la première séance",
            "La personne seule peut le donner, dans son espace ou sur papier. Appelez-la, sans insister.",
            quand=bilan.premiere,  # type: ignore[attr-defined]
            source="Code du travail, art. L. 6313-4, al. 2",
            famille=Famille.PERSONNES,
            genre="dossier",
        )
        for bilan in rows
    ]


def _certificates(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    """The paper that every funder asks for, once the hours are signed."""
    done = DocumentEmis.objects.filter(bilan=OuterRef("pk"), genre="certificat_realisation")
    rows = visible.filter(
        ~Exists(done),
        etat=Etat.TERMINE,
        type_action=TypeAction.BILAN,
        termine_le__gt=now - _LOOKS_BACK,
        termine_le__lt=now - _SINCE,
    ).order_by("termine_le", "id")[:AT_MOST]
    return [
        _thing(
            bilan,
            Rang.A_FAIRE,
            "Certificat de réalisation à établir",
            "L’accompagnement est terminé depuis trois jours ; le financeur l’attend pour payer.",
            quand=bilan.termine_le,
            source="Modèle du ministère du Travail",
            famille=Famille.PAPIERS,
            genre="dossier",
        )
        for bilan in rows
    ]
