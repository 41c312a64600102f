"""Those who wrote their portfolio also answered about their interests and did a few exercises: the others are not asked more than they need."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zlib import crc32

from jalon.actions import questionnaire
from jalon.demonstration import paroles
from jalon.demonstration.actes_metiers import ActesMetiers
from jalon.instruments import get
from jalon.records.models import Piece

Acte = Callable[[datetime], object]
INTERETS, EXERCICES = "interets_riasec", "aptitude_logique"


class ActesQuestionnaires(ActesMetiers):
    def proposer_plus(self, now: datetime) -> None:
        if self.portefeuille:
            for code in (INTERETS, EXERCICES):
                questionnaire.propose_questionnaire(bilan=self.bilan, code=code, by=self.consultant, now=now)

    def repondre_plus(self, code: str) -> Acte:
        return lambda now: self._finish(code, now) if self.portefeuille else None

    def _finish(self, code: str, now: datetime) -> None:
        said = self._exercises(code) if code == EXERCICES else self._interests(code)
        questionnaire.save_reponses(
            bilan=self.bilan,
            code=code,
            reponses=said,
            by=self.personne if self.h.email else self.consultant,
            now=now,
            finish=True,
        )

    def _interests(self, code: str) -> dict[str, Any]:
        instrument = get(code)
        assert instrument is not None
        return paroles.answers(self.h, [q.code for q in instrument.questions])

    def _exercises(self, code: str) -> dict[str, Any]:
        """One by one in the order of the test, solved up to a level of her own."""
        instrument = get(code)
        assert instrument is not None
        assert instrument.epreuve is not None
        sheet = Piece.objects.get(bilan=self.bilan, nature="reponses", reference=code)
        reach = 4 + crc32(self.h.nom.encode()) % 5
        said: dict[str, Any] = {}
        while (chosen := instrument.epreuve.suivante(said, str(sheet.pk))) is not None:
            right = instrument.epreuve.rang_niveau[chosen] < reach
            said[chosen] = instrument.epreuve.cles[chosen] if right else "nsp"
        return said

    def restituer_plus(self, now: datetime) -> None:
        if self.portefeuille:
            for code in (INTERETS, EXERCICES):
                questionnaire.restitute(bilan=self.bilan, code=code, by=self.consultant, now=now)
