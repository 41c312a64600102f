"""The headings that a cabinet adds under the three of the synthesis, for its own page."""

from jalon.domain.synthese import Rubrique
from jalon.records.models import Organisme, SousRubrique


def read_trame(organisme: Organisme) -> dict[str, list[str]]:
    """By heading; the page's gate has already given this cabinet."""
    found: dict[str, list[str]] = {r.value: [] for r in Rubrique}
    for row in SousRubrique.objects.filter(organisme=organisme):
        found[row.rubrique].append(row.titre)
    return found
