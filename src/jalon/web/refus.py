"""A refused act back on its page: what concerns a field stands beside it, the rest above; every typed word is kept."""

from django import forms
from django.http import HttpRequest

from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused


def put_on(form: forms.Form, refused: Refused) -> list[Obstacle]:
    """Give each obstacle to the field that it names; the others are returned for `{% obstacles %}`."""
    others = []
    for obstacle in refused.obstacles:
        if obstacle.field in form.fields:
            said = f"{obstacle.sentence} ({obstacle.source})" if obstacle.source else obstacle.sentence
            form.add_error(obstacle.field, said)
        else:
            others.append(obstacle)
    return others


def reasons_of(request: HttpRequest) -> dict[str, Motif]:
    """The reasons chosen for warnings: fields `motif-<code>`, each in the closed list."""
    chosen = {}
    for name, value in request.POST.items():
        if name.startswith("motif-") and value in set(Motif):
            chosen[name.removeprefix("motif-")] = Motif(value)
    return chosen
