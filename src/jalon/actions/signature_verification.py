"""What must hold of every circuit: the signed bytes, who signed what and when, and that the sealed file begins with them."""

import hashlib
from collections.abc import Iterator

from jalon.actions.signature import print_of
from jalon.domain.signature import EtatCircuit
from jalon.records.models import Circuit


def broken_circuits() -> Iterator[str]:
    """Sentences that name numbers only. Read one by one: any number of circuits."""
    rows = Circuit.objects.select_related("document", "scelle").order_by("ouvert_le", "id")
    for circuit in rows.iterator(50):
        numero = circuit.document.numero
        octets = bytes(circuit.document.octets or b"")
        if hashlib.sha256(octets).hexdigest() != circuit.empreinte:
            yield f"Document {numero} : ce n’est plus celui qui a été envoyé à la signature."
        if circuit.etat == EtatCircuit.SCELLE and (
            circuit.scelle is None or not bytes(circuit.scelle.octets or b"").startswith(octets)
        ):
            yield f"Document {numero} : le fichier scellé ne commence pas par le document signé."
        for one in circuit.signataires.exclude(signe_le=None):
            if print_of(circuit, one) != one.empreinte:
                yield f"Document {numero}, {one.get_qualite_display().lower()} : la signature a été modifiée."
