"""A form that writes content: opened on its draft, sent to one action, and shown again with every word when it is refused.

Two texts saved at once come back side by side; the form then stands on the newer revision, so that sending it again
is a choice made with both under one's eyes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from jalon.access.brouillon import BrouillonLu, read_brouillon
from jalon.actions.piece import Conflit
from jalon.domain.bilan import CLOSED
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.questionnaire import moment_of
from jalon.web.requete import Requete

# As the vault says it: a text, a line. Refused here first, next to its field.
TEXTE_MAX = 20_000
LIGNE_MAX = 300


class Prose(forms.CharField):
    """A text kept as it was typed, spaces included; spaces alone are no text."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.required and not value.strip():
            raise forms.ValidationError(self.error_messages["required"], code="required")


def prose(
    label: str, aide: str = "", *, requis: bool = False, max_length: int = TEXTE_MAX
) -> forms.CharField:
    return Prose(
        label=label,
        help_text=aide,
        required=requis,
        max_length=max_length,
        strip=False,
        widget=forms.Textarea,
        error_messages={
            "max_length": "Ce texte est trop long : %(show_value)s caractères, pour %(limit_value)s au plus. Raccourcissez-le."
        },
    )


def ligne(label: str, aide: str = "", *, requis: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=aide,
        required=requis,
        max_length=LIGNE_MAX,
        error_messages={
            "max_length": "C’est trop long : %(show_value)s caractères, pour %(limit_value)s au plus. Raccourcissez."
        },
    )


class Formulaire(forms.Form):
    """`revision` says which text the person had under her eyes; empty or 0 when there was none."""

    revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def base(self) -> int:
        raw = self.jeton().partition(".")[0]
        return int(raw) if raw.isdigit() else 0

    def jeton(self) -> str:
        return str(self.data.get("conflit_revision") or self.data.get("revision") or "0")

    def champs(self) -> dict[str, Any]:
        """What was typed, without what the machine added."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def montrer_revision(self, revision: int) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["revision"] = str(revision)
        self.data = data


@dataclass
class Saisie:
    """A form with all that is needed to show it: what blocks, the other text, the draft that was found."""

    form: Any
    obstacles: tuple[Obstacle, ...] = ()
    conflit: dict[str, Any] | None = None
    brouillon: BrouillonLu | None = None
    status: int = 200
    # Other keys of a template, given by the page.
    plus: dict[str, Any] = field(default_factory=dict)


def ouvrir(
    request: Requete, bilan: Any, page: str, form_class: Any, initial: Mapping[str, Any], revision: int = 0
) -> Saisie:
    """The form of a GET: what is saved, or the reader's own draft of it."""
    return rouvrir(form_class, initial, revision, read_brouillon(request.user, bilan, page, now=request.now))


def rouvrir(form_class: Any, initial: Mapping[str, Any], revision: int, draft: BrouillonLu | None) -> Saisie:
    """The same, where the page has already read the draft with its other pieces."""
    found = {**initial, "revision": str(revision), **(draft.champs if draft else {})}
    if draft is not None and "lignes" in draft.champs:
        # A row that was removed, or a box that was unticked, is not in the draft: nothing of the saved text comes back.
        found = dict(draft.champs)
    return Saisie(form_class(initial=found), brouillon=draft)


def envoyer(
    form: Any,
    act: Callable[[Any], Any],
    textes: Callable[[Any], str],
    *,
    bilan: Any,
    lecteur: Any,
) -> Saisie | None:
    """The form of a POST, given to its action. None: it is done, redirect. `textes` writes a content for the two panes."""
    if not form.is_valid():
        return Saisie(form, status=422)
    try:
        act(form)
    except Refused as refused:
        return refuser(form, refused)
    except Conflit as conflit:
        revision = conflit.actuel.revision
        form.montrer_revision(revision)
        return Saisie(
            form,
            conflit={
                "votre": textes(conflit.propose),
                "autre": textes(conflit.actuel.contenu),
                "quand": conflit.actuel.piece.modifie_le,
                "qui": auteur(conflit.actuel.piece, bilan, lecteur),
                "revision": revision,
            },
            status=409,
        )
    return None


def refuser(form: Any, refused: Refused) -> Saisie:
    """Each obstacle stands next to its field, or at the top when it concerns none."""
    general = []
    for obstacle in refused.obstacles:
        if obstacle.field and obstacle.field in form.fields:
            form.add_error(obstacle.field, obstacle.sentence)
        else:
            general.append(obstacle)
    return Saisie(form, obstacles=tuple(general), status=422)


def reprend_l_autre(request: Requete) -> bool:
    """In the conflict panel the person chose the other text: nothing is written."""
    return request.POST.get("conflit") == "l_autre"


def en_texte(*paires: tuple[str, str]) -> str:
    """Several fields as one text for the conflict panel: the empty ones aside."""
    return "\n\n".join(f"{nom}\n{texte}" if nom else texte for nom, texte in paires if texte.strip())


def auteur(piece: Any, bilan: Any, lecteur: Any) -> str:
    """Who wrote, told to the reader. Names come from the bilan: no query for each line."""
    if piece.auteur_id == lecteur.pk:
        return "vous"
    if piece.auteur_id == bilan.beneficiaire_id:
        return str(bilan.beneficiaire.nom_complet)
    if piece.auteur_id == bilan.consultant_id:
        return str(bilan.consultant.nom_complet)
    return "la personne qui remplace"


def ouvert(bilan: Any) -> bool:
    """Can content still be written here?"""
    return bilan.etat not in CLOSED and not bilan.contenu_detruit_le and not bilan.destruction_commencee_le


def feuille_ouverte(bilan: Any, reference: str) -> bool:
    """The same for a sheet of answers: those of the follow-up live in its own tiroir, and go when it closes."""
    return ouvert(bilan) or moment_of(reference) == "six_mois"
