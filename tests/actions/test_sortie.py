"""Going out: never inside, never for long, never by a way that was not looked at."""

import socket

import pytest

from jalon.actions import sortie
from jalon.actions.sortie import Reponse, SortieRefusee, ask, check_address, is_outside

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
        "chez moi",
    ],
)
def test_no_address_of_the_inside_is_outside(address):
    assert not is_outside(address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_of_the_world_is_outside(address):
    assert is_outside(address)


def resolves(monkeypatch, *found):
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *a, **k: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in found],
    )


def connects(monkeypatch):
    asked = []

    def refuse(address, *args, **kwargs):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return asked


@pytest.mark.parametrize("found", [("10.0.0.1",), (PUBLIC, "127.0.0.1")])
def test_a_name_that_leads_inside_is_never_connected_to(monkeypatch, found):
    resolves(monkeypatch, *found)
    asked = connects(monkeypatch)
    with pytest.raises(SortieRefusee) as refused:
        ask("GET", "https://agenda.exemple.fr/a.ics")
    assert (refused.value.code, asked) == ("interne", [])


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    resolves(monkeypatch, PUBLIC)
    asked = connects(monkeypatch)
    with pytest.raises(SortieRefusee) as refused:
        ask("GET", "https://agenda.exemple.fr/a.ics")
    assert (refused.value.code, asked) == ("injoignable", [(PUBLIC, 443)])


def test_a_host_of_the_inside_is_reached_when_it_was_named(monkeypatch, settings):
    settings.JALON_HOTES_INTERNES = frozenset({"agenda.interne"})
    resolves(monkeypatch, "10.0.0.1")
    asked = connects(monkeypatch)
    with pytest.raises(SortieRefusee):
        ask("GET", "http://agenda.interne/a.ics")
    assert asked == [("10.0.0.1", 80)]


def answers(monkeypatch, *found):
    rows, asked = list(found), []

    def exchange(methode, where, corps, entetes, deadline, octets_max):
        asked.append((where.geturl(), "Authorization" in entetes))
        return rows.pop(0)

    monkeypatch.setattr(sortie, "_exchange", exchange)
    return asked


def test_a_redirection_is_a_new_address_and_takes_no_password_along(monkeypatch):
    there = Reponse(302, b"", {"location": "https://autre.exemple.fr/b.ics"})
    asked = answers(monkeypatch, there, Reponse(200, b"ok"))
    found = ask("GET", "https://agenda.exemple.fr/a.ics", identifiants=("ana", "secret"))
    assert found.corps == b"ok"
    assert asked == [("https://agenda.exemple.fr/a.ics", True), ("https://autre.exemple.fr/b.ics", False)]


@pytest.mark.parametrize(
    ("where", "code"),
    [("http://127.0.0.1/", "https"), ("file:///etc/passwd", "adresse"), ("https://a:b@c/", "identifiants")],
)
def test_a_redirection_to_a_worse_place_is_refused(monkeypatch, where, code):
    asked = answers(monkeypatch, Reponse(302, b"", {"location": where}))
    with pytest.raises(SortieRefusee) as refused:
        ask("GET", "https://agenda.exemple.fr/a.ics")
    assert (refused.value.code, len(asked)) == (code, 1)


def test_redirections_end_and_a_writing_is_never_redirected(monkeypatch):
    again = Reponse(301, b"", {"location": "https://agenda.exemple.fr/a.ics"})
    answers(monkeypatch, *[again] * 9)
    with pytest.raises(SortieRefusee) as refused:
        ask("GET", "https://agenda.exemple.fr/a.ics")
    assert refused.value.code == "redirection"
    answers(monkeypatch, again)
    with pytest.raises(SortieRefusee):
        ask("PUT", "https://agenda.exemple.fr/a.ics", corps=b"x")


def test_webcal_is_https():
    assert check_address("webcal://agenda.exemple.fr/a.ics").geturl() == "https://agenda.exemple.fr/a.ics"
