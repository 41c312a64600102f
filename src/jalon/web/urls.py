"""Every page, space by space. The demonstration adds its own around this."""

from django.urls import include, path

from jalon.web import accueil

urlpatterns = [
    *accueil.urls,
    path("compte/", include("jalon.web.compte.urls")),
    path("espace/", include("jalon.web.beneficiaire.urls")),
    path("consultant/", include("jalon.web.consultant.urls")),
    path("employeur/", include("jalon.web.employeur.urls")),
    path("partage/", include("jalon.web.tiers.urls")),
    path("regard/", include("jalon.web.repondant.urls")),
    path("cabinet/", include("jalon.web.organisme.urls")),
    path("", include("jalon.web.public.urls")),
]

handler400 = "jalon.web.erreurs.bad_request"
handler403 = "jalon.web.erreurs.forbidden"
handler404 = "jalon.web.erreurs.not_found"
handler500 = "jalon.web.erreurs.server_error"
