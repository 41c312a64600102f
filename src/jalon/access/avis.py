"""The door of opinions: what was counted, question by question, in lots of five people at least. What waits is not here."""

from dataclasses import dataclass

from jalon.access import Action, require
from jalon.access.instruments import instruments_of
from jalon.domain.avis import Comptes, add
from jalon.instruments import Instrument, Partie, Question
from jalon.records.models import Depouillement, Organisme, Personne


@dataclass(frozen=True)
class QuestionComptee:
    """How many gave each answer, in the order of the answers."""

    question: Question
    comptes: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(n for _, n in self.comptes)


@dataclass(frozen=True)
class AvisReunis:
    instrument: Instrument
    bulletins: int
    trimestres: tuple[str, ...]
    parties: tuple[tuple[Partie, tuple[QuestionComptee, ...]], ...]


def read_avis(personne: Personne, organisme: Organisme) -> list[AvisReunis]:
    """One entry a sheet and version, all its lots together."""
    require(Action.VIEW_AVIS, personne, organisme)
    rows = list(Depouillement.objects.filter(organisme=organisme))
    known = instruments_of(organisme.pk, {(row.instrument, row.version) for row in rows})
    found = []
    for key, instrument in sorted(known.items(), key=lambda item: (item[1].titre, item[0])):
        lots = [row for row in rows if (row.instrument, row.version) == key]
        together: Comptes = {}
        for lot in lots:
            together = add(together, lot.comptes)
        parts = (
            (part, tuple(_counted(q, together) for q in part.questions if q.code in together))
            for part in instrument.parties
        )
        found.append(
            AvisReunis(
                instrument,
                sum(lot.bulletins for lot in lots),
                tuple(sorted({lot.trimestre for lot in lots})),
                tuple((part, counted) for part, counted in parts if counted),
            )
        )
    return found


def _counted(question: Question, together: Comptes) -> QuestionComptee:
    given = together[question.code]
    return QuestionComptee(question, tuple((m.texte, given.get(m.code, 0)) for m in question.modalites))
