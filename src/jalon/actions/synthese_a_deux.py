"""The synthesis written together: gathered from what is agreed, each paragraph tied to its source; corrected by the person; commented."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.matiere import list_matiere
from jalon.access.pieces import open_for_action
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.piece import erase_piece_row, lock_bilan, require_content_open, write_piece
from jalon.actions.synthese import refuse_once_delivered, shared_synthese
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import RECIPIENT
from jalon.domain.repere import mark, without_marks
from jalon.domain.synthese import Rubrique
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Organisme, Personne, Piece, SousRubrique
from jalon.vault.pieces.commentaire import Commentaire
from jalon.vault.pieces.synthese import SourceCitee, Synthese

TITRE_MAX, TRAME_MAX = 120, 12


@transaction.atomic
def gather_synthese(
    *,
    bilan: Bilan,
    choix: Mapping[str, Rubrique],
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
) -> Piece:
    """`choix`: «piece.rank» of each passage, and the heading where it goes. The words are read again from their sources: a form
    brings none, and no sentence is ours."""
    access.require(Action.WRITE_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    refuse_once_delivered(bilan)
    known = Piece.objects.filter(bilan=bilan, nature="synthese").first()
    text: Synthese = open_for_action(known) if known is not None else started(bilan.organisme)
    fields = {r.value: getattr(text, r.value) for r in Rubrique}
    sources = {source.piece: source for source in text.sources}
    taken = 0
    for one in list_matiere(by, bilan, now=now):
        for rank, passage in enumerate(one.passages):
            heading = choix.get(f"{one.piece}.{rank}")
            if heading is None:
                continue
            source = sources.setdefault(
                one.piece,
                SourceCitee(
                    max((s.numero for s in sources.values()), default=0) + 1, one.nature, one.piece, one.titre
                ),
            )
            fields[heading.value] = _appended(fields[heading.value], passage + mark(source.numero))
            taken += 1
    if not taken:
        raise Refused(Obstacle("Choisissez au moins un passage à reprendre.", code="vide"))
    content = replace(text, **fields, sources=tuple(sources.values()))
    return write_piece(bilan, content, by=by, now=now, base_revision=base_revision)


def _appended(text: str, passage: str) -> str:
    return f"{text.rstrip()}\n\n{passage}" if text.strip() else passage


def started(organisme: Organisme) -> Synthese:
    """An empty synthesis with the headings that the cabinet adds under the three; they are typed text, which both may change."""
    rows: dict[str, list[str]] = {}
    for row in SousRubrique.objects.filter(organisme=organisme):
        rows.setdefault(row.rubrique, []).append(f"# {row.titre}")

    def under(heading: Rubrique) -> str:
        return "\n\n".join(rows.get(heading.value, []))

    return Synthese(
        circonstances=under(Rubrique.CIRCONSTANCES),
        competences=under(Rubrique.COMPETENCES),
        projet=under(Rubrique.PROJET),
    )


@transaction.atomic
def correct_synthese(
    *,
    bilan: Bilan,
    textes: Mapping[str, str],
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
) -> Piece:
    """Her right to correct: once proposed, the person changes the text itself, under its three headings; the consultant reads what
    she changed, word by word."""
    access.require(Action.CORRECT_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    refuse_once_delivered(bilan)
    piece = shared_synthese(bilan)
    before = piece.revision
    content = replace(
        open_for_action(piece), **{r.value: textes[r.value] for r in Rubrique if r.value in textes}
    )
    piece = write_piece(bilan, content, by=by, now=now, base_revision=base_revision)
    drop_brouillon(bilan=bilan, page="corriger", by=by)
    if piece.revision != before:
        record(Nom.SYNTHESE_CORRIGEE, bilan, by=by, now=now, faits={"revision": piece.revision})
    return piece


@transaction.atomic
def comment_synthese(
    *, bilan: Bilan, rubrique: str, passage: str, texte: str, by: Personne, now: datetime
) -> Piece:
    """On one paragraph that stands in the text today. The remark dies with the drafts; only the text is handed over."""
    access.require(Action.COMMENT_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    refuse_once_delivered(bilan)
    if by.pk == bilan.beneficiaire_id:
        shared_synthese(bilan)
    if not texte.strip():
        raise Refused(Obstacle("Écrivez votre remarque avant de l’envoyer.", code="vide", field="texte"))
    content = Commentaire(rubrique=rubrique, passage=without_marks(passage), texte=texte)
    piece = write_piece(bilan, content, by=by, now=now, reference=uuid.uuid4().hex)
    record(Nom.SYNTHESE_COMMENTEE, bilan, by=by, now=now)
    return piece


@transaction.atomic
def settle_comment(*, bilan: Bilan, reference: str, by: Personne, now: datetime) -> None:
    """Either of the two says that it is settled; whoever wrote it takes it away instead."""
    access.require(Action.COMMENT_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    piece = (
        Piece.objects.select_for_update()
        .filter(bilan=bilan, nature="commentaire", reference=reference)
        .first()
    )
    if piece is None:
        raise Refused(Obstacle("Cette remarque n’existe plus.", RECIPIENT, code="absent"))
    if piece.auteur_id == by.pk:
        erase_piece_row(piece)
        return
    settled = replace(open_for_action(piece), regle=True)
    author = piece.auteur
    piece = write_piece(bilan, settled, by=by, now=now, reference=reference)
    if author is not None:
        # Who settles a remark did not write it.
        piece.auteur = author
        piece.save(update_fields=["auteur"])


@transaction.atomic
def write_trame(
    *, organisme: Organisme, titres: Mapping[str, list[str]], by: Personne, now: datetime
) -> None:
    """The cabinet's own headings, under the three that stay: it can neither remove nor replace them."""
    access.require(Action.MANAGE_CABINET, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    kept = {r: [" ".join(t.split()) for t in titres.get(r.value, []) if t.strip()] for r in Rubrique}
    found = []
    for heading, rows in kept.items():
        if len(rows) > TRAME_MAX:
            found.append(
                Obstacle(
                    f"{TRAME_MAX} sous-rubriques au plus sous un même titre.",
                    code="nombre",
                    field=heading.value,
                )
            )
        if any(len(row) > TITRE_MAX for row in rows):
            found.append(
                Obstacle(
                    f"Un titre de sous-rubrique compte {TITRE_MAX} caractères au plus.",
                    code="longueur",
                    field=heading.value,
                )
            )
    if found:
        raise Refused(tuple(found))
    SousRubrique.objects.filter(organisme=organisme).delete()
    SousRubrique.objects.bulk_create(
        SousRubrique(organisme=organisme, rubrique=heading, titre=row, ordre=rank)
        for heading, rows in kept.items()
        for rank, row in enumerate(rows)
    )
    record(
        Nom.TRAME_MODIFIEE,
        organisme,
        by=by,
        now=now,
        faits={heading.value: len(rows) for heading, rows in kept.items()},
    )
