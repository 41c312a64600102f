"""The objectives, each with the sign by which one will see that it is reached (R. 6313-4, 1° c). Rows come and go without a script."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from jalon.actions.composition import compose
from jalon.actions.demande import write_objectifs
from jalon.actions.piece import Conflit
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import brouillon, conflit, convenu
from jalon.web.requete import Requete

ROWS_MAX = 50
# One or two to begin with: an empty page frightens, a long form too.
_EMPTY = 2

Row = dict[str, str]


def rows_of(data: QueryDict | dict[str, Any]) -> list[Row]:
    """The rows of a form or of a draft, in order: `texte-0`, `critere-0`, `texte-1`…"""
    ranks = sorted({int(k.removeprefix("texte-")) for k in data if _is_row(k)})[:ROWS_MAX]
    return [
        {"texte": str(data.get(f"texte-{n}", "")), "critere": str(data.get(f"critere-{n}", ""))}
        for n in ranks
    ]


def _is_row(name: str) -> bool:
    tail = name.removeprefix("texte-")
    return tail != name and tail.isdigit() and len(tail) < 4


def page(request: Requete, bilan: Any, *, space: str) -> HttpResponse:
    address = f"{space}_objectifs"
    if request.method != "POST":
        return _page(request, bilan, space)
    if conflit.takes_the_other(request):
        return convenu.keep_the_other(request, bilan, "objectifs", page=address)
    rows = rows_of(request.POST)
    if "ajouter" in request.POST:
        return _page(request, bilan, space, rows=[*rows, {"texte": "", "critere": ""}][:ROWS_MAX], status=200)
    removed = request.POST.get("retirer", "")
    if removed.isdigit():
        kept = [row for n, row in enumerate(rows) if n != int(removed)]
        return _page(request, bilan, space, rows=kept, status=200)
    filled = [row for row in rows if row["texte"].strip() or row["critere"].strip()]
    try:
        write_objectifs(
            bilan=bilan,
            objectifs=compose("objectifs", objectifs=filled),
            by=request.user,
            now=request.now,
            base_revision=conflit.base_revision(request),
        )
    except Refused as refused:
        return _page(request, bilan, space, rows=rows, obstacles=list(refused.obstacles))
    except Conflit as found:
        shown = conflit.show(
            found,
            _whole(filled),
            _whole([{"texte": o.texte, "critere": o.critere} for o in found.actuel.contenu.objectifs]),
            bilan,
        )
        return _page(request, bilan, space, rows=rows, conflit_vu=shown)
    messages.success(request, "Les objectifs sont enregistrés. L’autre les lira dans son espace.")
    return redirect(address, bilan.pk)


def accord(request: Requete, bilan: Any, *, space: str) -> HttpResponse:
    answer = convenu.agree_to(request, bilan, "objectifs", page=f"{space}_objectifs")
    if isinstance(answer, Refused):
        return _page(request, bilan, space, obstacles=list(answer.obstacles))
    return answer


def _page(
    request: Requete,
    bilan: Any,
    space: str,
    *,
    rows: list[Row] | None = None,
    obstacles: list[Obstacle] | None = None,
    conflit_vu: conflit.ConflitVu | None = None,
    status: int | None = None,
) -> HttpResponse:
    lue = convenu.read(request, bilan, "objectifs")
    draft = None
    revision = lue.revision if lue else 0
    if rows is None:
        saved = [{"texte": o.texte, "critere": o.critere} for o in lue.contenu.objectifs] if lue else []
        champs, draft = brouillon.reprendre(request, bilan, "objectifs", {})
        rows = rows_of(champs) if draft else saved
        if draft is not None and draft.revision is not None:
            revision = draft.revision
    else:
        revision = conflit_vu.revision if conflit_vu else conflit.base_revision(request)
    if len(rows) < _EMPTY:
        rows = [*rows, *({"texte": "", "critere": ""} for _ in range(_EMPTY - len(rows)))]
    context = {
        "bilan": bilan,
        "lue": lue,
        "rows": list(enumerate(rows)),
        "plein": len(rows) >= ROWS_MAX,
        "revision": revision,
        "brouillon": draft,
        "conflit_vu": conflit_vu,
        "obstacles_trouves": obstacles or (),
        **{f"accord_{k}": v for k, v in convenu.accords(lue, space).items()},
    }
    refused = request.method == "POST" and status is None
    return convenu.show(request, f"{space}/objectifs.html", context, refused=refused)


def _whole(rows: list[Row]) -> str:
    return "\n\n".join(f"{row['texte']}\nAtteint quand : {row['critere']}" for row in rows)
