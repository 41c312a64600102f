"""The only place where content is opened: checks the table, decrypts, and writes who looked when the reader is not the owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404

from jalon.access.coffre import coffre
from jalon.access.matrix import Action, Role, allows
from jalon.access.roles import roles
from jalon.records.models import Acces, Bilan, Personne, Piece, Revision
from jalon.vault import CleAbsente

# What must be allowed to open each kind of piece; any kind not named here is plain content of the bilan.
READ_ACTIONS: dict[str, Action] = {
    "note": Action.READ_NOTE,
    "carnet": Action.READ_CARNET,
    "synthese": Action.READ_SYNTHESE,
    "extrait": Action.COMPOSE_EXTRAIT,
    "invite": Action.INVITE_REPONDANTS,
    "regards_cadre": Action.INVITE_REPONDANTS,
    # Read by the respondent's own link (`access.repondant`), and by no account.
    "regard": Action.ANSWER_REGARD,
    "adresse": Action.ANSWER_REGARD,
}

# Hers alone, until she shares each one.
PERSONNELLES = ("vecu", "contraintes", "repris", "relais")


@dataclass(frozen=True)
class Lue:
    """A piece that was opened: its row without ciphertext, and its typed content."""

    piece: Piece
    contenu: Any

    @property
    def revision(self) -> int:
        return self.piece.revision


def read_action(nature: str) -> Action:
    return READ_ACTIONS.get(nature, Action.READ_CONTENU)


def visible_pieces(personne: Personne, bilan: Bilan, held: frozenset[Role]) -> Q:
    """Among the pieces that a role may open, those that are ready for it: each sees its own drafts, and nobody else's."""
    mine = Q(auteur=personne)
    # Working notes are not handed on: a new consultant does not inherit those of the former one.
    shown = ~Q(nature__in=["brouillon", "note"]) | mine
    if Role.BENEFICIAIRE not in held:
        # Answers belong to the person until she has finished them.
        shown &= ~Q(nature="reponses") | Q(valide_beneficiaire_le__isnull=False)
        # An opinion on the cabinet stays with her notebook, finished or not: it is only counted.
        shown &= ~Q(nature="reponses", tiroir="carnet")
        # So does her work, until she has handed it in.
        shown &= ~Q(nature="rendu") | Q(partage_le__isnull=False)
        shown &= ~Q(nature__in=PERSONNELLES) | Q(partage_le__isnull=False)
    if not held & {Role.CONSULTANT, Role.SUBSTITUT}:
        # Restitution first: no result is read alone (R. 6313-4, 3° a); a recap is read once shared.
        shown &= ~Q(nature__in=["resultat", "regards"]) | Q(restitue_le__isnull=False)
        shown &= ~Q(nature__in=["recap", "cellule"]) | Q(partage_le__isnull=False)
        shown &= ~Q(nature="synthese") | Q(partage_le__isnull=False)
    return shown


def list_pieces(personne: Personne, bilan: Bilan, natures: Iterable[str] | None = None) -> list[Piece]:
    """The rows of the pieces that this person may open here (none is opened yet), in one query after her roles."""
    held = roles(personne, bilan)
    wanted = Q(bilan=bilan) & visible_pieces(personne, bilan, held)
    if natures is not None:
        wanted &= Q(nature__in=[n for n in natures if allows(read_action(n), held)])
    found = Piece.objects.filter(wanted).order_by("cree_le", "id")
    return [piece for piece in found if allows(read_action(piece.nature), held)]


def read_pieces(personne: Personne, bilan: Bilan, natures: Iterable[str], *, now: datetime) -> list[Lue]:
    """All readable pieces of these kinds, opened. A key already destroyed leaves nothing to show."""
    return open_pieces(personne, bilan, list_pieces(personne, bilan, natures), now=now)


def open_pieces(personne: Personne, bilan: Bilan, found: Iterable[Piece], *, now: datetime) -> list[Lue]:
    """Rows that `list_pieces` gave to this very person, opened."""
    opened = []
    for piece in found:
        try:
            opened.append(Lue(piece, _open(piece)))
        except CleAbsente:
            continue
    log_reading(personne, bilan, {lue.piece.nature for lue in opened}, now=now)
    return opened


def read_piece(
    personne: Personne, bilan: Bilan, nature: str, reference: str = "", *, now: datetime
) -> Lue | None:
    """The one piece of this kind and reference, opened; None when there is none that this person may see."""
    for piece in list_pieces(personne, bilan, [nature]):
        if piece.reference == reference:
            try:
                lue = Lue(piece, _open(piece))
            except CleAbsente:
                return None
            log_reading(personne, bilan, {nature}, now=now)
            return lue
    return None


def get_piece(personne: Personne, bilan: Bilan, nature: str, reference: str = "", *, now: datetime) -> Lue:
    """Same, or 404."""
    lue = read_piece(personne, bilan, nature, reference, now=now)
    if lue is None:
        raise Http404
    return lue


def read_revisions(
    personne: Personne, bilan: Bilan, piece: Piece, *, now: datetime
) -> list[tuple[Revision, Any]]:
    """Earlier states of a piece that this person may read, newest first."""
    if not any(p.pk == piece.pk for p in list_pieces(personne, bilan, [piece.nature])):
        raise Http404
    log_reading(personne, bilan, {piece.nature}, now=now)
    return [(old, open_revision(piece, old)) for old in piece.revisions.select_related("auteur")]


def open_for_action(piece: Piece) -> Any:
    """The content, for an action that has already checked its right (an export, a sealed document): no page calls this.

    One respondent's answers are opened by nobody this way: they only ever leave `access.regards` mixed with others.
    """
    if piece.nature == "regard":
        raise PermissionDenied(Action.ANSWER_REGARD.value)
    return _open(piece)


def open_revision(piece: Piece, old: Revision) -> Any:
    """An earlier content, for the same."""
    return coffre().open_piece(bytes(old.chiffre), key_id=piece.cle, piece_id=piece.pk, revision=old.numero)


def _open(piece: Piece) -> Any:
    return coffre().open_piece(
        bytes(piece.chiffre), key_id=piece.cle, piece_id=piece.pk, revision=piece.revision
    )


def log_reading(personne: Personne, bilan: Bilan, natures: set[str], *, now: datetime) -> None:
    """One row per reader, kind and hour. The owner is not told of her own looks, nor anybody of her own drafts."""
    if bilan.beneficiaire_id == personne.pk:
        return
    seen = natures - {"brouillon", "note", "carnet"}
    if not seen:
        return
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if all((bilan.pk, personne.pk, nature, hour) in _ALREADY_SAID for nature in seen):
        return
    rows = Acces.objects.filter(bilan=bilan, lecteur=personne, heure=hour)
    new = seen - set(rows.values_list("nature", flat=True))
    if new:
        with transaction.atomic():
            Acces.objects.bulk_create(
                [Acces(bilan=bilan, lecteur=personne, nature=nature, heure=hour) for nature in sorted(new)],
                ignore_conflicts=True,
            )
    transaction.on_commit(lambda: _remember(bilan.pk, personne.pk, seen, hour))


# Looks of this hour whose row is surely written: a page that is read again does not ask the database again.
_ALREADY_SAID: set[tuple[Any, Any, str, datetime]] = set()
_REMEMBERED = 10_000


def _remember(bilan_id: Any, lecteur_id: Any, natures: Iterable[str], hour: datetime) -> None:
    if len(_ALREADY_SAID) > _REMEMBERED:
        _ALREADY_SAID.clear()
    _ALREADY_SAID.update((bilan_id, lecteur_id, nature, hour) for nature in natures)
