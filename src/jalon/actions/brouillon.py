"""What is being typed, kept by itself in the tiroir of the page that it will become. No event: a draft is nobody's act yet.

One draft for each person and page; the pages are a closed list, each with the right to write that page.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.composition import compose
from jalon.actions.piece import lock_bilan, write_piece
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.models import Bilan, Personne, Piece, Suivi

# Page (before its «-identifier») → tiroir of what it will become, right to write it.
PAGES: dict[str, tuple[str, Action]] = {
    "demande": ("travail", Action.WRITE_DEMANDE),
    "objectifs": ("travail", Action.WRITE_OBJECTIFS),
    "questionnaire": ("travail", Action.ANSWER_QUESTIONNAIRE),
    "recap": ("travail", Action.WRITE_RECAP),
    "correction": ("travail", Action.CORRECT_RECAP),
    "vecu": ("travail", Action.WRITE_VIE),
    "contraintes": ("travail", Action.WRITE_VIE),
    "experience": ("travail", Action.WRITE_PORTEFEUILLE),
    "realisation": ("travail", Action.WRITE_PORTEFEUILLE),
    "preuves": ("travail", Action.WRITE_PORTEFEUILLE),
    "competence": ("travail", Action.WRITE_PORTEFEUILLE),
    # What somebody looks for, and how she narrows what is proposed: found again when she comes back.
    "recherche": ("travail", Action.WRITE_PISTE),
    "rapprochement": ("travail", Action.WRITE_PISTE),
    "ecart": ("travail", Action.WRITE_PISTE),
    "projet": ("travail", Action.WRITE_PROJET),
    "formation": ("travail", Action.WRITE_PROJET),
    "comparaison": ("travail", Action.WRITE_PROJET),
    "enquete": ("travail", Action.WRITE_PROJET),
    "essai": ("travail", Action.WRITE_PROJET),
    "conclusions": ("travail", Action.WRITE_PLAN),
    "plan": ("travail", Action.WRITE_PLAN),
    "cellule": ("travail", Action.INFORM_CELLULE),
    "message": ("travail", Action.WRITE_MESSAGE),
    "fichier": ("travail", Action.DEPOSIT_FICHIER),
    "synthese": ("synthese", Action.WRITE_SYNTHESE),
    "observations": ("synthese", Action.OBSERVE_SYNTHESE),
    "corriger": ("synthese", Action.CORRECT_SYNTHESE),
    "tache": ("travail", Action.GIVE_TACHE),
    "rendu": ("travail", Action.WRITE_RENDU),
    "etagere": ("travail", Action.WRITE_ETAGERE),
    "note": ("consultant", Action.WRITE_NOTE),
    "carnet": ("carnet", Action.WRITE_CARNET),
    "suivi": ("entretien_suivi", Action.WRITE_SUIVI),
}
_PAGE = re.compile(r"^([a-z]+)(-[A-Za-z0-9_.-]{1,50})?$")


@transaction.atomic
def save_brouillon(
    *,
    bilan: Bilan,
    page: str,
    champs: Mapping[str, str],
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
) -> Piece:
    """`champs` is everything in the form, `revision` included: it tells which text the person had under her eyes.

    `base_revision`: the state of the draft on which this was typed. Sent again after a cut it changes nothing; typed meanwhile on
    another device, `Conflit` carries both. A draft that is gone since (the page was saved) begins anew: nothing is lost.
    """
    kind = _kind(page)
    tiroir, right = PAGES[kind]
    access.require(Action.SAVE_BROUILLON, by, bilan)
    access.require(right, by, bilan)
    bilan = lock_bilan(bilan)
    if kind == "suivi" and not bilan.suivis.filter(etat=Suivi.Etat.OUVERT).exists():
        raise Refused(Obstacle("L’entretien de suivi n’est pas ouvert.", code="suivi"))
    return write_piece(
        bilan,
        compose("brouillon", page=page, champs=dict(champs)),
        by=by,
        now=now,
        reference=reference_of(page, by),
        tiroir=tiroir,
        suivi=kind == "suivi",
        base_revision=base_revision,
    )


def drop_brouillon(*, bilan: Bilan, page: str, by: Personne) -> None:
    """The page was saved, or its draft thrown away: nothing of it stays. One's own draft only."""
    access.require(Action.SAVE_BROUILLON, by, bilan)
    Piece.objects.filter(bilan=bilan, nature="brouillon", reference=reference_of(page, by)).delete()


def reference_of(page: str, personne: Personne) -> str:
    _kind(page)
    return f"{page}/{personne.pk}"


def _kind(page: str) -> str:
    match = _PAGE.match(page)
    if match is None or match[1] not in PAGES:
        raise Refused(Obstacle("Cette page ne garde pas de brouillon.", code="page"))
    return match[1]
