"""Recaps: a draft until shared, then corrected by the person in her own words, beside."""

from datetime import timedelta

import pytest
from tests.factories import NOW, SeanceFactory
from tests.web.ecrits import read, situation, strangers

pytestmark = pytest.mark.django_db
RECAP = {
    "revision": "0",
    "lignes": "1",
    "texte": "Vous avez raconté l’atelier.",
    "promesse_0": "Appeler le CFA",
    "qui_0": "beneficiaire",
    "pour_le_0": "2026-03-10",
}


@pytest.fixture
def s():
    made = situation(en_investigation=True)
    made.seance = SeanceFactory(
        bilan=made.bilan, etat="tenue", debut_reel=NOW, fin_reelle=NOW + timedelta(hours=2)
    )
    made.ecrire = made.a("consultant_recap_ecrire", made.seance.pk)
    made.corriger = made.a("beneficiaire_recap_corriger", made.seance.pk)
    return made


def test_a_recap_is_read_by_the_person_once_shared(s):
    assert "À écrire" in read(s.consultant, s.a("consultant_recaps"))
    assert s.consultant.post(s.ecrire, RECAP).status_code == 302
    assert "Vous avez raconté" not in read(s.personne, s.a("beneficiaire_recaps"))
    assert s.personne.get(s.corriger).status_code == 404
    s.consultant.post(s.ecrire, RECAP | {"revision": "1", "partager": "oui"})
    page = read(s.personne, s.a("beneficiaire_recaps"))
    assert "Vous avez raconté" in page
    assert "mardi 10\u00a0mars 2026" in page
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("consultant_recaps")).status_code == 404
        assert stranger.get(s.corriger).status_code == 404
    assert s.personne.get(s.ecrire).status_code == 404
    assert s.consultant.get(s.corriger).status_code == 404


def test_her_words_stand_beside_and_survive_what_the_consultant_writes(s):
    s.consultant.post(s.ecrire, RECAP | {"partager": "oui"})
    assert s.personne.post(s.corriger, {"correction": "Sept années, pas six."}).status_code == 302
    seen = read(s.consultant, s.ecrire)
    assert "Sept années, pas six." in seen
    late = s.consultant.post(s.ecrire, RECAP | {"revision": "1", "texte": "Réécrit sans avoir lu"})
    assert late.status_code == 409
    assert "Sept années, pas six." in late.content.decode()
    s.consultant.post(s.ecrire, RECAP | {"revision": "2", "texte": "Réécrit"})
    page = read(s.personne, s.a("beneficiaire_recaps"))
    assert "Réécrit" in page
    assert "Sept années, pas six." in page


def test_an_empty_recap_is_refused_and_the_promises_are_kept(s):
    refused = s.consultant.post(s.ecrire, RECAP | {"texte": ""})
    assert refused.status_code == 422
    assert "Appeler le CFA" in refused.content.decode()


def test_a_seance_that_was_not_held_or_is_of_another_bilan_has_no_recap(s):
    planned = SeanceFactory(bilan=s.bilan, etat="prevue", debut=NOW + timedelta(days=3))
    elsewhere = SeanceFactory(etat="tenue", debut_reel=NOW, fin_reelle=NOW + timedelta(hours=2))
    for seance in (planned, elsewhere):
        assert s.consultant.get(s.a("consultant_recap_ecrire", seance.pk)).status_code == 404
        assert s.consultant.post(s.a("consultant_recap_ecrire", seance.pk), RECAP).status_code == 404
