"""What the tests of writings do again and again: sign in on each side, find an address, ask who may not come in."""

from types import SimpleNamespace

from django.test import Client
from django.urls import reverse
from tests.factories import BilanFactory, MembreFactory, PersonneFactory


def sign_in(person):
    client = Client()
    client.force_login(person)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()
    return client


def situation(**traits):
    """One bilan with both sides signed in: `s.personne`, `s.consultant`, and `s.a("espace_page", …)` for an address."""
    bilan = BilanFactory(**(traits or {"en_conclusions": True}))
    return SimpleNamespace(
        bilan=bilan,
        personne=sign_in(bilan.beneficiaire),
        consultant=sign_in(bilan.consultant),
        a=lambda name, *args: reverse(name, args=[bilan.pk, *args]),
    )


def strangers(bilan):
    """Who never sees content: the assistant, the head, a colleague, nobody's friend, another bilan's people."""
    other = BilanFactory(en_conclusions=True)
    organisme = bilan.organisme
    return [
        sign_in(MembreFactory(organisme=organisme, role="assistant").personne),
        sign_in(MembreFactory(organisme=organisme, role="responsable").personne),
        sign_in(MembreFactory(organisme=organisme, role="consultant").personne),
        sign_in(PersonneFactory()),
        sign_in(other.beneficiaire),
        sign_in(other.consultant),
    ]


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
