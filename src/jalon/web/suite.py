"""«Ce qui vient»: the one next thing of each person in one bilan, found from facts, obstacles and dates. Never a word of content."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from jalon.access.bilan import Situation
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import EtatSeance, SeanceFacts
from jalon.web.composants.typographie import date_longue
from jalon.web.rubriques import href


class Attente(IntEnum):
    """Who is waited for; lists are sorted by it."""

    MOI = 0
    AUTRE = 1
    DATE = 2
    RIEN = 3


@dataclass(frozen=True)
class Suite:
    quoi: str
    attente: Attente
    # The label of the link: a verb. Empty when there is nothing to do but wait.
    geste: str = ""
    href: str = ""
    quand: date | datetime | None = None

    @property
    def rang(self) -> tuple[int, str]:
        return int(self.attente), self.quand.isoformat() if self.quand else "9999"


Step = Callable[[Situation, str], Suite | None]


def suite(situation: Situation, *, space: str) -> Suite:
    """The first step that applies: what waits for the reader, then what waits for the other, then the next date.

    The page and its frame both ask: the answer stays with the situation.
    """
    said: dict[str, Suite] = situation.__dict__.setdefault("_suites", {})
    if space not in said:
        said[space] = _first(situation, space)
    return said[space]


def _first(situation: Situation, space: str) -> Suite:
    for step in _STEPS[space]:
        found = step(situation, space)
        if found is not None:
            return found
    return Suite("Rien n’est attendu pour l’instant.", Attente.RIEN)


def a_venir(situation: Situation) -> list[SeanceFacts]:
    """Planned interviews that are not over yet."""
    return [
        s
        for s in situation.seances
        if s.etat == EtatSeance.PREVUE and s.fin > situation.now and s.nature != Nature.TRAVAIL_PERSONNEL
    ]


def a_noter(situation: Situation) -> list[SeanceFacts]:
    """Planned interviews whose time is over: the consultant has not yet said whether they took place."""
    return [
        s
        for s in situation.seances
        if s.etat == EtatSeance.PREVUE and s.fin <= situation.now and s.nature != Nature.TRAVAIL_PERSONNEL
    ]


def a_signer(situation: Situation, space: str) -> list[SeanceFacts]:
    """Held, and not yet signed by the reader."""
    held = [s for s in situation.seances if s.etat == EtatSeance.TENUE]
    if space == "beneficiaire":
        return [s for s in held if not s.signee_beneficiaire]
    return [s for s in held if not s.signee_consultant and s.nature != Nature.TRAVAIL_PERSONNEL]


def quand(situation: Situation, moment: datetime) -> str:
    return date_longue(moment, ZoneInfo(situation.bilan.fuseau))


def _mine(situation: Situation, space: str, quoi: str, geste: str, page: str, *more: str) -> Suite:
    return Suite(quoi, Attente.MOI, geste, href(space, page, situation.bilan, *more))


def _theirs(quoi: str) -> Suite:
    return Suite(quoi, Attente.AUTRE)


def _sign(situation: Situation, space: str) -> Suite | None:
    for seance in a_signer(situation, space):
        day = quand(situation, seance.debut_reel or seance.debut)
        return _mine(situation, space, f"Signer la séance du {day}", "Signer la séance", "seance", seance.id)
    return None


def _sign_papers(situation: Situation, space: str) -> Suite | None:
    """Once she has said yes: nobody signs what she has not agreed to."""
    if situation.etat in CLOSED or not situation.consentement_le or not situation.papiers_a_signer:
        return None
    one = situation.papiers_a_signer == 1
    what = "Un document attend" if one else f"{situation.papiers_a_signer} documents attendent"
    return _mine(
        situation,
        space,
        f"{what} votre signature, à donner ou non",
        "Lire le document" if one else "Lire les documents",
        "a_signer",
    )


def _note_held(situation: Situation, space: str) -> Suite | None:
    if situation.etat == Etat.PREPARATION:
        return None
    for seance in a_noter(situation):
        day = quand(situation, seance.debut)
        return _mine(
            situation, space, f"Dire si la séance du {day} a eu lieu", "Noter la séance", "seance", seance.id
        )
    return None


def _preparation_person(situation: Situation, space: str) -> Suite | None:
    if situation.etat != Etat.PREPARATION:
        return None
    if not situation.consentement_le:
        return _mine(
            situation,
            space,
            "Lire ce qui vous est proposé, et dire si vous êtes d’accord",
            "Lire et décider",
            "consentement",
        )
    if a_venir(situation):
        return None
    return _theirs(f"{situation.bilan.consultant.nom_complet} vous propose une première séance")


def _preparation_consultant(situation: Situation, space: str) -> Suite | None:
    if situation.etat != Etat.PREPARATION:
        return None
    person = situation.bilan.beneficiaire.nom_complet
    if not situation.consentement_le:
        return Suite(
            f"{person} lit ce qui est proposé et donne son consentement",
            Attente.AUTRE,
            "Voir le consentement",
            href(space, "consentement", situation.bilan),
        )
    if not any(s.phase == Phase.PRELIMINAIRE for s in situation.seances):
        return _mine(situation, space, "Prévoir la première séance", "Prévoir la séance", "seances")
    return _mine(situation, space, "Commencer la phase préliminaire", "Ouvrir le déroulement", "bilan")


# What each says of the two texts of the preliminary phase: kind, page, to write, to agree.
_CONVENUS = (
    ("demande", "l’analyse de la demande", "Écrire ce qui vous amène", "Écrire l’analyse de la demande"),
    ("objectifs", "les objectifs", "Écrire vos objectifs", "Écrire les objectifs"),
)


def _preliminaire(situation: Situation, space: str) -> Suite | None:
    if situation.etat != Etat.PRELIMINAIRE:
        return None
    person = space == "beneficiaire"
    bilan = situation.bilan
    other = (bilan.consultant if person else bilan.beneficiaire).nom_complet
    waiting: Suite | None = None
    for nature, label, write_person, write_consultant in _CONVENUS:
        pieces = situation.of(nature)
        if not pieces:
            return _mine(situation, space, write_person if person else write_consultant, "Écrire", nature)
        mine = pieces[0].valide_beneficiaire if person else pieces[0].valide_consultant
        theirs = pieces[0].valide_consultant if person else pieces[0].valide_beneficiaire
        if not mine:
            return _mine(
                situation, space, f"Relire {label} et donner votre accord", "Relire et décider", nature
            )
        if not theirs:
            waiting = waiting or _theirs(f"{other} relit {label}")
    if waiting:
        return waiting
    held = any(s.phase == Phase.PRELIMINAIRE and s.signee for s in situation.seances)
    mine_le, theirs_le = bilan.preliminaire_clos_consultant_le, bilan.preliminaire_clos_beneficiaire_le
    if person:
        mine_le, theirs_le = theirs_le, mine_le
    if held and not mine_le:
        return _mine(
            situation,
            space,
            "Clore la phase préliminaire, ensemble",
            "Relire et clore",
            "cloture",
        )
    if held and not theirs_le:
        return _theirs(f"{other} relit la phase préliminaire avant de la clore")
    if held and not person:
        return _mine(situation, space, "Ouvrir l’investigation", "Ouvrir le déroulement", "bilan")
    return None


def _investigation_person(situation: Situation, space: str) -> Suite | None:
    if situation.etat != Etat.INVESTIGATION:
        return None
    if any(not p.valide_beneficiaire for p in situation.of("reponses")):
        return _mine(
            situation, space, "Terminer un questionnaire commencé", "Reprendre mes réponses", "questionnaires"
        )
    if a_venir(situation):
        return None
    if not situation.of("projet"):
        return _mine(situation, space, "Écrire un premier projet, même vague", "Écrire un projet", "projets")
    return None


def _investigation_consultant(situation: Situation, space: str) -> Suite | None:
    if situation.etat != Etat.INVESTIGATION:
        return None
    if any(not p.restituee for p in situation.of("resultat")):
        return _mine(
            situation,
            space,
            "Restituer des résultats, avant tout autre usage",
            "Restituer les résultats",
            "questionnaires",
        )
    if not [o for o in situation.possible["conclude"] if o.refuses]:
        return _mine(situation, space, "Ouvrir les conclusions", "Ouvrir le déroulement", "bilan")
    return None


def _conclusions_person(situation: Situation, space: str) -> Suite | None:
    if situation.etat != Etat.CONCLUSIONS:
        return None
    if any(p.partagee and not p.valide_beneficiaire for p in situation.of("synthese")):
        return _mine(situation, space, "Relire votre synthèse", "Relire la synthèse", "synthese")
    if situation.bilan.synthese_remise_le and not situation.decisions:
        return _mine(situation, space, "Décider de vos documents", "Décider", "decisions")
    if situation.bilan.synthese_remise_le and not situation.bilan.emporte_le:
        return _mine(
            situation, space, "Emporter votre dossier avant la fin", "Emporter mon dossier", "emport"
        )
    return None


def _conclusions_consultant(situation: Situation, space: str) -> Suite | None:
    if situation.etat != Etat.CONCLUSIONS:
        return None
    bilan, person = situation.bilan, situation.bilan.beneficiaire.nom_complet
    drafts = situation.of("synthese")
    if not situation.of("plan"):
        return _mine(situation, space, "Poser les étapes du projet", "Écrire le plan", "conclusions")
    if not drafts or not drafts[0].partagee:
        return _mine(
            situation, space, "Écrire la synthèse et la donner à relire", "Écrire la synthèse", "synthese"
        )
    if not drafts[0].valide_beneficiaire:
        return _theirs(f"{person} relit la synthèse")
    if not bilan.synthese_remise_le:
        return _mine(situation, space, "Remettre la synthèse", "Remettre la synthèse", "synthese")
    if bilan.terme_prevu_le is None:
        return _mine(situation, space, "Annoncer la date de fin", "Annoncer la fin", "bilan")
    if not [o for o in situation.possible["finish"] if o.refuses]:
        return _mine(situation, space, "Terminer l’accompagnement", "Voir la fin", "fin")
    return None


def _closed_person(situation: Situation, space: str) -> Suite | None:
    if situation.etat not in CLOSED:
        return None
    bilan = situation.bilan
    if bilan.contenu_detruit_le or bilan.destruction_commencee_le:
        return Suite("Votre contenu est détruit. Il ne reste que les papiers administratifs.", Attente.RIEN)
    if not bilan.emporte_le:
        return _mine(
            situation,
            space,
            "Emporter votre dossier avant sa destruction",
            "Emporter mon dossier",
            "emport",
        )
    return _theirs("Votre dossier va être détruit : vous recevrez le procès-verbal")


def _closed_consultant(situation: Situation, space: str) -> Suite | None:
    if situation.etat not in CLOSED:
        return None
    if situation.bilan.contenu_detruit_le:
        return Suite("Le contenu est détruit.", Attente.RIEN)
    return _mine(situation, space, "Détruire le contenu de ce dossier", "Voir la destruction", "destruction")


def _next_seance(situation: Situation, space: str) -> Suite | None:
    for seance in a_venir(situation):
        return Suite(
            f"Séance du {quand(situation, seance.debut)}",
            Attente.DATE,
            "Voir la séance",
            href(space, "seance", situation.bilan, seance.id),
            seance.debut,
        )
    if situation.etat in CLOSED:
        return None
    if space == "consultant":
        return _mine(situation, space, "Prévoir la prochaine séance", "Prévoir la séance", "seances")
    return _theirs(f"{situation.bilan.consultant.nom_complet} vous propose une date de séance")


_STEPS: dict[str, tuple[Step, ...]] = {
    "beneficiaire": (
        _sign,
        _sign_papers,
        _preparation_person,
        _preliminaire,
        _investigation_person,
        _conclusions_person,
        _closed_person,
        _next_seance,
    ),
    "consultant": (
        _note_held,
        _sign,
        _preparation_consultant,
        _preliminaire,
        _investigation_consultant,
        _conclusions_consultant,
        _closed_consultant,
        _next_seance,
    ),
}
