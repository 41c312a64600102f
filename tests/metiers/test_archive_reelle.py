"""The floor that the matching must hold on the official archive, where one is at hand.

`JALON_ARCHIVE_ROME` names the official ROME archive (zip, or folder of its CSV files). Version 60 is the one the
floors were set on.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jalon.metiers import Metiers, import_rome, open_index
from jalon.metiers.evaluation import evaluate

NAMED = os.environ.get("JALON_ARCHIVE_ROME")

pytestmark = pytest.mark.skipif(
    not NAMED,
    reason="JALON_ARCHIVE_ROME ne nomme aucune archive officielle : les planchers ne sont pas vérifiés",
)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Metiers:
    home = tmp_path_factory.mktemp("rome")
    done = import_rome(Path(NAMED or ""), home, datetime.now(UTC))
    assert done.comptes["referentiel_code_rome"] >= 1_500
    return open_index(home)


def test_the_floors_hold_with_each_list_hidden_in_its_turn(real: Metiers):
    asked, figures = evaluate(*real.index)
    alone, helped = figures["contenu"], figures["avec_mobilites"]
    assert asked > 1_500
    assert (alone["recall@10"] or 0) >= 0.32
    assert (alone["recall@20"] or 0) >= 0.44
    assert (helped["recall@10"] or 0) >= 0.40
    assert (helped["recall@20"] or 0) >= 0.57
    assert (helped["recall@10_hors_domaine"] or 0) >= 0.25
    assert (helped["part_du_plus_frequent"] or 1) <= 0.05


def test_the_floors_of_content_hold_on_a_drawn_part(real: Metiers):
    _, figures = evaluate(*real.index, fraction=0.25, seed=11)
    assert (figures["contenu"]["recall@10"] or 0) >= 0.30
    assert (figures["avec_mobilites"]["recall@10"] or 0) >= 0.37


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("infirmère", "J1506"),
        ("conseillere en evolution profesionnelle", "K1801"),
        ("developeur web", "M1855"),
        ("contable", "M1203"),
        ("aide soigante", "J1501"),
        ("oenologue", "A1423"),
        ("electricen", "F1602"),
        ("assistante maternelle", "K1310"),
    ],
)
def test_hard_queries_find_their_occupation(real: Metiers, text: str, code: str):
    assert code in [one.code for one in real.search(text, 8)]
