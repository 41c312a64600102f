"""Rooms: their door, their token, their calls; nothing is recorded, nothing is said in clear."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from jalon.domain.visio import Porte, address_obstacles, bbb_create, bbb_join, jitsi_link

START = datetime(2026, 3, 3, 17, tzinfo=UTC)
PORTE = Porte(START, START + timedelta(hours=1), 15)


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize(
    ("minutes", "is_open"), [(-16, False), (-15, True), (30, True), (89, True), (90, False)]
)
def test_the_door_opens_shortly_before_and_closes_shortly_after(minutes, is_open):
    assert PORTE.is_open(START + timedelta(minutes=minutes)) is is_open


def test_a_jitsi_token_opens_one_room_during_its_hour_and_forbids_recording():
    link = jitsi_link(
        "https://visio.exemple.fr/",
        salle="salle-abc",
        app_id="cabinet",
        secret="s3cret",
        nom="Zoé",
        anime=False,
        porte=PORTE,
    )
    parts = urlsplit(link)
    assert (parts.scheme, parts.hostname, parts.path) == ("https", "visio.exemple.fr", "/salle-abc")
    [token] = parse_qs(parts.query)["jwt"]
    head, body, mark = token.split(".")
    assert json.loads(unpadded(head)) == {"alg": "HS256", "typ": "JWT"}
    said = json.loads(unpadded(body))
    assert (said["room"], said["aud"], said["iss"], said["sub"]) == (
        "salle-abc",
        "cabinet",
        "cabinet",
        "visio.exemple.fr",
    )
    assert said["nbf"] == int((START - timedelta(minutes=15)).timestamp())
    assert said["exp"] == int((START + timedelta(minutes=90)).timestamp())
    assert said["moderator"] is False
    assert said["context"]["features"] == {
        "recording": "false",
        "livestreaming": "false",
        "transcription": "false",
    }
    assert said["context"]["user"]["name"] == "Zoé"
    right = hmac.new(b"s3cret", f"{head}.{body}".encode(), hashlib.sha256).digest()
    assert unpadded(mark) == right
    assert unpadded(mark) != hmac.new(b"autre", f"{head}.{body}".encode(), hashlib.sha256).digest()
    assert "s3cret" not in link


def test_a_bigbluebutton_call_carries_the_checksum_of_its_documentation_and_no_recording():
    url = bbb_create(
        "https://bbb.exemple.fr/bigbluebutton/api",
        salle="salle-abc",
        titre="Rendez-vous",
        mots=("entree", "animation"),
        secret="639259d4-9dd8-4b25-bf01-95f9567eaf4b",
        minutes=105,
    )
    query = urlsplit(url).query
    plain, _, checksum = query.rpartition("&checksum=")
    secret = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"
    assert checksum == hashlib.sha256(f"create{plain}{secret}".encode()).hexdigest()
    said = parse_qs(plain)
    assert said["record"] == said["autoStartRecording"] == said["allowStartStopRecording"] == ["false"]
    assert said["duration"] == ["105"]
    join = bbb_join(
        "https://bbb.exemple.fr/bigbluebutton/api", salle="salle-abc", nom="Zoé", mot="entree", secret=secret
    )
    assert parse_qs(urlsplit(join).query)["fullName"] == ["Zoé"]
    assert secret not in url + join


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://visio.exemple.fr/x", "visio_https"),
        ("javascript:alert(1)", "visio_https"),
        ("https://moi:mot@visio.exemple.fr/x", "visio_https"),
        ("visio.exemple.fr/x", "visio_https"),
        ("https://visio.exemple.fr/bilan-de-zoe", "visio_neutre"),
    ],
)
def test_a_link_in_clear_or_with_a_telling_name_is_refused(address, code):
    assert [o.code for o in address_obstacles(address, "x")] == [code]
    assert address_obstacles("https://zoom.us/j/123?pwd=abc", "x") == []
