import random
from datetime import date
from pathlib import Path

import pytest
from tests.metiers.archives import rome_files, rome_tables, write_folder
from tests.metiers.conftest import NOW

from jalon.metiers import CodeInconnu, Distance, EntreeRefusee, Filtre, Metiers, import_rome, open_index

TODAY = date(2026, 11, 22)


def summary(index: Metiers, **asked: object) -> list[tuple[str, float]]:
    return [(one.code, one.score) for one in index.match(**asked)]  # type: ignore[arg-type]


def test_official_mobilities_come_first_in_their_order_and_are_marked(depart: Metiers):
    official = [one.code for one in depart.fiche("J1501").mobilites]
    found = depart.match(metiers=["J1501"], k=12)
    assert [one.code for one in found[: len(official)]] == official
    assert [one.mobilite_officielle for one in found] == [True] * len(official) + [False] * (
        12 - len(official)
    )
    assert "Mobilité officielle depuis" in found[0].voie[0]
    assert [one.rang for one in found] == list(range(1, 13))
    ours = [one.score for one in found[len(official) :]]
    assert ours == sorted(ours, reverse=True)


def test_the_past_job_itself_is_not_proposed(depart: Metiers):
    every = depart.match(metiers=["J1501", "M1607"], k=500)
    assert {"J1501", "M1607"}.isdisjoint(one.code for one in every)
    assert len(every) == len(depart.list_fiches(Filtre())) - 2


def test_each_proposal_is_explained_by_named_skills(depart: Metiers):
    target = next(one for one in depart.match(metiers=["J1501"], k=40) if one.code == "K1302")
    shared = [one.competence for one in target.communs]
    missing = [one.competence for one in target.manquants]
    mine = {one.code_ogr for one in depart.fiche("J1501").competences}
    theirs = depart.fiche("K1302")
    assert shared
    assert missing
    assert {one.code_ogr for one in shared} == {
        one.code_ogr for one in theirs.competences if one.nature != "contexte" and one.code_ogr in mine
    }
    assert [one.fiches for one in shared] == sorted(one.fiches for one in shared)
    assert [one.coeur for one in missing] == sorted((one.coeur for one in missing), reverse=True)
    assert {one.code_ogr for one in missing}.isdisjoint(mine)
    assert all("%" not in sentence for sentence in target.voie)
    assert sum(target.parts.values()) == pytest.approx(target.score, abs=1e-3)


def test_what_was_ticked_is_told_apart_from_what_a_past_job_supposes(depart: Metiers):
    ticked = depart.search_skills("faire une toilette", 1)[0].code_ogr
    found = {one.code: one for one in depart.match(metiers=["K1304"], competences=[ticked], k=60)}
    shared = {one.competence.code_ogr: one.suppose for one in found["K1302"].communs}
    assert shared[ticked] is False
    assert True in shared.values()


def test_the_skills_of_an_occupation_lead_back_to_it(depart: Metiers):
    """Person-like profiles: eight skills of an occupation, in any order."""
    draw = random.Random(5)
    first = 0
    for code in ("J1506", "M1203", "F1602", "K2111", "D1102", "L1203", "N4101", "M1805", "A1416", "B1803"):
        held = [one.code_ogr for one in depart.fiche(code).competences if one.nature != "contexte"]
        chosen = draw.sample(held, 8)
        found = depart.match(competences=chosen, k=3)
        assert code in [one.code for one in found]
        first += found[0].code == code
        draw.shuffle(chosen)
        assert summary(depart, competences=chosen, k=3) == [(one.code, one.score) for one in found]
    assert first >= 8


def test_the_other_gender_of_a_title_gives_the_same_list(depart: Metiers):
    for masculine, feminine in (
        ("infirmier de nuit", "infirmière de nuit"),
        ("directeur commercial", "directrice commerciale"),
        ("vendeur en boulangerie", "vendeuse en boulangerie"),
        ("assistant administratif", "assistante administrative"),
    ):
        one = summary(depart, mots=masculine, competences=["depart-ecoute"])
        assert one == summary(depart, mots=feminine, competences=["depart-ecoute"])
        assert one != summary(depart, mots="soudeur", competences=["depart-ecoute"])


def test_interests_fill_a_column_and_move_nothing(depart: Metiers):
    plain = summary(depart, metiers=["M1607"], k=20)
    scores = {"R": 4.0, "I": 9.0, "A": 2.0, "S": 30.0, "E": 12.0, "C": 6.0}
    with_interests = depart.match(metiers=["M1607"], k=20, interets=scores)
    assert [(one.code, one.score) for one in with_interests] == plain
    assert len({one.interets for one in with_interests}) > 10
    assert all(one.interets is not None and -1 <= one.interets <= 1 for one in with_interests)
    flat = depart.match(metiers=["M1607"], k=3, interets=dict.fromkeys("RIASEC", 10.0))
    assert [one.interets for one in flat] == [None] * 3
    assert [one.interets for one in depart.match(metiers=["M1607"], k=3)] == [None] * 3


def test_domain_distance_conditions_and_dropped_tracks_filter_the_list(depart: Metiers):
    found = depart.match(metiers=["J1501"], k=200, filtre=Filtre(distance_min=Distance.AILLEURS))
    assert found
    assert not any(one.code.startswith("J") for one in found)
    near = depart.match(metiers=["J1501"], k=200, filtre=Filtre(distance_max=Distance.DOMAINE))
    assert near
    assert all(one.code.startswith("J15") for one in near)
    assert {one.distance for one in near} <= {"même famille", "même domaine"}
    night = next(one for one in depart.contextes() if one.libelle == "Travail le week-end")
    without = {
        one.code
        for one in depart.match(metiers=["J1501"], k=200, filtre=Filtre(contextes_refuses=[night.code_ogr]))
    }
    assert "J1506" not in without
    assert "M1609" in without
    dropped = depart.match(metiers=["J1501"], k=200, filtre=Filtre(ecartes=["M1609"]))
    assert "M1609" not in {one.code for one in dropped}


def test_a_question_without_anything_or_with_an_unknown_code_is_refused(depart: Metiers):
    with pytest.raises(EntreeRefusee) as nothing:
        depart.match()
    assert nothing.value.champ == "competences"
    with pytest.raises(EntreeRefusee, match="99999999"):
        depart.match(competences=["depart-ecoute", "99999999"])
    with pytest.raises(CodeInconnu) as unknown:
        depart.match(metiers=["J15"])
    assert unknown.value.champ == "fiche"
    assert depart.match(competences=["depart-ecoute"])


def test_a_hidden_list_is_as_if_it_had_never_been_written(index: Metiers, tmp_path: Path):
    """The same archive without the fiche's own list and without the edges into it must answer the very same."""
    tables = rome_tables()
    before = len(tables["rubrique_mobilite"])
    tables["rubrique_mobilite"] = [
        row
        for row in tables["rubrique_mobilite"]
        if "J1501" not in (row["code_rome"], row["code_rome_cible"])
    ]
    assert len(tables["rubrique_mobilite"]) < before - 4
    import_rome(write_folder(tmp_path / "archive", rome_files("61", tables)), tmp_path / "home", NOW)
    without = open_index(tmp_path / "home")
    assert not without.fiche("J1501").mobilites
    hidden = index.match(metiers=["J1501"], k=200, sans_mobilites=True)
    assert not any(one.mobilite_officielle for one in hidden)
    assert [(one.code, one.score, one.parts) for one in hidden] == [
        (one.code, one.score, one.parts)
        for one in without.match(metiers=["J1501"], k=200, sans_mobilites=True)
    ]
    shown = index.match(metiers=["J1501"], k=200)
    assert [one.code for one in shown] != [one.code for one in hidden]


def test_a_watched_occupation_stays_out_of_the_first_ten_of_those_who_are_far(index: Metiers):
    """Trainer is in the official lists of a quarter of the occupations; it must not be proposed to everybody."""
    codes = [one.code for one in index.list_fiches(Filtre())]
    moteur, voisinage = index.index
    most = max(range(len(codes)), key=lambda fiche: len(moteur.faits.citee_par[fiche]))
    assert codes[most] == "K2111"
    assert most in voisinage.watched
    asked = [code for code in codes if code != "K2111"]
    proposed = sum(
        "K2111" in [one.code for one in index.match(metiers=[code], k=10, sans_mobilites=True)]
        for code in asked
    )
    assert 0 < proposed <= 0.05 * len(asked)


def test_a_gap_tells_what_is_missing_core_first_and_the_shortest_steps(depart: Metiers):
    gap = depart.gap("J1506", TODAY, metiers=["J1501"])
    assert gap.fiche.code == "J1506"
    assert {one.manquant.competence.libelle for one in gap.lacunes_coeur} == {
        "Faire des soins infirmiers prescrits",
        "Préparer et donner un traitement",
    }
    cores = [one.manquant.competence.coeur for one in gap.lacunes]
    assert cores == sorted(cores, reverse=True)
    assert "Faire une toilette et des soins de confort" in {one.competence.libelle for one in gap.acquis}
    assert gap.lacunes_voisines
    assert gap.pistes == ()
    whole = depart.gap("J1506", TODAY, metiers=["J1506"])
    assert whole.lacunes == ()
