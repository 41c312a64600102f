"""The pages for everybody, one module a noun."""

from jalon.web.public import accueil, contact, ouvrir, pages

urlpatterns = [*accueil.urls, *contact.urls, *ouvrir.urls, *pages.urls]
