"""A room for two, shortly before, until the end: nobody guesses it, no copy of the database holds it, it dies with its séance."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory, PersonneFactory, SeanceFactory
from tests.fouille import leftovers

from jalon.actions.seance import cancel_seance, move_seance
from jalon.actions.visio import join, read_link, room_name, seal_link, settle_seances
from jalon.domain.obstacle import Refused
from jalon.records.models import ReglageSeances

pytestmark = pytest.mark.django_db
JITSI = {
    "visio": "jitsi",
    "visio_adresse": "https://jitsi.exemple.fr",
    "visio_identifiant": "cabinet",
    "visio_secret": "secret-du-serveur",
}


@pytest.fixture
def seance(now):
    start = now + timedelta(hours=1)
    bilan = BilanFactory(en_cours=True, beneficiaire__prenom="Zoé")
    return SeanceFactory(bilan=bilan, debut=start, fin=start + timedelta(hours=1), modalite="visio")


@pytest.fixture
def responsable(seance):
    return MembreFactory(organisme=seance.bilan.organisme, role="responsable").personne


def settle(seance, responsable, now, **more):
    return settle_seances(organisme=seance.bilan.organisme, by=responsable, now=now, **JITSI | more)


def code(refused):
    return refused.value.obstacles[0].code


def test_a_pasted_link_is_kept_sealed_and_read_by_whoever_plans(seance, now):
    link = "https://zoom.us/j/8675309?pwd=azerty"
    seance.visio_lien = seal_link(link)
    seance.save()
    assert read_link(seance, by=seance.bilan.consultant) == link
    with pytest.raises(PermissionDenied):
        read_link(seance, by=seance.bilan.beneficiaire)
    assert leftovers("8675309") == []
    assert join(seance=seance, by=seance.bilan.beneficiaire, now=seance.debut) == link
    for wrong in ("http://zoom.us/j/1", "https://x.fr/" + "a" * 600):
        with pytest.raises(Refused):
            seal_link(wrong)
    assert seal_link("  ") == ""


def test_the_two_enter_the_same_room_in_its_time_and_nobody_else(seance, responsable, now):
    settle(seance, responsable, now)
    early = seance.debut - timedelta(minutes=16)
    for moment in (early, seance.fin + timedelta(minutes=31)):
        with pytest.raises(Refused) as refused:
            join(seance=seance, by=seance.bilan.beneficiaire, now=moment)
        assert code(refused) == "ferme"
    door = seance.debut - timedelta(minutes=15)
    hers = join(seance=seance, by=seance.bilan.beneficiaire, now=door)
    theirs = join(seance=seance, by=seance.bilan.consultant, now=door)
    assert hers.startswith(f"https://jitsi.exemple.fr/{room_name(seance)}?jwt=")
    assert theirs.split("?")[0] == hers.split("?")[0]
    for stranger in (
        responsable,
        PersonneFactory(),
        MembreFactory(organisme=seance.bilan.organisme, role="assistant").personne,
    ):
        with pytest.raises(PermissionDenied):
            join(seance=seance, by=stranger, now=door)


def test_the_room_dies_with_its_hour(seance, responsable, now):
    settle(seance, responsable, now)
    first = room_name(seance)
    moved = move_seance(
        seance=seance,
        debut=seance.debut + timedelta(days=1),
        fin=seance.fin + timedelta(days=1),
        by=seance.bilan.consultant,
        now=now,
    )
    assert room_name(moved) != first
    cancelled = cancel_seance(seance=moved, by=seance.bilan.consultant, now=now)
    with pytest.raises(Refused) as refused:
        join(seance=cancelled, by=seance.bilan.consultant, now=cancelled.debut)
    assert code(refused) == "salle"


def test_bigbluebutton_is_asked_for_the_room_first_and_a_server_that_is_down_is_said(
    seance, responsable, now
):
    settle(seance, responsable, now, visio="bbb", visio_adresse="https://bbb.exemple.fr/bigbluebutton/api")
    asked = []

    def answer(url):
        asked.append(url)
        return b"<response><returncode>SUCCESS</returncode></response>"

    link = join(seance=seance, by=seance.bilan.consultant, now=seance.debut, ask=answer)
    assert "/api/create?" in asked[0]
    assert "record=false" in asked[0]
    assert "/api/join?" in link

    def down(url):
        raise ConnectionRefusedError

    for broken in (down, lambda url: b"<response><returncode>FAILED</returncode></response>"):
        with pytest.raises(Refused) as refused:
            join(seance=seance, by=seance.bilan.consultant, now=seance.debut, ask=broken)
        assert code(refused) == "serveur"


def test_the_servers_secret_is_sealed_never_shown_and_forgotten_with_the_server(seance, responsable, now):
    settle(seance, responsable, now)
    assert leftovers("secret-du-serveur") == []
    settle(seance, responsable, now, visio_secret="")
    assert ReglageSeances.objects.get().visio_secret
    with pytest.raises(Refused) as refused:
        settle(seance, responsable, now, visio_adresse="https://autre.exemple.fr", visio_secret="")
    assert code(refused) == "secret"
    with pytest.raises(Refused):
        settle(seance, responsable, now, visio_adresse="http://jitsi.exemple.fr")
    with pytest.raises(PermissionDenied):
        settle(seance, seance.bilan.consultant, now)
    settle(seance, responsable, now, visio="lien")
    row = ReglageSeances.objects.get()
    assert (row.visio_secret, row.visio_adresse) == (None, "")
