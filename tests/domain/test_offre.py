"""The offer of a cabinet, before anybody buys it."""

from datetime import date
from decimal import Decimal

import pytest

from jalon.domain.motif import Motif
from jalon.domain.obstacle import Refused
from jalon.domain.offre import (
    LIGNES_PROPOSEES,
    Vitrine,
    advertising_mention,
    check_offer,
    offer_obstacles,
    publication_obstacles,
)
from jalon.domain.parcours import Ligne, Nature, Phase, TypeAction, sum_lignes
from jalon.law import law_on

DAY = date(2026, 3, 3)
LAW = law_on(DAY)
PRE, INV, CON, SUI = Phase.PRELIMINAIRE, Phase.INVESTIGATION, Phase.CONCLUSIONS, Phase.SUIVI
ACC, TRA = Nature.ACCOMPAGNEMENT, Nature.TRAVAIL_PERSONNEL

# Seed 003: one séance of 2 h, four of 2 h and 7 h of work, three of 2 h and 3 h of work.
SEED_003 = (
    Ligne(PRE, ACC, 1, 120),
    Ligne(INV, ACC, 4, 120),
    Ligne(INV, TRA, 1, 420),
    Ligne(CON, ACC, 3, 120),
    Ligne(CON, TRA, 1, 180),
)


def found(lignes, intitule="Bilan de compétences", kind=TypeAction.BILAN):
    return offer_obstacles(intitule, kind, lignes, LAW, DAY)


def test_the_proposed_offer_is_sixteen_hours_and_eight_and_nothing_stands_in_its_way():
    heures = sum_lignes(LIGNES_PROPOSEES)
    assert (heures.accompagnement, heures.travail_personnel) == (16 * 60, 8 * 60)
    assert found(LIGNES_PROPOSEES) == []


def test_twenty_six_hours_are_refused_with_the_article_and_the_excess():
    (obstacle,) = found(SEED_003)
    assert obstacle.refuses
    assert "26 h" in obstacle.sentence
    assert "Retirez 2 h" in obstacle.sentence
    assert "L. 6313-4" in obstacle.source
    with pytest.raises(Refused):
        check_offer([obstacle], {"plus_de_24h": Motif.CHOIX})


def test_fewer_than_thirteen_hours_pass_with_a_recorded_reason_and_not_without():
    short = (Ligne(PRE, ACC, 1, 120), Ligne(INV, ACC, 3, 120), Ligne(CON, ACC, 2, 120))
    (obstacle,) = found(short)
    assert not obstacle.refuses
    assert obstacle.code == "moins_de_13h"
    with pytest.raises(Refused):
        check_offer([obstacle], {})
    check_offer([obstacle], {"moins_de_13h": Motif.RYTHME})


def test_a_missing_phase_and_an_empty_parcours_are_refused():
    assert "conclusions" in found(LIGNES_PROPOSEES[:3])[0].sentence
    assert found(())[0].code == "vide"


def test_a_follow_up_above_the_limit_is_said_without_standing_in_the_way():
    (said,) = found((*LIGNES_PROPOSEES, Ligne(SUI, Nature.SUIVI, 1, 60)))
    assert said.code == "suivi_au_dela_de_24h"
    check_offer([said], {})


def test_follow_up_and_phase_go_together():
    wrong = found((*LIGNES_PROPOSEES[:3], Ligne(CON, ACC, 1, 60), Ligne(CON, Nature.SUIVI, 1, 60)))
    assert wrong[0].field == "ligne-5"


def test_a_service_outside_the_frame_may_be_longer_but_never_takes_the_name():
    assert found(SEED_003, "Bilan professionnel d’orientation", TypeAction.HORS_CADRE) == []
    (obstacle,) = found(SEED_003, "Le bilan de compétences long", TypeAction.HORS_CADRE)
    assert obstacle.field == "intitule"
    assert obstacle.refuses


COMPLETE = Vitrine(Decimal(1600), "02 40 00 00 00", "", 1, 1, 2, "52440000044", "Ana", "Médiation", "exonere")


def test_a_complete_page_can_be_published_and_each_hole_is_named():
    assert publication_obstacles(COMPLETE) == []
    empty = Vitrine(None, "", "", 0, 0, 0, "", "", "", "")
    assert {o.code for o in publication_obstacles(empty)} == {
        "prix",
        "tva",
        "contact",
        "lieu",
        "equipe",
        "handicap",
        "mediateur",
    }
    undescribed = Vitrine(Decimal(1600), "", "a@exemple.fr", 2, 1, 1, "", "Ana", "M", "franchise")
    assert [o.code for o in publication_obstacles(undescribed)] == ["accessibilite"]


def test_the_mention_of_the_declaration_has_the_words_of_the_law():
    assert advertising_mention("52440000044", LAW) == (
        "Enregistrée sous le numéro 52440000044. Cet enregistrement ne vaut pas agrément de l'Etat."
    )
    assert advertising_mention("", LAW) == ""
