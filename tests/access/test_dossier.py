"""The list by risk: what should be gone first, then what is due soonest, then the rest; page by page, nothing lost."""

from datetime import timedelta

import pytest
from django.core.paginator import Paginator
from tests.factories import BilanFactory, MembreFactory, OrganismeFactory

from jalon.access.dossier import Filtre, ParRisque, filter_dossiers
from jalon.actions.echeance import cancel, schedule
from jalon.records.models import Bilan

pytestmark = pytest.mark.django_db


@pytest.fixture
def chef():
    return MembreFactory(organisme=OrganismeFactory(), role="responsable")


def closed(organisme, now, **more):
    bilan = BilanFactory(organisme=organisme, en_conclusions=True)
    Bilan.objects.filter(pk=bilan.pk).update(etat="termine", termine_le=now - timedelta(days=4), **more)
    return Bilan.objects.get(pk=bilan.pk)


def due(bilan, moment, nom="terme"):
    schedule(nom, moment, organisme=bilan.organisme, bilan=bilan)
    return bilan


def listed(chef, now, **filtre):
    return ParRisque(filter_dossiers(chef.personne, chef.organisme, Filtre(**filtre), now), now)


def test_what_should_be_destroyed_comes_first_then_the_soonest_then_the_newest(chef, now):
    quiet = [BilanFactory(organisme=chef.organisme) for _ in range(2)]
    later = due(BilanFactory(organisme=chef.organisme, en_cours=True), now + timedelta(days=9))
    sooner = due(BilanFactory(organisme=chef.organisme, en_cours=True), now + timedelta(days=1))
    alarm = closed(chef.organisme, now)
    rows = listed(chef, now)
    expected = [alarm, sooner, later, *sorted(quiet, key=lambda b: b.numero, reverse=True)]
    assert [row.bilan for row in rows[0:10]] == expected
    assert rows[0].a_detruire
    assert not rows[1].a_detruire
    assert rows[1].prochaine.nom == "terme"


def test_the_nearest_clock_of_a_dossier_counts_once_and_reminders_do_not(chef, now):
    bilan = BilanFactory(organisme=chef.organisme, en_cours=True)
    due(bilan, now + timedelta(days=20))
    due(bilan, now + timedelta(days=5), "suivi_invitation")
    due(bilan, now + timedelta(days=1), "seance_rappel")
    rows = listed(chef, now)
    assert len(rows) == 1
    assert rows[0].prochaine.nom == "suivi_invitation"
    cancel("suivi_invitation", now=now, bilan=bilan)
    assert listed(chef, now)[0].prochaine.nom == "terme"


def test_pages_lose_and_repeat_nothing(chef, now):
    made = [closed(chef.organisme, now) for _ in range(3)]
    made += [
        due(BilanFactory(organisme=chef.organisme, en_cours=True), now + timedelta(days=i)) for i in range(7)
    ]
    made += [BilanFactory(organisme=chef.organisme) for _ in range(6)]
    whole = [row.bilan.pk for row in listed(chef, now)[0:100]]
    assert set(whole) == {b.pk for b in made}
    for size in (1, 2, 3, 4, 5, 7, 20):
        pages = Paginator(listed(chef, now), size)
        paged = [row.bilan.pk for number in pages.page_range for row in pages.page(number).object_list]
        assert paged == whole


def test_the_filters_narrow_and_a_forged_one_shows_nothing(chef, now):
    mine = BilanFactory(organisme=chef.organisme, en_cours=True, numero="2026-0100")
    due(mine, now - timedelta(days=1))
    other = BilanFactory(organisme=chef.organisme, numero="2025-0001")
    gone = closed(chef.organisme, now, contenu_detruit_le=now, destruction_commencee_le=now)
    BilanFactory()  # of another cabinet

    def found(**filtre):
        return {row.bilan for row in listed(chef, now, **filtre)[0:10]}

    assert found() == {mine, other}
    assert found(etat="tous") == {mine, other, gone}
    assert found(etat="preparation") == {other}
    assert found(numero="2026-01") == {mine}
    assert found(consultant=str(mine.consultant_id)) == {mine}
    assert found(echeance="retard") == {mine}
    assert found(consultant="1 OR 1=1") == set()


def test_a_consultant_sees_her_own_and_an_assistant_all(chef, now):
    bilan = BilanFactory(organisme=chef.organisme)
    BilanFactory(organisme=chef.organisme)
    assistant = MembreFactory(organisme=chef.organisme, role="assistant").personne

    def seen(person):
        return {
            row.bilan for row in ParRisque(filter_dossiers(person, chef.organisme, Filtre(), now), now)[0:10]
        }

    assert seen(bilan.consultant) == {bilan}
    assert len(seen(assistant)) == 2
    assert seen(bilan.beneficiaire) == set()
