import pytest

from jalon.metiers import CodeInconnu, Metiers


def test_a_fiche_is_read_core_first_with_its_mobilities_in_their_order(depart: Metiers):
    fiche = depart.fiche("j1506")
    assert fiche.code == "J1506"
    assert fiche.libelle_domaine
    assert fiche.libelle_grand_domaine == "Santé"
    assert fiche.riasec == "SI"
    assert "Métier réglementé" in fiche.etiquettes
    assert [one.ordre for one in fiche.mobilites] == sorted(one.ordre for one in fiche.mobilites)
    cores = [one.coeur for one in fiche.competences]
    assert cores == sorted(cores, reverse=True)
    assert {one.libelle for one in fiche.coeur} == {
        "Faire des soins infirmiers prescrits",
        "Préparer et donner un traitement",
        "Évaluer l’état d’un patient et donner l’alerte",
    }
    assert all(one.nature == "contexte" for one in fiche.contextes)
    assert fiche.savoirs
    assert fiche.savoir_etre
    assert fiche.savoir_faire
    assert fiche.definition
    assert fiche.acces


def test_an_unknown_code_is_answered_with_the_nearest_ones(depart: Metiers):
    with pytest.raises(CodeInconnu) as refused:
        depart.fiche("M1806")
    assert refused.value.proches[0][0] in {"M1805", "M1802"}
    assert "M1805" in refused.value.phrase
    with pytest.raises(CodeInconnu):
        depart.fiche("'; DROP TABLE fiche; --")
    assert depart.fiche("M1805").code == "M1805"


def test_fiches_side_by_side_tell_what_they_share_and_what_each_has_alone(depart: Metiers):
    compared = depart.compare(["J1501", "J1506", "K1302"])
    shared = {one.libelle for one in compared.communes}
    assert "Faire une toilette et des soins de confort" in shared
    aide, _, domicile = compared.propres
    assert "Laver, repasser et ranger le linge" in {one.libelle for one in domicile}
    assert shared.isdisjoint({one.libelle for one in aide})


def test_a_saved_choice_is_told_when_its_code_has_changed_meaning(index: Metiers):
    label = index.fiche("M1805").libelle
    assert index.notice("M1805", "Autre métier", "61") is None
    assert index.notice("M1805", label, "60") is None
    changed = index.notice("M1805", "Autre métier", "60")
    assert changed is not None
    assert "Autre métier" in changed
    assert label in changed
    gone = index.notice("M9999", "Métier disparu", "60")
    assert gone is not None
    assert "n’existe plus" in gone


def test_the_fourteen_domains_are_listed_with_what_they_hold(depart: Metiers):
    assert [code for code, _, _ in depart.domaines()] == list("ABCDEFGHIJKLMN")
    assert all(inside for _, _, inside in depart.domaines())
