"""The CPF route: participation, order of the funds, five-year gap, entry and declarations (droit.md 7.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from jalon.domain.jours import DAY, Calendrier, add_years
from jalon.domain.parcours import Labelled
from jalon.law import Law

NOTHING = Decimal("0.00")


class Exemption(Labelled):
    """Cases of L. 6323-7 and R. 6323 in which the holder owes no participation, in the order they are told."""

    DEMANDEUR_EMPLOI = "demandeur_emploi", "Demandeur d’emploi"
    ABONDEMENT_EMPLOYEUR = "abondement_employeur", "Abondement de l’employeur"
    POINTS_C2P = "points_c2p", "Points du compte professionnel de prévention"
    ABONDEMENT_ATMP = "abondement_atmp", "Abondement accident du travail ou maladie professionnelle"


class Payeur(Labelled):
    """Who may take the participation for the holder (R. 6323, al. 2)."""

    EMPLOYEUR = "employeur", "L’employeur"
    OPCO = "opco", "L’opérateur de compétences"


class Financeur(Labelled):
    CPF = "cpf", "Compte personnel de formation"
    OPCO = "opco", "Opérateur de compétences"
    FAF = "faf", "Fonds d’assurance formation"
    FRANCE_TRAVAIL = "france_travail", "France Travail"
    REGION = "region", "Région"
    ETAT = "etat", "État"
    AGEFIPH = "agefiph", "Agefiph"
    TRANSITIONS_PRO = "transitions_pro", "Transitions Pro"
    EMPLOYEUR = "employeur", "Employeur"
    PERSONNE = "personne", "La personne elle-même"


@dataclass(frozen=True)
class Situation:
    """What can exempt the holder from the participation."""

    demandeur_emploi: bool = False
    abondement_employeur: Decimal = NOTHING
    points_c2p: bool = False
    abondement_atmp: bool = False


@dataclass(frozen=True)
class Participation:
    montant: Decimal
    exemption: Exemption | None
    due_par_titulaire: Decimal


def exemption(situation: Situation, law: Law) -> Exemption | None:
    """The first case that applies, among those that the law of the day knows."""
    applies = {
        Exemption.DEMANDEUR_EMPLOI: situation.demandeur_emploi,
        Exemption.ABONDEMENT_EMPLOYEUR: situation.abondement_employeur > 0,
        Exemption.POINTS_C2P: situation.points_c2p,
        Exemption.ABONDEMENT_ATMP: situation.abondement_atmp,
    }
    known = law.cpf.participation_exemptions.value
    return next((case for case, true in applies.items() if true and case in known), None)


def participation(
    situation: Situation, law: Law, *, pris_en_charge_par: Payeur | None = None
) -> Participation:
    """The amount on the day of the subscription request, and what is left of it for the holder.

    Nothing was due before the law's first value: here that is an answer, not a gap of ours.
    """
    if not law.cpf.covers("participation_eur"):
        return Participation(NOTHING, None, NOTHING)
    found = exemption(situation, law)
    montant = NOTHING if found else law.cpf.participation_eur.value
    return Participation(montant, found, NOTHING if pris_en_charge_par else montant)


@dataclass(frozen=True)
class Ressources:
    """What the holder can call upon: endowments, acquired rights, and the additions of others."""

    droits: Decimal
    dotation: Decimal = NOTHING
    abondement: Decimal = NOTHING


@dataclass(frozen=True)
class Financement:
    """Amounts really used; `reste` is what none of them pays, `a_payer` what the holder pays in all."""

    participation: Decimal
    dotation: Decimal
    droits: Decimal
    abondement: Decimal
    reste: Decimal
    a_payer: Decimal


def share_price(prix: Decimal, ressources: Ressources, situation: Situation, law: Law) -> Financement:
    """The order of R. 6333-3: participation off the price first, endowments, rights within the ceiling, additions."""
    plafond = law.cpf.plafond_bilan_eur.value
    du = min(participation(situation, law).montant, prix)
    left = prix - du
    dotation = min(left, ressources.dotation)
    left -= dotation
    droits = min(left, ressources.droits) if plafond is None else min(left, ressources.droits, plafond)
    left -= droits
    abondement = min(left, ressources.abondement + situation.abondement_employeur)
    left -= abondement
    return Financement(du, dotation, droits, abondement, left, du + left)


@dataclass(frozen=True)
class Carence:
    """`eligible` is None when nobody but the Caisse des dépôts can tell."""

    eligible: bool | None
    eligible_a_partir_du: date | None


@dataclass(frozen=True)
class Anterieur:
    """An earlier bilan, the day it was financed and by whom."""

    finance_le: date
    financeur: Financeur


def carence(
    demandee_le: date, financement: Financeur, anterieur: Anterieur | Literal["inconnu"] | None, law: Law
) -> Carence:
    """The gap of D. 6323-6, for a new bilan on the CPF. How the very fifth anniversary is counted is not known."""
    annees = law.cpf.carence_annees.value
    if annees is None or financement != Financeur.CPF or anterieur is None:
        return Carence(True, None)
    if anterieur == "inconnu":
        return Carence(None, None)
    if anterieur.financeur not in law.cpf.carence_financeurs.value:
        return Carence(True, None)
    anniversary = add_years(anterieur.finance_le, annees)
    eligible = None if demandee_le == anniversary else demandee_le > anniversary
    return Carence(eligible, anniversary + DAY)


@dataclass(frozen=True)
class Entree:
    onzieme_jour_ouvre: date
    premier_debut: date


def first_start(proposition_le: date, calendrier: Calendrier) -> Entree:
    """Eleven working days between the order proposal and the start; the day after them is the safe reading."""
    last = calendrier.nth_ouvre_after(
        proposition_le, calendrier.law.cpf.delai_avant_entree_jours_ouvres.value
    )
    return Entree(last, calendrier.nth_ouvre_after(last, 1))


def declare_before(evenement_le: date, calendrier: Calendrier) -> date:
    """Last day to declare an entry or an exit on the platform."""
    return calendrier.nth_ouvre_after(
        evenement_le, calendrier.law.cpf.declaration_entree_sortie_jours_ouvres.value
    )


def realisation_rate(minutes_faites: int, minutes_prevues: int) -> int:
    """The share of the ordered hours that was really followed, in per cent: never rounded up, never above the order."""
    if minutes_prevues <= 0:
        return 0
    return min(100, 100 * minutes_faites // minutes_prevues)
