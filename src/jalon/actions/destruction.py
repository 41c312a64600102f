"""Destroy: begun (event) → keys destroyed, epoch renewed → ciphertext and files deleted → done (event, procès-verbal).

Interrupted at any point, it is resumed at the next start, never undone: once begun, nothing can stop it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre, tiroir_key
from jalon.access.pieces import open_for_action
from jalon.actions import envoi
from jalon.actions.compteur import count_end
from jalon.actions.echeance import cancel, schedule
from jalon.actions.miroir import refresh_mirror
from jalon.actions.oubli import forget_beside
from jalon.actions.partage_copie import end_shares, forget_copies
from jalon.actions.piece import lock_bilan
from jalon.actions.proces_verbal import issue_proces_verbal
from jalon.actions.repli import fold_journal
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.conservation import Accord, plan_conservation
from jalon.domain.decision import DOCUMENTS, NATURES, Choix, Ensemble
from jalon.domain.jours import end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import DESTRUCTION
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import (
    Bilan,
    Decision,
    DemandeCep,
    Destruction,
    DocumentEmis,
    Echeance,
    Fichier,
    Personne,
    Piece,
)
from jalon.vault import piece_key

# Why everything goes; the other reasons take one set of documents, or one shared copy.
TOUT = ("terme", "abandon")
TIROIRS_DU_BILAN = ("travail", "synthese", "consultant", "carnet")


def destroy_documents(*, bilan: Bilan, by: Personne, now: datetime) -> Destruction:
    """The whole act, in the presence of the person or by the clock. Safe to call again."""
    begun = begin_destruction(bilan=bilan, by=by, now=now)
    return carry_on(begun.pk, by=by, now=now)


def destroy_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """The beginning joins the clock's own transaction; keys are destroyed once it is committed, so that a rollback can
    never bring back rows whose keys are gone."""
    assert echeance.bilan is not None
    if echeance.bilan.contenu_detruit_le is not None:
        return
    begun = begin_destruction(bilan=echeance.bilan, by=by, now=now)
    transaction.on_commit(partial(carry_on, begun.pk, by=by, now=now))


@transaction.atomic
def begin_destruction(*, bilan: Bilan, by: Personne, now: datetime) -> Destruction:
    access.require(Action.DESTROY, by, bilan)
    bilan = lock_bilan(bilan)
    running = bilan.destructions.filter(faite_le=None, motif__in=TOUT).first()
    if running is not None:
        return running
    if Etat(bilan.etat) not in CLOSED:
        raise Refused(
            Obstacle(
                "L’accompagnement n’est pas terminé : rien ne se détruit avant le terme.",
                DESTRUCTION,
                code="etat",
            )
        )
    if bilan.contenu_detruit_le is not None:
        raise Refused(Obstacle("Le contenu de ce dossier est déjà détruit.", DESTRUCTION, code="detruit"))
    kept = _set_apart(bilan, now)
    doomed = list(
        Piece.objects.filter(bilan=bilan)
        .exclude(pk__in=kept.pieces)
        .exclude(tiroir="entretien_suivi")
        .values_list("nature", "cle")
    )
    files = Fichier.objects.filter(bilan=bilan).exclude(pk__in=kept.fichiers)
    papers = DocumentEmis.objects.filter(bilan=bilan).exclude(objet="").exclude(pk__in=kept.documents)
    keys = {tiroir_key(bilan.pk, tiroir) for tiroir in TIROIRS_DU_BILAN}
    keys |= (
        {cle for _, cle in doomed}
        | set(files.values_list("cle", flat=True))
        | set(papers.values_list("cle", flat=True))
    )
    shared = end_shares(bilan, now=now)
    keys |= shared.cles
    begun = Destruction.objects.create(
        bilan=bilan,
        motif="abandon" if bilan.etat in (Etat.ABANDONNE, Etat.NON_CONCLU) else "terme",
        cles=sorted(keys - {""}),
        objets=[
            *kept.replaced,
            *files.values_list("objet", flat=True),
            *papers.values_list("objet", flat=True),
            *shared.objets,
        ],
        categories=dict(
            Counter(nature for nature, _ in doomed)
            + Counter({"document": papers.count(), "partage": len(shared.objets)})
        ),
        commencee_le=now,
    )
    bilan.destruction_commencee_le = now
    bilan.save(update_fields=["destruction_commencee_le"])
    record(
        Nom.DESTRUCTION_COMMENCEE,
        bilan,
        by=by,
        now=now,
        faits={"destruction": begun.pk, "motif": begun.motif},
    )
    count_end(bilan, now=now)
    return begun


@dataclass
class _Kept:
    pieces: set[Any] = field(default_factory=set)
    fichiers: set[Any] = field(default_factory=set)
    documents: set[Any] = field(default_factory=set)
    # Objects under the tiroir's key, of which a copy was made under a key of its own.
    replaced: list[str] = field(default_factory=list)


def _set_apart(bilan: Bilan, now: datetime) -> _Kept:
    """What an agreement or the CEP request keeps goes under keys of its own, before the tiroirs die."""
    kept = _Kept()
    if bilan.etat == Etat.NON_CONCLU or bilan.termine_le is None:
        return kept
    terme = local_day(bilan, bilan.termine_le)
    law = law_on(terme)
    for decision in bilan.decisions.filter(retire_le=None, choix=Choix.CONSERVER):
        accord = Accord(
            signe_le=local_day(bilan, decision.decide_le),
            fonde_sur_suivi=decision.fonde_sur_suivi,
            duree_mois=decision.duree_mois,
        )
        until = plan_conservation(terme, law, accord=accord).documents_accord_jusqu_au
        if until is None:
            continue
        decision.conserve_jusqu_au = until
        decision.save(update_fields=["conserve_jusqu_au"])
        _keep(bilan, Ensemble(decision.ensemble), kept)
        _end_at(bilan, until, f"accord:{decision.pk}")
    asked = DemandeCep.objects.filter(bilan=bilan).first()
    if asked is not None:
        until = plan_conservation(
            terme, law, demande_cep_le=local_day(bilan, asked.demandee_le)
        ).synthese_jusqu_au
        if until is not None:
            asked.conserve_jusqu_au = until
            asked.save(update_fields=["conserve_jusqu_au"])
            _keep(bilan, Ensemble.SYNTHESE, kept)
            _end_at(bilan, until, "cep")
    return kept


def _end_at(bilan: Bilan, until: Any, reference: str) -> None:
    schedule(
        "conservation_fin",
        end_of_day(until, zone(bilan.fuseau)),
        organisme=bilan.organisme,
        bilan=bilan,
        reference=reference,
    )


def _keep(bilan: Bilan, ensemble: Ensemble, kept: _Kept) -> None:
    vault = coffre()
    for piece in Piece.objects.filter(bilan=bilan, nature__in=NATURES[ensemble]).exclude(pk__in=kept.pieces):
        content = open_for_action(piece)
        own = piece_key(piece.pk)
        vault.create_keys([own])
        piece.chiffre = vault.seal(content, key_id=own, piece_id=piece.pk, revision=piece.revision)
        piece.cle = own
        piece.save(update_fields=["chiffre", "cle"])
        piece.revisions.all().delete()
        kept.pieces.add(piece.pk)
    if "fichier" in NATURES[ensemble]:
        for fichier in _files(bilan):
            kept.replaced.append(fichier.objet)
            fichier.objet, fichier.cle = _move_object(fichier)
            fichier.save(update_fields=["objet", "cle"])
            kept.fichiers.add(fichier.pk)
    for paper in _papers(bilan, ensemble).exclude(pk__in=kept.documents):
        kept.replaced.append(paper.objet)
        paper.objet, paper.cle = _move_object(paper)
        paper.save(update_fields=["objet", "cle"])
        kept.documents.add(paper.pk)


def _files(bilan: Bilan) -> QuerySet[Fichier]:
    """What was deposited here: a file brought back from another dossier dies with the piece that names it."""
    return Fichier.objects.filter(bilan=bilan, fiche__nature="fichier")


def _papers(bilan: Bilan, ensemble: Ensemble) -> QuerySet[DocumentEmis]:
    """The sealed papers that hold the content of this set, and still live."""
    return DocumentEmis.objects.filter(bilan=bilan, genre__in=DOCUMENTS[ensemble]).exclude(objet="")


def _move_object(kept: Fichier | DocumentEmis) -> tuple[str, str]:
    """A copy under a key of its own; the first stays until the destruction deletes it, in case this transaction fails."""
    vault, own, where = coffre(), piece_key(kept.pk), str(kept.pk)
    vault.create_keys([own])
    moved = vault.objects.new_id()
    content = vault.objects.load(kept.objet, key_id=kept.cle, context=where)
    vault.objects.store(moved, content, key_id=own, context=where)
    return moved, own


def carry_on(destruction_id: Any, *, by: Personne, now: datetime) -> Destruction:
    """From «begun» to «done», from wherever it stopped."""
    begun = Destruction.objects.select_related("bilan__organisme").get(pk=destruction_id)
    if begun.faite_le is not None:
        return begun
    proof = coffre().destroy_keys(begun.cles)
    with transaction.atomic():
        bilan = lock_bilan(begun.bilan)
        begun = Destruction.objects.select_for_update().get(pk=destruction_id)
        if begun.faite_le is not None:
            return begun
        _delete_ciphertext(bilan, begun.cles)
        for objet in begun.objets:
            coffre().objects.delete(objet)
        begun.faite_le = now
        begun.epoque_avant, begun.epoque_apres = proof.epoque_avant, proof.epoque_apres
        begun.empreinte_avant, begun.empreinte_apres = proof.empreinte_avant, proof.empreinte_apres
        begun.save()
        _mark_done(bilan, begun, by=by, now=now)
    _after(begun, by=by, now=now)
    return begun


def _delete_ciphertext(bilan: Bilan, cles: Iterable[str]) -> None:
    keys = list(cles)
    DocumentEmis.objects.filter(bilan=bilan, cle__in=keys).update(objet="", tiroir="", cle="")
    Fichier.objects.filter(bilan=bilan, cle__in=keys).delete()
    Piece.objects.filter(bilan=bilan, cle__in=keys).delete()
    forget_copies(keys)


def _mark_done(bilan: Bilan, begun: Destruction, *, by: Personne, now: datetime) -> None:
    if begun.motif in TOUT:
        forget_beside(bilan, now)
        bilan.relations.all().delete()
        bilan.contenu_detruit_le = now
        bilan.save(update_fields=["contenu_detruit_le"])
        bilan.decisions.filter(retire_le=None, choix=Choix.DETRUIRE).update(detruit_le=now)
        cancel("destruction", now=now, bilan=bilan)
    record(
        Nom.DOCUMENTS_DETRUITS,
        bilan,
        by=by,
        now=now,
        faits={
            "destruction": begun.pk,
            "motif": begun.motif,
            "categories": begun.categories,
            "epoque_avant": begun.epoque_avant,
            "epoque_apres": begun.epoque_apres,
            "empreinte_avant": begun.empreinte_avant,
            "empreinte_apres": begun.empreinte_apres,
        },
    )
    if not begun.motif.endswith("_partage"):
        envoi.enqueue("destruction_faite", personne=bilan.beneficiaire, bilan=bilan, now=now)


def _after(begun: Destruction, *, by: Personne, now: datetime) -> None:
    """The mirror first, so that the paper says its true state; then no page of the write-ahead log keeps the old rows."""
    if refresh_mirror(now):
        Destruction.objects.filter(pk=begun.pk).update(miroir_rafraichi_le=now)
        begun.miroir_rafraichi_le = now
    issue_proces_verbal(destruction=begun, by=by, now=now)
    fold_journal()


def resume_destructions(*, now: datetime) -> int:
    """What was begun and not finished: called at each start and every night."""
    by = access.systeme()
    # By the index of those that the copy has not followed: what is not done is among them.
    unfinished = Destruction.objects.filter(faite_le=None, miroir_rafraichi_le=None)
    found = list(unfinished.values_list("pk", flat=True))
    for pk in found:
        carry_on(pk, by=by, now=now)
    return len(found)


def destroy_kept(*, decision: Decision, by: Personne, now: datetime, motif: str) -> None:
    """The documents of one agreement, after the term: on its withdrawal or at its end, and they alone."""
    with transaction.atomic():
        bilan = lock_bilan(decision.bilan)
        begun = _begin_kept(bilan, Ensemble(decision.ensemble), motif=motif, by=by, now=now)
        Decision.objects.filter(pk=decision.pk).update(detruit_le=now)
        cancel("conservation_fin", now=now, bilan=bilan, reference=f"accord:{decision.pk}")
    if begun is not None:
        transaction.on_commit(partial(carry_on, begun.pk, by=by, now=now))


def end_of_agreement_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    assert echeance.bilan is not None
    if echeance.reference == "cep":
        asked = DemandeCep.objects.get(bilan=echeance.bilan)
        bilan = lock_bilan(echeance.bilan)
        begun = _begin_kept(bilan, Ensemble.SYNTHESE, motif="fin_demande_cep", by=by, now=now)
        asked.detruite_le = now
        asked.save(update_fields=["detruite_le"])
        if begun is not None:
            transaction.on_commit(partial(carry_on, begun.pk, by=by, now=now))
        return
    decision = Decision.objects.get(pk=echeance.reference.removeprefix("accord:"))
    if decision.detruit_le is None:
        destroy_kept(decision=decision, by=by, now=now, motif="fin_accord")


def _begin_kept(
    bilan: Bilan, ensemble: Ensemble, *, motif: str, by: Personne, now: datetime
) -> Destruction | None:
    """Nothing to begin while another ground still keeps the same documents."""
    if ensemble == Ensemble.SYNTHESE and _kept_otherwise(bilan, motif):
        return None
    pieces = list(
        Piece.objects.filter(bilan=bilan, nature__in=NATURES[ensemble]).values_list("nature", "cle")
    )
    files = _files(bilan) if "fichier" in NATURES[ensemble] else Fichier.objects.none()
    papers = _papers(bilan, ensemble)
    keys = (
        {cle for _, cle in pieces}
        | set(files.values_list("cle", flat=True))
        | set(papers.values_list("cle", flat=True))
    )
    if not keys:
        return None
    begun = Destruction.objects.create(
        bilan=bilan,
        motif=motif,
        cles=sorted(keys),
        objets=[*files.values_list("objet", flat=True), *papers.values_list("objet", flat=True)],
        categories=dict(Counter(nature for nature, _ in pieces) + Counter({"document": papers.count()})),
        commencee_le=now,
    )
    record(Nom.DESTRUCTION_COMMENCEE, bilan, by=by, now=now, faits={"destruction": begun.pk, "motif": motif})
    return begun


def _kept_otherwise(bilan: Bilan, motif: str) -> bool:
    by_cep = DemandeCep.objects.filter(
        bilan=bilan, conserve_jusqu_au__isnull=False, detruite_le=None
    ).exists()
    by_accord = bilan.decisions.filter(
        ensemble=Ensemble.SYNTHESE, retire_le=None, conserve_jusqu_au__isnull=False, detruit_le=None
    ).exists()
    return by_accord if motif == "fin_demande_cep" else by_cep
