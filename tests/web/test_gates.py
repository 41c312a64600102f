"""Every page × every role, from the pages themselves and the table of rights: nothing here is a hand-written copy."""

import time
import uuid
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories import AccesEmployeurFactory, BilanFactory, MembreFactory, PersonneFactory

from jalon.access.matrix import MATRIX, OF_THE_CABINET, Action, Role
from jalon.web.gate import people_of

LIBRARIES = ("allauth.", "django.")


def pages(patterns: Any = None, prefix: str = "") -> list[tuple[str, str, Any]]:
    """(name, route, view) of every page of ours."""
    found = []
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += pages(entry.url_patterns, route)
        elif isinstance(entry, URLPattern) and not entry.callback.__module__.startswith(LIBRARIES):
            found.append((entry.name or route, route, entry.callback))
    return found


PAGES = pages()
OF_A_BILAN = [
    (name, route, view)
    for name, route, view in PAGES
    if "bilan_id" in route and isinstance(getattr(view, "gate", None), Action)
]
OF_A_CABINET = [
    (name, route, view)
    for name, route, view in PAGES
    if getattr(view, "gate", None) in OF_THE_CABINET and "<" not in route
]


def test_every_page_is_gated_or_says_that_it_is_public():
    assert len(PAGES) > 40
    assert [f"{name} ({view.__module__})" for name, _, view in PAGES if not hasattr(view, "gate")] == []


def test_no_address_carries_more_than_identifiers():
    kinds = {
        part.split(":")[0]
        for _, route, _ in PAGES
        for part in route.replace(">", "<").split("<")[1::2]
        if ":" in part
    }
    assert kinds <= {"uuid", "int", "slug", "str"}


@pytest.fixture
def people(db):
    """One bilan, and somebody in each role around it; its route gives the employer a part."""
    bilan = BilanFactory(en_conclusions=True, financement="cpf_sur_temps", employeur_nom="Dupont SA")
    organisme = bilan.organisme
    substitut = MembreFactory(organisme=organisme, role="consultant").personne
    bilan.substitut = substitut
    bilan.save()
    return bilan, {
        Role.BENEFICIAIRE: bilan.beneficiaire,
        Role.CONSULTANT: bilan.consultant,
        Role.SUBSTITUT: substitut,
        Role.ASSISTANT: MembreFactory(organisme=organisme, role="assistant").personne,
        Role.RESPONSABLE: MembreFactory(organisme=organisme, role="responsable").personne,
        Role.CONFRERE: MembreFactory(organisme=organisme, role="consultant").personne,
        Role.EMPLOYEUR: AccesEmployeurFactory(bilan=bilan).personne,
        None: PersonneFactory(),
        "ailleurs": BilanFactory(en_conclusions=True).consultant,
        "autre personne": BilanFactory(en_conclusions=True).beneficiaire,
    }


# Who holds more than one role at once: a substitute and a consultant are colleagues too.
HELD = {Role.CONSULTANT: {Role.CONSULTANT, Role.CONFRERE}, Role.SUBSTITUT: {Role.SUBSTITUT, Role.CONFRERE}}


def sign_in(client, person):
    """The employer has no account: a link that its browser has opened by a code."""
    client.logout()
    if hasattr(person, "acces_employeur"):
        session = client.session
        acces = person.acces_employeur
        session["employeur"] = {str(acces.bilan_id): (str(acces.pk), int(time.time()))}
        session.save()
        return
    client.force_login(person)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()


def arguments(route: str, bilan: Any) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for part in route.replace(">", "<").split("<")[1::2]:
        kind, name = part.split(":")
        given[name] = (
            bilan.pk
            if name == "bilan_id"
            else {"uuid": uuid.uuid4(), "int": 0, "slug": "recit", "str": "recit"}[kind]
        )
    return given


def test_every_page_of_a_bilan_opens_to_the_roles_of_its_row_and_is_404_to_all_others(client, people):
    bilan, who = people
    wrong = []
    assert len(OF_A_BILAN) > 20
    for role, person in who.items():
        sign_in(client, person)
        held = HELD.get(role, {role})
        for name, route, view in OF_A_BILAN:
            given = arguments(route, bilan)
            allowed = bool(MATRIX[view.gate] & held & people_of(f"/{route}"))
            answer = client.get(reverse(name, kwargs=given))
            if role is Role.EMPLOYEUR and not allowed:
                # Nobody is signed in here: every other page asks for an account.
                if answer.status_code != 302 or "/compte/" not in answer["Location"]:
                    wrong.append((name, str(role), answer.status_code))
                continue
            only_the_bilan = set(given) == {"bilan_id"}
            if (
                (not allowed and answer.status_code != 404)
                or answer.status_code >= 500
                or (allowed and only_the_bilan and answer.status_code in (403, 404))
            ):
                wrong.append((name, str(role), answer.status_code))
    assert wrong == []


def test_a_post_by_a_stranger_is_404_and_changes_nothing(client, people):
    from jalon.records.models import Evenement, Piece

    bilan, who = people
    before = (Evenement.objects.count(), Piece.objects.count())
    wrong = []
    for role in (None, "ailleurs", "autre personne"):
        sign_in(client, who[role])
        for name, route, _ in OF_A_BILAN:
            answer = client.post(reverse(name, kwargs=arguments(route, bilan)), {"texte": "x"})
            if answer.status_code != 404:
                wrong.append((name, str(role), answer.status_code))
    assert wrong == []
    assert (Evenement.objects.count(), Piece.objects.count()) == before


def test_every_page_of_the_cabinet_opens_to_the_roles_of_its_row_and_is_404_to_all_others(client, people):
    _, who = people
    wrong = []
    for role, person in who.items():
        if role in ("ailleurs", Role.EMPLOYEUR):
            continue
        sign_in(client, person)
        held = HELD.get(role, {role})
        for name, route, view in OF_A_CABINET:
            allowed = bool(MATRIX[view.gate] & held & people_of(f"/{route}"))
            answer = client.get(reverse(name))
            if (
                (not allowed and answer.status_code != 404)
                or (allowed and answer.status_code in (403, 404))
                or answer.status_code >= 500
            ):
                wrong.append((name, str(role), answer.status_code))
    assert wrong == []


@pytest.mark.django_db
def test_nobody_signed_in_is_sent_to_the_login_page_by_every_page_that_is_not_public(client):
    wrong = []
    for name, route, view in PAGES:
        if getattr(view, "gate", "public") == "public" or "<" in route:
            continue
        answer = client.get(reverse(name))
        if answer.status_code != 302 or "/compte/" not in answer["Location"]:
            wrong.append((name, answer.status_code))
    assert wrong == []


def test_the_two_spaces_stay_apart_behind_a_proxy_that_serves_under_a_prefix(people, client):
    bilan, _ = people
    client.force_login(bilan.beneficiaire)
    address = reverse("consultant_demande", args=[bilan.pk])
    assert client.get(address).status_code == 404
    assert client.get(address, SCRIPT_NAME="/prefixe").status_code == 404
