"""The synthesis read together: under each paragraph its source, the words that may be reread, and the remarks of both."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.pieces import Lue, read_pieces
from jalon.actions.synthese_a_deux import comment_synthese, settle_comment
from jalon.documents import passages_of
from jalon.domain.obstacle import Refused
from jalon.domain.relecture import remarques
from jalon.domain.repere import marks_of, without_marks
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, vers
from jalon.web.ecrits.saisie import auteur, ouvert
from jalon.web.ecrits.synthese import RUBRIQUES
from jalon.web.requete import Requete
from jalon.web.rubriques import href

# Where a click on a source leads: the page that shows it, in the reader's own space.
_PAGES = {
    "demande": "demande",
    "objectifs": "objectifs",
    "recap": "recaps",
    "experience": "portefeuille",
    "competence": "portefeuille",
    "resultat": "questionnaires",
    "projet": "projets",
    "conclusions": "conclusions",
    "plan": "conclusions",
}


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_SYNTHESE)
    def ensemble(request: Requete, bilan: Any) -> HttpResponse:
        return montre(request, bilan)

    def montre(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
        found = read_pieces(request.user, bilan, ["synthese", "commentaire"], now=request.now)
        lue = next((one for one in found if one.piece.nature == "synthese"), None)
        if lue is None:
            return vers(espace, "synthese", bilan)
        remarks = [_remark(one, bilan, request) for one in found if one.piece.nature == "commentaire"]
        headings = _headings(lue, remarks, bilan, espace)
        placed = {r["reference"] for h in headings for p in h["passages"] for r in p["commentaires"]}
        context = {
            "lue": lue,
            "qui": auteur(lue.piece, bilan, request.user),
            "rubriques": headings,
            "ailleurs": [r for r in remarks if r["reference"] not in placed],
            "peut_commenter": ouvert(bilan) and bilan.synthese_remise_le is None,
            "peut_corriger": espace == "beneficiaire",
            "observations": passages_of(lue.contenu.observations),
            "obstacles": refused.obstacles if refused else (),
            "ecrit": request.POST.get("texte", "") if refused else "",
            "ecrit_sur": request.POST.get("passage", "") if refused else "",
            "retour": lien(espace, "synthese", bilan),
        }
        return montrer(
            request, bilan, espace, "ecrits/synthese_ensemble.html", context, 422 if refused else 200
        )

    @gate.bilan(Action.COMMENT_SYNTHESE)
    @require_POST
    def commenter(request: Requete, bilan: Any) -> HttpResponse:
        try:
            comment_synthese(
                bilan=bilan,
                rubrique=request.POST.get("rubrique", "")[:120],
                passage=request.POST.get("passage", "")[:20_000],
                texte=request.POST.get("texte", "")[:2_000],
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            return montre(request, bilan, refused)
        messages.success(request, "Votre remarque est enregistrée, à côté du paragraphe.")
        return vers(espace, "synthese_ensemble", bilan)

    @gate.bilan(Action.COMMENT_SYNTHESE)
    @require_POST
    def regler(request: Requete, bilan: Any, reference: str) -> HttpResponse:
        try:
            settle_comment(bilan=bilan, reference=reference, by=request.user, now=request.now)
        except Refused as refused:
            return montre(request, bilan, refused)
        messages.success(request, "C’est noté.")
        return vers(espace, "synthese_ensemble", bilan)

    start = "<uuid:bilan_id>/synthese/"
    return [
        path(f"{start}ensemble/", ensemble, name=f"{espace}_synthese_ensemble"),
        path(f"{start}commenter/", commenter, name=f"{espace}_synthese_commenter"),
        path(f"{start}regler/<slug:reference>/", regler, name=f"{espace}_synthese_regler"),
    ]


def _remark(lue: Lue, bilan: Any, request: Requete) -> dict[str, Any]:
    said = lue.contenu
    return {
        "reference": lue.piece.reference,
        "texte": said.texte,
        "passage": said.passage,
        "rubrique": said.rubrique,
        "regle": said.regle,
        "qui": auteur(lue.piece, bilan, request.user),
        "a_moi": lue.piece.auteur_id == request.user.pk,
        "quand": lue.piece.cree_le,
    }


def _headings(lue: Lue, remarks: Iterable[dict[str, Any]], bilan: Any, espace: str) -> list[dict[str, Any]]:
    sources = {source.numero: source for source in lue.contenu.sources}
    texts = [(name, title, getattr(lue.contenu, name)) for name, title in RUBRIQUES.items()]
    texts += [(f"autre{n}", r.titre, r.texte) for n, r in enumerate(lue.contenu.autres)]
    listed = list(remarks)
    return [
        {
            "code": code,
            "titre": title,
            "passages": [
                _passage(code, passage, sources, listed, bilan, espace) for passage in passages_of(text)
            ],
        }
        for code, title, text in texts
    ]


def _passage(
    code: str, passage: Any, sources: dict[int, Any], remarks: list[dict[str, Any]], bilan: Any, espace: str
) -> dict[str, Any]:
    plain = without_marks(passage.texte)
    named = [sources[n] for n in marks_of(passage.texte) if n in sources]
    return {
        "texte": plain,
        "forme": passage.forme,
        "sources": [
            {"titre": s.titre, "href": href(espace, _PAGES.get(s.nature, "bilan"), bilan)} for s in named
        ],
        "remarques": [] if passage.forme == "citation" else remarques(plain),
        "commentaires": [r for r in remarks if r["rubrique"] == code and r["passage"] == plain],
    }
