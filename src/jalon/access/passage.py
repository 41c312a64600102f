"""The stretches of time of a séance that goes on, as facts. The caller has passed the séance's own door."""

from jalon.domain.passage import Passage
from jalon.records.models import Seance


def read_passages(seance: Seance) -> list[Passage]:
    return [Passage(p.debut, p.fin) for p in seance.passages.all()]
