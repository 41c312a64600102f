"""Leave of absence for a CPF bilan on working time: here silence is an acceptance (L. 6323-17, D. 6323-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.domain.jours import DAY, add_months
from jalon.domain.parcours import Labelled
from jalon.law import Law, Parameter


@dataclass(frozen=True)
class Preavis:
    """How long before the start the request must be sent, in calendar days."""

    jours: Parameter
    demande_au_plus_tard: date

    def respected_by(self, demandee_le: date) -> bool:
        return demandee_le <= self.demande_au_plus_tard


class Reponse(Labelled):
    """What the employer said, or did not say, of one request."""

    ATTENDUE = "attendue", "En attente de réponse"
    ACCORDEE = "accordee", "Accordée"
    REFUSEE = "refusee", "Refusée"
    SILENCE = "silence", "Acquise par silence"
    RETIREE = "retiree", "Retirée par le salarié"


@dataclass(frozen=True)
class DelaiReponse:
    """The employer's answer: the last day for it, and the day from which silence has accepted."""

    au_plus_tard: date
    acceptee_par_silence_a_partir_du: date | None


def preavis(debut: date, fin: date, law: Law) -> Preavis:
    """The long notice as soon as the action, its last day included, lasts six months: a bilan that is spread
    out falls under it, which few expect."""
    rules = law.absence_cpf
    lasts_long = fin >= add_months(debut, rules.seuil_longue_duree_mois.value) - DAY
    jours = rules.prevenance_jours_6_mois_et_plus if lasts_long else rules.prevenance_jours_moins_6_mois
    return Preavis(jours, debut - timedelta(days=jours.value))


def reponse(recue_le: date, repondue_le: date | None, law: Law) -> DelaiReponse:
    """Counted from the receipt, not from the request."""
    last = recue_le + timedelta(days=law.absence_cpf.reponse_jours.value)
    in_time = repondue_le is not None and repondue_le <= last
    accepts = law.absence_cpf.silence.value == "acceptation"
    return DelaiReponse(last, last + DAY if accepts and not in_time else None)
