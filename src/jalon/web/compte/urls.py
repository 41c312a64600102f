"""Login, codes, passkeys, sessions: allauth's flows in our clothes, and the ways in without e-mail."""

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
