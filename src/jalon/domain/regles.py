"""The rules of the lifecycle: each a function of facts, of the law and of a day, that returns an obstacle or nothing."""

from collections.abc import Callable
from datetime import date

from jalon.domain.faits import Facts
from jalon.domain.financement import OUTSIDE_THE_FRAME, WITH_EMPLOYER
from jalon.domain.obstacle import Obstacle, Severity
from jalon.domain.parcours import LEGAL_PHASES, Nature, Phase, TypeAction, sum_lignes
from jalon.domain.seance import planned_hours
from jalon.law import Law

CONSENT = "Code du travail, art. L. 6313-4, al. 2"
PHASES = "Code du travail, art. R. 6313-4"
EMPLOYER = "Code du travail, art. R. 6313-5"
ORGANISATION = "Code du travail, art. R. 6313-6"
RECIPIENT = "Code du travail, art. L. 6313-4, al. 3"
SECRECY = "Code du travail, art. L. 6313-4, al. 3 et 4"
DURATION = "Code du travail, art. L. 6313-4, al. 5"
DESTRUCTION = "Code du travail, art. R. 6313-7"
GOOD_PRACTICE = "Règle de Jalon"

Rule = Callable[[Facts, Law, date], Obstacle | None]


def consentement_donne(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-01."""
    if not facts.consentement:
        return Obstacle(
            "La personne n’a pas encore donné son consentement. Elle seule peut le donner.",
            CONSENT,
            code="consentement",
        )
    return None


def duree_dans_la_limite(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-03: on what was agreed and on what is planned, whichever is longer."""
    limit = law.bilan_competences.duree_max_heures
    total = max(sum_lignes(facts.lignes).total, planned_hours(list(facts.seances)).total)
    if facts.type_action == TypeAction.BILAN and total > limit.value * 60:
        return Obstacle(
            f"Ce parcours compte {hours(total)}, travail personnel compris : un bilan de compétences "
            f"ne peut pas dépasser {limit.value} heures. Retirez {hours(total - limit.value * 60)}.",
            limit.source,
            code="plus_de_24h",
        )
    return None


def accompagnement_suffisant(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-04: a refusal when the law has a minimum, a warning below the threshold of the draft decree."""
    if facts.type_action != TypeAction.BILAN:
        return None
    minutes = sum_lignes(facts.lignes).accompagnement
    minimum = law.bilan_competences.duree_min_accompagnement_heures
    if minimum.value is not None:
        if minutes < minimum.value * 60:
            return Obstacle(
                f"Le parcours prévoit {hours(minutes)} d’accompagnement : il en faut au moins {minimum.value}.",
                minimum.source,
                code="moins_de_13h",
            )
    elif minimum.projet is not None and minutes < minimum.projet.value * 60:
        return Obstacle(
            f"Le parcours prévoit {hours(minutes)} d’accompagnement. Un projet de décret en demanderait "
            f"{minimum.projet.value} : indiquez pourquoi ce rythme convient à la personne.",
            minimum.projet.statut,
            Severity.WARN,
            code="moins_de_13h",
        )
    return None


def trois_phases_prevues(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-02: each of the three phases has at least one accompanied moment."""
    present = {x.phase for x in facts.lignes if x.nature == Nature.ACCOMPAGNEMENT}
    missing = [p.label.lower() for p in LEGAL_PHASES if p not in present]
    if missing and facts.type_action == TypeAction.BILAN:
        return Obstacle(f"Il manque un entretien en {' et en '.join(missing)}.", PHASES, code="phase_vide")
    return None


def conclusions_individuelles(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-02: conclusions go by personal interviews."""
    found = [x for x in facts.lignes if x.phase == Phase.CONCLUSIONS and x.nature == Nature.ACCOMPAGNEMENT]
    if found and all(x.collectif for x in found):
        return Obstacle(
            "Les conclusions ne sont prévues qu’en groupe : elles passent par des entretiens personnalisés.",
            PHASES,
            Severity.WARN,
            code="conclusions_collectives",
        )
    return None


def employeur_distinct(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-05."""
    if facts.employeur_siren and facts.employeur_siren == facts.organisme_siren:
        return Obstacle(
            "L’employeur et le prestataire portent le même numéro SIREN : un employeur ne peut pas réaliser "
            "lui-même le bilan de ses salariés.",
            EMPLOYER,
            code="employeur_prestataire",
        )
    return None


def organisation_identifiee(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-06."""
    if facts.type_action == TypeAction.BILAN and facts.autres_activites and not facts.organisation_decrite:
        return Obstacle(
            "Votre organisme a d’autres activités : décrivez l’organisation réservée aux bilans dans les réglages.",
            ORGANISATION,
            Severity.WARN,
            code="organisation",
        )
    return None


def financement_du_cadre(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-42: a service outside the legal frame is not paid by CPF, OPCO or France Travail."""
    if facts.type_action == TypeAction.HORS_CADRE and facts.financement not in OUTSIDE_THE_FRAME:
        return Obstacle(
            "Une prestation hors du cadre légal n’est pas un bilan de compétences : elle ne peut pas être financée "
            "par cette voie. Choisissez un financement par la personne.",
            "Code du travail, art. L. 6313-1, 2°",
            code="hors_cadre",
        )
    return None


def employeur_a_sa_place(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-18: outside working time the employer has no part, so no row may name it."""
    if facts.employeur_siren and facts.financement not in WITH_EMPLOYER:
        return Obstacle(
            "Avec ce financement l’employeur n’a pas à être informé : retirez son nom du dossier.",
            "Code du travail, art. L. 6323-17 (a contrario)",
            code="employeur_non_informe",
        )
    return None


def demande_analysee(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if not facts.demande_convenue:
        return Obstacle(
            "L’analyse de la demande n’est pas encore convenue entre la personne et le consultant.",
            f"{PHASES}, 1° a",
            code="demande",
        )
    return None


def objectifs_definis(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if not facts.objectifs_convenus:
        return Obstacle(
            "Les objectifs ne sont pas encore convenus par les deux.", f"{PHASES}, 1° c", code="objectifs"
        )
    return None


def preliminaire_close_par_les_deux(facts: Facts, law: Law, day: date) -> Obstacle | None:
    missing = [
        who
        for who, done in (
            ("la personne", facts.preliminaire_clos_beneficiaire),
            ("le consultant", facts.preliminaire_clos_consultant),
        )
        if not done
    ]
    if missing:
        return Obstacle(
            f"La phase préliminaire se clôt à deux : il manque l’accord de {' et de '.join(missing)}.".replace(
                "de le ", "du "
            ),
            f"{PHASES}, 1° c",
            code="cloture_preliminaire",
        )
    return None


def trace_de(phase: Phase) -> Rule:
    def trace(facts: Facts, law: Law, day: date) -> Obstacle | None:
        """BC-02: a phase leaves a trace, a séance that was held and signed."""
        kept = [
            s for s in facts.seances if s.phase == phase and s.nature == Nature.ACCOMPAGNEMENT and s.signee
        ]
        if not kept:
            return Obstacle(
                f"Aucun entretien signé par les deux en {phase.label.lower()}.", PHASES, code=f"trace_{phase}"
            )
        return None

    trace.__name__ = f"trace_{phase}"
    return trace


def projet_ou_alternative(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if facts.projets < 1:
        return Obstacle(
            "L’investigation sert à construire un projet ou une alternative : aucun n’est encore écrit.",
            f"{PHASES}, 2°",
            code="projet",
        )
    return None


def resultats_restitues(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if facts.resultats_non_restitues:
        n = facts.resultats_non_restitues
        return Obstacle(
            f"{n} résultat{'s' if n > 1 else ''} de questionnaire {'n’ont' if n > 1 else 'n’a'} pas encore été "
            f"restitué{'s' if n > 1 else ''} à la personne, qui en est destinataire.",
            RECIPIENT,
            code="restitution",
        )
    return None


def synthese_remise(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if not facts.synthese_remise:
        return Obstacle(
            "Le document de synthèse n’a pas encore été remis à la personne.", RECIPIENT, code="synthese"
        )
    return None


def synthese_validee(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if not facts.synthese_validee:
        return Obstacle(
            "La personne n’a pas encore relu et approuvé la synthèse. Elle peut y écrire un désaccord.",
            RECIPIENT,
            code="validation",
        )
    return None


def plan_d_action_pose(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if not facts.plan_d_action:
        return Obstacle(
            "Les étapes du projet ne sont pas encore posées avec leurs dates.", f"{PHASES}, 3° c", code="plan"
        )
    return None


def terme_annonce(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if facts.terme_prevu is None:
        return Obstacle(
            "La date de fin n’a pas été annoncée à la personne : elle doit savoir quand son dossier sera détruit.",
            DESTRUCTION,
            code="terme",
        )
    return None


def terme_atteint(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """Nobody is destroyed by surprise: before the announced day, only with the person's own folder in hand."""
    if facts.terme_prevu is not None and day < facts.terme_prevu and not facts.emporte:
        return Obstacle(
            "La date de fin annoncée n’est pas encore arrivée et le dossier n’a pas été emporté.",
            GOOD_PRACTICE,
            code="terme_futur",
        )
    return None


def dossier_emporte(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if not facts.emporte:
        return Obstacle(
            "La personne n’a pas emporté son dossier : il sera détruit sans qu’elle en ait de copie.",
            GOOD_PRACTICE,
            Severity.WARN,
            code="emporte",
        )
    return None


def decisions_prises(facts: Facts, law: Law, day: date) -> Obstacle | None:
    if not facts.decisions:
        return Obstacle(
            "La personne n’a rien décidé sur ses documents : tous seront détruits.",
            DESTRUCTION,
            Severity.WARN,
            code="decisions",
        )
    return None


def hours(minutes: int) -> str:
    """90 → « 1 h 30 »."""
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest:02d}" if rest else f"{whole} h"
