"""Opinions and qualifications in the cabinet's pages, and the sheets of the follow-up in the person's."""

from datetime import timedelta

import pytest
from tests.actions.test_avis import finish, opinion
from tests.factories import MembreFactory, OrganismeFactory
from tests.web.ecrits import read, sign_in, situation
from tests.web.espaces import at, text_of

from jalon.actions import suivi as suivis
from jalon.records.models import Membre, Qualification, Suivi

pytestmark = pytest.mark.django_db


def test_the_cabinet_reads_counts_from_five_on_and_the_assistant_nothing(now):
    organisme = OrganismeFactory()
    chef = sign_in(MembreFactory(organisme=organisme, role="responsable").personne)
    assistant = sign_in(MembreFactory(organisme=organisme, role="assistant").personne)
    for _ in range(4):
        opinion(organisme, now)
    assert "par cinq au moins" in text_of(chef.get("/cabinet/avis/"))
    assert "On m’a clairement expliqué" not in text_of(chef.get("/cabinet/avis/"))
    bilan = opinion(organisme, now)
    shown = text_of(chef.get("/cabinet/avis/"))
    assert "5 réponses , 1er trimestre 2026" in shown or "5 réponses, 1er trimestre 2026" in shown
    assert "On m’a clairement expliqué" in shown
    assert sign_in(bilan.consultant).get("/cabinet/avis/").status_code == 200
    assert assistant.get("/cabinet/avis/").status_code == 404


def test_the_consultant_is_told_that_nobody_reads_it(now):
    s = situation(en_conclusions=True)
    s.consultant.post(s.a("consultant_questionnaire_proposer", "satisfaction_fin"))
    assert "Personne d’autre que vous ne les lira" in text_of(
        s.personne.get(s.a("beneficiaire_questionnaire_terminer", "satisfaction_fin"))
    )
    finish(s.bilan, now, manque="XMANQUEX")
    shown = read(s.consultant, s.a("consultant_questionnaire_lire", "satisfaction_fin"))
    assert "Un avis que personne d’autre ne lit" in shown
    assert "XMANQUEX" not in shown
    assert "XMANQUEX" in read(s.personne, s.a("beneficiaire_questionnaire_lire", "satisfaction_fin"))


def test_the_responsable_notes_and_removes_a_qualification():
    s = situation(en_conclusions=True)
    chef = sign_in(MembreFactory(organisme=s.bilan.organisme, role="responsable").personne)
    membre = Membre.objects.get(personne=s.bilan.consultant)
    page = f"/cabinet/equipe/roles/{membre.pk}/qualifications/"
    assert s.consultant.get(page).status_code == 404
    bad = chef.post(page, {"intitule": "Psychologue", "obtenue_le": "2030-01-01"})
    assert bad.status_code == 422
    assert "à venir" in text_of(bad)
    sent = {"intitule": "Psychologue", "obtenue_le": "2020-01-01", "expire_le": "2021-01-01"}
    assert chef.post(page, sent).status_code == 302
    assert "Périmée" in text_of(chef.get(page))
    row = Qualification.objects.get()
    assert s.consultant.post(f"/cabinet/equipe/qualifications/{row.pk}/retirer/").status_code == 404
    assert chef.post(f"/cabinet/equipe/qualifications/{row.pk}/retirer/").status_code == 302
    assert not Qualification.objects.exists()


def test_at_six_months_the_person_answers_although_everything_is_closed(now, monkeypatch):
    s = situation(en_conclusions=True)
    s.bilan.etat, s.bilan.termine_le = "termine", now
    s.bilan.destruction_commencee_le = s.bilan.contenu_detruit_le = now
    s.bilan.save()
    then = now + timedelta(days=183)
    at(monkeypatch, then)
    suivi = Suivi.objects.create(bilan=s.bilan, prevu_le=then.date(), propose_le=then)
    suivis.open_suivi(suivi=suivi, by=s.bilan.beneficiaire, now=then)
    listed = text_of(s.personne.get(s.a("beneficiaire_questionnaires")))
    assert "Mon point de départ, six mois après" in listed
    assert "Six mois après" in listed
    page = s.a("beneficiaire_questionnaire_repondre", "suivi_six_mois-six_mois", 0)
    assert "Garder et relire" in text_of(s.personne.get(page))
    assert s.personne.post(page, {"q_projet": "cours", "revision": "1"}).status_code == 302
    finish(s.bilan, then, "point_de_depart-six_mois", 4)
    code = "point_de_depart-six_mois"
    assert s.consultant.post(s.a("consultant_questionnaire_restituer", code)).status_code == 302
    shown = read(s.personne, s.a("beneficiaire_questionnaire_lire", code))
    assert 'class="dessin"' in shown
    sent = {"commentaire": "Je tiens bon", "revision": "0"}
    assert s.personne.post(s.a("beneficiaire_questionnaire_commenter", code), sent).status_code == 302
