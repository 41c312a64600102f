"""Routed by the demonstration and the tests only."""

from django.urls import path

from jalon.web.composants import views

urlpatterns = [
    path("composants/", views.composants, name="composants"),
    path("composants/<slug:cadre>/", views.composants, name="composants_cadre"),
]
