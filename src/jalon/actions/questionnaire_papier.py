"""The same questions on paper, for whoever answers with a pen. An empty sheet: nothing is kept of its printing."""

from datetime import datetime

from jalon import access
from jalon.access import Action
from jalon.access.instruments import proposed_instrument
from jalon.actions.papier import cabinet_of
from jalon.actions.qualification import require_qualified
from jalon.documents import TAILLES, Papier, render
from jalon.documents.questionnaire_papier.data import (
    FormeReponse,
    QuestionnairePapier,
    QuestionPapier,
    RubriquePapier,
)
from jalon.domain.obstacle import Obstacle, Refused
from jalon.instruments import Genre, Partie, Question
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Personne

_FORMES = {
    Genre.TEXTE: FormeReponse.LIGNES,
    Genre.ECHELLE: FormeReponse.ECHELLE,
    Genre.CHOIX: FormeReponse.CHOIX,
    Genre.CHOIX_MULTIPLE: FormeReponse.CASES,
    Genre.CLASSEMENT: FormeReponse.CASES,
}


def print_questionnaire(
    *,
    bilan: Bilan,
    code: str,
    by: Personne,
    now: datetime,
    taille: str = "normal",
) -> bytes:
    """The PDF of one proposed questionnaire, with the person's initials left to her pen."""
    access.require(Action.ENTER_REPONSES_PAPIER, by, bilan)
    instrument = proposed_instrument(bilan, code)
    if instrument is None:
        raise Refused(Obstacle("Ce questionnaire n’a pas été proposé.", code="absent"))
    if instrument.anonyme:
        raise Refused(
            Obstacle("Cet avis n’est lu par personne du cabinet : il ne se recopie pas.", code="anonyme")
        )
    require_qualified(bilan, instrument, by, now)
    if taille not in TAILLES:
        raise Refused(Obstacle("Cette taille de texte n’existe pas.", code="taille", field="taille"))
    data = QuestionnairePapier(
        papier=Papier(
            cabinet=cabinet_of(bilan.organisme),
            numero=f"{instrument.code.replace('_', '-').upper()}-{instrument.version}",
            emis_le=local_day(bilan, now),
            fuseau=bilan.fuseau,
        ),
        intitule=instrument.titre,
        objet=instrument.objet,
        qui_lit=f"vous et {bilan.consultant.nom_complet}, personne d’autre",
        retour="en main propre à la prochaine séance, ou sous enveloppe fermée",
        consigne="Vous pouvez laisser une question sans réponse. N’écrivez rien sur votre santé ni sur votre vie privée : "
        "ce n’est pas nécessaire ici.",
        rubriques=tuple(_rubrique(part) for part in instrument.parties),
        source=f"{instrument.source}, version {instrument.version}.",
    )
    return render("questionnaire_papier", data, taille=taille, horodatage=now)


def _rubrique(part: Partie) -> RubriquePapier:
    # Said once above its questions: a grid of scales stays a grid.
    reasons = {question.lien for question in part.questions}
    common = reasons.pop() if len(reasons) == 1 else ""
    return RubriquePapier(
        titre=part.titre,
        consigne=part.texte + (f"\nPourquoi ces questions : {common}." if common else ""),
        questions=tuple(_question(question, common) for question in part.questions),
    )


def _question(question: Question, common: str) -> QuestionPapier:
    texte = question.texte
    if question.genre == Genre.CLASSEMENT:
        texte += " Écrivez 1, 2, 3 dans les cases."
    if question.si is not None:
        texte = f"Si cela vous concerne : {texte}"
    if question.sensible:
        texte = f"Seulement si vous l’acceptez expressément : {texte}"
    return QuestionPapier(
        texte=texte,
        forme=_FORMES[question.genre],
        options=tuple(m.texte for m in question.modalites),
        lignes=7,
        pourquoi="" if common else question.lien,
    )
