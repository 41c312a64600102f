"""Two versions of the synthesis in one text, word by word, for both; the last change unless others are chosen."""

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.pieces import Lue, read_piece, read_revisions
from jalon.domain.comparaison import compare
from jalon.domain.repere import without_marks
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, vers
from jalon.web.ecrits.saisie import auteur
from jalon.web.ecrits.synthese import RUBRIQUES
from jalon.web.requete import Requete

Version = tuple[Any, str, Any]


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_SYNTHESE)
    def versions(request: Requete, bilan: Any) -> HttpResponse:
        lue = read_piece(request.user, bilan, "synthese", now=request.now)
        if lue is None:
            return vers(espace, "synthese", bilan)
        texts = _versions(request, bilan, lue, espace)
        numbers = sorted(texts)
        after = _chosen(request, "apres", texts, numbers[-1])
        before = _chosen(request, "avant", texts, max([n for n in numbers if n < after], default=after))
        context = {
            "versions": [
                {"numero": n, "qui": texts[n][1], "quand": texts[n][2], "derniere": n == numbers[-1]}
                for n in reversed(numbers)
            ],
            "avant": before,
            "apres": after,
            "rubriques": differences(texts[before][0], texts[after][0]),
            "retour": lien(espace, "synthese", bilan),
        }
        return montrer(request, bilan, espace, "ecrits/synthese_versions.html", context)

    return [path("<uuid:bilan_id>/synthese/versions/", versions, name=f"{espace}_synthese_versions")]


def _versions(request: Requete, bilan: Any, lue: Lue, espace: str) -> dict[int, Version]:
    """All of them for the consultant; for the person, from the one that was proposed to her on."""
    found: dict[int, Version] = {
        lue.revision: (lue.contenu, auteur(lue.piece, bilan, request.user), lue.piece.modifie_le)
    }
    for old, content in read_revisions(request.user, bilan, lue.piece, now=request.now):
        found[old.numero] = (content, auteur(old, bilan, request.user), old.enregistree_le)
    if espace == "consultant":
        return found
    proposed = lue.piece.partage_le
    first = max((n for n, text in found.items() if text[2] <= proposed), default=min(found))
    return {n: text for n, text in found.items() if n >= first}


def _chosen(request: Requete, name: str, texts: dict[int, Any], default: int) -> int:
    raw = request.GET.get(name, "")
    return int(raw) if raw.isdigit() and int(raw) in texts else default


def differences(before: Any, after: Any) -> list[dict[str, Any]]:
    pairs = [
        (title, without_marks(getattr(before, name)), without_marks(getattr(after, name)))
        for name, title in RUBRIQUES.items()
    ]
    olds, news = {r.titre: r.texte for r in before.autres}, {r.titre: r.texte for r in after.autres}
    pairs += [(title, olds.get(title, ""), news.get(title, "")) for title in dict.fromkeys([*olds, *news])]
    pairs.append(("Les observations de la personne", before.observations, after.observations))
    return [
        {"titre": title, "segments": compare(old, new), "change": old != new}
        for title, old, new in pairs
        if old or new
    ]
