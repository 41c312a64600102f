"""Whether something may wait on this device when the network is cut."""

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from jalon.web.compte.attente import of_session

register = template.Library()


@register.simple_tag(takes_context=True)
def attente(context: Context) -> SafeString:
    """{% attente %} in <body>: whether something may wait on this device. On a page that knows no session, nothing is said."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not hasattr(request, "session"):
        return mark_safe("")
    held = of_session(request)
    return format_html(
        ' data-attente="{}" data-attente-ici="{}" data-attente-cle="{}"',
        held["marque"] if held else "",
        "oui" if held else "non" if user.is_authenticated else "",
        reverse("compte_sans_reseau_cle") if held else "",
    )
