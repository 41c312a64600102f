"""The pages for everybody, one module a noun."""

from jalon.web.public import (
    accueil,
    agenda_prive,
    contact,
    lien,
    offre,
    orientation,
    ouvrir,
    pages,
    rappels,
    rdv,
    rendez_vous,
)

urlpatterns = [
    *accueil.urls,
    *offre.urls,
    *orientation.urls,
    *contact.urls,
    *rendez_vous.urls,
    *lien.urls,
    *agenda_prive.urls,
    *ouvrir.urls,
    *rdv.urls,
    *rappels.urls,
    *pages.urls,
]
