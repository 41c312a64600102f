import pytest

from jalon.vault import Coffre

MASTER = bytes(range(32))


@pytest.fixture
def home(tmp_path):
    return tmp_path / "var"


@pytest.fixture
def coffre(home):
    coffre = Coffre.create(home, MASTER)
    yield coffre
    coffre.close()
