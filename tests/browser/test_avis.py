"""Opinions, qualifications and the sheets of six months later, looked at by axe on both screens."""

from datetime import timedelta

import pytest
from tests.actions.test_avis import finish, opinion
from tests.browser.conftest import PHONE, SCREEN
from tests.browser.test_questionnaires import enter, photo, sign_in_chef
from tests.stories.temps import START, Temps
from tests.web.ecrits import situation

from jalon.actions import suivi as suivis
from jalon.actions.questionnaire import restitute
from jalon.records.models import Membre, Suivi

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def test_the_cabinet_reads_counts_and_notes_a_qualification(quelquun):
    s = situation(en_conclusions=True)
    for _ in range(5):
        opinion(s.bilan.organisme, START)
    chef = sign_in_chef(s, quelquun)
    chef.aller("/cabinet/avis/")
    photo(chef, "avis")
    membre = Membre.objects.get(personne=s.bilan.consultant, role="consultant")
    chef.aller("/cabinet/equipe/")
    chef.aller(f"/cabinet/equipe/roles/{membre.pk}/qualifications/")
    chef.remplir(intitule="Psychologue (titre protégé)", obtenue_le="2019-07-01", expire_le="2020-07-01")
    chef.faire("Noter cette qualification")
    assert chef.lit("Périmée")
    photo(chef, "qualifications")


def test_the_same_sheet_six_months_later_stands_beside_nothing_that_was_kept(quelquun):
    s = situation(en_conclusions=True)
    s.bilan.etat, s.bilan.termine_le = "termine", START
    s.bilan.destruction_commencee_le = s.bilan.contenu_detruit_le = START
    s.bilan.save()
    then = Temps.moment = START + timedelta(days=183)
    suivi = Suivi.objects.create(bilan=s.bilan, prevu_le=then.date(), propose_le=then)
    suivis.open_suivi(suivi=suivi, by=s.bilan.beneficiaire, now=then)
    person = enter(quelquun(PHONE, "dark"), s.personne)
    person.aller(s.a("beneficiaire_questionnaires"))
    photo(person, "six-mois")
    person.aller(s.a("beneficiaire_questionnaire_repondre", "suivi_six_mois-six_mois", 0))
    finish(s.bilan, then, "point_de_depart-six_mois", 4)
    restitute(bilan=s.bilan, code="point_de_depart-six_mois", by=s.bilan.consultant, now=then)
    person.aller(s.a("beneficiaire_questionnaire_lire", "point_de_depart-six_mois"))
    photo(person, "six-mois-lu")
    enter(quelquun(SCREEN), s.consultant).aller(
        s.a("consultant_questionnaire_lire", "point_de_depart-six_mois")
    )
