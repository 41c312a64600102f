"""The doors: the list and the answer agree for every action and everybody; each space lets in its own people."""

import pytest
from django.http import Http404
from tests.factories import AccesEmployeurFactory, BilanFactory, MembreFactory, PersonneFactory

from jalon import access
from jalon.access.matrix import MATRIX, OF_THE_CABINET, Action, Role
from jalon.records.models import AccesEmployeur, Bilan, Membre

pytestmark = pytest.mark.django_db

OF_A_BILAN = sorted(set(Action) - OF_THE_CABINET)


@pytest.fixture
def world():
    """Two cabinets, three bilans, and somebody in every position around them."""
    first = BilanFactory(en_cours=True)
    second = BilanFactory(organisme=first.organisme, financement="plan", employeur_nom="Dupont SA")
    third = BilanFactory(en_conclusions=True)
    first.substitut = MembreFactory(organisme=first.organisme, role="consultant").personne
    first.save()
    left = MembreFactory(organisme=first.organisme, role="responsable").personne
    Membre.objects.filter(personne=left).update(jusqu_au="2026-01-01")
    closed = MembreFactory(organisme=first.organisme, role="responsable").personne
    closed.is_active = False
    closed.save()
    people = [
        first.beneficiaire,
        first.consultant,
        first.substitut,
        second.consultant,
        third.beneficiaire,
        third.consultant,
        MembreFactory(organisme=first.organisme, role="assistant").personne,
        MembreFactory(organisme=third.organisme, role="responsable").personne,
        left,
        closed,
        PersonneFactory(),
        access.systeme(),
        AccesEmployeurFactory(bilan=second).personne,
    ]
    return people, [first, second, third]


def answers(action, person, bilan):
    try:
        return access.get_bilan(action, person, bilan.pk) == bilan
    except Http404:
        return False


def test_the_list_and_the_answer_agree_for_every_action_and_everybody(world):
    people, bilans = world
    for action in OF_A_BILAN:
        seen = 0
        for person in people:
            listed = set(access.list_bilans(action, person))
            assert listed == {b for b in bilans if access.can(action, person, b)}, action
            assert listed == {b for b in bilans if answers(action, person, b)}, action
            seen += len(listed)
        if MATRIX[action] <= {Role.REPONDANT, Role.TIERS}:
            # Only a link opens it: no account ever holds these roles.
            assert seen == 0, action
            continue
        assert 0 < seen < len(people) * len(bilans), action


def test_leaving_the_cabinet_or_closing_the_account_ends_every_access(world):
    people, bilans = world
    for person in (people[8], people[9], people[10]):
        assert not any(access.list_bilans(action, person).exists() for action in OF_A_BILAN)
        assert access.allowed_actions(person, bilans[0]) == frozenset()


def test_the_employer_is_nobody_once_its_link_is_closed_or_the_route_has_no_place_for_it(world):
    people, bilans = world
    employer, bilan = people[-1], bilans[1]
    assert access.can(Action.VIEW_EMPLOYEUR, employer, bilan)
    assert not access.can(Action.VIEW_DOSSIER, employer, bilan)
    Bilan.objects.filter(pk=bilan.pk).update(financement="cpf_hors_temps", employeur_nom="")
    bilan.refresh_from_db()
    assert access.allowed_actions(employer, bilan) == frozenset()
    assert not access.list_bilans(Action.VIEW_EMPLOYEUR, employer).exists()
    Bilan.objects.filter(pk=bilan.pk).update(financement="plan")
    bilan.refresh_from_db()
    AccesEmployeur.objects.update(clos_le=bilan.ouvert_le)
    assert access.allowed_actions(employer, bilan) == frozenset()
    assert not access.list_bilans(Action.VIEW_EMPLOYEUR, employer).exists()


def test_a_door_may_be_narrowed_to_the_people_of_a_space(world):
    _, [bilan, *_] = world
    one = frozenset({Role.BENEFICIAIRE})
    assert access.get_bilan(Action.WRITE_DEMANDE, bilan.beneficiaire, bilan.pk, among=one) == bilan
    assert access.get_bilan(Action.WRITE_DEMANDE, bilan.consultant, bilan.pk) == bilan
    with pytest.raises(Http404):
        access.get_bilan(Action.WRITE_DEMANDE, bilan.consultant, bilan.pk, among=one)


@pytest.mark.parametrize("raw", ["", "x", "0", None, "00000000-0000-0000-0000-000000000000"])
def test_an_identifier_that_means_nothing_is_404(world, raw):
    people, _ = world
    with pytest.raises(Http404):
        access.get_bilan(Action.VIEW_DOSSIER, people[0], raw)


def test_nobody_without_an_account_sees_anything():
    BilanFactory()
    from django.contrib.auth.models import AnonymousUser

    assert not access.list_bilans(Action.VIEW_DOSSIER, AnonymousUser()).exists()
    assert access.list_organismes(Action.VIEW_CABINET, AnonymousUser()) == []
    assert Bilan.objects.count() == 1
    assert MATRIX[Action.VIEW_DOSSIER]
