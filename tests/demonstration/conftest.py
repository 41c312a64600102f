"""A small demonstration: few lives, made by the same code as the forty of the real one."""

from pathlib import Path

import pytest
from django.conf import settings

from jalon.actions import clock
from jalon.demonstration.chargement import load
from jalon.demonstration.histoire import read_histoires


@pytest.fixture
def load_some(transactional_db):
    """Its destructions act after the commit, as they do for everybody: real transactions."""

    def load_them(*names):
        return load(clock.now(), [h for h in read_histoires() if h.nom in names])

    return load_them


@pytest.fixture
def _day_back():
    """The moved day is a file of the data folder: the next test starts from today."""
    yield
    (Path(settings.DONNEES) / "decalage-demonstration").unlink(missing_ok=True)
