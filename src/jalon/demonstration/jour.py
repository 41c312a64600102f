"""The day that can be pushed forward, never back: what falls due in between happens at its own minute."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access.echeance import intitule
from jalon.actions.courrier import send_due
from jalon.actions.echeance import run_due
from jalon.demonstration import clock
from jalon.demonstration.deroule import run_until
from jalon.demonstration.semaine import FUSEAU
from jalon.domain.jours import add_months, local_day
from jalon.records.models import Echeance
from jalon.web import gate
from jalon.web.composants.typographie import compte

PAS = {"jour": "d’un jour", "semaine": "d’une semaine", "mois": "d’un mois"}
_LIGNES = 25


def later(now: datetime, pas: str) -> datetime:
    """By days of the calendar: the hour of the clock on the wall stays."""
    local = now.astimezone(FUSEAU)
    day = local_day(now, FUSEAU)
    target = {
        "jour": day + timedelta(days=1),
        "semaine": day + timedelta(days=7),
        "mois": add_months(day, 1),
    }[pas]
    return local.replace(year=target.year, month=target.month, day=target.day)


@gate.public
def jour(request: HttpRequest) -> HttpResponse:
    done = Echeance.objects.filter(faite_le__isnull=False).select_related("bilan__beneficiaire")
    ahead = Echeance.objects.filter(faite_le=None, annulee_le=None).select_related("bilan__beneficiaire")
    stuck = Q(essais__gt=0)
    context = {
        "pas": PAS.items(),
        "faites": _named(done.order_by("-faite_le", "-echoit_le", "id")[:_LIGNES]),
        "bloquees": _named(ahead.filter(stuck).order_by("echoit_le", "id")[:_LIGNES]),
        "a_venir": _named(ahead.exclude(stuck).order_by("echoit_le", "id")[:_LIGNES]),
    }
    return render(request, "demonstration/jour.html", context)


def _named(rows: object) -> list[tuple[str, Echeance]]:
    return [(intitule(row), row) for row in rows]  # type: ignore[attr-defined]


@gate.public
@require_POST
def avancer(request: HttpRequest) -> HttpResponse:
    pas = request.POST.get("pas", "")
    if pas not in PAS:
        raise Http404
    begun = clock.now()
    target = later(begun, pas)
    before = Echeance.objects.filter(faite_le__isnull=False).count()
    run_until(target)
    clock.move(target - begun)
    run_due(target)
    sent = len(send_due(target).envoyes)
    done = Echeance.objects.filter(faite_le__isnull=False).count() - before
    messages.success(
        request,
        f"Le jour a avancé {PAS[pas]}\u00a0: {compte(done, 'échéance faite', 'échéances faites')}, "
        f"{compte(sent, 'courriel envoyé', 'courriels envoyés')}.",
    )
    return redirect("demonstration_jour")


urls = [
    path("jour/", jour, name="demonstration_jour"),
    path("jour/avancer/", avancer, name="demonstration_avancer"),
]
