from datetime import date, datetime
from pathlib import Path

from tests.metiers.archives import rncp_files, write_zip

from jalon.metiers import import_rncp, open_index


def test_a_gap_names_the_certifications_that_are_open_and_the_blocs_that_speak_of_it(
    tmp_path: Path, home: Path, now: datetime
):
    assert open_index(home).gap("K1801", date(2026, 11, 22), metiers=["M1502"]).pistes == ()
    import_rncp(write_zip(tmp_path / "export-fiches-csv-2026-08-01.zip", rncp_files()), home, now)
    index = open_index(home)
    gap = index.gap("K1801", date(2026, 11, 22), metiers=["M1502"])
    assert [one.numero for one in gap.pistes] == ["RNCP100"]
    assert [one.numero for one in gap.pistes_vae] == ["RNCP100"]
    assert "France compétences" in gap.credit_certifications
    blocs = {one.manquant.competence.libelle: [bloc.code for bloc in one.blocs] for one in gap.lacunes}
    assert blocs["Bâtir un parcours avec la personne et en suivre les étapes"] == ["RNCP100BC01"]
    assert blocs["Droits sociaux et aides"] == []
    assert index.gap("K1801", date(2030, 1, 1), metiers=["M1502"]).pistes == ()
