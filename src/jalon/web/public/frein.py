"""A brake for pages that anybody may send: so many times in so long from one address of the network, which is never kept as such."""

import hashlib

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def too_often(request: HttpRequest, act: str, *, amount: int, seconds: int) -> bool:
    """Counts this one. The address is only ever a fingerprint that this installation alone can make."""
    ip = get_adapter(request).get_client_ip(request)
    who = hashlib.sha256(f"{settings.SECRET_KEY}|{act}|{ip}".encode()).hexdigest()[:40]
    key = f"frein:{act}:{who}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > amount
    except ValueError:  # it expired in between
        cache.set(key, 1, seconds)
        return False
