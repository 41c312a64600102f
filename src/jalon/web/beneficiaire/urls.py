"""The pages of this space, one module a noun."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
