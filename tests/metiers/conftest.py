from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.metiers.archives import rome_files, write_folder

from jalon.metiers import Metiers, open_index
from jalon.metiers.rome.importation import import_rome

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="session")
def depart(tmp_path_factory: pytest.TempPathFactory) -> Metiers:
    """The starting set, as somebody sees it who has imported nothing."""
    return open_index(tmp_path_factory.mktemp("depart"))


@pytest.fixture(scope="session")
def imported_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which version 61, made of our starting set, was imported. To be read, never written."""
    folder = tmp_path_factory.mktemp("metiers")
    import_rome(write_folder(folder / "archive", rome_files("61")), folder / "home", NOW)
    return folder / "home"


@pytest.fixture(scope="session")
def index(imported_home: Path) -> Metiers:
    return open_index(imported_home)
