"""Signed on paper: the scanned page is an equal way. The cabinet enters it with the date that is written there."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre
from jalon.actions.piece import lock_bilan
from jalon.actions.porte_signature import Preuve
from jalon.actions.signature import put_signature, require_open
from jalon.actions.signature_sceau import seal_soon
from jalon.domain.jours import end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.signature import Moyen, paper_date_obstacle
from jalon.records.models import Circuit, Personne, Signataire
from jalon.vault import FichierRefuse
from jalon.vault.reception import accept_file

SCANS = frozenset({"application/pdf", "image/jpeg", "image/png"})


def enter_paper(
    *,
    circuit: Circuit,
    signataires: Sequence[Any],
    signe_le: date,
    scan: bytes,
    nom: str,
    by: Personne,
    now: datetime,
) -> Circuit:
    """One scanned page may bear several signatures: those of `signataires` (their ids), all of that day."""
    access.require(Action.SEND_TO_SIGN, by, circuit.bilan)
    kept = _clean(scan, nom)
    with transaction.atomic():
        bilan = lock_bilan(circuit.bilan)
        circuit = (
            Circuit.objects.select_for_update(of=("self",)).select_related("document").get(pk=circuit.pk)
        )
        circuit.bilan = bilan
        moment = min(end_of_day(signe_le, zone(bilan.fuseau)) - timedelta(seconds=1), now)
        if signe_le > now.astimezone(zone(bilan.fuseau)).date():
            moment = end_of_day(signe_le, zone(bilan.fuseau))
        wrong = paper_date_obstacle(moment, ouvert_le=circuit.ouvert_le, now=now)
        if wrong:
            raise Refused(wrong)
        for one in _chosen(circuit, signataires):
            require_open(circuit, one, circuit.empreinte, now)
            put_signature(circuit, one, Moyen.PAPIER, Preuve({}, kept), signe_le=moment, by=by, now=now)
    seal_soon(circuit, now=now)
    return circuit


def _clean(scan: bytes, nom: str) -> bytes:
    try:
        accepted = accept_file(scan, nom)
    except FichierRefuse as refusal:
        raise Refused(Obstacle(refusal.phrase, code="fichier", field="scan")) from None
    if accepted.type_mime not in SCANS:
        raise Refused(
            Obstacle(
                "La page signée se dépose en PDF ou en image (JPEG ou PNG) : photographiez-la ou numérisez-la.",
                code="fichier",
                field="scan",
            )
        )
    return accepted.data


def _chosen(circuit: Circuit, wanted: Sequence[Any]) -> list[Signataire]:
    """In the order in which they sign: the ones whose turn it is first."""
    found = [
        one
        for one in circuit.signataires.select_related("personne").order_by("rang", "qualite")
        if str(one.pk) in {str(pk) for pk in wanted}
    ]
    if not found:
        raise Refused(Obstacle("Dites qui a signé cette page.", code="signataires", field="signataires"))
    return found


def read_kept(signataire: Signataire) -> bytes:
    """The scan, or the drawing, as it was kept: for the evidence, by those who follow the signatures."""
    return coffre().objects.load(signataire.objet, key_id=signataire.cle, context=str(signataire.pk))
