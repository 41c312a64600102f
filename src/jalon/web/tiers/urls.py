"""The pages of this space, one module a noun: each gives its `urls`."""

from django.urls import URLPattern

from jalon.web.tiers import entree, lecture

urlpatterns: list[URLPattern] = [*entree.urls, *lecture.urls]
