"""All pages of the product, with the conveniences of the demonstration before them."""

from django.urls import include, path

from jalon.demonstration import comptes, courriels, jour

urlpatterns = [
    path("demonstration/", include([*comptes.urls, *courriels.urls, *jour.urls])),
    path("", include("jalon.web.composants.urls")),
    path("", include("jalon.web.urls")),
]
handler400 = "jalon.web.erreurs.bad_request"
handler403 = "jalon.web.erreurs.forbidden"
handler404 = "jalon.web.erreurs.not_found"
handler500 = "jalon.web.erreurs.server_error"
