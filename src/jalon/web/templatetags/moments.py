"""What a page of free moments needs: the value of a button, the address of other days. `{% load moments %}`."""

from datetime import date

from django import template
from django.template.context import Context

from jalon.access.disponibilite import Moment
from jalon.domain.seance import Modalite
from jalon.web.public.moments import write_moment

register = template.Library()


@register.filter
def moment(value: Moment) -> str:
    return write_moment(value)


@register.simple_tag(takes_context=True)
def depuis(context: Context, day: date) -> str:
    """The same search from another day on."""
    query = context["request"].GET.copy()
    query["depuis"] = day.isoformat()
    return f"?{query.urlencode()}"


@register.filter
def modalite(code: str) -> str:
    return Modalite(code).label if code else ""
