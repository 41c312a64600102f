from datetime import datetime
from pathlib import Path

import pytest

from jalon.metiers import ArchiveRefusee, activity, import_naf


def test_an_activity_is_named_with_its_nomenclature(tmp_path: Path, home: Path, now: datetime):
    assert activity(home, "85.59B") is None
    listed = tmp_path / "naf.json"
    listed.write_text(
        '[{"id": "85.59B", "label": "Autres enseignements"}, {"id": "85", "label": "Enseignement"}]'
    )
    done = import_naf(listed, home, now)
    assert done.comptes == {"naf": 2}
    assert activity(home, "8559b") == activity(home, "85.59B") == ("Autres enseignements", "NAF rév. 2")
    assert activity(home, "85") == ("Enseignement", "NAF rév. 2")
    assert activity(home, "01.11Z") is None
    table = tmp_path / "naf.csv"
    table.write_text("code;libelle\n85.59H;Formation d’adultes\n", encoding="utf-8")
    import_naf(table, home, now, "2025")
    assert activity(home, "85.59H") == ("Formation d’adultes", "NAF 2025")


@pytest.mark.parametrize(
    "text", ["[]", "[1, 2", '[{"id": "85.59B"}]', '[{"id": "hors", "label": "x"}]', "rien", ""]
)
def test_what_is_no_nomenclature_is_refused(text: str, tmp_path: Path, home: Path, now: datetime):
    path = tmp_path / "naf.json"
    path.write_text(text)
    with pytest.raises(ArchiveRefusee):
        import_naf(path, home, now)
    with pytest.raises(ArchiveRefusee):
        import_naf(tmp_path / "absent.json", home, now)
    assert activity(home, "85.59B") is None
