"""Free moments as a page lists them: asked for by the address, grouped by day, each with a name for its button."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms

from jalon.access.cabinet import today
from jalon.access.disponibilite import Agenda, Moment, list_moments
from jalon.domain.disponibilite import is_evening, is_saturday
from jalon.domain.seance import Modalite

# Days shown at once: enough to choose from, few enough for a telephone.
JOURS_MONTRES = 6
_ECRIT = "%Y%m%dT%H%MZ"


@dataclass(frozen=True)
class Jour:
    date: date
    moments: list[Moment]


class RechercheForm(forms.Form):
    """Kept in the address: who, how, when. None of it says what for."""

    comment = forms.ChoiceField(label="Comment ?", required=False)
    avec = forms.ChoiceField(label="Avec qui ?", required=False)
    quand = forms.ChoiceField(
        label="Quand ?",
        required=False,
        choices=[
            ("", "Tous les moments"),
            ("soir", "Le soir, à partir de 18 h"),
            ("samedi", "Le samedi"),
            ("journee", "En journée, en semaine"),
        ],
    )

    def __init__(self, agendas: list[Agenda], data: Any) -> None:
        super().__init__(data)
        ways = [m for m in Modalite if any(m in a.modalites for a in agendas)]
        people = [(str(a.consultant.pk), a.consultant.nom_complet) for a in agendas]
        self.fields["comment"].choices = [(m.value, m.label) for m in ways]  # type: ignore[attr-defined]
        self.fields["avec"].choices = [("", "Qui est libre"), *people] if len(people) > 1 else people  # type: ignore[attr-defined]

    @property
    def plusieurs(self) -> bool:
        """Nobody in particular was asked for: each moment says with whom."""
        return not self.chosen().get("avec") and len(self.fields["avec"].choices) > 1  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        return self.cleaned_data if self.is_valid() else {}


@dataclass(frozen=True)
class Semaine:
    """What the page shows, and the addresses of what comes before and after."""

    modalite: Modalite | None
    jours: list[Jour]
    total: int
    apres: date | None
    avant: date | None


def free_days(
    organisme: Any,
    agendas: list[Agenda],
    form: RechercheForm,
    since: str,
    now: datetime,
    *,
    sauf: Any = None,
) -> Semaine:
    said = form.chosen()
    ways = [code for code, _ in form.fields["comment"].choices]  # type: ignore[attr-defined]
    if not ways:
        return Semaine(None, [], 0, None, None)
    modalite = Modalite(said.get("comment") or ways[0])
    people = [a for a in agendas if not said.get("avec") or str(a.consultant.pk) == said["avec"]]
    by_day = _by_day(
        m for m in _all(organisme, people, modalite, now, sauf) if _fits(m, said.get("quand", ""))
    )
    days = sorted(by_day)
    start = _since(since, today(organisme, now))
    here = [d for d in days if d >= start]
    before = [d for d in days if d < start]
    shown = here[:JOURS_MONTRES]
    return Semaine(
        modalite,
        [Jour(d, by_day[d]) for d in shown],
        len(days),
        here[JOURS_MONTRES] if len(here) > JOURS_MONTRES else None,
        before[-JOURS_MONTRES:][0] if before else None,
    )


def near(
    organisme: Any, agendas: list[Agenda], modalite: Modalite, around: datetime, now: datetime
) -> list[Moment]:
    """A few moments close to one that is gone, to choose from without leaving the form."""
    found = _unique(_all(organisme, agendas, modalite, now, None))
    return sorted(sorted(found, key=lambda m: abs(m.debut - around))[:6], key=lambda m: m.debut)


def write_moment(moment: Moment) -> str:
    return f"{moment.debut.astimezone(UTC).strftime(_ECRIT)}_{moment.membre.personne_id}"


def read_moment(text: str) -> tuple[datetime, uuid.UUID] | None:
    """The instant and the consultant that a button named; None for anything else."""
    when, _, who = text.partition("_")
    try:
        return datetime.strptime(when, _ECRIT).replace(tzinfo=UTC), uuid.UUID(who)
    except ValueError:
        return None


def _all(organisme: Any, agendas: list[Agenda], modalite: Modalite, now: datetime, sauf: Any) -> list[Moment]:
    first = today(organisme, now)
    ahead = max((a.disponibilite.horizon_jours for a in agendas), default=0)
    days = [first + timedelta(days=n) for n in range(ahead + 1)]
    return list_moments(organisme, agendas, modalite, days, now, sauf=sauf)


def _by_day(moments: Iterable[Moment]) -> dict[date, list[Moment]]:
    days: dict[date, list[Moment]] = defaultdict(list)
    for one in _unique(moments):
        days[one.debut.astimezone(one.fuseau).date()].append(one)
    return days


def _unique(moments: Iterable[Moment]) -> list[Moment]:
    """One button an instant: with whoever is least taken, since the person asked for nobody in particular."""
    kept: dict[datetime, Moment] = {}
    for one in moments:
        kept.setdefault(one.debut, one)
    return list(kept.values())


def _fits(moment: Moment, quand: str) -> bool:
    evening, saturday = is_evening(moment.debut, moment.fuseau), is_saturday(moment.debut, moment.fuseau)
    match quand:
        case "soir":
            return evening
        case "samedi":
            return saturday
        case "journee":
            return not evening and not saturday
    return True


def _since(raw: str, first: date) -> date:
    try:
        return max(date.fromisoformat(raw), first)
    except ValueError:
        return first
