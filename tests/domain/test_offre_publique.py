"""A page is published whole and honest, or not at all; each obstacle stands beside its field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from jalon.domain.financement import Financement
from jalon.domain.offre import LIGNES_PROPOSEES, Vitrine
from jalon.domain.offre_publique import TEXTES, Annonce, page_address, page_obstacles
from jalon.domain.parcours import Ligne, Nature, Phase, TypeAction
from jalon.domain.resultat import Genre, Resultat, resultat_obstacles
from jalon.domain.seance import Modalite
from jalon.law import law_on

DAY = date(2026, 3, 3)
LAW = law_on(DAY)
COMPLETE = Annonce(
    intitule="Bilan de compétences en dix semaines",
    type_action=TypeAction.BILAN,
    actif=True,
    lignes=LIGNES_PROPOSEES,
    textes=dict.fromkeys(TEXTES, "Une phrase simple et vraie."),
    modalites=frozenset({Modalite.PRESENTIEL, Modalite.VISIO}),
    financements=frozenset({Financement.CPF_HORS_TEMPS, Financement.PERSONNEL}),
    delai_jours=11,
    resultats=1,
    sans_resultat=False,
    certifie=True,
    vitrine=Vitrine(
        prix=Decimal(1600),
        telephone="02 40 00 00 00",
        courriel="",
        lieux=1,
        lieux_decrits=1,
        consultants=1,
        nda="52440000044",
        referent_handicap="Ana",
        mediateur="Médiation",
        regime_tva="exonere",
    ),
)


def codes(**changes):
    return [o.code for o in page_obstacles(replace(COMPLETE, **changes), LAW, DAY)]


def test_a_complete_and_honest_page_may_be_published():
    assert codes() == []


def test_each_missing_text_is_told_beside_its_field_with_the_article():
    for field in TEXTES:
        (found,) = page_obstacles(replace(COMPLETE, textes={**COMPLETE.textes, field: "  "}), LAW, DAY)
        assert (found.field, found.code) == (field, field)
        assert "L. 6353-8" in found.source


def test_everything_that_is_missing_is_told_at_once():
    found = codes(
        textes={}, modalites=frozenset(), financements=frozenset(), delai_jours=None, resultats=0, actif=False
    )
    assert found == [*TEXTES, "modalites", "delai", "resultats", "financements", "parcours"]


def test_a_misleading_word_refuses_wherever_it_stands():
    (found,) = page_obstacles(
        replace(COMPLETE, textes={**COMPLETE.textes, "objectifs": "Un bilan 100 % CPF"}), LAW, DAY
    )
    assert (found.field, found.code) == ("objectifs", "pris_en_charge")
    assert codes(intitule="Bilan gratuit") == ["gratuit"]
    assert codes(ailleurs=(("Présentation de Zoé", "Résultat garanti"),)) == ["ailleurs_garantie"]


def test_public_funds_are_announced_only_with_a_certificate():
    assert codes(certifie=False) == ["certificat"]
    assert codes(certifie=False, financements=frozenset({Financement.PERSONNEL, Financement.PLAN})) == []


def test_without_results_the_page_says_so_or_is_not_published():
    assert codes(resultats=0) == ["resultats"]
    assert codes(resultats=0, sans_resultat=True) == []


def test_a_place_is_asked_for_only_where_one_comes():
    without = replace(COMPLETE.vitrine, lieux=0, lieux_decrits=0)
    assert codes(vitrine=without) == ["lieu"]
    assert codes(vitrine=without, modalites=frozenset({Modalite.VISIO})) == []


def test_a_parcours_that_the_law_refuses_is_not_shown():
    long = (*LIGNES_PROPOSEES, Ligne(Phase.INVESTIGATION, Nature.ACCOMPAGNEMENT, 1, 120))
    assert codes(lignes=long) == ["plus_de_24h"]


def test_outside_the_frame_only_the_person_pays_and_results_are_not_those_of_bilans():
    outside = {
        "type_action": TypeAction.HORS_CADRE,
        "intitule": "Bilan professionnel d’orientation",
        "resultats": 0,
    }
    assert codes(**outside, certifie=False) == ["financement_hors_cadre"]
    assert codes(**outside, financements=frozenset({Financement.PERSONNEL})) == []


def test_the_address_never_holds_the_word_and_never_meets_another():
    assert page_address("Bilan de compétences en dix semaines") == "accompagnement-en-dix-semaines"
    for title in ("BILANS", "Bilan de compétences", "Motsbilans", "Bilan professionnel d’orientation", "¿?"):
        assert "bilan" not in page_address(title)
    assert page_address("Bilan", {"accompagnement", "accompagnement-2"}) == "accompagnement-3"


HONEST = Resultat(
    Genre.SATISFACTION, 27, 31, 40, date(2025, 1, 1), date(2025, 12, 31), "Questionnaire en fin de bilan."
)


def test_a_rate_is_told_with_its_number_period_and_method_or_refused():
    assert resultat_obstacles(HONEST, DAY) == []
    assert HONEST.taux == 87
    for changes, code in (
        ({"favorables": 3, "reponses": 3}, "effectif_faible"),
        ({"favorables": 32}, "favorables"),
        ({"reponses": 41}, "reponses"),
        ({"au": date(2024, 12, 31)}, "periode"),
        ({"au": date(2026, 12, 31)}, "futur"),
        ({"methode": " "}, "methode"),
    ):
        assert code in {o.code for o in resultat_obstacles(replace(HONEST, **changes), DAY)}
