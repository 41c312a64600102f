"""Who may use which test: noted by the responsable, asked for before proposing and before explaining."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory

from jalon.actions import instrument, qualification, questionnaire
from jalon.domain.obstacle import Refused
from jalon.instruments import file_of
from jalon.records.models import Evenement, Membre, Qualification

pytestmark = pytest.mark.django_db
ASKED = "Psychologue (titre protégé)"


@pytest.fixture
def s(now):
    """A cabinet that deposited a sheet of its own, which demands a qualification."""
    bilan = BilanFactory(en_investigation=True)
    chef = MembreFactory(organisme=bilan.organisme, role="responsable").personne
    text = file_of("motivations", "1").decode().replace('code = "motivations"', 'code = "a_nous"', 1)
    instrument.deposit_instrument(
        organisme=bilan.organisme,
        nom_fichier="a_nous.toml",
        octets=f'qualification = "{ASKED}"\n{text}'.encode(),
        by=chef,
        now=now,
    )
    return bilan, chef, Membre.objects.get(personne=bilan.consultant, role="consultant")


def note(membre, by, now, **changed):
    given = {"intitule": ASKED, "obtenue_le": date(2020, 1, 1), "expire_le": None} | changed
    return qualification.note_qualification(membre=membre, by=by, now=now, **given)


def propose(bilan, now):
    return questionnaire.propose_questionnaire(bilan=bilan, code="a_nous", by=bilan.consultant, now=now)


def test_without_it_the_sheet_is_refused_with_a_sentence_and_with_it_accepted(s, now):
    bilan, chef, membre = s
    with pytest.raises(Refused) as refused:
        propose(bilan, now)
    assert refused.value.obstacles[0].code == "qualification"
    assert ASKED in refused.value.obstacles[0].sentence
    note(membre, chef, now)
    assert propose(bilan, now).reference == "a_nous"


def test_one_that_has_ended_no_longer_explains_a_result(s, now):
    bilan, chef, membre = s
    held = note(membre, chef, now)
    propose(bilan, now)
    questionnaire.save_reponses(
        bilan=bilan, code="a_nous", reponses={}, by=bilan.beneficiaire, now=now, finish=True
    )
    Qualification.objects.update(expire_le=date(2026, 3, 2))
    with pytest.raises(Refused) as refused:
        questionnaire.restitute(bilan=bilan, code="a_nous", by=bilan.consultant, now=now)
    assert "plus valable" in refused.value.obstacles[0].sentence
    qualification.remove_qualification(qualification=held, by=chef, now=now)
    assert not Qualification.objects.exists()
    names = Evenement.objects.filter(chaine=bilan.organisme_id).values_list("nom", flat=True)
    assert {"qualification.notee", "qualification.retiree"} <= set(names)


def test_nobody_gives_herself_a_qualification_and_it_is_noted_for_consultants_only(s, now):
    bilan, chef, membre = s
    with pytest.raises(PermissionDenied):
        note(membre, bilan.consultant, now)
    with pytest.raises(Refused):
        note(Membre.objects.get(personne=chef), chef, now)
    with pytest.raises(Refused):
        note(membre, chef, now, obtenue_le=date(2027, 1, 1))
    assert not Qualification.objects.exists()
