"""What the funding of each dossier waits for: the platform's duties, contracts, agreements, papers.

Four bounded queries, each on an index of what is still open: a page never pays for dossiers that are over.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from jalon.access.a_traiter import ATraiter, Famille, Rang
from jalon.domain.bilan import Etat
from jalon.domain.cpf import declare_before
from jalon.domain.engagement import ACCORD, CONVENTION, CPF
from jalon.domain.financement import Financement
from jalon.domain.jours import Calendrier, Territoire, local_day, zone
from jalon.domain.parcours import Nature, TypeAction
from jalon.domain.seance import EtatSeance
from jalon.law import law_on
from jalon.records.models import Bilan, Consentement, Convention, DocumentEmis, Engagement, Part, Seance

# A condition on dossiers, seen from a row that reaches them by this prefix: « », « bilan__ ».
Scope = Callable[[str], Q]

AT_MOST = 10
_OPEN_AT_MOST = 200
_SOON = timedelta(days=7)
_SINCE = timedelta(days=3)
_LOOKS_BACK = timedelta(days=120)
_PLATFORM = "Caisse des dépôts, Mon Compte Formation"
_CPF = sorted(f.value for f in CPF)


def read_engagement_due(scope: Scope, now: datetime) -> list[ATraiter]:
    waiting = _in_preparation(scope)
    return [
        *_each(_to_settle, waiting, now),
        *_each(_to_order, waiting, now),
        *_each(_to_answer, waiting, now),
        *_each(_contract, waiting, now),
        *_each(_convention, waiting, now),
        *_each(_consent, waiting, now),
        *_accords(waiting),
        *_declarations(scope, now),
        *_certificates(scope, now),
    ]


def _in_preparation(scope: Scope) -> list[Bilan]:
    """The oldest first, with their engagement, their first séance and whether a project of convention lives."""
    interviews = Seance.objects.filter(bilan=OuterRef("pk"), etat=EtatSeance.PREVUE).exclude(
        nature=Nature.TRAVAIL_PERSONNEL
    )
    return list(
        Bilan.objects.filter(scope(""), etat=Etat.PREPARATION)
        .select_related("engagement", "organisme")
        .annotate(
            premiere=Subquery(interviews.order_by("debut").values("debut")[:1]),
            consenti=Exists(Consentement.objects.filter(bilan=OuterRef("pk"), retire_le=None)),
            convention_vive=Exists(Convention.objects.filter(bilan=OuterRef("pk"), close_le=None)),
        )
        .order_by("ouvert_le", "id")[:_OPEN_AT_MOST]
    )


def _each(
    rule: Callable[[Any, Engagement | None, datetime], ATraiter | None],
    bilans: Iterable[Bilan],
    now: datetime,
) -> list[ATraiter]:
    def found() -> Iterator[ATraiter]:
        for bilan in bilans:
            one = rule(bilan, _settled(bilan), now)
            if one is not None:
                yield one

    return list(islice(found(), AT_MOST))


def _settled(bilan: Bilan) -> Engagement | None:
    """For its own route: what was settled for another does not count."""
    row: Engagement | None = getattr(bilan, "engagement", None)
    return row if row is not None and row.voie == bilan.financement else None


def _thing(bilan: Bilan, rang: Rang, quoi: str, pourquoi: str, **more: Any) -> ATraiter:
    more.setdefault("famille", Famille.FINANCEMENT)
    more.setdefault("genre", "engagement")
    more.setdefault("quand", bilan.ouvert_le)
    return ATraiter(rang, f"{quoi} : dossier {bilan.numero}", pourquoi, cible=bilan.pk, **more)


def _to_settle(bilan: Bilan, row: Engagement | None, now: datetime) -> ATraiter | None:
    if row is not None:
        return None
    return _thing(
        bilan,
        Rang.A_FAIRE,
        "Financement à régler",
        "Le prix et ce que paie chacun : rien ne peut commencer avant.",
        source="Code du travail, art. L. 6353-1 et L. 6353-3",
    )


def _to_order(bilan: Bilan, row: Engagement | None, now: datetime) -> ATraiter | None:
    """Hers to do, and nobody may press her to (L. 6323-8-1): the dossier only says what it waits for."""
    if row is None or row.voie not in CPF or row.cpf_demande_le or row.cpf_acceptation_le:
        return None
    return _thing(
        bilan,
        Rang.BIENTOT,
        "Demande CPF attendue",
        "La personne la fait elle-même, depuis son compte. Notez-la quand la plateforme vous prévient.",
        famille=Famille.CPF,
    )


def _to_answer(bilan: Bilan, row: Engagement | None, now: datetime) -> ATraiter | None:
    if row is None or row.cpf_demande_le is None or row.cpf_proposition_le is not None:
        return None
    days = _calendar(bilan, row.cpf_demande_le)
    return _duty(
        bilan,
        "Répondre à la demande CPF",
        "Proposez la commande sur Mon Compte Formation, puis notez-le.",
        days.nth_ouvre_after(row.cpf_demande_le, days.law.cpf.reponse_demande_jours_ouvres.value),
        now,
    )


def _contract(bilan: Bilan, row: Engagement | None, now: datetime) -> ATraiter | None:
    """BC-28: to be signed; or given up, and the dossier waits for another way or for its end."""
    if row is None or row.voie != Financement.PERSONNEL or (row.conclu_le and not row.retracte_le):
        return None
    return _thing(
        bilan,
        Rang.A_FAIRE,
        "Contrat auquel la personne a renoncé" if row.retracte_le else "Contrat à faire signer",
        "Demandez-lui, sans insister, si elle souhaite un autre financement ou ne pas donner suite."
        if row.retracte_le
        else "Il précède tout paiement et tout début.",
        quand=row.retracte_le or bilan.ouvert_le,
        source="Code du travail, art. L. 6353-3 à L. 6353-5",
        famille=Famille.SIGNATURES,
    )


def _convention(bilan: Any, row: Engagement | None, now: datetime) -> ATraiter | None:
    """BC-13: no project runs, and none is concluded."""
    if row is None or row.voie not in CONVENTION or row.conclu_le is not None or bilan.convention_vive:
        return None
    return _thing(
        bilan,
        Rang.A_FAIRE,
        "Convention à établir",
        "Elle se signe par toutes les parties avant le premier entretien ; le silence du salarié vaut refus.",
        source="Code du travail, art. R. 6313-8",
        famille=Famille.PAPIERS,
    )


def _consent(bilan: Any, row: Engagement | None, now: datetime) -> ATraiter | None:
    if bilan.consenti or bilan.premiere is None or not now < bilan.premiere < now + _SOON:
        return None
    return _thing(
        bilan,
        Rang.A_FAIRE,
        "Consentement attendu avant la première séance",
        "La personne seule peut le donner, dans son espace ou sur papier. Appelez-la, sans insister.",
        quand=bilan.premiere,
        source="Code du travail, art. L. 6313-4, al. 2",
        famille=Famille.PERSONNES,
        genre="dossier",
    )


def _accords(bilans: Iterable[Bilan]) -> list[ATraiter]:
    """Elsewhere than in the public service the employer agrees by signing the convention."""
    asked = {row.pk: b for b in bilans if (row := _settled(b)) is not None and row.voie in ACCORD}
    if not asked:
        return []
    rows = (
        Part.objects.filter(engagement__in=list(asked), accord_le=None)
        .exclude(payeur__in=["personne", "cpf"])
        .filter(Q(voie=Financement.AGENT_PUBLIC) | ~Q(payeur="employeur"))
        .order_by("id")[:AT_MOST]
    )
    return [
        _thing(
            asked[part.engagement_id],
            Rang.BIENTOT,
            "Accord de prise en charge attendu",
            f"De {part.nom or part.get_payeur_display()}. Sans lui, ce financeur peut ne rien payer.",
        )
        for part in rows
    ]


def _declarations(scope: Scope, now: datetime) -> list[ATraiter]:
    """BC-25: an index holds only the entries and exits that nobody has declared."""
    rows = (
        Engagement.objects.filter(scope("bilan__"), cpf_sortie_declaree_le=None, voie__in=_CPF)
        .filter(bilan__preliminaire_le__isnull=False)
        .filter(Q(cpf_entree_declaree_le=None) | Q(bilan__termine_le__isnull=False))
    )
    found = []
    for row in rows.select_related("bilan__organisme").order_by("bilan__preliminaire_le", "id")[
        : 2 * AT_MOST
    ]:
        bilan = row.bilan
        if row.cpf_entree_declaree_le is None:
            found.append(
                _duty(
                    bilan,
                    "Entrée à déclarer",
                    "Déclarez l’entrée sur Mon Compte Formation, puis notez-le.",
                    _declare_before(bilan, bilan.preliminaire_le),
                    now,
                )
            )
        if bilan.termine_le is not None:
            found.append(
                _duty(
                    bilan,
                    "Sortie et service fait à déclarer",
                    "Sans eux, le cabinet n’est pas payé. Déclarez-les sur Mon Compte Formation, puis notez-le.",
                    _declare_before(bilan, bilan.termine_le),
                    now,
                )
            )
    return found


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


def _certificates(scope: Scope, now: datetime) -> list[ATraiter]:
    """The paper that every funder asks for, once the hours are signed."""
    done = DocumentEmis.objects.filter(bilan=OuterRef("pk"), genre="certificat_realisation")
    rows = Bilan.objects.filter(
        ~Exists(done),
        scope(""),
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
