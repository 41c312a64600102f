"""The pages of this space, one module a noun: each gives its `urls`."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

# A noun without its module yet has no page.
NOUNS = ("accueil", "contact", "ouvrir", "pages")

urlpatterns: list[URLPattern] = [
    pattern
    for noun in NOUNS
    if find_spec(f"{__package__}.{noun}")
    for pattern in getattr(import_module(f"{__package__}.{noun}"), "urls", ())
]
