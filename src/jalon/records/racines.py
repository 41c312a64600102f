"""Check the daily roots: each must still be what the heads of all chains were at its instant."""

import hashlib
from uuid import UUID

from jalon.records.models import Evenement, Racine


def broken_roots() -> list[str]:
    """Sentences, one for each day whose root the events no longer give. One pass over the events, however many roots."""
    found: list[str] = []
    heads: dict[UUID, tuple[int, str]] = {}
    events = (
        Evenement.objects.order_by("le", "id")
        .values_list("le", "chaine", "numero", "empreinte")
        .iterator(2000)
    )
    upcoming = next(events, None)
    for root in Racine.objects.order_by("calculee_le", "id"):
        while upcoming is not None and upcoming[0] <= root.calculee_le:
            _, chaine, numero, empreinte = upcoming
            if numero > heads.get(chaine, (0, ""))[0]:
                heads[chaine] = (numero, empreinte)
            upcoming = next(events, None)
        if (root.chaines, root.empreinte) != (len(heads), _digest(heads)):
            found.append(
                f"Racine du {root.jour.isoformat()} : les chaînes de ce jour ne sont plus celles qu’elle atteste."
            )
    return found


def _digest(heads: dict[UUID, tuple[int, str]]) -> str:
    digest = hashlib.sha256()
    for chaine in sorted(heads):
        numero, empreinte = heads[chaine]
        digest.update(f"{chaine}:{numero}:{empreinte}\n".encode())
    return digest.hexdigest()
