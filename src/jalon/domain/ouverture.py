"""What stands in the way of opening a dossier: the payer decides who may know, and who may be paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jalon.domain.adresse import employer_warning
from jalon.domain.faits import Etat, Facts
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.identite import siren_obstacle
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Ligne, TypeAction
from jalon.domain.regles import (
    EMPLOYER,
    duree_dans_la_limite,
    employeur_a_sa_place,
    employeur_distinct,
    financement_du_cadre,
    trois_phases_prevues,
)
from jalon.domain.regles_engagement import CERTIFICATION, CERTIFIED_ONLY
from jalon.law import Law

TRIPARTITE = "Code du travail, art. R. 6313-8"

# A convention between three: the employer is a party, so it has a name.
EMPLOYER_IS_A_PARTY = frozenset({Financement.PLAN, Financement.RECLASSEMENT})


@dataclass(frozen=True)
class Certificat:
    """The cabinet's quality certificate, as far as bilans are concerned."""

    bilans: bool
    obtenu_le: date | None
    expire_le: date | None

    def holds_on(self, day: date) -> bool:
        return (
            self.bilans
            and self.obtenu_le is not None
            and self.expire_le is not None
            and self.obtenu_le <= day <= self.expire_le
        )


@dataclass(frozen=True)
class Demande:
    """Everything that is typed to open a dossier, as facts."""

    type_action: TypeAction
    financement: Financement
    lignes: tuple[Ligne, ...]
    prenom: str
    nom: str
    email: str
    employeur_nom: str
    employeur_siren: str
    organisme_siren: str
    certificat: Certificat


def opening_obstacles(demande: Demande, law: Law, day: date) -> list[Obstacle]:
    """All at once, refusals and warnings. Consent and the rest are asked at the start, not here."""
    facts = Facts(
        etat=Etat.PREPARATION,
        type_action=demande.type_action,
        financement=demande.financement,
        organisme_siren=demande.organisme_siren,
        employeur_siren=demande.employeur_siren,
        lignes=demande.lignes,
    )
    rules = (duree_dans_la_limite, trois_phases_prevues, financement_du_cadre, employeur_distinct)
    found = [rule(facts, law, day) for rule in rules]
    found += [
        _named(demande),
        _employer(demande, facts, law, day),
        siren_obstacle(demande.employeur_siren, "employeur_siren") if demande.employeur_siren else None,
        _certified(demande, law, day),
        employer_warning(demande.email, employeur=demande.employeur_nom, nom=demande.nom)
        if demande.email
        else None,
    ]
    return [o for o in found if o is not None]


def _named(demande: Demande) -> Obstacle | None:
    if demande.prenom:
        return None
    return Obstacle(
        "Donnez au moins un prénom, ou celui que la personne choisit de porter ici.",
        code="prenom",
        field="prenom",
    )


def _employer(demande: Demande, facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-18: named where it is a party, refused where it must not know."""
    if demande.financement in EMPLOYER_IS_A_PARTY and not demande.employeur_nom:
        return Obstacle(
            "Avec ce financement la convention est conclue à trois : donnez le nom de l’employeur.",
            TRIPARTITE,
            code="employeur_absent",
            field="employeur_nom",
        )
    if demande.financement not in WITH_EMPLOYER and demande.employeur_nom and not demande.employeur_siren:
        return Obstacle(
            "Avec ce financement l’employeur n’a pas à être informé : retirez son nom du dossier.",
            "Code du travail, art. L. 6323-17 (a contrario)",
            code="employeur_non_informe",
            field="employeur_nom",
        )
    return employeur_a_sa_place(facts, law, day)


def _certified(demande: Demande, law: Law, day: date) -> Obstacle | None:
    """BC-35."""
    if (
        demande.type_action != TypeAction.BILAN
        or demande.financement not in CERTIFIED_ONLY
        or not law.qualite.certification_requise.value
        or demande.certificat.holds_on(day)
    ):
        return None
    return Obstacle(
        "Ce financement n’est ouvert qu’à un organisme certifié pour les bilans de compétences, et aucun certificat "
        "valable aujourd’hui n’est noté dans les réglages. Notez-le, ou choisissez un autre financement.",
        CERTIFICATION,
        code="certification",
        field="financement",
    )


def own_staff_obstacle() -> Obstacle:
    return Obstacle(
        "Cette adresse est celle d’une personne qui travaille dans le cabinet : un employeur ne réalise pas lui-même "
        "le bilan de ses salariés.",
        EMPLOYER,
        code="salarie_du_cabinet",
        field="email",
    )


def check_opening(found: Sequence[Obstacle], reasons: Mapping[str, Motif]) -> None:
    standing = [o for o in found if o.refuses or not reasons.get(o.code)]
    if standing:
        raise Refused(standing)
