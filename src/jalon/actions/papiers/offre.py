"""Which papers this dossier may have now, and all that still stands in the way of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jalon.access.papier import LIBELLES
from jalon.actions.papiers.ecrits import ECRITS
from jalon.actions.papiers.matiere import Matiere, read_matiere
from jalon.documents import DonneesInvalides
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.convention import VIVANTES
from jalon.domain.engagement import CONVENTION
from jalon.domain.financement import Financement
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles_engagement import CERTIFICATION, CERTIFIED_ONLY
from jalon.domain.signature import EtatCircuit, Qualite
from jalon.records.models import Bilan

GENRES = tuple(ECRITS)
# (rank, quality): the same rank signs in any order.
A_SIGNER: dict[str, tuple[tuple[int, Qualite], ...]] = {
    "contrat_individuel": ((1, Qualite.BENEFICIAIRE), (2, Qualite.PRESTATAIRE)),
    "convention": ((1, Qualite.EMPLOYEUR), (1, Qualite.BENEFICIAIRE), (2, Qualite.PRESTATAIRE)),
    "fiche_engagement": ((1, Qualite.BENEFICIAIRE), (1, Qualite.CONSULTANT)),
    "charte": ((1, Qualite.BENEFICIAIRE), (1, Qualite.CONSULTANT)),
}
TRIPARTITE = "Code du travail, art. R. 6313-8"
CONTRAT = "Code du travail, art. L. 6353-3"


@dataclass(frozen=True)
class PapierPossible:
    genre: str
    libelle: str
    a_signer: bool
    obstacles: tuple[Obstacle, ...]

    @property
    def deja(self) -> bool:
        """Nothing is missing: it waits for its signatures, or has them all."""
        return bool(self.obstacles) and all(o.code in ("deja", "conclu") for o in self.obstacles)


def suits(genre: str, bilan: Bilan) -> bool:
    """A paper of another route is not even offered: its refusal is for whoever asks all the same."""
    route = Financement(bilan.financement)
    if genre == "convention":
        return route in CONVENTION
    if genre == "contrat_individuel":
        return route == Financement.PERSONNEL
    return True


def list_possible(bilan: Bilan, *, now: datetime) -> list[PapierPossible]:
    """For the page of the papers: each that suits the route, with everything that is missing."""
    matiere = read_matiere(bilan, now=now, numerote=False)
    return [
        PapierPossible(genre, LIBELLES[genre], genre in A_SIGNER, tuple(obstacles(genre, matiere)))
        for genre in GENRES
        if suits(genre, bilan)
    ]


def obstacles(genre: str, matiere: Matiere) -> list[Obstacle]:
    """The rules of the writing first, then the mentions."""
    found = [o for rule in _RULES.get(genre, ()) if (o := rule(matiere))]
    if Etat(matiere.bilan.etat) in CLOSED:
        found.insert(0, Obstacle("L’accompagnement est clos : ce papier n’a plus d’objet.", code="clos"))
    try:
        ECRITS[genre](matiere)
    except Refused as refused:
        found += refused.obstacles
    except DonneesInvalides as wrong:
        found.append(Obstacle(f"Une donnée ne convient pas : {wrong.regle}.", code="donnees"))
    return list({(o.code, o.sentence): o for o in found}.values())


def _route(matiere: Matiere) -> Obstacle | None:
    bilan = matiere.bilan
    if bilan.financement in CONVENTION:
        return None
    return Obstacle(
        f"Avec ce financement ({Financement(bilan.financement).label}), il n’y a pas de convention tripartite.",
        TRIPARTITE,
        code="voie",
    )


def _own_money(matiere: Matiere) -> Obstacle | None:
    if matiere.bilan.financement == Financement.PERSONNEL:
        return None
    return Obstacle("Ce contrat n’existe que pour une personne qui finance elle-même.", CONTRAT, code="voie")


def _before_the_start(matiere: Matiere) -> Obstacle | None:
    if matiere.bilan.etat == Etat.PREPARATION or matiere.bilan.etat in CLOSED:
        return None
    return Obstacle("L’accompagnement a commencé : cet écrit se signe avant.", CONTRAT, code="etat")


def _certified(matiere: Matiere) -> Obstacle | None:
    """BC-35: a certificate that does not cover bilans, or has run out, opens no public or pooled money."""
    bilan, organisme = matiere.bilan, matiere.bilan.organisme
    if bilan.financement not in CERTIFIED_ONLY or not matiere.law.qualite.certification_requise.value:
        return None
    du, au = organisme.qualiopi_obtenu_le, organisme.qualiopi_expire_le
    if organisme.qualiopi_bilans and du and au and du <= matiere.jour <= au:
        return None
    why = (
        "le certificat noté ne couvre pas les bilans de compétences"
        if not organisme.qualiopi_bilans
        else "aucun certificat n’est valable aujourd’hui"
    )
    return Obstacle(
        f"Ce financeur ne paie qu’un organisme certifié pour les bilans : {why}. Notez le certificat en cours dans les réglages.",
        CERTIFICATION,
        code="certification",
    )


def _one_project(matiere: Matiere) -> Obstacle | None:
    if not matiere.bilan.conventions.filter(etat__in=VIVANTES).exists():
        return None
    return Obstacle(
        "Un projet de convention attend déjà ses signatures. Retirez-le pour en établir un autre.",
        TRIPARTITE,
        code="deja",
    )


def _once(genre: str) -> Callable[[Matiere], Obstacle | None]:
    def once(matiere: Matiere) -> Obstacle | None:
        waiting = matiere.bilan.circuits.filter(document__genre=genre, etat=EtatCircuit.OUVERT)
        if not waiting.exists():
            return None
        return Obstacle(
            "Ce papier attend déjà ses signatures. Retirez-le pour en établir un autre.", code="deja"
        )

    return once


def _concluded(matiere: Matiere) -> Obstacle | None:
    row = matiere.vue.ligne
    if row is None or row.conclu_le is None or row.retracte_le is not None:
        return None
    return Obstacle("Cet écrit est déjà signé par tous.", code="conclu")


def _member(matiere: Matiere) -> Obstacle | None:
    if matiere.prestataire is not None:
        return None
    return Obstacle(
        "Personne ne peut signer pour le cabinet : donnez le rôle de responsable à quelqu’un de l’équipe.",
        code="prestataire",
    )


_RULES: dict[str, tuple[Callable[[Matiere], Obstacle | None], ...]] = {
    "convention": (_route, _before_the_start, _certified, _one_project, _concluded, _member),
    "contrat_individuel": (
        _own_money,
        _before_the_start,
        _once("contrat_individuel"),
        _concluded,
        _member,
    ),
    "fiche_engagement": (_once("fiche_engagement"),),
    "charte": (_once("charte"),),
}
