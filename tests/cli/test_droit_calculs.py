"""Each calculation of the contract, asked as an integrator would, with answers made by hand."""

import pytest

from jalon.cli.droit.calculs import CALCULS


def seance(phase, minutes, nature="accompagnement", **more):
    return {"phase": phase, "nature": nature, "minutes": minutes, **more}


HOURS = [seance("preliminaire", 120), seance("investigation", 600), seance("conclusions", 180)]
HALF = {"prix": "10.05", "minutes_prevues": 2, "minutes_faites": 1, "cause": "retractation"}

CASES = {
    "convention": [
        (
            {"transmissions": ["2026-11-23T09:00:00+01:00"], "maintenant": "2026-11-24T09:00:00Z"},
            {
                "dernier_jour": "2026-12-03",
                "fin": "2026-12-03T23:00:00Z",
                "dernier_jour_non_ouvre": False,
                "statut": "en_cours",
                "acte_hors_delai": False,
            },
        ),
        (
            # Transmitted again after a silence; signed in between: too late for one, too early for the other.
            {
                "transmissions": ["2026-12-16T10:00:00-04:00", "2026-11-23T09:00:00-04:00"],
                "fuseau": "America/Guadeloupe",
                "territoire": "guadeloupe",
                "signee_le": "2026-12-04T04:00:00Z",
                "maintenant": "2026-12-27T04:00:00Z",
            },
            {
                "dernier_jour": "2026-12-26",
                "fin": "2026-12-27T04:00:00Z",
                "dernier_jour_non_ouvre": True,
                "statut": "refusee_silence",
                "acte_hors_delai": True,
            },
        ),
        (
            {
                "transmissions": ["2026-11-23T09:00:00+01:00"],
                "signee_le": "2026-12-03T23:59:59+01:00",
                "refusee_le": None,
                "maintenant": "2027-01-01T00:00:00Z",
            },
            {
                "dernier_jour": "2026-12-03",
                "fin": "2026-12-03T23:00:00Z",
                "dernier_jour_non_ouvre": False,
                "statut": "acceptee",
                "acte_hors_delai": False,
            },
        ),
    ],
    "absence": [
        (
            {"debut": "2027-03-01", "fin": "2027-08-31"},
            {
                "preavis_jours": 120,
                "demande_au_plus_tard": "2026-11-01",
                "preavis_respecte": None,
                "reponse_au_plus_tard": None,
                "acceptee_par_silence_a_partir_du": None,
            },
        ),
        (
            {
                "debut": "2027-03-01",
                "fin": "2027-05-31",
                "demandee_le": "2027-01-01",
                "recue_le": "2027-01-04",
                "repondue_le": "2027-02-04",
            },
            {
                "preavis_jours": 60,
                "demande_au_plus_tard": "2026-12-31",
                "preavis_respecte": False,
                "reponse_au_plus_tard": "2027-02-03",
                "acceptee_par_silence_a_partir_du": "2027-02-04",
            },
        ),
    ],
    "conservation": [
        (
            {"terme": "2026-06-30", "accord": None},
            {
                "destruction_travail_le": "2026-06-30",
                "synthese_jusqu_au": None,
                "documents_accord_jusqu_au": None,
                "refus": [],
            },
        ),
        (
            {
                "terme": "2023-12-30T22:30:00-01:00",
                "fuseau": "Europe/Paris",
                "accord": {"signe_le": "2023-12-31", "duree_mois": 12, "fonde_sur_suivi": True},
                "demande_cep_le": "2024-01-01",
            },
            {
                "destruction_travail_le": "2023-12-31",
                "synthese_jusqu_au": None,
                "documents_accord_jusqu_au": "2024-12-31",
                "refus": ["demande_apres_terme"],
            },
        ),
        (
            {
                "terme": "2024-02-29",
                "accord": {"signe_le": "2024-02-29", "duree_mois": 37, "fonde_sur_suivi": False},
            },
            {
                "destruction_travail_le": "2024-02-29",
                "synthese_jusqu_au": None,
                "documents_accord_jusqu_au": None,
                "refus": ["accord_sans_suivi", "duree_excessive"],
            },
        ),
    ],
    "duree": [
        (
            {"le": "2026-11-22", "seances": [*HOURS, seance("investigation", 480, "travail_personnel")]},
            {
                "total_minutes": 1380,
                "accompagnement_minutes": 900,
                "travail_personnel_minutes": 480,
                "suivi_minutes": 0,
                "cpf_minutes": 900,
                "obstacles": [],
                "alertes": [],
            },
        ),
        (
            {
                "le": "2026-02-25",
                "seances": [
                    seance("preliminaire", 60),
                    seance("investigation", 1381, "travail_personnel"),
                    seance("conclusions", 60, collectif=True, hors_contrat=False),
                    seance("suivi", 60, "suivi"),
                    # Two hours and a half on the clock of the short night: one and a half in truth.
                    {
                        "phase": "investigation",
                        "nature": "travail_personnel",
                        "debut": "2027-03-28T01:00:00+01:00",
                        "fin": "2027-03-28T03:30:00+02:00",
                        "hors_contrat": True,
                    },
                ],
            },
            {
                "total_minutes": 1501,
                "accompagnement_minutes": 120,
                "travail_personnel_minutes": 1381,
                "suivi_minutes": 60,
                "cpf_minutes": None,
                "obstacles": ["plus_de_24h", "phase_vide"],
                "alertes": ["suivi_au_dela_de_24h", "conclusions_collectives", "moins_de_13h"],
            },
        ),
        (
            {
                "le": "2026-11-22",
                "seances": [
                    *HOURS,
                    {
                        "phase": "investigation",
                        "nature": "travail_personnel",
                        "debut": "2027-03-28T01:00:00+01:00",
                        "fin": "2027-03-28T03:30:00+02:00",
                    },
                ],
            },
            {
                "total_minutes": 990,
                "accompagnement_minutes": 900,
                "travail_personnel_minutes": 90,
                "suivi_minutes": 0,
                "cpf_minutes": 900,
                "obstacles": [],
                "alertes": [],
            },
        ),
    ],
    "participation": [
        (
            {"demandee_le": "2026-04-02"},
            {"montant": "150.00", "exemption": None, "due_par_titulaire": "150.00"},
        ),
        (
            {"demandee_le": "2026-04-01", "prise_en_charge_par": "opco"},
            {"montant": "103.20", "exemption": None, "due_par_titulaire": "0.00"},
        ),
        (
            {"demandee_le": "2026-05-04", "demandeur_emploi": False, "abondement_employeur": "0.01"},
            {"montant": "0.00", "exemption": "abondement_employeur", "due_par_titulaire": "0.00"},
        ),
        ({"demandee_le": "2017-01-01"}, {"montant": "0.00", "exemption": None, "due_par_titulaire": "0.00"}),
    ],
    "financement_cpf": [
        (
            {"demandee_le": "2026-05-04", "prix": "2000.00", "droits": "5000.00", "abondement": "100.00"},
            {
                "participation": "150.00",
                "dotation": "0.00",
                "droits": "1600.00",
                "abondement": "100.00",
                "reste": "150.00",
                "a_payer": "300.00",
            },
        ),
        (
            {
                "demandee_le": "2026-02-25",
                "prix": "2400.00",
                "droits": "1800.55",
                "dotation": "300.00",
                "abondement_employeur": "100.00",
            },
            {
                "participation": "0.00",
                "dotation": "300.00",
                "droits": "1800.55",
                "abondement": "100.00",
                "reste": "199.45",
                "a_payer": "199.45",
            },
        ),
    ],
    "carence_cpf": [
        (
            {"demandee_le": "2026-11-22", "financement": "cpf", "anterieur": None},
            {"eligible": True, "eligible_a_partir_du": None},
        ),
        (
            {"demandee_le": "2026-11-22", "financement": "cpf", "anterieur": "inconnu"},
            {"eligible": "a_verifier", "eligible_a_partir_du": None},
        ),
        (
            {
                "demandee_le": "2026-11-22",
                "financement": "cpf",
                "anterieur": {"finance_le": "2021-11-22", "financeur": "faf"},
            },
            {"eligible": "a_verifier", "eligible_a_partir_du": "2026-11-23"},
        ),
        (
            {
                "demandee_le": "2026-11-22",
                "financement": "cpf",
                "anterieur": {"finance_le": "2022-01-10", "financeur": "opco"},
            },
            {"eligible": False, "eligible_a_partir_du": "2027-01-11"},
        ),
        (
            {
                "demandee_le": "2026-11-22",
                "financement": "employeur",
                "anterieur": {"finance_le": "2026-01-10", "financeur": "cpf"},
            },
            {"eligible": True, "eligible_a_partir_du": None},
        ),
    ],
    "entree_cpf": [
        (
            {"proposition_le": "2026-12-21"},
            {"onzieme_jour_ouvre": "2027-01-07", "premier_debut": "2027-01-08"},
        ),
        (
            {"proposition_le": "2027-03-15", "territoire": "alsace_moselle"},
            {"onzieme_jour_ouvre": "2027-04-01", "premier_debut": "2027-04-02"},
        ),
    ],
    "declaration_edof": [({"evenement_le": "2026-05-12"}, {"au_plus_tard": "2026-05-18"})],
    "retractation": [
        (
            {"conclu_le": "2026-12-18", "lieu": "distance"},
            {
                "dernier_jour": "2027-01-04",
                "premier_paiement_le": "2027-01-05",
                "fonction_en_ligne_requise": True,
            },
        ),
        (
            {"conclu_le": "2026-11-16", "lieu": "hors_etablissement", "information_donnee": False},
            {
                "dernier_jour": "2027-11-30",
                "premier_paiement_le": "2027-12-01",
                "fonction_en_ligne_requise": False,
            },
        ),
        (
            {"conclu_le": "2026-12-16", "lieu": "etablissement", "territoire": "reunion"},
            {
                "dernier_jour": "2026-12-26",
                "premier_paiement_le": "2026-12-27",
                "fonction_en_ligne_requise": False,
            },
        ),
    ],
    "acompte": [({"prix": "1800.04"}, {"premier_versement_max": "540.01"})],
    "prorata": [
        ({**HALF, "demande_expresse": True}, {"du": "5.03"}),
        ({**HALF, "demande_expresse": False}, {"du": "0.00"}),
    ],
    "qualiopi": [
        (
            {"audit_le": "2026-11-01", "sous_traitance": False},
            {
                "referentiel": "rnq2026",
                "total": 33,
                "applicables": [1, 2, 4, 5, 6, 9, 10, 11, 12, 17, 18, 19, 21, 22, 23, 24, 25, 26, 30, 31, 32],
                "sans_objet": [3, 7, 8, 13, 14, 15, 16, 20, 27, 28, 29, 33],
            },
        ),
    ],
    "certificat_qualiopi": [
        (
            {"obtenu_le": "2024-12-31"},
            {"surveillance_du": "2026-02-28", "surveillance_au": "2026-10-31", "expire_le": "2027-12-30"},
        ),
    ],
    "bpf": [({"annee": 2026}, {"dernier_jour_sur": "2027-04-29"})],
    "conservation_preuve": [
        (
            {"nature": "certificat_realisation", "dernier_paiement_le": "2026-01-05"},
            {"jusqu_au": "2029-12-31"},
        ),
        ({"nature": "facture", "exercice_clos_le": "2024-02-29"}, {"jusqu_au": "2034-02-28"}),
    ],
    "droit_acces": [
        ({"recue_le": "2027-01-31"}, {"repondre_au_plus_tard": "2027-03-01"}),
        ({"recue_le": "2027-02-26", "territoire": "alsace_moselle"}, {"repondre_au_plus_tard": "2027-03-30"}),
    ],
}


def test_no_calculation_of_the_contract_is_missing():
    assert list(CASES) == list(CALCULS)


@pytest.mark.parametrize(("calcul", "cases"), CASES.items())
def test_each_calculation_answers_as_computed_by_hand_and_names_its_articles(droit, calcul, cases):
    for send, expected in cases:
        status, said = droit("calculer", calcul, send=send)
        sources = said.pop("sources")
        assert (status, said) == (0, expected)
        assert sources
        assert all(isinstance(source, str) and source for source in sources)
        assert len(sources) == len(set(sources))


@pytest.mark.parametrize(("calcul", "cases"), CASES.items())
def test_a_list_gives_the_answers_of_its_elements(droit, calcul, cases):
    status, said = droit("calculer", calcul, send=[send for send, _ in cases])
    assert status == 0
    assert [{k: v for k, v in one.items() if k != "sources"} for one in said] == [
        expected for _, expected in cases
    ]


@pytest.mark.parametrize(
    ("calcul", "send", "article"),
    [
        ("convention", CASES["convention"][0][0], "R. 6313-8"),
        ("absence", CASES["absence"][0][0], "D. 6323-4"),
        ("conservation", CASES["conservation"][0][0], "R. 6313-7"),
        ("duree", CASES["duree"][0][0], "L. 6313-4"),
        ("participation", CASES["participation"][0][0], "R6323"),
        ("financement_cpf", CASES["financement_cpf"][0][0], "D. 6323-1 A"),
        ("carence_cpf", CASES["carence_cpf"][0][0], "D. 6323-6"),
        ("retractation", CASES["retractation"][0][0], "L. 221-18"),
        ("retractation", CASES["retractation"][1][0], "L. 221-20"),
        ("retractation", CASES["retractation"][1][0], "L. 221-10"),
        ("retractation", CASES["retractation"][2][0], "L. 6353-5"),
        ("acompte", CASES["acompte"][0][0], "L. 6353-6"),
        ("prorata", CASES["prorata"][0][0], "L. 221-25"),
        ("bpf", CASES["bpf"][0][0], "R. 6352-23"),
        ("entree_cpf", CASES["entree_cpf"][1][0], "L. 3134-13"),
    ],
)
def test_an_answer_rests_on_the_right_article(droit, calcul, send, article):
    _, said = droit("calculer", calcul, send=send)
    assert any(
        source.endswith(article) or f"{article} " in source or f"{article}," in source
        for source in said["sources"]
    )
