"""The clocks of the funding routes: the platform's, the withdrawal period, the declarations of entry and exit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from jalon.domain.cpf import declare_before, first_start
from jalon.domain.depart import read_retractation, source_of
from jalon.domain.engagement import CPF, EngagementFacts
from jalon.domain.financement import Financement
from jalon.domain.francais import jour_complet
from jalon.domain.horloge import Horloge, make_horloge
from jalon.domain.jours import Calendrier
from jalon.domain.parcours import TypeAction
from jalon.law import law_on

HOLDER_IS_FREE = "Une commande qui n’est pas confirmée tombe d’elle-même ; il n’y a rien à justifier."


@dataclass(frozen=True)
class Dates:
    """What the clocks need of the bilan itself. The platform's duties run on the cabinet's own time."""

    type_action: TypeAction
    fuseau: str
    fuseau_cabinet: str
    entree_le: date | None = None
    sortie_le: date | None = None
    entree_declaree_le: date | None = None
    sortie_declaree_le: date | None = None


def read_horloges(facts: EngagementFacts, dates: Dates, now: datetime) -> tuple[Horloge, ...]:
    """Those that have begun, in the order of a dossier's life."""
    if facts.voie in CPF:
        return tuple(_cpf(facts, dates, now))
    if facts.voie == Financement.PERSONNEL and facts.conclu_le is not None:
        found = retractation(facts, dates, now)
        return () if found is None else (found,)
    return ()


def _cpf(facts: EngagementFacts, dates: Dates, now: datetime) -> Iterator[Horloge]:
    if facts.cpf_demande_le is not None:
        yield cpf_reponse(facts, dates, now)
    if facts.cpf_proposition_le is not None:
        yield cpf_confirmation(facts, dates, now)
        yield cpf_onze_jours(facts, dates, now)
    if dates.entree_le is not None:
        yield cpf_entree(facts, dates, now)
    if dates.entree_le is not None and dates.sortie_le is not None:
        yield cpf_sortie(facts, dates, now)


def _working_days(facts: EngagementFacts, day: date) -> Calendrier:
    return Calendrier(facts.territoire, law_on(day))


def cpf_reponse(facts: EngagementFacts, dates: Dates, now: datetime) -> Horloge:
    assert facts.cpf_demande_le is not None
    days = _working_days(facts, facts.cpf_demande_le)
    rule = days.law.cpf.reponse_demande_jours_ouvres
    return make_horloge(
        "cpf_reponse",
        "Répondre à la demande reçue sur Mon Compte Formation",
        days.nth_ouvre_after(facts.cpf_demande_le, rule.value),
        fuseau=dates.fuseau_cabinet,
        now=now,
        fait_le=facts.cpf_proposition_le,
        silence="Sans réponse du cabinet, la plateforme peut annuler la demande.",
        source=rule.source,
        qui="le cabinet",
        depuis=facts.cpf_demande_le,
    )


def cpf_confirmation(facts: EngagementFacts, dates: Dates, now: datetime) -> Horloge:
    assert facts.cpf_proposition_le is not None
    days = _working_days(facts, facts.cpf_proposition_le)
    rule = days.law.cpf.confirmation_titulaire_jours_ouvres
    return make_horloge(
        "cpf_confirmation",
        "Confirmer la commande sur Mon Compte Formation",
        days.nth_ouvre_after(facts.cpf_proposition_le, rule.value),
        fuseau=dates.fuseau,
        now=now,
        fait_le=facts.cpf_acceptation_le,
        silence=HOLDER_IS_FREE,
        source=rule.source,
        qui="la personne",
        depuis=facts.cpf_proposition_le,
        protege=True,
    )


def cpf_onze_jours(facts: EngagementFacts, dates: Dates, now: datetime) -> Horloge:
    """BC-24: this clock gives leave; nothing is to be done before it ends."""
    assert facts.cpf_proposition_le is not None
    days = _working_days(facts, facts.cpf_proposition_le)
    rule = days.law.cpf.delai_avant_entree_jours_ouvres
    entree = first_start(facts.cpf_proposition_le, days)
    return make_horloge(
        "cpf_onze_jours",
        f"Attendre {rule.value} jours ouvrés avant de commencer",
        entree.onzieme_jour_ouvre,
        fuseau=dates.fuseau,
        now=now,
        silence=f"Ensuite, l’accompagnement peut commencer : au plus tôt le {jour_complet(entree.premier_debut)}.",
        source=rule.source,
        depuis=facts.cpf_proposition_le,
        protege=True,
    )


def cpf_entree(facts: EngagementFacts, dates: Dates, now: datetime) -> Horloge:
    assert dates.entree_le is not None
    return _declaration(
        "cpf_entree", "Déclarer l’entrée sur Mon Compte Formation", facts, dates, now, dates.entree_le,
        dates.entree_declaree_le, "Une entrée déclarée hors délai peut être contestée, et le paiement suspendu.",
    )  # fmt: skip


def cpf_sortie(facts: EngagementFacts, dates: Dates, now: datetime) -> Horloge:
    assert dates.sortie_le is not None
    return _declaration(
        "cpf_sortie", "Déclarer la sortie et le service fait", facts, dates, now, dates.sortie_le,
        dates.sortie_declaree_le, "La sortie n’est enregistrée qu’avec le service fait, et le cabinet n’est payé qu’ensuite.",
    )  # fmt: skip


def _declaration(
    code: str,
    titre: str,
    facts: EngagementFacts,
    dates: Dates,
    now: datetime,
    evenement: date,
    fait_le: date | None,
    silence: str,
) -> Horloge:
    days = _working_days(facts, evenement)
    return make_horloge(
        code,
        titre,
        declare_before(evenement, days),
        fuseau=dates.fuseau_cabinet,
        now=now,
        fait_le=fait_le,
        silence=silence,
        source=days.law.cpf.declaration_entree_sortie_jours_ouvres.source,
        qui="le cabinet",
        depuis=evenement,
    )


def retractation(facts: EngagementFacts, dates: Dates, now: datetime) -> Horloge | None:
    """BC-29: her right, so nobody is late when it ends; what ends is the ban on money."""
    assert facts.conclu_le is not None
    period = read_retractation(facts, dates.type_action, facts.conclu_le)
    if period is None:
        return None
    return make_horloge(
        "retractation",
        "Renoncer au contrat, sans donner de raison",
        period.dernier_jour,
        fuseau=dates.fuseau,
        now=now,
        fait_le=facts.retracte_le,
        silence=(
            "Sans rien faire, le contrat tient. Aucun argent ne peut être reçu avant le "
            f"{jour_complet(period.premier_paiement_le)}."
        ),
        source=source_of(facts, dates.type_action),
        qui="la personne",
        depuis=facts.conclu_le,
        calendrier=_working_days(facts, facts.conclu_le),
        protege=True,
    )
