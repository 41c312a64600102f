"""Reading the law on a day."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from jalon.law import NonCouvert, law_on, names

# Typed from droit.md 10.1: name, day, value. None stands for « no limit in force ».
VALUES = [
    ("bilan_competences.duree_max_heures", "2019-01-01", 24),
    ("bilan_competences.duree_min_accompagnement_heures", "2026-11-22", None),
    ("bilan_competences.retention_exception_annees", "2023-12-30", 1),
    ("bilan_competences.retention_exception_annees", "2023-12-31", 3),
    ("bilan_competences.retention_point_depart", "2026-11-22", "terme_action"),
    ("bilan_competences.convention_delai_jours", "2026-11-22", 10),
    ("bilan_competences.convention_silence", "2026-11-22", "refus"),
    ("absence_cpf.prevenance_jours_moins_6_mois", "2026-11-22", 60),
    ("absence_cpf.prevenance_jours_6_mois_et_plus", "2026-11-22", 120),
    ("absence_cpf.reponse_jours", "2026-11-22", 30),
    ("absence_cpf.silence", "2026-11-22", "acceptation"),
    ("cpf.plafond_bilan_eur", "2026-02-25", None),
    ("cpf.plafond_bilan_eur", "2026-02-26", Decimal("1600.00")),
    ("cpf.carence_annees", "2026-02-25", None),
    ("cpf.carence_annees", "2026-02-26", 5),
    ("cpf.heures_financables", "2026-02-25", "non_precise"),
    ("cpf.heures_financables", "2026-02-26", "accompagnement"),
    ("cpf.participation_eur", "2024-05-01", Decimal("0.00")),
    ("cpf.participation_eur", "2024-05-02", Decimal("100.00")),
    ("cpf.participation_eur", "2025-01-01", Decimal("102.23")),
    ("cpf.participation_eur", "2026-01-01", Decimal("103.20")),
    ("cpf.participation_eur", "2026-04-01", Decimal("103.20")),
    ("cpf.participation_eur", "2026-04-02", Decimal("150.00")),
    ("cpf.participation_complement_eur", "2026-11-22", None),
    ("cpf.delai_avant_entree_jours_ouvres", "2021-06-10", 11),
    ("cpf.declaration_entree_sortie_jours_ouvres", "2019-11-21", 3),
    ("cpf.sous_traitance_plafond", "2024-04-01", Decimal("0.80")),
    ("contrat_individuel.retractation_jours", "2008-05-01", 10),
    ("contrat_individuel.retractation_distance_jours", "2014-06-14", 14),
    ("contrat_individuel.premier_versement_max", "2026-11-22", Decimal("0.30")),
    ("contrat_individuel.fonction_retractation_en_ligne", "2026-06-19", True),
    ("qualite.referentiel", "2026-10-31", "rnq2019"),
    ("qualite.referentiel", "2026-11-01", "rnq2026"),
    (
        "qualite.indicateurs_bilan",
        "2026-11-22",
        (1, 2, 4, 5, 6, 9, 10, 11, 12, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 30, 31, 32),
    ),
    ("conservation.comptable_annees", "2026-11-22", 10),
    ("conservation.fiscale_annees", "2026-12-31", 6),
    ("conservation.fiscale_annees", "2027-01-01", 10),
    ("conservation.certificat_realisation_annees_apres_fin_annee_paiement", "2020-06-01", 3),
    ("facturation_electronique.reception", "2026-09-01", True),
    ("facturation_electronique.emission_pme", "2027-09-01", True),
    ("facturation_electronique.hors_champ", "2026-11-22", "opérations exonérées 261 à 261 E CGI"),
    ("demarchage.cpf_interdit", "2022-12-21", True),
    ("demarchage.telephone_opt_in", "2026-08-11", True),
]


@pytest.mark.parametrize(("name", "day", "value"), VALUES)
def test_each_parameter_of_the_dossier_has_its_value_on_its_day(name, day, value):
    found = law_on(date.fromisoformat(day))[name]
    assert found.value == value
    assert type(found.value) is type(value)
    assert found.source
    assert found.since <= date.fromisoformat(day)


def test_a_value_is_read_as_a_field_and_says_where_it_comes_from():
    found = law_on(date(2026, 11, 22)).bilan_competences.retention_exception_annees
    assert (found.name, found.unit, found.value) == (
        "bilan_competences.retention_exception_annees",
        "annee",
        3,
    )
    assert found.since == date(2023, 12, 31)
    assert "R. 6313-7" in found.source
    assert found.checked_on == date(2026, 8, 20)
    assert found.certainty == "verified"
    assert found.projet is None


def test_the_articles_of_a_value_are_told_one_by_one():
    found = law_on(date(2026, 11, 22)).absence_cpf.silence
    assert found.sources == ("Code du travail, art. D. 6323-4", "Code du travail, art. L. 6323-17")


def test_a_draft_is_shown_beside_the_law_and_never_applied():
    found = law_on(date(2026, 11, 22)).bilan_competences.duree_min_accompagnement_heures
    assert found.value is None
    assert found.projet is not None
    assert found.projet.value == 13
    assert "non publié" in found.projet.statut


def test_a_day_before_the_first_value_is_an_error_and_never_a_default():
    with pytest.raises(NonCouvert, match="non couvert") as caught:
        _ = law_on(date(2018, 12, 31)).bilan_competences.duree_max_heures
    assert caught.value.first == date(2019, 1, 1)
    assert law_on(date(2019, 1, 1)).bilan_competences.duree_max_heures.value == 24


def test_a_duty_that_does_not_exist_yet_can_be_asked_for_without_an_error():
    group = law_on(date(2026, 6, 18)).contrat_individuel
    assert not group.covers("fonction_retractation_en_ligne")
    assert law_on(date(2026, 6, 19)).contrat_individuel.covers("fonction_retractation_en_ligne")


def test_an_unknown_parameter_is_an_error():
    law = law_on(date(2026, 11, 22))
    for wrong in ("bilan_competence", "duree_max_heures"):
        with pytest.raises(AttributeError, match=wrong):
            getattr(law, wrong)
    with pytest.raises(AttributeError, match="duree_maxi"):
        _ = law.bilan_competences.duree_maxi
    with pytest.raises(KeyError):
        _ = law["cpf.plafond"]


def test_the_law_of_a_day_cannot_be_changed():
    law = law_on(date(2026, 11, 22))
    with pytest.raises(AttributeError, match="frozen"):
        law.day = date(2020, 1, 1)
    with pytest.raises(AttributeError, match="frozen"):
        law.cpf.plafond_bilan_eur = 3
    with pytest.raises(AttributeError, match="frozen"):
        del law.day
    with pytest.raises(AttributeError):
        law.cpf.plafond_bilan_eur.value = 3
    assert law.day == date(2026, 11, 22)


def test_the_law_is_asked_for_a_local_day_and_not_for_an_instant():
    with pytest.raises(TypeError, match="instant"):
        law_on(datetime(2026, 11, 22, 12, 0))


def test_the_law_of_one_day_is_read_once():
    assert law_on(date(2026, 11, 22)) is law_on(date(2026, 11, 22))


def test_every_name_answers_on_a_far_day():
    law = law_on(date.max)
    assert sorted(law) == sorted(names())
    assert [name for name in names() if law[name].name != name] == []
    assert "plafond_bilan_eur" in set(law.cpf)
    assert repr(law.cpf) == "<Law cpf.* on 9999-12-31>"


@pytest.mark.parametrize(
    "territoire",
    [
        "metropole",
        "alsace_moselle",
        "guadeloupe",
        "martinique",
        "guyane",
        "reunion",
        "mayotte",
        "saint_martin",
        "saint_barthelemy",
        "saint_pierre_et_miquelon",
    ],
)
def test_each_territory_has_its_holidays_in_the_law(territoire):
    days = law_on(date(2026, 11, 22))[f"jours_feries.{territoire}"].value
    assert {"01-01", "paques+1", "05-01", "05-08", "paques+39", "paques+50"} <= set(days)
    assert {"07-14", "08-15", "11-01", "11-11", "12-25"} <= set(days)
    assert len(days) == len(set(days))
