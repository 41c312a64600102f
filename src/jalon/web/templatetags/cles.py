"""Two filters for the pages of the second verification: {% load cles %}."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def en_json(value: Any) -> str:
    """What the browser needs to speak to the device, in an attribute: no script stands in the page."""
    return json.dumps(value, separators=(",", ":"))


@register.filter
def par_quatre(secret: str) -> str:
    """«ABCD EFGH»: four signs at a time, to be copied by hand."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
