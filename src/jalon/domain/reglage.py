"""Settling the funding: what was typed, what it gives, and everything that stands in the way, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.domain.absence import preavis
from jalon.domain.contrat_individuel import largest_first_payment
from jalon.domain.cpf import NOTHING, Anterieur, Exemption, Financeur, Payeur, carence, first_start
from jalon.domain.engagement import CPF, EngagementFacts, Poste, Precedent
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.francais import euros, jour, jour_complet
from jalon.domain.jours import Calendrier, Territoire
from jalon.domain.obstacle import Obstacle, Severity
from jalon.domain.parcours import Ligne, TypeAction, sum_lignes
from jalon.domain.regles_engagement import CERTIFICATION, CERTIFIED_ONLY
from jalon.domain.repartition import CEILING, Apports, Prise, Repartition, share
from jalon.domain.retractation import Lieu
from jalon.law import Law, law_on

# Who may be named as an outside payer on each route; nowhere an employer that must not know (BC-18).
_TIERS = (
    Financeur.OPCO,
    Financeur.FAF,
    Financeur.FRANCE_TRAVAIL,
    Financeur.REGION,
    Financeur.ETAT,
    Financeur.AGEFIPH,
    Financeur.TRANSITIONS_PRO,
)
# The payer that gives the route its name pays something, or it is another route.
PAYEUR_ATTENDU = {
    Financement.FRANCE_TRAVAIL: (Financeur.FRANCE_TRAVAIL,),
    Financement.AGEFIPH: (Financeur.AGEFIPH,),
    Financement.OPCO: (Financeur.OPCO, Financeur.FAF),
}
_ALONE = frozenset({Financement.PERSONNEL})


def payeurs_possibles(voie: Financement) -> tuple[Financeur, ...]:
    if voie in _ALONE:
        return ()
    return (*_TIERS, Financeur.EMPLOYEUR) if voie in WITH_EMPLOYER else _TIERS


@dataclass(frozen=True)
class Reglage:
    """Everything that is typed to settle who pays."""

    prix: Decimal | None
    debut_prevu_le: date | None = None
    fin_prevue_le: date | None = None
    minutes_sur_temps: int | None = None
    precedent: Precedent | None = None
    precedent_le: date | None = None
    precedent_financeur: Financeur | None = None
    droits: Decimal | None = None
    dotation: Decimal = NOTHING
    exemption: Exemption | None = None
    participation_payeur: Payeur | None = None
    prises: tuple[Prise, ...] = ()
    lieu_conclusion: Lieu = Lieu.DISTANCE
    premier_versement: Decimal | None = None
    nombre_versements: int = 3


@dataclass(frozen=True)
class Cadre:
    """What the dossier already says."""

    voie: Financement
    type_action: TypeAction
    lignes: tuple[Ligne, ...] = ()
    employeur_nom: str = ""
    employeur_siren: str = ""
    territoire: Territoire = Territoire.METROPOLE
    certificat: EngagementFacts | None = None
    cpf_demande_le: date | None = None
    cpf_proposition_le: date | None = None


def law_day(cadre: Cadre, day: date) -> date:
    """The platform's figures are those of the day of the request; elsewhere, of the day on which they are agreed."""
    return cadre.cpf_demande_le or day if cadre.voie in CPF else day


def repartition(said: Reglage, cadre: Cadre, law: Law) -> Repartition | None:
    """The sheet, as soon as there is a price."""
    if said.prix is None or said.prix <= 0:
        return None
    apports = Apports(
        droits=said.droits,
        dotation=said.dotation,
        exemption=said.exemption,
        participation_payeur=said.participation_payeur,
        prises=said.prises,
        employeur_nom=cadre.employeur_nom,
        employeur_siren=cadre.employeur_siren,
    )
    return share(cadre.voie, said.prix, apports, law)


def versements(said: Reglage, found: Repartition, cadre: Cadre, law: Law) -> tuple[Decimal, ...]:
    """The first payment, then equal ones that follow the séances; the last takes the odd cents (L. 6353-6)."""
    if cadre.voie != Financement.PERSONNEL:
        return ()
    due = found.a_charge
    first = said.premier_versement
    if first is None:
        first = largest_first_payment(due, law)
    left, count = due - first, max(said.nombre_versements, 1)
    each = (left / count).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
    return (first, *(each for _ in range(count - 1)), left - each * (count - 1))


def cpf_minutes(cadre: Cadre, law: Law) -> int | None:
    """BC-21: the hours that go to the platform. Personal work and follow-up never do."""
    if cadre.voie not in CPF:
        return None
    return sum_lignes(cadre.lignes).accompagnement


def reglage_obstacles(said: Reglage, cadre: Cadre, day: date) -> list[Obstacle]:
    law = law_on(law_day(cadre, day))
    found = [*_price(said), *_payers(said, cadre), *_dates(said, cadre, day)]
    if cadre.voie in CPF:
        found += _gap(said, cadre, law, day)
    sheet = (
        None
        if found and any(o.refuses and o.field == "prix" for o in found)
        else repartition(said, cadre, law)
    )
    if sheet is not None:
        found += [
            *_amounts(said, cadre, sheet),
            *_rest(cadre, sheet),
            *_first_payment(said, cadre, sheet, law),
        ]
    found += _certificate(said, cadre, day)
    return sorted(found, key=lambda o: o.severity != Severity.REFUSE)


def _price(said: Reglage) -> list[Obstacle]:
    if said.prix is not None and said.prix > 0:
        return []
    return [
        Obstacle(
            "Donnez le prix convenu : sans lui, ni devis, ni convention, ni contrat.",
            "Code du travail, art. R. 6313-8, 2° et L. 6353-4",
            code="prix",
            field="prix",
        )
    ]


def _payers(said: Reglage, cadre: Cadre) -> list[Obstacle]:
    found = []
    if said.minutes_sur_temps and cadre.voie not in WITH_EMPLOYER:
        found.append(
            Obstacle(
                "Avec ce financement rien ne se passe sur le temps de travail : l’employeur n’a pas à être informé.",
                "Code du travail, art. L. 6323-17 (a contrario)",
                code="employeur_non_informe",
                field="minutes_sur_temps",
            )
        )
    named = {one.payeur for one in said.prises}
    if said.participation_payeur == Payeur.EMPLOYEUR:
        named.add(Financeur.EMPLOYEUR)
    if Financeur.EMPLOYEUR in named and cadre.voie not in WITH_EMPLOYER:
        found.append(
            Obstacle(
                "Avec ce financement l’employeur n’a aucune part au dossier : son versement ne se note pas ici. Ce qu’il "
                "a versé sur le compte de la personne figure déjà dans les dotations.",
                "Code du travail, art. L. 6323-17 (a contrario)",
                code="employeur_non_informe",
            )
        )
    elif Financeur.EMPLOYEUR in named and not cadre.employeur_nom:
        found.append(
            Obstacle(
                "L’employeur paie une part : donnez d’abord son nom dans le cadre du dossier.",
                "Code du travail, art. R. 6313-8",
                code="employeur_absent",
            )
        )
    foreign = named - set(payeurs_possibles(cadre.voie)) - {Financeur.EMPLOYEUR}
    if foreign:
        found.append(
            Obstacle(
                "Ce financeur n’est pas possible sur cette voie : choisissez-en un autre, ou changez de financement.",
                "Code du travail, art. L. 6323-4, II",
                code="financeur",
            )
        )
    wanted = PAYEUR_ATTENDU.get(cadre.voie, ())
    if wanted and not any(one.payeur in wanted and one.montant > 0 for one in said.prises):
        label = " ou ".join(one.label for one in wanted)
        found.append(
            Obstacle(
                f"Dites ce que prend en charge le financeur de cette voie : {label}.",
                "Accord de prise en charge",
                code="prise_en_charge",
                field="prise-0-montant",
            )
        )
    return found


def _dates(said: Reglage, cadre: Cadre, day: date) -> list[Obstacle]:
    begins, ends = said.debut_prevu_le, said.fin_prevue_le
    found = []
    if begins and ends and ends < begins:
        found.append(Obstacle("La fin prévue est avant le début.", "", code="dates", field="fin_prevue_le"))
    if begins and cadre.voie in CPF:
        sent = cadre.cpf_proposition_le or max(day, cadre.cpf_demande_le or day)
        rule = law_on(sent).cpf.delai_avant_entree_jours_ouvres
        first = first_start(sent, Calendrier(cadre.territoire, law_on(sent))).premier_debut
        if begins < first:
            found.append(
                Obstacle(
                    f"Trop tôt : avec une proposition du {jour(sent)}, la plateforme n’accepte pas de début avant le "
                    f"{jour_complet(first)}, {rule.value} jours ouvrés pleins plus tard.",
                    rule.source,
                    code="cpf_onze_jours",
                    field="debut_prevu_le",
                )
            )
    if cadre.voie == Financement.CPF_SUR_TEMPS and begins and ends and ends >= begins:
        notice = preavis(begins, ends, law_on(day))
        if not notice.respected_by(day):
            found.append(
                Obstacle(
                    f"L’absence se demande au plus tard le {jour_complet(notice.demande_au_plus_tard)}, soit "
                    f"{notice.jours.value} jours avant le début : ce jour est passé, l’employeur peut refuser cette date.",
                    notice.jours.source,
                    Severity.WARN,
                    code="preavis",
                    field="debut_prevu_le",
                )
            )
    return found


def _gap(said: Reglage, cadre: Cadre, law: Law, day: date) -> list[Obstacle]:
    """BC-20: declared by the person; the Caisse des dépôts decides, so it only warns."""
    rule = law.cpf.carence_annees
    if rule.value is None:
        return []
    if said.precedent is None:
        return [
            Obstacle(
                f"Demandez à la personne si un bilan a déjà été financé : le compte n’en paie pas un second dans les "
                f"{rule.value} ans.",
                rule.source,
                code="precedent",
                field="precedent",
            )
        ]
    if said.precedent == Precedent.OUI and (said.precedent_le is None or said.precedent_financeur is None):
        return [
            Obstacle(
                "Dites quand ce bilan a été financé, et par qui : seuls certains financeurs comptent.",
                rule.source,
                code="precedent_incomplet",
                field="precedent_le",
            )
        ]
    earlier: Anterieur | None = None
    if said.precedent == Precedent.OUI and said.precedent_le and said.precedent_financeur:
        earlier = Anterieur(said.precedent_le, said.precedent_financeur)
    unknown = said.precedent == Precedent.INCONNU
    answer = carence(law.day, Financeur.CPF, "inconnu" if unknown else earlier, law)
    if answer.eligible:
        return []
    until = answer.eligible_a_partir_du
    told = (
        "La personne ne sait pas si un bilan a déjà été financé : la Caisse des dépôts le vérifiera."
        if until is None
        else f"Un bilan financé le {jour(said.precedent_le or day)} ferme le compte jusqu’au "
        f"{jour(until)} environ : la Caisse des dépôts décide."
    )
    return [Obstacle(told, rule.source, Severity.WARN, code="carence", field="precedent")]


def _amounts(said: Reglage, cadre: Cadre, sheet: Repartition) -> list[Obstacle]:
    taken = sum(
        (p.montant for p in sheet.parts if p.poste in (Poste.ABONDEMENT, Poste.PRISE_EN_CHARGE)), NOTHING
    )
    offered = sum((one.montant for one in said.prises), NOTHING)
    if offered <= taken:
        return []
    return [
        Obstacle(
            f"Les prises en charge font {euros(offered)}, et il n’en faut que {euros(taken)} pour couvrir le prix : "
            "corrigez les montants.",
            "Code du travail, art. R. 6333-3" if cadre.voie in CPF else "Accord de prise en charge",
            code="prises",
        )
    ]


def _rest(cadre: Cadre, sheet: Repartition) -> list[Obstacle]:
    """BC-19, and L. 6353-3 as soon as she pays a share herself."""
    rest = sum(
        (p.montant for p in sheet.parts if p.poste == Poste.RESTE and p.payeur == Financeur.PERSONNE), NOTHING
    )
    if not rest or cadre.voie == Financement.PERSONNEL:
        return []
    if cadre.voie in CPF:
        told, source = "au-delà de la participation : la personne doit le savoir avant de commander", CEILING
    else:
        told, source = (
            "à sa charge : un contrat écrit avec elle est nécessaire",
            "Code du travail, art. L. 6353-3",
        )
    return [Obstacle(f"Il reste {euros(rest)} {told}.", source, Severity.WARN, code="reste_a_payer")]


def _first_payment(said: Reglage, cadre: Cadre, sheet: Repartition, law: Law) -> list[Obstacle]:
    """BC-30."""
    if cadre.voie != Financement.PERSONNEL or said.premier_versement is None:
        return []
    due = sheet.a_charge
    if said.premier_versement > due:
        return [
            Obstacle("Le premier versement dépasse le prix.", "", code="versement", field="premier_versement")
        ]
    largest = largest_first_payment(due, law)
    if cadre.type_action != TypeAction.BILAN or said.premier_versement <= largest:
        return []
    rule = law.contrat_individuel.premier_versement_max
    return [
        Obstacle(
            f"Le premier versement ne peut pas dépasser {euros(largest)}, soit {rule.value * 100:.0f} % du prix.",
            rule.source,
            code="acompte",
            field="premier_versement",
        )
    ]


def _certificate(said: Reglage, cadre: Cadre, day: date) -> list[Obstacle]:
    """BC-35, on the dates of the bilan."""
    held, law = cadre.certificat, law_on(day)
    if (
        cadre.voie not in CERTIFIED_ONLY
        or cadre.type_action != TypeAction.BILAN
        or held is None
        or not law.qualite.certification_requise.value
    ):
        return []
    begins, ends = said.debut_prevu_le or day, said.fin_prevue_le
    if not held.certified_on(begins):
        return [
            Obstacle(
                f"Le certificat du cabinet pour les bilans ne couvre pas le {jour(begins)} : ce financeur ne paiera pas. "
                "Notez le certificat dans les réglages, ou choisissez un autre jour.",
                CERTIFICATION,
                code="certification",
                field="debut_prevu_le",
            )
        ]
    if ends and not held.certified_on(ends):
        return [
            Obstacle(
                f"Le certificat du cabinet s’arrête avant la fin prévue, le {jour(ends)} : son renouvellement est à "
                "obtenir d’ici là.",
                CERTIFICATION,
                Severity.WARN,
                code="certification_fin",
                field="fin_prevue_le",
            )
        ]
    return []
