"""Login, codes, passkeys, sessions: the library's flows in our clothes, and the ways in without e-mail."""

from jalon.web.compte import (
    attente,
    code_papier,
    invitation,
    pages,
    profil,
    rappels,
    second_facteur,
    sessions,
)

urlpatterns = [
    *pages.urls,
    *profil.urls,
    *second_facteur.urls,
    *invitation.urls,
    *code_papier.urls,
    *sessions.urls,
    *attente.urls,
    *rappels.urls,
]
