"""In production, what the database knows of a session does not make its cookie."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from tests.web.comptes import PASSWORD, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_in_production(settings):
    cache.clear()
    settings.MIDDLEWARE = [
        "jalon.web.compte.temoin.SignedSessionMiddleware" if name.endswith(".SessionMiddleware") else name
        for name in settings.MIDDLEWARE
    ]


def test_the_name_of_a_session_read_in_the_database_lets_nobody_in(as_in_production, client):
    person = with_password(email="zoe@exemple.fr")
    client.post("/compte/connexion/mot-de-passe/", {"login": person.email, "password": PASSWORD})
    assert client.get("/compte/moi/").status_code == 200
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    name = Session.objects.get(session_key=cookie.partition(".")[0]).session_key
    for forged in (name, f"{name}.", f"{name}.{'0' * 64}", "é", ""):
        client.cookies[settings.SESSION_COOKIE_NAME] = forged
        assert client.get("/compte/moi/").status_code == 302, forged
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert client.get("/compte/moi/").status_code == 200


def test_leaving_forgets_the_cookie(as_in_production, client):
    person = with_password(email="zoe@exemple.fr")
    client.post("/compte/connexion/mot-de-passe/", {"login": person.email, "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/compte/deconnexion/")
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert client.get("/compte/moi/").status_code == 302
