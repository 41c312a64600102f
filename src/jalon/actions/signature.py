"""Signatures: send a document to be signed, sign it, refuse it without a reason, let it expire. The seal follows by itself.

Every act holds the bilan's row: of two signatures at once, or of a signature and a deadline, the second one finds the first.
"""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from types import ModuleType

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre
from jalon.actions import code_unique, envoi
from jalon.actions.echeance import cancel, schedule
from jalon.actions.miroir import refresh_mirror_after_commit
from jalon.actions.piece import lock_bilan
from jalon.actions.porte_signature import Geste, Preuve, address_of, porte
from jalon.actions.signature_sceau import seal_soon
from jalon.domain.bilan import CLOSED
from jalon.domain.jours import DAY, end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.signature import (
    ECRIT,
    EtatCircuit,
    Moyen,
    Place,
    Qualite,
    fingerprint,
    is_complete,
    signing_obstacles,
    turn,
)
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Circuit, DocumentEmis, Echeance, Personne, Signataire
from jalon.vault.cles import piece_key

# Ours, not the law's: a document left unsigned does not wait for ever.
JOURS = 30
# What a kind of document does beside being signed: its own obstacles, and what follows from the last signature.
REACTIONS = {
    "convention": "jalon.actions.convention",
    "contrat_individuel": "jalon.actions.signature_contrat",
}


@transaction.atomic
def open_circuit(
    *,
    document: DocumentEmis,
    signataires: Sequence[tuple[int, Qualite, Personne]],
    by: Personne,
    now: datetime,
    expire_le: datetime | None = None,
    prepare: Callable[[Circuit], None] | None = None,
) -> Circuit:
    """`signataires`: (rank, quality, person). From here on the bytes and the order no longer change. `prepare` writes what
    belongs to this kind of document, before anybody is told."""
    assert document.bilan is not None
    assert document.octets is not None
    access.require(Action.SEND_TO_SIGN, by, document.bilan)
    bilan = lock_bilan(document.bilan)
    if bilan.etat in CLOSED:
        raise Refused(Obstacle("L’accompagnement est clos : il n’y a plus rien à signer.", code="clos"))
    if hashlib.sha256(bytes(document.octets)).hexdigest() != document.empreinte:
        raise Refused(
            Obstacle("Ce document a changé depuis son établissement : établissez-en un nouveau.", ECRIT)
        )
    last = local_day(bilan, now) + DAY * JOURS
    circuit = Circuit.objects.create(
        organisme=bilan.organisme,
        bilan=bilan,
        document=document,
        empreinte=document.empreinte,
        porte=porte().nom,
        ouvert_le=now,
        ouvert_par=by,
        expire_le=expire_le or end_of_day(last, zone(bilan.fuseau)),
    )
    Signataire.objects.bulk_create(
        Signataire(circuit=circuit, rang=rang, qualite=qualite, personne=personne)
        for rang, qualite, personne in signataires
    )
    if prepare is not None:
        prepare(circuit)
    schedule(
        "signature_fin",
        circuit.expire_le,
        organisme=bilan.organisme,
        bilan=bilan,
        reference=str(circuit.pk),
    )
    record(
        Nom.SIGNATURE_DEMANDEE,
        bilan,
        by=by,
        now=now,
        faits={
            "circuit": circuit.pk,
            "genre": document.genre,
            "numero": document.numero,
            "empreinte": document.empreinte,
            "qualites": [str(qualite) for _, qualite, _ in signataires],
        },
    )
    call_next(circuit, now)
    return circuit


def places(circuit: Circuit) -> list[Place]:
    return [
        Place(str(one.pk), one.rang, one.signe_le is not None, one.refuse_le is not None)
        for one in circuit.signataires.all()
    ]


def call_next(circuit: Circuit, now: datetime) -> None:
    """Whoever has her turn, was not told yet, and has nothing else to wait for."""
    waiting = turn(places(circuit))
    reaction = _reaction(circuit)
    for one in circuit.signataires.filter(pk__in=waiting, demande_le=None).select_related("personne"):
        if reaction and reaction.holds_back(circuit, one):
            continue
        one.demande_le = now
        one.save(update_fields=["demande_le"])
        one.circuit = circuit
        porte(circuit.porte).ask(one, now)


def send_signing_code(*, signataire: Signataire, by: Personne, now: datetime) -> None:
    """The code that the person copies to sign: it opens nothing but this signature of these bytes."""
    circuit = _mine(signataire, by)
    require_open(circuit, signataire, circuit.empreinte, now)
    adresse = address_of(signataire)
    if not adresse:
        raise Refused(
            Obstacle(
                "Aucune adresse électronique n’est notée : signez par un tracé à l’écran, ou sur papier.",
                code="sans_adresse",
            )
        )
    with transaction.atomic():
        bilan = lock_bilan(circuit.bilan)
        code_unique.send_code(
            "code_signature",
            signataire=signataire,
            bound_to=circuit.empreinte,
            adresse=adresse,
            bilan=bilan,
            now=now,
        )
        record(Nom.SIGNATURE_CODE, bilan, by=by, now=now, faits={"circuit": circuit.pk})


def sign_document(
    *, signataire: Signataire, geste: Geste, empreinte_vue: str, by: Personne, now: datetime
) -> Circuit:
    """`empreinte_vue`: of the document that was on the page, so that nobody signs another one."""
    circuit = _mine(signataire, by)
    require_open(circuit, signataire, empreinte_vue, now)
    preuve = porte(circuit.porte).prove(signataire, geste, now)
    with transaction.atomic():
        bilan = lock_bilan(circuit.bilan)
        circuit = _locked(circuit, bilan)
        signataire = circuit.signataires.select_related("personne").get(pk=signataire.pk)
        require_open(circuit, signataire, empreinte_vue, now)
        put_signature(circuit, signataire, geste.moyen, preuve, signe_le=now, by=by, now=now)
    seal_soon(circuit, now=now)
    return circuit


def put_signature(
    circuit: Circuit,
    signataire: Signataire,
    moyen: Moyen,
    preuve: Preuve,
    *,
    signe_le: datetime,
    by: Personne,
    now: datetime,
) -> None:
    """The caller holds the lock and has found no obstacle. Everything that follows from the signature is in its transaction."""
    bilan = circuit.bilan
    temoin = dict(preuve.temoin)
    if preuve.a_sceller:
        temoin |= {"sha256": hashlib.sha256(preuve.a_sceller).hexdigest()}
        _seal_away(signataire, preuve.a_sceller, now)
    signataire.moyen, signataire.signe_le, signataire.temoin = moyen, signe_le, temoin
    if by.pk != signataire.personne_id:
        signataire.recopie_le, signataire.recopie_par = now, by
    signataire.empreinte = print_of(circuit, signataire)
    signataire.save()
    record(
        Nom.SIGNATURE_PAPIER if moyen == Moyen.PAPIER else Nom.SIGNATURE_DONNEE,
        bilan,
        by=by,
        now=now,
        faits={
            "circuit": circuit.pk,
            "numero": circuit.document.numero,
            "qualite": signataire.qualite,
            "moyen": moyen,
            "signe_le": signe_le,
            "empreinte": signataire.empreinte,
        },
    )
    reaction = _reaction(circuit)
    if reaction:
        reaction.signed(circuit, signataire, by=by, now=now)
    if is_complete(places(circuit)):
        circuit.etat, circuit.complet_le = EtatCircuit.COMPLET, now
        circuit.save(update_fields=["etat", "complet_le"])
        cancel("signature_fin", now=now, bilan=bilan, reference=str(circuit.pk))
        # Killed before the seal, the worker puts it on.
        schedule("signature_sceau", now, organisme=bilan.organisme, bilan=bilan, reference=str(circuit.pk))
        if reaction:
            reaction.complete(circuit, by=by, now=now)
    else:
        call_next(circuit, now)


def print_of(circuit: Circuit, signataire: Signataire) -> str:
    assert signataire.signe_le is not None
    return fingerprint(
        document=circuit.empreinte,
        circuit=str(circuit.pk),
        signataire=str(signataire.personne_id),
        qualite=signataire.qualite,
        moyen=signataire.moyen,
        signe_le=signataire.signe_le,
        temoin=repr(sorted(signataire.temoin.items())),
    )


def _seal_away(signataire: Signataire, data: bytes, now: datetime) -> None:
    """A drawing or a scanned page shows a hand: it lives encrypted, under a key of its own."""
    vault = coffre()
    signataire.cle, signataire.objet = piece_key(signataire.pk), uuid.uuid4().hex
    if not vault.has_key(signataire.cle):
        vault.create_keys([signataire.cle])
    vault.objects.store(signataire.objet, data, key_id=signataire.cle, context=str(signataire.pk))
    refresh_mirror_after_commit(now)


@transaction.atomic
def refuse_document(*, signataire: Signataire, by: Personne, now: datetime) -> None:
    """No reason is asked nor stored. The document is no longer to be signed by anybody."""
    circuit = _mine(signataire, by)
    bilan = lock_bilan(circuit.bilan)
    circuit = _locked(circuit, bilan)
    signataire = circuit.signataires.get(pk=signataire.pk)
    require_open(circuit, signataire, circuit.empreinte, now)
    signataire.refuse_le = now
    signataire.save(update_fields=["refuse_le"])
    record(
        Nom.SIGNATURE_REFUSEE, bilan, by=by, now=now, faits={"circuit": circuit.pk, "par": signataire.qualite}
    )
    close_circuit(circuit, by=by, now=now)


@transaction.atomic
def withdraw_circuit(*, circuit: Circuit, by: Personne, now: datetime) -> None:
    """Taken back by the cabinet while somebody still has to sign: to correct it, another one is made."""
    access.require(Action.SEND_TO_SIGN, by, circuit.bilan)
    bilan = lock_bilan(circuit.bilan)
    circuit = _locked(circuit, bilan)
    if circuit.etat != EtatCircuit.OUVERT:
        raise Refused(
            Obstacle("Ce document n’est plus en attente de signature : rechargez la page.", code="clos")
        )
    close_circuit(circuit, by=by, now=now)


def close_circuit(circuit: Circuit, *, by: Personne, now: datetime) -> None:
    """Refused, expired or taken back: one state for all. The caller holds the lock."""
    circuit.etat, circuit.clos_le = EtatCircuit.SANS_SUITE, now
    circuit.save(update_fields=["etat", "clos_le"])
    cancel("signature_fin", now=now, bilan=circuit.bilan, reference=str(circuit.pk))
    record(
        Nom.SIGNATURE_CLOSE,
        circuit.bilan,
        by=by,
        now=now,
        faits={"circuit": circuit.pk, "numero": circuit.document.numero},
    )
    reaction = _reaction(circuit)
    if reaction:
        reaction.closed(circuit, by=by, now=now)


def expire_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    circuit = Circuit.objects.select_related("bilan").get(pk=echeance.reference)
    bilan = lock_bilan(circuit.bilan)
    circuit = _locked(circuit, bilan)
    if circuit.etat == EtatCircuit.OUVERT:
        close_circuit(circuit, by=by, now=now)
        for one in circuit.signataires.filter(qualite=Qualite.BENEFICIAIRE).select_related("personne"):
            envoi.enqueue("dossier_a_lire", personne=one.personne, bilan=bilan, now=now)


def _mine(signataire: Signataire, by: Personne) -> Circuit:
    """Her own signature, or a page that does not exist."""
    circuit = signataire.circuit
    access.require(Action.SIGN_PAPIER, by, circuit.bilan)
    if signataire.personne_id != by.pk:
        raise access.PermissionDenied(Action.SIGN_PAPIER.value)
    return circuit


def _locked(circuit: Circuit, bilan: Bilan) -> Circuit:
    found = Circuit.objects.select_for_update(of=("self",)).select_related("document").get(pk=circuit.pk)
    found.bilan = bilan
    return found


def require_open(circuit: Circuit, signataire: Signataire, empreinte_vue: str, now: datetime) -> None:
    found = signing_obstacles(
        etat=EtatCircuit(circuit.etat),
        places=places(circuit),
        signataire=str(signataire.pk),
        expire_le=circuit.expire_le,
        now=now,
        empreinte=circuit.empreinte,
        empreinte_vue=empreinte_vue,
    )
    reaction = _reaction(circuit)
    if reaction:
        found += reaction.obstacles(circuit, signataire, now=now)
    if found:
        raise Refused(found)


def _reaction(circuit: Circuit) -> ModuleType | None:
    named = REACTIONS.get(circuit.document.genre)
    return import_module(named) if named else None
