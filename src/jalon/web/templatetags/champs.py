"""Form fields in our markup: {% champ form.field %}, {% erreurs form %}. `{% load jalon %}` brings them too."""

from datetime import datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.widgets import DateTimeBaseInput
from django.utils.safestring import SafeString, mark_safe

from jalon.web.composants import ecrire

register = template.Library()

# A native widget knows the person's keyboard and language; Django's default for dates is a plain text field.
_NATIVE: tuple[tuple[type[DateTimeBaseInput], str, str], ...] = (
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
)
_INVALID: tuple[tuple[type[forms.Field], str], ...] = (
    (
        forms.DateField,
        "Nous n’arrivons pas à lire cette date. Écrivez le jour, le mois et l’année : 03/03/2026.",
    ),
    (forms.TimeField, "Nous n’arrivons pas à lire cette heure. Écrivez les heures et les minutes : 18:30."),
    (forms.EmailField, "Cette adresse est incomplète. Elle s’écrit comme prenom.nom@exemple.fr."),
    (forms.IntegerField, "Écrivez un nombre entier, en chiffres."),
)
_SHORT = {"date", "time", "datetime-local", "number", "tel", "month"}


def _shape(widget: forms.Widget) -> str:
    """Which of our markups this widget gets."""
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choix"
    if isinstance(widget, forms.CheckboxInput):
        return "case"
    if isinstance(widget, forms.ClearableFileInput | forms.FileInput):
        return "fichier"
    if isinstance(widget, forms.MultiWidget):
        return "groupe"
    return "ligne"


def _native(field: BoundField) -> forms.Widget:
    """The browser's own control for a day or an hour; a plain text field when it holds what such a control would drop:
    what the person wrote is never lost."""
    widget = field.field.widget
    for kind, html_type, pattern in _NATIVE:
        if type(widget) is kind:
            value = field.value()
            if isinstance(value, str) and value and not _reads(value, pattern):
                return forms.TextInput(attrs=widget.attrs)
            return kind(attrs={**widget.attrs, "type": html_type}, format=pattern)
    return widget


def _reads(value: str, pattern: str) -> bool:
    try:
        datetime.strptime(value, pattern)  # noqa: DTZ007 (only the shape is looked at)
    except ValueError:
        return False
    return True


def _phrases(field: BoundField) -> list[str]:
    """Django's bare defaults become: what is wrong, and what to do. A form's own messages stay as they are."""
    found = []
    for error in field.errors.as_data():
        code = error.code or ""
        ours = _ours(field.field, code) if error.message == _default_message(field.field, code) else ""
        found += [ours] if ours else [str(message) for message in error.messages]
    return found


def _default_message(kind: forms.Field, code: str) -> Any:
    inherited = (getattr(parent, "default_error_messages", {}) for parent in type(kind).__mro__)
    return next((messages[code] for messages in inherited if code in messages), None)


def _ours(kind: forms.Field, code: str) -> str:
    if code == "required":
        return (
            "Il manque une réponse."
            if not isinstance(kind, forms.BooleanField)
            else "Cochez cette case pour continuer."
        )
    if code == "invalid":
        return next((words for known, words in _INVALID if isinstance(kind, known)), "")
    return ""


@register.simple_tag
def champ(
    field: BoundField,
    largeur: str = "",
    autosave: str = "",
    revision: int | str = "",
    variante: str = "",
    libelle_cache: bool = False,
    lignes: int = 0,
    droite: str = "",
) -> SafeString:
    """One field with its label, help and errors: every field of every form, never a bare <input>. Optional arguments:

    largeur="court|moyen|plein"; autosave=url and revision=n for a text kept as it is written;
    variante="echelle" for radios in a row (scales), "simple" for radios and boxes without frame;
    libelle_cache=True only where the page already says it just above; lignes=8 for the height of a text;
    droite="heures" for a unit after the field.
    """
    widget = field.field.widget
    shape = _shape(widget)
    described = [f"{field.auto_id}_aide"] if field.help_text else []
    described += [f"{field.auto_id}_erreur"] if field.errors else []
    described += [f"{field.auto_id}_etat"] if autosave else []
    attrs: dict[str, Any] = {}
    if described and shape != "choix":
        attrs["aria-describedby"] = " ".join(described)
    if field.errors and shape != "choix":
        attrs["aria-invalid"] = "true"
    if autosave:
        attrs |= {"data-autosave-url": autosave, "data-revision": str(revision)}
    if lignes:
        attrs["rows"] = str(lignes)
    context: dict[str, Any] = {
        "champ": field,
        "phrases": _phrases(field) if field.errors else [],
        "forme": shape,
        "variante": variante,
        "libelle_cache": libelle_cache,
        "decrit_par": " ".join(described),
        "autosave": autosave,
        "droite": droite,
        "facultatif": not field.field.required and shape != "case",
        "cachee": widget.is_hidden,
        "multiple": isinstance(widget, forms.CheckboxSelectMultiple),
        "choix": [],
        "controle": "",
        "largeur": largeur,
    }
    if shape == "choix":
        context["choix"] = list(field.subwidgets)
        return mark_safe(ecrire.champ(context))  # noqa: S308 (escaped there)
    native = _native(field)
    html_type = native.attrs.get("type") or getattr(native, "input_type", "")
    if not largeur:
        context["largeur"] = (
            "court" if html_type in _SHORT else "plein" if isinstance(native, forms.Textarea) else ""
        )
    context["controle"] = (
        field.as_widget(widget=native, attrs=attrs) if native is not widget else field.as_widget(attrs=attrs)
    )
    return mark_safe(ecrire.champ(context))  # noqa: S308 (escaped there)


def _first_control(field: BoundField) -> str:
    """Where a link to the field lands: its control, or the first box of a group."""
    shape = _shape(field.field.widget)
    return f"{field.auto_id}_0" if shape in {"choix", "groupe"} else field.auto_id


@register.inclusion_tag("components/erreurs.html")
def erreurs(form: forms.BaseForm) -> dict[str, Any]:
    """What must be corrected, as links to the fields, at the top of a form that comes back."""
    lines = [
        {"ancre": _first_control(form[name]), "libelle": form[name].label, "phrases": _phrases(form[name])}
        for name in form.errors
        if name in form.fields
    ]
    general = list(form.non_field_errors()) if form.is_bound else []
    return {"lignes": lines, "generales": general, "nombre": len(lines) + len(general)}
