"""What each fund pays of the price, in the order of the route; every figure says why and where it is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from jalon.domain.cpf import (
    NOTHING,
    Exemption,
    Financeur,
    Payeur,
    Ressources,
    Situation,
    participation,
    share_price,
)
from jalon.domain.engagement import CPF, PartFacts, Poste
from jalon.domain.financement import Financement
from jalon.domain.francais import euros, jour
from jalon.law import Certainty, Law, Parameter

ORDER = "Code du travail, art. R. 6333-3"
CEILING = "Code du travail, art. D. 6323-1 A"
# More than any account can hold: rights that nobody has read yet are taken to be enough.
UNKNOWN_RIGHTS = Decimal("999999.99")

EMPLOYER_PAYS_THE_REST = frozenset({Financement.PLAN, Financement.RECLASSEMENT, Financement.AGENT_PUBLIC})
REST_SOURCE = {
    Financement.RECLASSEMENT: "Code du travail, art. L. 1233-71",
    Financement.PLAN: "Code du travail, art. L. 6312-1, 1°",
    Financement.AGENT_PUBLIC: "Code général de la fonction publique, art. L. 422-3",
    Financement.PERSONNEL: "Code du travail, art. L. 6353-3",
}


@dataclass(frozen=True)
class Prise:
    """What one outside payer takes, as it has said; `subrogation`: the invoice goes to it, not to the employer. None:
    as the law of the day has it by default."""

    payeur: Financeur
    montant: Decimal
    nom: str = ""
    reference: str = ""
    accord_le: date | None = None
    subrogation: bool | None = None


@dataclass(frozen=True)
class Apports:
    """Everything that is told of who pays. Rights of None: nobody has read them on the account."""

    droits: Decimal | None = None
    dotation: Decimal = NOTHING
    exemption: Exemption | None = None
    participation_payeur: Payeur | None = None
    prises: tuple[Prise, ...] = ()
    employeur_nom: str = ""
    employeur_siren: str = ""

    @property
    def situation(self) -> Situation:
        """An addition of the employer exempts by itself (L. 6323-7)."""
        said = self.exemption
        return Situation(
            demandeur_emploi=said == Exemption.DEMANDEUR_EMPLOI,
            abondement_employeur=self.taken_by(Financeur.EMPLOYEUR),
            points_c2p=said == Exemption.POINTS_C2P,
            abondement_atmp=said == Exemption.ABONDEMENT_ATMP,
        )

    @property
    def nommees(self) -> tuple[Prise, ...]:
        """The employer is the one that the dossier names: nobody types its name twice."""
        return tuple(
            replace(one, nom=self.employeur_nom) if one.payeur == Financeur.EMPLOYEUR and not one.nom else one
            for one in self.prises
        )

    def taken_by(self, payeur: Financeur) -> Decimal:
        return sum((one.montant for one in self.prises if one.payeur == payeur), NOTHING)


@dataclass(frozen=True)
class Chiffre:
    """One line of the sheet: the amount, why, the article, and how sure we are of the value."""

    part: PartFacts
    pourquoi: str
    source: str
    certitude: Certainty | None = None


@dataclass(frozen=True)
class Repartition:
    prix: Decimal
    chiffres: tuple[Chiffre, ...]
    law: Law
    notes: tuple[tuple[str, str], ...] = field(default=())

    @property
    def parts(self) -> tuple[PartFacts, ...]:
        return tuple(one.part for one in self.chiffres)

    @property
    def a_charge(self) -> Decimal:
        """What the person pays herself, all told."""
        return sum(
            (one.part.montant for one in self.chiffres if one.part.payeur == Financeur.PERSONNE), NOTHING
        )


def share(voie: Financement, prix: Decimal, apports: Apports, law: Law) -> Repartition:
    return _cpf(voie, prix, apports, law) if voie in CPF else _others(voie, prix, apports, law)


def _cpf(voie: Financement, prix: Decimal, apports: Apports, law: Law) -> Repartition:
    known = apports.droits is not None
    rights = apports.droits if apports.droits is not None else UNKNOWN_RIGHTS
    others = sum((one.montant for one in apports.prises if one.payeur != Financeur.EMPLOYEUR), NOTHING)
    used = share_price(prix, Ressources(rights, apports.dotation, others), apports.situation, law)
    found = [_participation(used.participation, apports, law)]
    if used.dotation:
        found.append(
            _line(Poste.DOTATION, Financeur.CPF, used.dotation, "Utilisées avant les droits.", ORDER)
        )
    if used.droits:
        found.append(_droits(used.droits, known, law.cpf.plafond_bilan_eur))
    left = used.abondement
    for one in apports.nommees:
        amount = min(one.montant, left)
        left -= amount
        if amount:
            found.append(
                _taken(one, amount, Poste.ABONDEMENT, "Après les droits du compte.", ORDER, Financeur.CPF)
            )
    if used.reste:
        found.append(_rest(voie, used.reste, apports, "Ce qu’aucun fonds ne prend.", CEILING))
    return Repartition(prix, tuple(found), law, _cpf_notes(law))


def _participation(due: Decimal, apports: Apports, law: Law) -> Chiffre:
    rule: Parameter = law.cpf.participation_eur
    by = Financeur(apports.participation_payeur.value) if apports.participation_payeur else Financeur.PERSONNE
    freed = participation(apports.situation, law).exemption
    if freed:
        return _line(
            Poste.PARTICIPATION,
            Financeur.PERSONNE,
            NOTHING,
            f"Rien : {freed.label[0].lower()}{freed.label[1:]}.",
            "Code du travail, art. L. 6323-7 et R. 6323",
        )
    why = f"Valeur en vigueur le {jour(law.day)}, jour de la demande. Elle se retire du prix avant tout."
    nom, siren = (apports.employeur_nom, apports.employeur_siren) if by == Financeur.EMPLOYEUR else ("", "")
    part = PartFacts(Poste.PARTICIPATION, by, due, nom=nom, siren=siren, debiteur=Financeur.CPF)
    return Chiffre(part, why, rule.source, rule.certainty)


def _droits(amount: Decimal, known: bool, ceiling: Parameter) -> Chiffre:
    limit = (
        f"Au plus {euros(ceiling.value)} pour un bilan depuis le {jour(ceiling.since)}."
        if ceiling.value is not None
        else "Sans plafond à cette date."
    )
    guess = "" if known else " Les droits ne sont pas encore lus : on les suppose suffisants."
    return _line(Poste.DROITS, Financeur.CPF, amount, limit + guess, ceiling.source, ceiling.certainty)


def _cpf_notes(law: Law) -> tuple[tuple[str, str], ...]:
    name = "participation_complement_eur"
    if not law.cpf.covers(name) or law.cpf[name].value is not None or law.cpf[name].projet is None:
        return ()
    draft = law.cpf[name].projet
    return (("Un complément de participation est en projet ; il n’est pas appliqué.", draft.statut),)


def _others(voie: Financement, prix: Decimal, apports: Apports, law: Law) -> Repartition:
    left, found = prix, []
    for one in apports.nommees:
        amount = min(one.montant, left)
        left -= amount
        employer = bool(apports.employeur_nom) and one.payeur == Financeur.OPCO
        reimbursed = employer and not pays_directly(one, law)
        billed = Financeur.EMPLOYEUR if reimbursed else one.payeur
        found.append(_taken(one, amount, Poste.PRISE_EN_CHARGE, _why(reimbursed), _source(one, law), billed))
    if left or not found:
        employer = _employer_takes_the_rest(voie, apports)
        why = (
            "L’employeur finance ce qu’aucun autre fonds ne prend."
            if employer
            else "La personne paie elle-même ce qu’aucun fonds ne prend."
        )
        found.append(_rest(voie, left, apports, why, REST_SOURCE.get(voie, "")))
    return Repartition(prix, tuple(found), law)


def _employer_takes_the_rest(voie: Financement, apports: Apports) -> bool:
    return voie in EMPLOYER_PAYS_THE_REST or (voie == Financement.OPCO and bool(apports.employeur_nom))


def _why(reimbursed: bool) -> str:
    if reimbursed:
        return "L’OPCO rembourse l’employeur, à qui la facture est adressée."
    return "Pris en charge d’après l’accord de ce financeur."


def _source(one: Prise, law: Law) -> str:
    if one.payeur == Financeur.OPCO and law.organisme.covers("opco_subrogation_defaut"):
        return str(law.organisme.opco_subrogation_defaut.source)
    return "Accord de prise en charge" if one.reference else "Montant annoncé, accord à recevoir"


def pays_directly(one: Prise, law: Law) -> bool:
    """BC-45: whether an OPCO pays the cabinet itself; before the rule, it usually did."""
    if one.subrogation is not None:
        return one.subrogation
    name = "opco_subrogation_defaut"
    return not law.organisme.covers(name) or bool(law.organisme[name].value)


def _taken(one: Prise, amount: Decimal, poste: Poste, why: str, source: str, debiteur: Financeur) -> Chiffre:
    part = PartFacts(
        poste,
        one.payeur,
        amount,
        nom=one.nom,
        reference=one.reference,
        accord_le=one.accord_le,
        debiteur=debiteur,
    )
    return Chiffre(part, why, source)


def _rest(voie: Financement, amount: Decimal, apports: Apports, why: str, source: str) -> Chiffre:
    if _employer_takes_the_rest(voie, apports):
        part = PartFacts(
            Poste.RESTE,
            Financeur.EMPLOYEUR,
            amount,
            nom=apports.employeur_nom,
            siren=apports.employeur_siren,
            debiteur=Financeur.EMPLOYEUR,
        )
    else:
        billed = Financeur.CPF if voie in CPF else Financeur.PERSONNE
        part = PartFacts(Poste.RESTE, Financeur.PERSONNE, amount, debiteur=billed)
    return Chiffre(part, why, source)


def _line(
    poste: Poste,
    payeur: Financeur,
    amount: Decimal,
    why: str,
    source: str,
    certitude: Certainty | None = None,
) -> Chiffre:
    return Chiffre(PartFacts(poste, payeur, amount, debiteur=Financeur.CPF), why, source, certitude)
