"""What was destroyed, when and how: the same proof for the person and for the consultant. Never a word of content."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.conservation import destruction_due, mirror_lags, read_destructions
from jalon.domain.natures import LABELS
from jalon.web import gate
from jalon.web.requete import Requete

MOTIFS = {
    "terme": "À la fin de l’accompagnement",
    "abandon": "À l’arrêt de l’accompagnement",
    "fin_accord": "À la fin de l’accord de conservation",
    "retrait_accord": "Au retrait de l’accord de conservation",
    "fin_demande_cep": "À la fin de la conservation pour le conseil en évolution professionnelle",
    "fin_suivi": "À la clôture de l’entretien de suivi",
}


def urls_of(space: str) -> list[URLPattern]:
    @gate.bilan(Action.VIEW_DESTRUCTION)
    def destruction(request: Requete, bilan: Any) -> HttpResponse:
        traces = [
            {
                "trace": trace,
                "motif": MOTIFS.get(trace.destruction.motif, ""),
                "categories": [
                    (LABELS.get(nature, nature), count)
                    for nature, count in sorted(trace.destruction.categories.items())
                ],
            }
            for trace in read_destructions(request.user, bilan)
        ]
        due = destruction_due(bilan)
        context = {
            "bilan": bilan,
            "traces": traces,
            "prevue_le": due,
            "en_retard": due is not None and due <= request.now,
            "miroir_en_retard": bool(traces) and mirror_lags(),
        }
        return render(request, f"{space}/destruction.html", context)

    return [path("<uuid:bilan_id>/destruction/", destruction, name=f"{space}_destruction")]
