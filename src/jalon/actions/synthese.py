"""The document de synthèse: written by the consultant, read, corrected and approved by the person, then handed to her, sealed."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre
from jalon.access.pieces import open_for_action, open_revision
from jalon.actions import envoi
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.papier import frame, freeze
from jalon.actions.papier_contenu import issue_content, size_for
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.documents import TAILLES
from jalon.documents.attestation_remise.data import AttestationRemise, MoyenRemise
from jalon.documents.papier import Forme, Passage, Signataire, Signature, passages_of
from jalon.documents.synthese.data import Etape
from jalon.documents.synthese.data import Synthese as SynthesePapier
from jalon.domain.bilan import Etat
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import RECIPIENT
from jalon.domain.repere import without_marks
from jalon.domain.seance import done_hours
from jalon.domain.synthese import delivery_obstacles, proposal_obstacles
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day, seance_facts
from jalon.records.models import Bilan, DocumentEmis, Emargement, Personne, Piece
from jalon.vault.pieces.synthese import Synthese

_INTERTITRE = Forme.INTERTITRE
# The heading is there; nothing was written under it.
_BLANK = Passage("Rien n’a été écrit sous cette rubrique.")


@transaction.atomic
def write_synthese(
    *, bilan: Bilan, synthese: Synthese, by: Personne, now: datetime, base_revision: int | None = None
) -> Piece:
    """The consultant writes; the person's observations are hers and are carried over untouched."""
    access.require(Action.WRITE_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    refuse_once_delivered(bilan)
    known = Piece.objects.filter(bilan=bilan, nature="synthese").first()
    before = open_for_action(known) if known is not None else Synthese()
    piece = write_piece(
        bilan,
        replace(synthese, observations=before.observations, sources=before.sources),
        by=by,
        now=now,
        base_revision=base_revision,
    )
    drop_brouillon(bilan=bilan, page="synthese", by=by)
    return piece


@transaction.atomic
def propose_synthese(*, bilan: Bilan, by: Personne, now: datetime) -> Piece:
    """From now on the person reads it, and every later version."""
    access.require(Action.WRITE_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    piece = _existing(bilan)
    found = proposal_obstacles(Etat(bilan.etat), ecrite=True)
    if found:
        raise Refused(found)
    if piece.partage_le is None:
        piece.partage_le = now
        piece.save(update_fields=["partage_le"])
        record(Nom.SYNTHESE_PROPOSEE, bilan, by=by, now=now, faits={"revision": piece.revision})
        envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return piece


@transaction.atomic
def observe_synthese(
    *, bilan: Bilan, observations: str, by: Personne, now: datetime, base_revision: int | None = None
) -> Piece:
    """The person's own words in the document, her disagreement included; nobody else changes them."""
    access.require(Action.OBSERVE_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    refuse_once_delivered(bilan)
    piece = shared_synthese(bilan)
    content = replace(open_for_action(piece), observations=observations)
    written = write_piece(bilan, content, by=by, now=now, base_revision=base_revision)
    drop_brouillon(bilan=bilan, page="observations", by=by)
    return written


@transaction.atomic
def validate_synthese(*, bilan: Bilan, revision: int, by: Personne, now: datetime) -> Piece:
    """She approves the very text that she has read."""
    access.require(Action.VALIDATE_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    refuse_once_delivered(bilan)
    piece = shared_synthese(bilan)
    if piece.revision != revision:
        raise Refused(
            Obstacle(
                "Le texte a changé depuis que vous l’avez lu : relisez-le avant de l’approuver.",
                code="revision",
            )
        )
    if piece.valide_beneficiaire_le is None:
        piece.valide_beneficiaire_le = now
        piece.save(update_fields=["valide_beneficiaire_le"])
        record(Nom.SYNTHESE_VALIDEE, bilan, by=by, now=now, faits={"revision": revision})
    return piece


@transaction.atomic
def deliver_synthese(*, bilan: Bilan, by: Personne, now: datetime) -> DocumentEmis:
    """Rendered, sealed, encrypted under the synthesis' own tiroir; the proof of delivery outlives it, without content."""
    access.require(Action.DELIVER_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    piece = _existing(bilan)
    found = delivery_obstacles(
        Etat(bilan.etat),
        ecrite=True,
        proposee=piece.partage_le is not None,
        validee=piece.valide_beneficiaire_le is not None,
        remise=bilan.synthese_remise_le is not None,
    )
    if found:
        raise Refused(found)
    issued, pages = _issue(bilan, piece, taille=size_for(bilan.beneficiaire), by=by, now=now)
    bilan.synthese_remise_le = now
    bilan.save(update_fields=["synthese_remise_le"])
    record(
        Nom.SYNTHESE_REMISE,
        bilan,
        by=by,
        now=now,
        faits={"numero": issued.numero, "empreinte": issued.empreinte},
    )
    _issue_proof(bilan, issued, pages, piece, by=by, now=now)
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return issued


@transaction.atomic
def copy_synthese(*, bilan: Bilan, taille: str, by: Personne, now: datetime) -> DocumentEmis:
    """Another size, later, is a new copy, sealed, that names the first."""
    access.require(Action.READ_SYNTHESE, by, bilan)
    bilan = lock_bilan(bilan)
    if taille not in TAILLES:
        raise Refused(Obstacle("Cette taille de texte n’existe pas.", code="taille", field="taille"))
    first = (
        DocumentEmis.objects.filter(bilan=bilan, genre="synthese", copie_de=None).exclude(objet="").first()
    )
    if first is None:
        raise Refused(
            Obstacle("La synthèse n’a pas encore été remise, ou elle est détruite.", RECIPIENT, code="remise")
        )
    known = (
        DocumentEmis.objects.filter(bilan=bilan, genre="synthese", taille=taille).exclude(objet="").first()
    )
    if known is not None:
        return known
    issued, _ = _issue(bilan, _existing(bilan), taille=taille, by=by, now=now, first=first)
    return issued


def load_document(document: DocumentEmis) -> bytes:
    """The bytes of an encrypted document, for a page or an export that has already checked its right."""
    return bytes(coffre().objects.load(document.objet, key_id=document.cle, context=str(document.pk)))


def _issue(
    bilan: Bilan, piece: Piece, *, taille: str, by: Personne, now: datetime, first: DocumentEmis | None = None
) -> tuple[DocumentEmis, int]:
    rank = DocumentEmis.objects.filter(copie_de=first).count() + 1 if first else 0
    papier = frame(
        "synthese",
        bilan,
        now,
        copie_de=first.numero if first else "",
        numero=f"{first.numero}-{rank}" if first else "",
    )
    data = _paper(bilan, piece, papier, as_of=first.emis_le if first else now)
    issued, pdf = issue_content(
        "synthese",
        data,
        bilan,
        tiroir="synthese",
        cle=piece.cle,
        by=by,
        now=now,
        reason="Document de synthèse",
        taille=taille,
        first=first,
    )
    import pikepdf  # heavy: loaded with the first synthesis that is sealed

    with pikepdf.open(BytesIO(pdf)) as opened:
        return issued, len(opened.pages)


def _paper(bilan: Bilan, piece: Piece, papier: Any, *, as_of: datetime) -> SynthesePapier:
    """A copy says what the first one said, whatever was written or signed since."""
    content: Synthese = open_for_action(piece)
    plan = _content_as_of(bilan, "plan", as_of)
    steps = plan.etapes if plan is not None else ()
    means = _content_as_of(bilan, "conclusions", as_of)
    signed = Emargement.objects.filter(signe_le__lte=as_of)
    seances = [seance_facts(s) for s in bilan.seances.prefetch_related(Prefetch("emargements", signed))]
    others = tuple(
        passage
        for heading in content.autres
        for passage in (Passage(heading.titre, _INTERTITRE), *printed(heading.texte))
        if passage.texte.strip()
    )
    began = bilan.preliminaire_le or bilan.ouvert_le
    return SynthesePapier(
        papier=papier,
        beneficiaire=bilan.beneficiaire.nom_complet,
        consultant=bilan.consultant.nom_complet,
        debut=local_day(bilan, began),
        fin=local_day(bilan, as_of),
        circonstances=printed(content.circonstances) or (_BLANK,),
        competences_aptitudes=printed(content.competences) or (_BLANK,),
        projet=printed(content.projet),
        etapes=others,
        conditions_moyens=_means(means) if means else (),
        plan_action=tuple(
            Etape(
                action=" ".join(step.texte.split()) or "Étape",
                echeance=date.fromisoformat(step.pour_le) if step.pour_le else None,
                moyens=" ".join(step.moyens.split()),
            )
            for step in steps
        ),
        observations=passages_of(content.observations),
        minutes_accompagnement=done_hours(seances).accompagnement,
        valide_le=local_day(bilan, piece.valide_beneficiaire_le) if piece.valide_beneficiaire_le else None,
    )


def printed(texte: str) -> tuple[Passage, ...]:
    """As it is handed over: without the marks of its sources, and without a heading that has nothing under it."""
    found = passages_of(without_marks(texte))
    kept = [
        passage
        for passage, following in zip(found, [*found[1:], None], strict=False)
        if passage.forme != _INTERTITRE or (following is not None and following.forme != _INTERTITRE)
    ]
    return tuple(kept)


def _content_as_of(bilan: Bilan, nature: str, as_of: datetime) -> Any:
    """What the piece said at that moment; None when it was not yet written."""
    piece = Piece.objects.filter(bilan=bilan, nature=nature, cree_le__lte=as_of).first()
    if piece is None or piece.modifie_le <= as_of:
        return open_for_action(piece) if piece is not None else None
    old = piece.revisions.filter(enregistree_le__lte=as_of).first()
    return open_revision(piece, old) if old is not None else None


def _means(content: Any) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for title, text in (
        ("Ce qui favorise", content.conditions),
        ("Les moyens", content.moyens),
        ("Les freins", content.freins),
    ):
        if text.strip():
            found += [Passage(title, _INTERTITRE), *passages_of(text)]
    return tuple(found)


def _issue_proof(
    bilan: Bilan, issued: DocumentEmis, pages: int, piece: Piece, *, by: Personne, now: datetime
) -> None:
    consultant = bilan.consultant.nom_complet
    data = AttestationRemise(
        papier=frame("attestation_remise", bilan, now),
        beneficiaire=bilan.beneficiaire.nom_complet,
        consultant=consultant,
        debut=local_day(bilan, bilan.preliminaire_le or bilan.ouvert_le),
        fin=local_day(bilan, now),
        remis_le=now,
        moyen=MoyenRemise.ESPACE,
        document_numero=issued.numero,
        document_emis_le=local_day(bilan, now),
        document_pages=pages,
        document_empreinte=issued.empreinte,
        resultats_detailles_remis=not bilan.pieces.filter(nature="resultat", restitue_le=None).exists()
        and bilan.pieces.filter(nature="resultat").exists(),
        signataires=(
            Signataire(
                nom=bilan.beneficiaire.nom_complet,
                qualite="Bénéficiaire",
                signature=Signature(
                    nom=bilan.beneficiaire.nom_complet,
                    qualite="Bénéficiaire",
                    signe_le=piece.valide_beneficiaire_le or now,
                    moyen="Approbation de la synthèse dans son espace",
                ),
            ),
            Signataire(
                nom=consultant,
                qualite="Consultant",
                signature=Signature(
                    nom=consultant, qualite="Consultant", signe_le=now, moyen="Remise depuis son espace"
                ),
            ),
        ),
    )
    freeze("attestation_remise", data, bilan, by=by, now=now, reason="Attestation de remise", taille="normal")


def _existing(bilan: Bilan) -> Piece:
    piece = Piece.objects.select_for_update().filter(bilan=bilan, nature="synthese").first()
    if piece is None:
        raise Refused(Obstacle("La synthèse n’est pas encore écrite.", RECIPIENT, code="vide"))
    return piece


def shared_synthese(bilan: Bilan) -> Piece:
    piece = _existing(bilan)
    if piece.partage_le is None:
        raise Refused(
            Obstacle("La synthèse n’est pas encore proposée à la relecture.", RECIPIENT, code="partage")
        )
    return piece


def refuse_once_delivered(bilan: Bilan) -> None:
    if bilan.synthese_remise_le is not None:
        raise Refused(Obstacle("La synthèse a été remise : elle ne change plus.", RECIPIENT, code="remise"))
