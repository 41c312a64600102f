"""The référentiel of the audit's day and the cycle of the certificate."""

from datetime import date

import pytest

from jalon.domain.qualiopi import cycle, referentiel
from jalon.law import NonCouvert, law_on

BILAN = (1, 2, 4, 5, 6, 9, 10, 11, 12, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 30, 31, 32)
OTHERS = (3, 7, 8, 13, 14, 15, 16, 20, 28, 29)


@pytest.mark.parametrize(
    ("audit", "nom", "total", "others"),
    [
        ("2022-01-01", "rnq2019", 32, OTHERS),
        ("2026-10-31", "rnq2019", 32, OTHERS),
        ("2026-11-01", "rnq2026", 33, (*OTHERS, 33)),
    ],
)
def test_the_day_of_the_audit_chooses_the_referentiel(audit, nom, total, others):
    law = law_on(date.fromisoformat(audit))
    found = referentiel(law)
    assert (found.nom, found.total, found.applicables, found.sans_objet) == (nom, total, BILAN, others)
    alone = referentiel(law, sous_traitance=False)
    assert set(BILAN) - set(alone.applicables) == {27}
    assert alone.sans_objet == tuple(sorted((*others, 27)))


@pytest.mark.parametrize(
    ("obtenu", "du", "au", "expire"),
    [
        ("2025-03-10", "2026-05-10", "2027-01-10", "2028-03-09"),
        ("2024-12-31", "2026-02-28", "2026-10-31", "2027-12-30"),
        ("2024-02-29", "2025-04-29", "2025-12-29", "2027-02-27"),
        ("2024-03-01", "2025-05-01", "2026-01-01", "2027-02-28"),
        ("2025-03-01", "2026-05-01", "2027-01-01", "2028-02-29"),
    ],
)
def test_the_cycle_of_a_certificate(obtenu, du, au, expire):
    day = date.fromisoformat(obtenu)
    found = cycle(day, law_on(day))
    assert [one.isoformat() for one in (found.surveillance_du, found.surveillance_au, found.expire_le)] == [
        du,
        au,
        expire,
    ]


def test_before_the_first_referentiel_nothing_is_said():
    with pytest.raises(NonCouvert):
        referentiel(law_on(date(2021, 12, 31)))
