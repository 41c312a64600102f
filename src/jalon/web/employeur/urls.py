"""The pages of this space, one module a noun: each gives its `urls`."""

from django.urls import URLPattern

from jalon.web.employeur import absence, convention, dossier, entree, signature

urlpatterns: list[URLPattern] = [
    *entree.urls,
    *dossier.urls,
    *convention.urls,
    *absence.urls,
    *signature.urls,
]
