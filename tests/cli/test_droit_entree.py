"""`jalon droit calculer` is strict on what comes in: a field that is not understood is refused, and named."""

import pytest


@pytest.mark.parametrize(
    ("raw", "champ"),
    [
        (b"", "entree"),
        (b"{", "entree"),
        (b'{"prix": "1.00"} {}', "entree"),
        (b'"1600.00"', "entree"),
        (b"null", "entree"),
        (b'{"prix": NaN}', "entree"),
        (b'{"prix": "1.00\xe9"}', "entree"),
        (b"[" * 100_000, "entree"),
        (b'{"prix": "1.00", "prix": "2.00"}', "prix"),
        (b"{}", "prix"),
        (b'{"prix": null}', "prix"),
    ],
)
def test_what_is_not_an_object_of_the_contract_is_refused(refused, raw, champ):
    assert refused("acompte", raw) == champ


@pytest.mark.parametrize(
    "prix",
    [
        1600,
        1600.0,
        True,
        "1600",
        "1600.0",
        "1600.000",
        "1600,00",
        "-1.00",
        "+1.00",
        " 1.00",
        "1.00\n",
        "1e3",
        "١.٠٠",
        "",
        ["1.00"],
    ],
)
def test_money_is_text_with_two_decimals_and_nothing_else(refused, prix):
    assert refused("acompte", {"prix": prix}) == "prix"


@pytest.mark.parametrize(
    "le",
    [
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "20260222",
        "2026-2-22",
        "2026-W08-1",
        "2026-02-22T10:00:00Z",
        "0000-01-01",
        20260222,
        True,
        "",
        " 2026-02-22",
        "9999-12-31",
    ],
)
def test_a_day_is_a_real_one_written_in_one_way(refused, droit, le):
    assert droit("calculer", "droit_acces", send={"recue_le": "2028-02-29"})[0] == 0
    assert refused("droit_acces", {"recue_le": le}) == "recue_le"


CONVENTION = {"transmissions": ["2026-11-23T09:00:00+01:00"], "maintenant": "2026-11-24T09:00:00Z"}


@pytest.mark.parametrize(
    "instant",
    [
        "2026-11-23T09:00:00",
        "2026-11-23",
        "2026-11-23 09:00:00Z",
        "2026-11-23T24:00:00Z",
        "2026-02-30T09:00:00Z",
        "2026-11-23T09:00:60Z",
        "2026-11-23T09Z",
        "2026-11-23T09:00:00+25:00",
        "0001-01-01T00:00:00+14:00",
        "2026-11-23T09:00:00z",
        1763888400,
        None,
    ],
)
def test_an_instant_has_an_offset_and_exists(refused, instant):
    assert refused("convention", {**CONVENTION, "maintenant": instant}) == "maintenant"
    assert (
        refused("convention", {**CONVENTION, "transmissions": [*CONVENTION["transmissions"], instant]})
        == "transmissions[1]"
    )


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"transmissions": []}, "transmissions"),
        ({"transmissions": None}, "transmissions"),
        ({"transmissions": "2026-11-23T09:00:00Z"}, "transmissions"),
        ({"fuseau": "Europe/Paname"}, "fuseau"),
        ({"fuseau": "localtime"}, "fuseau"),
        ({"fuseau": 2}, "fuseau"),
        ({"territoire": "corse"}, "territoire"),
        ({"territoire": ["metropole"]}, "territoire"),
        ({"signee_le": "2026-11-24T00:00:00Z", "refusee_le": "2026-11-24T00:00:00Z"}, "refusee_le"),
        ({"signee": "2026-11-24T00:00:00Z"}, "signee"),
        ({"maintenant": None}, "maintenant"),
        ({"transmissions": ["2018-11-23T09:00:00+01:00"]}, "transmissions"),
    ],
)
def test_a_convention_is_refused_by_its_field(refused, droit, change, champ):
    assert droit("calculer", "convention", send=CONVENTION)[0] == 0
    assert refused("convention", {**CONVENTION, **change}) == champ


SEANCE = {"phase": "preliminaire", "nature": "accompagnement", "minutes": 60}
TIMED = {
    "phase": "preliminaire",
    "nature": "accompagnement",
    "debut": "2026-11-23T09:00:00+01:00",
    "fin": "2026-11-23T10:00:00+01:00",
}


@pytest.mark.parametrize(
    ("seances", "champ"),
    [
        ({}, "seances"),
        (None, "seances"),
        ([SEANCE, {**SEANCE, "minutes": -1}], "seances[1].minutes"),
        ([{**SEANCE, "minutes": 60.0}], "seances[0].minutes"),
        ([{**SEANCE, "minutes": True}], "seances[0].minutes"),
        ([{**SEANCE, "minutes": "60"}], "seances[0].minutes"),
        ([{**SEANCE, "phase": "suivi"}], "seances[0].nature"),
        ([{**SEANCE, "nature": "suivi"}], "seances[0].nature"),
        ([{**SEANCE, "nature": "conseil"}], "seances[0].nature"),
        ([{**SEANCE, "collectif": 1}], "seances[0].collectif"),
        ([{**SEANCE, "hors_contrat": "non"}], "seances[0].hors_contrat"),
        ([{**SEANCE, "lieu": "Lyon"}], "seances[0].lieu"),
        ([{**TIMED, "minutes": 60}], "seances[0].minutes"),
        ([{**TIMED, "fin": None}], "seances[0].fin"),
        ([{**TIMED, "fin": "2026-11-23T08:59:00+01:00"}], "seances[0].fin"),
        ([TIMED, {**TIMED, "fin": "2026-11-23T09:30:00+01:00"}], "seances[0].debut"),
        ([{"phase": "preliminaire", "nature": "accompagnement"}], "seances[0].minutes"),
        ([3], "seances[0]"),
    ],
)
def test_a_seance_is_refused_by_its_field(refused, droit, seances, champ):
    assert droit("calculer", "duree", send={"le": "2026-11-22", "seances": [SEANCE, TIMED]})[0] == 0
    assert refused("duree", {"le": "2026-11-22", "seances": seances}) == champ


@pytest.mark.parametrize(
    ("calcul", "send", "champ"),
    [
        ("absence", {"debut": "2027-03-01", "fin": "2027-02-28"}, "fin"),
        (
            "absence",
            {
                "debut": "2027-03-01",
                "fin": "2027-04-01",
                "demandee_le": "2026-12-02",
                "recue_le": "2026-12-01",
            },
            "recue_le",
        ),
        (
            "absence",
            {
                "debut": "2027-03-01",
                "fin": "2027-04-01",
                "recue_le": "2026-12-02",
                "repondue_le": "2026-12-01",
            },
            "repondue_le",
        ),
        (
            "conservation",
            {"terme": "2026-06-30", "accord": {"signe_le": "2026-06-30"}},
            "accord.fonde_sur_suivi",
        ),
        ("conservation", {"terme": "2026-06-30", "accord": {"fonde_sur_suivi": True}}, "accord.signe_le"),
        ("conservation", {"terme": "2026-06-30", "accord": "oui"}, "accord"),
        ("conservation", {"terme": "2026-06-30T10:00:00"}, "terme"),
        (
            "conservation",
            {"terme": "2026-06-30", "accord": {"signe_le": "2026-06-30", "fonde_sur_suivi": 1}},
            "accord.fonde_sur_suivi",
        ),
        (
            "conservation",
            {
                "terme": "2026-06-30",
                "accord": {"signe_le": "2026-06-30", "fonde_sur_suivi": True, "duree_mois": 0},
            },
            "accord.duree_mois",
        ),
        (
            "conservation",
            {
                "terme": "2026-06-30",
                "accord": {"signe_le": "2026-06-30", "fonde_sur_suivi": True, "retire_le": "2026-06-29"},
            },
            "accord.retire_le",
        ),
        (
            "participation",
            {"demandee_le": "2026-05-04", "abondement_employeur": "0.00"},
            "abondement_employeur",
        ),
        (
            "participation",
            {"demandee_le": "2026-05-04", "prise_en_charge_par": "etat"},
            "prise_en_charge_par",
        ),
        ("participation", {"demandee_le": "2026-05-04", "demandeur_emploi": "oui"}, "demandeur_emploi"),
        ("financement_cpf", {"demandee_le": "2026-05-04", "prix": "1600.00"}, "droits"),
        ("carence_cpf", {"demandee_le": "2026-05-04", "financement": "cpf"}, "anterieur"),
        (
            "carence_cpf",
            {"demandee_le": "2026-05-04", "financement": "cdc", "anterieur": None},
            "financement",
        ),
        ("carence_cpf", {"demandee_le": "2026-05-04", "financement": "cpf", "anterieur": "oui"}, "anterieur"),
        (
            "carence_cpf",
            {"demandee_le": "2026-05-04", "financement": "cpf", "anterieur": {"finance_le": "2024-01-01"}},
            "anterieur.financeur",
        ),
        (
            "carence_cpf",
            {
                "demandee_le": "2026-05-04",
                "financement": "cpf",
                "anterieur": {"finance_le": "2026-05-05", "financeur": "cpf"},
            },
            "anterieur.finance_le",
        ),
        ("retractation", {"conclu_le": "2026-11-23", "lieu": "bureau"}, "lieu"),
        (
            "prorata",
            {
                "prix": "10.00",
                "minutes_prevues": 0,
                "minutes_faites": 0,
                "demande_expresse": True,
                "cause": "retractation",
            },
            "minutes_prevues",
        ),
        (
            "prorata",
            {
                "prix": "10.00",
                "minutes_prevues": 60,
                "minutes_faites": -1,
                "demande_expresse": True,
                "cause": "retractation",
            },
            "minutes_faites",
        ),
        (
            "prorata",
            {"prix": "10.00", "minutes_prevues": 60, "minutes_faites": 1, "cause": "retractation"},
            "demande_expresse",
        ),
        ("bpf", {"annee": "2026"}, "annee"),
        ("bpf", {"annee": True}, "annee"),
        ("bpf", {"annee": 10**30}, "annee"),
        (
            "conservation_preuve",
            {"nature": "facture", "dernier_paiement_le": "2026-12-31"},
            "dernier_paiement_le",
        ),
        ("conservation_preuve", {"nature": "facture"}, "exercice_clos_le"),
        ("conservation_preuve", {"nature": "devis", "exercice_clos_le": "2026-12-31"}, "nature"),
        ("qualiopi", {"audit_le": "2026-11-22", "sous_traitance": 0}, "sous_traitance"),
    ],
)
def test_each_calculation_refuses_by_the_field(refused, calcul, send, champ):
    assert refused(calcul, send) == champ


@pytest.mark.parametrize(
    ("calcul", "send", "champ"),
    [
        ("convention", {**CONVENTION, "transmissions": ["2018-12-31T22:59:59Z"]}, "transmissions"),
        ("absence", {"debut": "2018-12-31", "fin": "2019-02-01"}, "debut"),
        ("absence", {"debut": "2019-02-01", "fin": "2019-02-01", "recue_le": "2018-12-31"}, "recue_le"),
        ("conservation", {"terme": "2018-12-31"}, "terme"),
        ("conservation", {"terme": "2018-12-31T22:30:00Z"}, "terme"),
        ("duree", {"le": "2018-12-31", "seances": []}, "le"),
        ("financement_cpf", {"demandee_le": "2018-12-31", "prix": "1.00", "droits": "1.00"}, "demandee_le"),
        (
            "carence_cpf",
            {"demandee_le": "2018-12-31", "financement": "cpf", "anterieur": None},
            "demandee_le",
        ),
        ("entree_cpf", {"proposition_le": "2021-06-09"}, "proposition_le"),
        ("declaration_edof", {"evenement_le": "2019-11-20"}, "evenement_le"),
        ("retractation", {"conclu_le": "2008-04-30", "lieu": "etablissement"}, "conclu_le"),
        ("retractation", {"conclu_le": "2014-06-13", "lieu": "distance"}, "conclu_le"),
        ("qualiopi", {"audit_le": "2021-12-31"}, "audit_le"),
        ("certificat_qualiopi", {"obtenu_le": "2020-12-31"}, "obtenu_le"),
        ("bpf", {"annee": 2020}, "annee"),
        (
            "conservation_preuve",
            {"nature": "certificat_realisation", "dernier_paiement_le": "2020-05-31"},
            "dernier_paiement_le",
        ),
        ("conservation_preuve", {"nature": "facture", "exercice_clos_le": "1999-12-31"}, "exercice_clos_le"),
        ("droit_acces", {"recue_le": "2018-05-24"}, "recue_le"),
    ],
)
def test_before_the_first_value_every_calculation_says_that_it_is_not_covered(droit, calcul, send, champ):
    assert droit("calculer", calcul, send=send) == (2, {"erreur": "non couvert", "champ": champ})
