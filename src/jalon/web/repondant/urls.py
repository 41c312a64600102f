"""The pages of this space, one module a noun: each gives its `urls`."""

from django.urls import URLPattern

from jalon.web.repondant import regard

urlpatterns: list[URLPattern] = [*regard.urls]
