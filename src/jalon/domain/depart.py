"""The first day on which a bilan may start, for its route: why, where it is written, and what is still awaited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jalon.domain.cpf import first_start
from jalon.domain.engagement import ACCORD, CONVENTION, CPF, EngagementFacts
from jalon.domain.financement import Financement
from jalon.domain.francais import jour_complet
from jalon.domain.jours import DAY, Calendrier
from jalon.domain.parcours import TypeAction
from jalon.domain.retractation import Lieu, Retractation, consumer_period, withdrawal
from jalon.law import Law, law_on

PLATFORM = "Code du travail, art. D. 6353-1, III ; conditions générales de Mon Compte Formation"
TRIPARTITE = "Code du travail, art. R. 6313-8"
CONTRACT = "Code du travail, art. L. 6353-3 et L. 6353-4"
WITHDRAWAL = "Code du travail, art. L. 6353-5"
CONSUMER = "Code de la consommation, art. L. 221-18"
EXPRESS = "Code de la consommation, art. L. 221-25"


@dataclass(frozen=True)
class Depart:
    """`premier_jour` is None while something is awaited (`attend`). `au_mieux`: what it would be, were it done today."""

    premier_jour: date | None
    raison: str
    source: str
    attend: str = ""
    au_mieux: date | None = None


def earliest_start(facts: EngagementFacts, type_action: TypeAction, law: Law, day: date) -> Depart:
    """Read on `day`, under the law of each fact's own date."""
    if facts.voie in CPF:
        return _cpf(facts, day)
    if facts.voie == Financement.PERSONNEL:
        return _contract(facts, type_action, day)
    if facts.voie in CONVENTION:
        return _convention(facts, day)
    if facts.voie in ACCORD and any(part.accord_le for part in facts.parts):
        last = max(part.accord_le for part in facts.parts if part.accord_le)
        return Depart(last, "Le jour de l’accord du financeur.", "Accord de prise en charge")
    return Depart(day, "Aucun délai légal pour ce financement.", "Code du travail, art. L. 6353-1")


def _cpf(facts: EngagementFacts, day: date) -> Depart:
    asked = facts.cpf_proposition_le or day
    law = law_on(asked)
    days = law.cpf.delai_avant_entree_jours_ouvres
    found = first_start(asked, Calendrier(facts.territoire, law)).premier_debut
    why = (
        f"{days.value} jours ouvrés pleins séparent la proposition de commande du premier jour : la plateforme "
        "refuse une date plus proche."
    )
    if facts.cpf_proposition_le is None:
        return Depart(
            None, why, days.source, "la proposition de commande, à envoyer sur Mon Compte Formation.", found
        )
    if facts.cpf_acceptation_le is None:
        return Depart(
            None,
            why,
            days.source,
            "la confirmation de la commande par la personne, sur Mon Compte Formation.",
            found,
        )
    return Depart(max(found, facts.cpf_acceptation_le), why, days.source)


def _convention(facts: EngagementFacts, day: date) -> Depart:
    three = facts.voie != Financement.OPCO or facts.employeur_nomme
    why = (
        "La convention est d’abord signée par les trois parties."
        if three
        else "La convention est d’abord signée."
    )
    if facts.conclu_le is None:
        return Depart(None, why, TRIPARTITE, "la signature de la convention par toutes les parties.", day)
    return Depart(facts.conclu_le, why, TRIPARTITE)


def _contract(facts: EngagementFacts, type_action: TypeAction, day: date) -> Depart:
    signed = facts.conclu_le
    if signed is None:
        period = read_retractation(facts, type_action, day)
        return Depart(
            None,
            "Le contrat écrit précède tout paiement et tout début.",
            CONTRACT if type_action == TypeAction.BILAN else "Code de la consommation, art. L. 221-13",
            "la signature du contrat par la personne et le cabinet.",
            day if period is None else period.dernier_jour + DAY,
        )
    period = read_retractation(facts, type_action, signed)
    if period is None:
        return Depart(signed, "Le contrat est signé.", CONTRACT)
    if facts.demande_expresse:
        return Depart(signed, "La personne a demandé expressément de commencer sans attendre.", EXPRESS)
    return Depart(
        period.dernier_jour + DAY,
        f"Elle peut renoncer jusqu’au {jour_complet(period.dernier_jour)} inclus, et n’a pas demandé "
        "expressément de commencer avant.",
        source_of(facts, type_action),
    )


def source_of(facts: EngagementFacts, type_action: TypeAction) -> str:
    """Which texts give her the right to change her mind."""
    told = [] if type_action != TypeAction.BILAN else [WITHDRAWAL]
    if facts.lieu_conclusion != Lieu.ETABLISSEMENT:
        told += [CONSUMER, EXPRESS]
    return " ; ".join(told)


def read_retractation(
    facts: EngagementFacts, type_action: TypeAction, conclu_le: date
) -> Retractation | None:
    """The period, or None where no text gives one: a service outside the frame, concluded face to face in the cabinet."""
    calendrier = Calendrier(facts.territoire, law_on(conclu_le))
    informed = not facts.information_omise
    if type_action == TypeAction.BILAN:
        return withdrawal(
            conclu_le,
            facts.lieu_conclusion,
            calendrier,
            information_donnee=informed,
            information_donnee_le=facts.information_le,
        )
    if facts.lieu_conclusion == Lieu.ETABLISSEMENT:
        return None
    found = withdrawal(conclu_le, facts.lieu_conclusion, calendrier)
    last = consumer_period(conclu_le, calendrier, informed, facts.information_le)
    return Retractation(last, found.premier_paiement_le, found.fonction_en_ligne_requise)
