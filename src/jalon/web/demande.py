"""The analysis of the request, in two columns: the person's words, and what was understood together (R. 6313-4, 1° a)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from jalon.actions.composition import compose
from jalon.actions.demande import write_demande
from jalon.actions.piece import Conflit
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import brouillon, conflit, convenu, refus
from jalon.web.requete import Requete

_LENGTH = 20_000


class DemandeForm(forms.Form):
    mots_de_la_personne = forms.CharField(
        label="Les mots de la personne",
        widget=forms.Textarea(attrs={"maxlength": _LENGTH}),
        required=False,
        max_length=_LENGTH,
        strip=False,
    )
    reformulation = forms.CharField(
        label="Ce que nous en avons compris, ensemble",
        widget=forms.Textarea(attrs={"maxlength": _LENGTH}),
        required=False,
        max_length=_LENGTH,
        strip=False,
    )

    def __init__(self, space: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if space == "beneficiaire":
            self.fields["mots_de_la_personne"].label = "Vos mots"

    def both(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.fields}


def page(request: Requete, bilan: Any, *, space: str) -> HttpResponse:
    """GET: the saved text, or one's draft. POST: save; both texts when somebody saved in between."""
    address = f"{space}_demande"
    if request.method == "POST" and conflit.takes_the_other(request):
        return convenu.keep_the_other(request, bilan, "demande", page=address)
    obstacles: list[Obstacle] = []
    form, shown = None, None
    if request.method == "POST":
        form = DemandeForm(space, request.POST)
        if form.is_valid():
            try:
                write_demande(
                    bilan=bilan,
                    analyse=compose("demande", **form.both()),
                    by=request.user,
                    now=request.now,
                    base_revision=conflit.base_revision(request),
                )
            except Refused as refused:
                obstacles = refus.put_on(form, refused)
            except Conflit as found:
                shown = _both_texts(form, found, bilan)
            else:
                messages.success(request, "Le texte est enregistré. L’autre le lira dans son espace.")
                return redirect(address, bilan.pk)
    return _page(request, bilan, space, form=form, obstacles=obstacles, conflit_vu=shown)


def accord(request: Requete, bilan: Any, *, space: str) -> HttpResponse:
    answer = convenu.agree_to(request, bilan, "demande", page=f"{space}_demande")
    if isinstance(answer, Refused):
        return _page(request, bilan, space, obstacles=list(answer.obstacles))
    return answer


def _page(
    request: Requete,
    bilan: Any,
    space: str,
    *,
    form: DemandeForm | None = None,
    obstacles: list[Obstacle] | None = None,
    conflit_vu: conflit.ConflitVu | None = None,
) -> HttpResponse:
    lue = convenu.read(request, bilan, "demande")
    draft = None
    revision = lue.revision if lue else 0
    if form is None:
        saved = (
            {
                "mots_de_la_personne": lue.contenu.mots_de_la_personne,
                "reformulation": lue.contenu.reformulation,
            }
            if lue
            else {}
        )
        initial, draft = brouillon.reprendre(request, bilan, "demande", saved)
        form = DemandeForm(space, initial=initial)
        if draft is not None and draft.revision is not None:
            revision = draft.revision
    elif request.method == "POST":
        # Both texts are under her eyes now: what she saves next comes after the other's.
        revision = conflit_vu.revision if conflit_vu else conflit.base_revision(request)
    context = {
        "bilan": bilan,
        "lue": lue,
        "form": form,
        "revision": revision,
        "brouillon": draft,
        "conflit_vu": conflit_vu,
        "obstacles_trouves": obstacles or (),
        **{f"accord_{k}": v for k, v in convenu.accords(lue, space).items()},
    }
    bad = request.method == "POST"
    return convenu.show(request, f"{space}/demande.html", context, refused=bad)


def _both_texts(form: DemandeForm, found: Conflit, bilan: Any) -> conflit.ConflitVu:
    mine = form.both()
    other = found.actuel.contenu
    return conflit.show(
        found,
        _whole(mine["mots_de_la_personne"], mine["reformulation"]),
        _whole(other.mots_de_la_personne, other.reformulation),
        bilan,
    )


def _whole(words: str, understood: str) -> str:
    return f"{words}\n\n— Ce que nous en avons compris :\n{understood}"
