"""The journal: who opened what and every act, in plain French, for the person alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory

from jalon.access.journal import ACTES, LECTURES, read_journal
from jalon.access.pieces import read_piece
from jalon.actions.bilan import close_preliminaire
from jalon.actions.composition import compose
from jalon.actions.demande import agree, write_demande, write_objectifs
from jalon.domain.natures import LABELS
from jalon.records.evenements import Nom
from jalon.records.models import Acces, Membre

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan(now):
    """The consultant read the request twice in an hour, then both agreed and the person closed the phase."""
    found = BilanFactory(en_cours=True)
    write_demande(
        bilan=found,
        analyse=compose("demande", mots_de_la_personne="XMOTX", reformulation=""),
        by=found.beneficiaire,
        now=now,
    )
    write_objectifs(
        bilan=found,
        objectifs=compose("objectifs", objectifs=[{"texte": "a", "critere": ""}]),
        by=found.beneficiaire,
        now=now,
    )
    for nature in ("demande", "objectifs"):
        for person in (found.beneficiaire, found.consultant):
            agree(bilan=found, nature=nature, revision=1, by=person, now=now)
    close_preliminaire(bilan=found, by=found.beneficiaire, now=now)
    for minutes in (70, 80):
        read_piece(found.consultant, found, "demande", now=now + timedelta(minutes=minutes))
    read_piece(found.beneficiaire, found, "demande", now=now)
    return found


def lines(bilan, **wanted):
    return list(read_journal(bilan.beneficiaire, bilan, **wanted).object_list)


def test_it_says_who_opened_what_once_an_hour_and_not_one_s_own_looks(bilan, now):
    [reading] = lines(bilan, genre=LECTURES)
    assert reading.qui == bilan.consultant.nom_complet
    assert reading.role == "qui mène votre accompagnement"
    assert reading.phrase == "a ouvert : Analyse de la demande"
    assert reading.le == now.replace(hour=10)
    assert "XMOTX" not in repr(lines(bilan))


def test_it_says_every_act_with_its_author_newest_first(bilan):
    told = lines(bilan, genre=ACTES)
    assert [x.phrase for x in told] == [
        "La phase préliminaire a été close par l’un des deux",
        "Les objectifs ont été convenus",
        "L’analyse de la demande a été convenue",
    ]
    assert [x.qui for x in told] == ["Vous", bilan.consultant.nom_complet, bilan.consultant.nom_complet]
    assert [x.lecture for x in lines(bilan)] == [True, False, False, False]


def test_it_can_begin_on_a_day(bilan, now):
    assert lines(bilan, since=now + timedelta(hours=1)) == lines(bilan, genre=LECTURES)
    assert lines(bilan, since=now + timedelta(days=1)) == []


def test_only_the_person_reads_it(bilan):
    for other in (
        bilan.consultant,
        MembreFactory(organisme=bilan.organisme, role="responsable").personne,
        BilanFactory().beneficiaire,
    ):
        with pytest.raises(PermissionDenied):
            read_journal(other, bilan)


def test_somebody_who_left_or_whose_account_is_erased_is_still_told(bilan, now):
    Membre.objects.filter(personne=bilan.consultant).update(jusqu_au=now.date())
    assert lines(bilan, genre=LECTURES)[0].role == "ne travaille plus au cabinet"
    bilan.consultant.efface_le = now
    bilan.consultant.save()
    assert lines(bilan, genre=LECTURES)[0].qui == "Une personne dont le compte est effacé"


def test_a_long_journal_comes_page_by_page_in_the_same_queries(bilan, now, django_assert_max_num_queries):
    Acces.objects.bulk_create(
        Acces(bilan=bilan, lecteur=bilan.consultant, nature="recap", heure=now + timedelta(hours=n))
        for n in range(2, 70)
    )
    with django_assert_max_num_queries(6):
        page = read_journal(bilan.beneficiaire, bilan, page=2)
    assert len(page.object_list) == 30
    assert page.paginator.count == 72
    assert page.has_next()


def test_every_kind_and_every_event_has_its_french_words():
    assert all(label and label[0].isupper() for label in LABELS.values())
    assert all(nom.label != nom.value for nom in Nom)
