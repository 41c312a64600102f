"""The line of a life: the same moments, in the same order, drawn and listed; written with plain forms, shared one by one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.pieces import Lue, read_pieces
from jalon.actions.vie import share_vie, write_vecu
from jalon.domain.experience import GenreExperience
from jalon.domain.francais import periode
from jalon.domain.jours import local_day, zone
from jalon.domain.obstacle import Refused
from jalon.domain.vecu import GenreVecu, Ligne, Moment, Ton, Trait, draw
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, vers
from jalon.web.metiers import ecrire
from jalon.web.requete import Requete
from jalon.web.vie.formulaire import CHAMPS, FormulaireVecu, texte_de

# What fits on the width of a phone beside its number; the list has it whole.
_TITRE = 34
# Height of one moment in the drawing, and of the scale at each end, in em.
_RANG, _MARGE = 4.6, 2.0
_TONS = {"porteur": "fait", "mele": "neutre", "difficile": "attente"}


@dataclass(frozen=True)
class Entree:
    """One moment as it is drawn and as it is listed."""

    rang: int
    titre: str
    genre: str
    periode: str
    texte: str
    ton: str
    ton_etat: str
    vecu: bool
    partage: bool
    href: str
    partager: str
    dessin: dict[str, str]

    @property
    def court(self) -> str:
        return self.titre if len(self.titre) <= _TITRE else f"{self.titre[: _TITRE - 1].rstrip()}…"

    @property
    def sous_titre(self) -> str:
        return " · ".join(part for part in (self.genre, self.periode or "sans date") if part)


VECU = ecrire.Sorte(
    nature="vecu",
    champs=CHAMPS,
    make=lambda data=None, request=None, bilan=None, **kwargs: FormulaireVecu(
        data, consultant=bilan.consultant.nom_complet, **kwargs
    ),
    texte=texte_de,
    gabarit="vie/vecu.html",
    enregistre="Le moment est sur votre ligne.",
    efface="Le moment est effacé.",
    effacer="Effacer ce moment ?",
    droit=Action.WRITE_VIE,
    droit_effacer=Action.WRITE_VIE,
    nom="vie_moment",
    chemin="vie/moments",
    liste="vie",
    write=lambda contenu, *, form, **who: write_vecu(
        contenu=contenu, partage=form.cleaned_data["partage"], **who
    ),
    initial=lambda lue: (
        {name: getattr(lue.contenu, name) for name in CHAMPS} | {"partage": lue.piece.partage_le is not None}
    ),
    titre="titre",
)


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def ligne(request: Requete, bilan: Any) -> HttpResponse:
        lues = read_pieces(request.user, bilan, ["vecu", "experience"], now=request.now)
        found = {str(lue.piece.pk): lue for lue in lues}
        today = local_day(request.now, zone(bilan.fuseau)).isoformat()[:7]
        drawn = draw([_moment(key, lue) for key, lue in found.items()], today)
        entrees = [
            _entree(rang, trait, found[trait.reference], bilan) for rang, trait in enumerate(drawn.traits)
        ]
        context = {
            "entrees": entrees,
            "dessin": _scale(drawn, len(entrees)),
            "bornes": (drawn.premiere, drawn.derniere),
            "nouveau": lien(espace, "vie_moment_ecrire", bilan) if espace == "beneficiaire" else "",
            "peut_ecrire": access.can(Action.WRITE_VIE, request.user, bilan),
        }
        return montrer(request, bilan, espace, "vie/ligne.html", context)

    def _entree(rang: int, trait: Trait, lue: Lue, bilan: Any) -> Entree:
        one, own = lue.contenu, lue.piece.nature == "vecu"
        page = "vie_moment" if own else "portefeuille_experience"
        readable = not own or espace == "beneficiaire"
        return Entree(
            rang=rang + 1,
            titre=one.titre if own else one.intitule,
            genre=GenreVecu(one.genre).label
            if own
            else GenreExperience(one.genre).label
            if one.genre
            else "Expérience",
            periode=periode(one.debut, one.fin, dure=not own),
            texte=one.texte,
            ton=Ton(one.ton).label if own and one.ton else "",
            ton_etat=_TONS.get(one.ton, "neutre") if own else "",
            vecu=own,
            partage=not own or lue.piece.partage_le is not None,
            href=lien(espace, page, bilan, lue.piece.reference) if readable else "",
            partager=lien(espace, "vie_partager", bilan, lue.piece.reference)
            if own and espace == "beneficiaire"
            else "",
            dessin=_place(rang, trait, one, own),
        )

    @gate.bilan(Action.WRITE_VIE)
    @require_POST
    def partager(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        shown = request.POST.get("partage") == "oui"
        try:
            share_vie(
                bilan=bilan,
                nature="vecu",
                reference=str(reference),
                partage=shown,
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            for obstacle in refused.obstacles:
                messages.error(request, obstacle.sentence)
        else:
            messages.success(
                request,
                "Ce moment est partagé."
                if shown
                else "Ce moment n’est plus partagé : personne d’autre que vous ne le lit.",
            )
        return vers(espace, "vie", bilan)

    found = [path("<uuid:bilan_id>/vie/", ligne, name=f"{espace}_vie")]
    if espace == "beneficiaire":
        found += ecrire.urls_of(espace, VECU)
        found.append(
            path(
                "<uuid:bilan_id>/vie/moments/<uuid:reference>/partager/",
                partager,
                name=f"{espace}_vie_partager",
            )
        )
    return found


def _moment(key: str, lue: Lue) -> Moment:
    """An experience without an end goes on; a moment without an end was one moment."""
    return Moment(key, lue.contenu.debut, lue.contenu.fin, dure=lue.piece.nature == "experience")


def _place(rang: int, trait: Trait, one: Any, own: bool) -> dict[str, str]:
    top = _MARGE + rang * _RANG
    where = {
        "y_titre": f"{top + 1.0:.2f}em",
        "y_sous": f"{top + 2.2:.2f}em",
        "y": f"{top + 2.7:.2f}em",
        "y_milieu": f"{top + 3.1:.2f}em",
    }
    if trait.de is None or trait.a is None:
        return where
    kind = one.genre if own else one.genre or "emploi"
    where |= {
        "x": f"{trait.de * 100:.2f}%",
        "classe": "plein"
        if kind == "emploi"
        else "plein-doux"
        if kind in ("formation", "stage")
        else "bande",
    }
    if trait.point:
        where["point"] = "oui"
    else:
        where["largeur"] = f"{max(0.8, (trait.a - trait.de) * 100):.2f}%"
    return where


def _scale(drawn: Ligne, count: int) -> dict[str, Any]:
    bottom = _MARGE + count * _RANG
    return {
        "hauteur": f"{bottom + _MARGE:.2f}em",
        "bas": f"{bottom:.2f}em",
        "y_bas": f"{bottom + 1.3:.2f}em",
        "reperes": [
            {
                "an": year,
                "x": f"{place * 100:.2f}%",
                "ancre": "start" if place < 0.06 else "end" if place > 0.94 else "middle",
            }
            for year, place in drawn.reperes
        ],
    }
