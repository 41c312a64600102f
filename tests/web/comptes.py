"""What the tests of accounts do again and again: read a mailed code, compute an application's code."""

import re
import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from tests.factories import PersonneFactory

PASSWORD = "quatre mots assez longs"


def mailed_code():
    found = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found.group()


def application_code(secret, shift=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


def with_application(person):
    """Sets a code generator, as if it had been done long ago; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def with_password(**more):
    return PersonneFactory(password=PASSWORD, **more)


def signed_in(client):
    return client.session.get("_auth_user_id")
