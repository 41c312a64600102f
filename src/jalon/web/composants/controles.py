"""Form controls written in Python: Django's own markup, without a template per option of a list (docs/decisions: contrôles)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

_DOSSIER = "django/forms/widgets/"


def _attrs(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    written = "" if value is None else f' value="{conditional_escape(value)}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return f'<input type="{kind}" name="{name}"{written}{_attrs(widget["attrs"])}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    # The line feed is eaten by the browser: without it, it would eat the first one of the text.
    text = conditional_escape(widget["value"] or "")
    return (
        f'<textarea name="{conditional_escape(widget["name"])}"{_attrs(widget["attrs"])}>\n{text}</textarea>'
    )


def _select(widget: Mapping[str, Any]) -> str:
    parts = []
    for group, options, _ in widget["optgroups"]:
        lines = "\n  ".join(_option(option) for option in options)
        parts.append(
            f'<optgroup label="{conditional_escape(group)}">\n  {lines}\n  </optgroup>' if group else lines
        )
    body = "\n  ".join(parts)
    return (
        f'<select name="{conditional_escape(widget["name"])}"{_attrs(widget["attrs"])}>\n  {body}\n</select>'
    )


def _option(option: Mapping[str, Any]) -> str:
    value, label = conditional_escape(option["value"]), conditional_escape(option["label"])
    return f'<option value="{value}"{_attrs(option["attrs"])}>{label}</option>'


_EN_PYTHON: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{
        f"{_DOSSIER}{kind}.html": _input
        for kind in (
            *("text", "number", "email", "url", "tel", "search", "password", "hidden"),
            *("date", "time", "datetime", "checkbox"),
        )
    },
    f"{_DOSSIER}textarea.html": _textarea,
    f"{_DOSSIER}select.html": _select,
}


class Controles(DjangoTemplates):
    """The controls that our pages are full of; Django's templates for all others."""

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        write = _EN_PYTHON.get(template_name)
        if write is not None:
            return mark_safe(write(context["widget"]))  # noqa: S308 (each value is escaped above)
        return super().render(template_name, context, request)
