"""«Certaines informations»: the person composes an extract of her synthesis, passage by passage, and seals it (L. 6313-4 al. 3).

Only what stands in the synthesis that she approved can be chosen, word for word; she may add her own words, apart.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.pieces import open_for_action
from jalon.actions.papier import frame
from jalon.actions.papier_contenu import issue_content, size_for
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.documents.extrait.data import Extrait as ExtraitPapier
from jalon.documents.extrait.data import Partie
from jalon.documents.papier import PREFIXES, Forme, Passage, passages_of
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import RECIPIENT
from jalon.domain.repere import without_marks
from jalon.domain.synthese import Rubrique
from jalon.records.evenements import Nom
from jalon.records.models import Bilan, DocumentEmis, Personne, Piece
from jalon.vault import tiroir_key
from jalon.vault.pieces.extrait import Extrait, PassageChoisi
from jalon.vault.pieces.synthese import Synthese

_SIGN = {forme: sign for sign, forme in reversed(PREFIXES.items())}


@dataclass(frozen=True)
class Choisissable:
    """One passage of the synthesis: its place there is how a form names it."""

    place: str
    rubrique: str
    passage: Passage


def choosable(synthese: Synthese) -> tuple[Choisissable, ...]:
    """Every passage under the headings, in order; her observations are hers to add in her own words."""
    texts = [(r.value, r.label, getattr(synthese, r.value)) for r in Rubrique]
    texts += [(f"autre{n}", one.titre, one.texte) for n, one in enumerate(synthese.autres)]
    return tuple(
        Choisissable(f"{code}.{rank}", title, passage)
        for code, title, text in texts
        for rank, passage in enumerate(passages_of(without_marks(text)))
        if passage.forme != Forme.INTERTITRE
    )


@transaction.atomic
def compose_extrait(
    *,
    bilan: Bilan,
    places: Collection[str],
    ajout: str,
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
) -> Piece:
    """What is kept is the text itself: what the synthesis becomes afterwards changes no extract."""
    access.require(Action.COMPOSE_EXTRAIT, by, bilan)
    bilan = lock_bilan(bilan)
    chosen = tuple(
        PassageChoisi(one.rubrique, _SIGN.get(one.passage.forme, "") + one.passage.texte)
        for one in choosable(_approved(bilan))
        if one.place in places
    )
    content = Extrait(passages=chosen, ajout=ajout)
    return write_piece(bilan, content, by=by, now=now, base_revision=base_revision)


@transaction.atomic
def seal_extrait(*, bilan: Bilan, revision: int, by: Personne, now: datetime) -> DocumentEmis:
    """The text that she has just read, as a document of its own. It can be shared; it dies with the bilan."""
    access.require(Action.COMPOSE_EXTRAIT, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    piece = Piece.objects.select_for_update().filter(bilan=bilan, nature="extrait").first()
    if piece is None:
        raise Refused(Obstacle("Choisissez d’abord ce que vous voulez donner à lire.", code="vide"))
    if piece.revision != revision:
        raise Refused(
            Obstacle(
                "L’extrait a changé depuis que vous l’avez lu : relisez-le avant de le sceller.",
                code="revision",
            )
        )
    content: Extrait = open_for_action(piece)
    if not content.passages and not content.ajout.strip():
        raise Refused(Obstacle("Choisissez au moins un passage, ou écrivez quelques mots.", code="vide"))
    issued, _ = issue_content(
        "extrait",
        paper(bilan, content, now),
        bilan,
        tiroir="travail",
        cle=tiroir_key(bilan.pk, "travail"),
        by=by,
        now=now,
        reason="Informations choisies",
        taille=size_for(by),
        nom=Nom.EXTRAIT_SCELLE,
    )
    return issued


def paper(bilan: Bilan, content: Extrait, now: datetime) -> ExtraitPapier:
    return ExtraitPapier(
        papier=frame("extrait", bilan, now),
        beneficiaire=bilan.beneficiaire.nom_complet,
        parties=parties(content),
        ajout=passages_of(content.ajout),
    )


def parties(content: Extrait) -> tuple[Partie, ...]:
    """By heading, in the order of the synthesis; a page shows the very passages that are printed."""
    found: dict[str, list[Passage]] = {}
    for one in content.passages:
        found.setdefault(one.rubrique, []).extend(passages_of(one.texte))
    return tuple(Partie(title or "Autre", tuple(passages)) for title, passages in found.items() if passages)


def _approved(bilan: Bilan) -> Synthese:
    piece = Piece.objects.filter(bilan=bilan, nature="synthese", valide_beneficiaire_le__isnull=False).first()
    if piece is None:
        raise Refused(
            Obstacle(
                "Un extrait se compose dans la synthèse que vous avez approuvée : approuvez-la d’abord.",
                RECIPIENT,
                code="validation",
            )
        )
    content: Synthese = open_for_action(piece)
    return content
