"""After the last signature: the file of evidence, then the cabinet's seal on the very bytes that were signed.

The signatures are already sure when this begins. Killed in between, the clock does it again, from the same rows.
"""

import hashlib
import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from jalon import documents
from jalon.access.papier import LIBELLES
from jalon.actions import envoi
from jalon.actions.cachet import get_cachet, seal_pdf
from jalon.actions.echeance import cancel
from jalon.actions.papier import frame, freeze
from jalon.actions.piece import lock_bilan
from jalon.documents.preuve_signature.data import PreuveSignature, SignatureProuvee
from jalon.domain.signature import EtatCircuit, Moyen, Qualite
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Circuit, DocumentEmis, Echeance, Personne, Signataire

_log = logging.getLogger("jalon.signature")


def seal_soon(circuit: Circuit, *, now: datetime) -> None:
    """At once where it is possible; what fails is left to the clock, the signatures stay."""
    if circuit.etat != EtatCircuit.COMPLET:
        return
    try:
        seal_circuit(circuit, now=now)
    except Exception as failure:  # whatever fails here, the person has signed
        _log.error("circuit %s not sealed yet: %s", circuit.pk, type(failure).__name__)


def seal_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    seal_circuit(Circuit.objects.get(pk=echeance.reference), now=now)


@transaction.atomic
def seal_circuit(circuit: Circuit, *, now: datetime) -> Circuit:
    """Once: a circuit that is sealed already is left as it is."""
    bilan = lock_bilan(Bilan.objects.get(pk=circuit.bilan_id))
    circuit = (
        Circuit.objects.select_for_update(of=("self",))
        .select_related("document", "ouvert_par")
        .get(pk=circuit.pk)
    )
    if circuit.etat != EtatCircuit.COMPLET:
        return circuit
    circuit.bilan = bilan
    signed = circuit.document
    assert signed.octets is not None
    octets = bytes(signed.octets)
    if hashlib.sha256(octets).hexdigest() != circuit.empreinte:
        raise ValueError("the signed bytes are no longer those that were signed")
    preuve = _evidence(circuit, bilan, len(octets), now)
    assert preuve.octets is not None
    libelle = LIBELLES.get(signed.genre, signed.genre)
    sealed = seal_pdf(
        octets,
        bilan.organisme,
        now=now,
        reason=libelle,
        jointe=documents.PieceJointe(
            f"{preuve.numero}.pdf", bytes(preuve.octets), "Fichier de preuve des signatures"
        ),
    )
    circuit.scelle = DocumentEmis.objects.create(
        organisme=bilan.organisme,
        bilan=bilan,
        genre=signed.genre,
        numero=f"{signed.numero}-S",
        taille=signed.taille,
        emis_le=now,
        droit_du=signed.droit_du,
        modele_version=signed.modele_version,
        empreinte=hashlib.sha256(sealed).hexdigest(),
        octets=sealed,
    )
    circuit.preuve = preuve
    circuit.etat, circuit.scelle_le = EtatCircuit.SCELLE, now
    circuit.save(update_fields=["scelle", "preuve", "etat", "scelle_le"])
    cancel("signature_sceau", now=now, bilan=bilan, reference=str(circuit.pk))
    record(
        Nom.SIGNATURE_SCELLEE,
        bilan,
        by=None,
        now=now,
        faits={
            "circuit": circuit.pk,
            "numero": circuit.scelle.numero,
            "empreinte": circuit.scelle.empreinte,
            "preuve": preuve.numero,
        },
    )
    for one in circuit.signataires.exclude(qualite=Qualite.EMPLOYEUR).select_related("personne"):
        envoi.enqueue("document_signe", personne=one.personne, bilan=bilan, now=now)
    return circuit


def _evidence(circuit: Circuit, bilan: Bilan, octets: int, now: datetime) -> DocumentEmis:
    signed = circuit.document
    cachet = get_cachet(bilan.organisme, now)
    assert circuit.complet_le is not None
    data = PreuveSignature(
        papier=frame("preuve_signature", bilan, now),
        document=LIBELLES.get(signed.genre, signed.genre),
        document_numero=signed.numero,
        document_empreinte=circuit.empreinte,
        document_octets=octets,
        circuit=str(circuit.pk),
        demande_le=circuit.ouvert_le,
        demande_par=circuit.ouvert_par.nom_complet,
        complet_le=circuit.complet_le,
        signatures=tuple(
            _proved(one)
            for one in circuit.signataires.select_related("personne", "recopie_par").order_by(
                "signe_le", "rang"
            )
        ),
        cachet_titulaire=cachet.nom,
        cachet_empreinte=cachet.empreinte,
        cachet_expire_le=cachet.expire_le,
        porte="Jalon, dans l’espace de chacun" if circuit.porte == "jalon" else circuit.porte,
    )
    return freeze("preuve_signature", data, bilan, by=None, now=now, reason="Fichier de preuve")


def _proved(one: Signataire) -> SignatureProuvee:
    assert one.signe_le is not None
    return SignatureProuvee(
        nom=one.personne.nom_complet,
        qualite=Qualite(one.qualite).label,
        moyen=Moyen(one.moyen).label,
        demandee_le=one.demande_le or one.circuit.ouvert_le,
        signee_le=one.signe_le,
        precision=_precision(one),
        empreinte=one.empreinte,
        empreinte_piece=one.temoin.get("sha256", ""),
        recopiee_par=one.recopie_par.nom_complet if one.recopie_par else "",
        recopiee_le=one.recopie_le,
    )


def _precision(one: Signataire) -> str:
    known: dict[str, Any] = one.temoin
    if "adresse" in known:
        return f"code à usage unique envoyé à {known['adresse']}"
    if "cle" in known:
        return f"clé d’accès enregistrée par la personne, n° {known['cle']}"
    if one.moyen == Moyen.DESSIN:
        return "tracé dans sa session, ouverte par ses propres moyens de connexion"
    return ""
