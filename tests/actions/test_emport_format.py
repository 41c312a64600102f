"""The open data: every kind of content has its published form, which is the one that is enforced."""

import json
from pathlib import Path

import pytest
from tests.actions.schema_json import errors
from tests.vault.test_pieces import FULL

from jalon.actions.emport_format import PAS_A_ELLE, natures, schema
from jalon.domain.natures import LABELS
from jalon.vault.pieces import KINDS
from jalon.vault.pieces.lecture import read_rows
from jalon.vault.pieces.schema import schema_of

PUBLIE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "dossier.schema.json"


def test_every_kind_is_carried_away_but_what_is_not_hers():
    hers = {n for n in KINDS if n in LABELS and n not in PAS_A_ELLE}
    assert set(natures()) == hers
    assert len(natures()) == len(set(natures()))
    assert {"note", "brouillon", "propos"}.isdisjoint(natures())


@pytest.mark.parametrize("piece", FULL, ids=lambda p: p.kind)
def test_a_full_piece_of_each_kind_is_valid_and_a_changed_one_is_not(piece):
    said = json.loads(json.dumps(piece.to_json()))
    rule = schema_of(type(piece))
    assert errors(said, rule) == []
    assert errors({**said, "inconnu": 1}, rule) != []
    first = next(iter(said))
    assert errors({**said, first: [{"autre": {}}]}, rule) != []
    assert errors({k: v for k, v in said.items() if k != first}, rule) != []


@pytest.mark.parametrize("piece", FULL, ids=lambda p: p.kind)
def test_a_full_piece_of_each_kind_can_be_read_by_a_person(piece):
    for heading, text in read_rows(piece):
        assert heading
        assert isinstance(text, str)


def test_the_published_schema_is_the_one_that_travels_with_each_folder():
    """When a kind is added or changed: `script/formats`, and say so to who reads this format."""
    assert PUBLIE.read_bytes() == schema()
