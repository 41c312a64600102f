"""«Est-ce fait pour vous ?»: a page to look at honestly before the first call. Answers are read, answered, and forgotten."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access.cabinet import open_cabinet
from jalon.access.disponibilite import read_agendas
from jalon.domain.orientation import MOTIFS, orient
from jalon.web import gate
from jalon.web.public.bilan import PAS_CELA
from jalon.web.requete import Requete

# What brings people, in three heaps that nobody is asked to choose between.
_TAS = (
    ("motifs", "Ce que vous cherchez", ("comprendre", "changer", "idees", "contraintes", "evoluer")),
    (
        "besoins",
        "Ce dont vous avez peut-être besoin aussi",
        ("diplome", "metier_choisi", "emploi", "entreprise", "poste", "retraite", "conseil"),
    ),
    ("moment", "Ce que vous vivez en ce moment", ("conflit", "epuise", "employeur")),
)


class MotifsForm(forms.Form):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        phrases = {m.code: m.phrase for m in MOTIFS}
        for name, label, codes in _TAS:
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=[(code, phrases[code]) for code in codes],
                widget=forms.CheckboxSelectMultiple,
            )

    def codes(self) -> list[str]:
        return [code for name, _, _ in _TAS for code in self.cleaned_data[name]]


@gate.public
def orientation(request: Requete) -> HttpResponse:
    """By POST, so that no answer is ever in an address, a history or a log; nothing is written anywhere."""
    organisme = open_cabinet()
    form = MotifsForm(request.POST or None)
    asked = request.method == "POST"
    found = orient(form.codes()) if asked and form.is_valid() else orient([]) if asked else None
    context = {
        "organisme": organisme,
        "form": form,
        "orientation": found,
        "pas_cela": PAS_CELA,
        "rendez_vous": organisme is not None and bool(read_agendas(organisme, request.now)),
    }
    return render(request, "public/orientation.html", context)


urls = [path("est-ce-pour-vous/", orientation, name="public_orientation")]
