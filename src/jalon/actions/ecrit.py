"""Plain writings of one side or of both: notes, notebook, messages, portfolio, projects and their tests, conditions, action plan.

Each is one piece under its own reference; only its right, its event and who is told differ.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import envoi
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.echeance import cancel
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Personne, Piece, Promesse
from jalon.vault.pieces.carnet import PageCarnet
from jalon.vault.pieces.competence import Competence
from jalon.vault.pieces.conclusions import ConditionsMoyens
from jalon.vault.pieces.enquete import Enquete
from jalon.vault.pieces.essai import Essai
from jalon.vault.pieces.etagere import RessourceUtile
from jalon.vault.pieces.experience import Experience
from jalon.vault.pieces.message import Message
from jalon.vault.pieces.note import NoteConsultant
from jalon.vault.pieces.plan import PlanAction
from jalon.vault.pieces.projet import Projet
from jalon.vault.pieces.realisation import Realisation


@dataclass(frozen=True)
class _Sorte:
    right: Action
    event: Nom | None = None
    many: bool = False


Ecrit = (
    NoteConsultant
    | PageCarnet
    | Message
    | Experience
    | Realisation
    | Competence
    | Projet
    | Enquete
    | Essai
    | ConditionsMoyens
    | PlanAction
    | RessourceUtile
)

_SORTES: dict[type[Any], _Sorte] = {
    NoteConsultant: _Sorte(Action.WRITE_NOTE, many=True),
    PageCarnet: _Sorte(Action.WRITE_CARNET, many=True),
    Message: _Sorte(Action.WRITE_MESSAGE, many=True),
    Experience: _Sorte(Action.WRITE_PORTEFEUILLE, Nom.EXPERIENCE_ECRITE, many=True),
    Realisation: _Sorte(Action.WRITE_PORTEFEUILLE, Nom.REALISATION_ECRITE, many=True),
    Competence: _Sorte(Action.WRITE_PORTEFEUILLE, Nom.COMPETENCE_ECRITE, many=True),
    Projet: _Sorte(Action.WRITE_PROJET, Nom.PROJET_ECRIT, many=True),
    Enquete: _Sorte(Action.WRITE_PROJET, Nom.ENQUETE_ECRITE, many=True),
    Essai: _Sorte(Action.WRITE_PROJET, Nom.ESSAI_ECRIT, many=True),
    RessourceUtile: _Sorte(Action.WRITE_ETAGERE, Nom.ETAGERE_ECRITE, many=True),
    ConditionsMoyens: _Sorte(Action.WRITE_PLAN),
    PlanAction: _Sorte(Action.WRITE_PLAN, Nom.PLAN_ECRIT),
}


@transaction.atomic
def write_ecrit(
    *,
    bilan: Bilan,
    contenu: Ecrit,
    by: Personne,
    now: datetime,
    reference: str = "",
    base_revision: int | None = None,
    keep_draft: bool = False,
) -> Piece:
    """Create (no `reference` for a kind that comes in many) or replace. A message cannot be rewritten.

    `keep_draft`: what is saved here is not what the page's form holds, and a text half typed there stays.
    """
    sorte = _SORTES[type(contenu)]
    access.require(sorte.right, by, bilan)
    bilan = lock_bilan(bilan)
    page = f"{contenu.kind}-{reference}" if reference else contenu.kind
    if sorte.many and not reference:
        reference = str(uuid.uuid4())
    elif isinstance(contenu, Message):
        raise Refused(Obstacle("Un message envoyé ne se modifie pas : écrivez-en un autre.", code="message"))
    elif (
        sorte.many
        and not Piece.objects.filter(bilan=bilan, nature=contenu.kind, reference=reference).exists()
        and not _is_note_of_seance(bilan, contenu, reference)
    ):
        raise Refused(Obstacle("Cet écrit n’existe plus : recommencez depuis la liste.", code="absent"))
    before = (
        Piece.objects.filter(bilan=bilan, nature=contenu.kind, reference=reference)
        .values_list("revision", flat=True)
        .first()
    )
    piece = write_piece(bilan, contenu, by=by, now=now, reference=reference, base_revision=base_revision)
    if isinstance(contenu, ConditionsMoyens | PlanAction) and piece.revision != before:
        _reopen_approval(bilan)
    if not keep_draft:
        drop_brouillon(bilan=bilan, page=page, by=by)
    if sorte.event and piece.revision != before:
        record(sorte.event, bilan, by=by, now=now, faits={"piece": piece.pk, "revision": piece.revision})
    if isinstance(contenu, Message):
        other = bilan.consultant if by.pk == bilan.beneficiaire_id else bilan.beneficiaire
        envoi.enqueue("dossier_a_lire", personne=other, bilan=bilan, now=now)
    return piece


def _is_note_of_seance(bilan: Bilan, contenu: Ecrit, reference: str) -> bool:
    """The one note that is taken during a séance bears its identifier."""
    return isinstance(contenu, NoteConsultant) and bilan.seances.filter(pk=reference).exists()


def _reopen_approval(bilan: Bilan) -> None:
    """These are printed with the synthesis: what the person approved was the earlier text, until it is handed over."""
    if bilan.synthese_remise_le is None:
        Piece.objects.filter(bilan=bilan, nature="synthese").update(valide_beneficiaire_le=None)


_ERASABLE: dict[str, Action] = {
    "note": Action.WRITE_NOTE,
    "carnet": Action.WRITE_CARNET,
    "etagere": Action.WRITE_ETAGERE,
    "projet": Action.ERASE_PIECE,
    "enquete": Action.ERASE_PIECE,
    "essai": Action.ERASE_PIECE,
    "vecu": Action.WRITE_VIE,
    "contraintes": Action.WRITE_VIE,
    "experience": Action.ERASE_PIECE,
    "realisation": Action.ERASE_PIECE,
    "competence": Action.ERASE_PIECE,
    "reponses": Action.ERASE_PIECE,
    "recap": Action.ERASE_PIECE,
}

# The pages named after them: erasing one also forgets what anybody was typing there, since a draft repeats its text.
_DRAFTED = {
    "note": ("note",),
    "carnet": ("carnet",),
    "projet": ("projet", "contraintes", "formation"),
    "enquete": ("enquete",),
    "essai": ("essai",),
    "vecu": ("vecu",),
    "contraintes": ("contraintes",),
    "experience": ("experience",),
    "realisation": ("realisation",),
    "competence": ("competence", "preuves"),
    "recap": ("recap", "correction"),
    "etagere": ("etagere",),
}
# What is written about a project goes with it.
_ATTACHED = {"projet": ("contraintes", "formation")}


@transaction.atomic
def erase_ecrit(*, bilan: Bilan, nature: str, reference: str, by: Personne, now: datetime) -> None:
    """Erase one writing and its earlier states. The ciphertext goes now; its tiroir's key goes at the term."""
    if nature not in _ERASABLE:
        raise Refused(Obstacle("Cet écrit ne s’efface pas seul : il sera détruit au terme.", code="nature"))
    access.require(_ERASABLE[nature], by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    piece = Piece.objects.filter(bilan=bilan, nature=nature, reference=reference).first()
    if piece is None:
        return
    piece.delete()
    if nature == "recap":
        Promesse.objects.filter(bilan=bilan, seance_id=reference).delete()
    Piece.objects.filter(bilan=bilan, nature__in=_ATTACHED.get(nature, ()), reference=reference).delete()
    if nature == "enquete":
        cancel("enquete_rappel", now=now, bilan=bilan, reference=reference)
    for page in _DRAFTED.get(nature, ()):
        drafts = Piece.objects.filter(bilan=bilan, nature="brouillon")
        drafts.filter(reference__startswith=f"{page}-{reference}/").delete()
    record(Nom.PIECE_EFFACEE, bilan, by=by, now=now, faits={"nature": nature})
