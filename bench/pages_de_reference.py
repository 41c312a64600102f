"""The reference page: session, two queries, base template with twenty rows. All pages of the product stand beside it."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from jalon.records.models import Lieu, Membre

_ROWS = engines["django"].from_string(
    '{% extends "base/staff.html" %}{% block contenu %}<table class="tableau"><tbody>'
    "{% for r in rows %}<tr><th scope=row>{{ r.nom }}</th><td>{{ r.adresse }}</td></tr>{% endfor %}</tbody></table>{% endblock %}"
)


def reference(request: HttpRequest) -> HttpResponse:
    rows = list(Lieu.objects.all()[:20])
    Membre.objects.filter(personne=request.user).exists()
    return HttpResponse(_ROWS.render({"rows": rows}, request))


urlpatterns = [path("banc/reference/", reference), path("", include("jalon.web.urls"))]
