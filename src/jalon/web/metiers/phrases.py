"""From a told text to competences: she chooses the sentence that shows it, names what it shows, and the sentence stays with it."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.instruments import instrument_of
from jalon.access.pieces import Lue, read_pieces
from jalon.actions.composition import compose
from jalon.actions.ecrit import write_ecrit
from jalon.actions.piece import Conflit
from jalon.domain.obstacle import Refused
from jalon.domain.phrase import mark, split_sentences
from jalon.web import gate
from jalon.web.ecrits.page import montrer, vers
from jalon.web.ecrits.saisie import ligne
from jalon.web.metiers import ecrire
from jalon.web.metiers.realisation import ETAPES
from jalon.web.requete import Requete

RECIT = "recit"


@dataclass(frozen=True)
class Passage:
    """The sentences of one told text; `source` and `reference` go with each sentence that is kept."""

    titre: str
    source: str
    reference: str
    phrases: tuple[str, ...]


class FormulairePhrase(forms.Form):
    """One sentence, and what it shows: a competence that is there already, or a new one."""

    competence = forms.ChoiceField(label="Elle montre une compétence déjà notée", required=False)
    intitule = ligne("Ou une autre, à nommer", "Un verbe et quelques mots : « calmer un client fâché ».")

    def __init__(self, data: Any = None, *, passages: list[Passage], competences: list[Lue]) -> None:
        super().__init__(data)
        self.passages = passages
        self.par_marque = {mark(text): (text, one) for one in passages for text in one.phrases}
        self.competences = {lue.piece.reference: lue for lue in competences}
        field: Any = self.fields["competence"]
        field.choices = [
            ("", "Aucune de celles-ci"),
            *((reference, lue.contenu.intitule) for reference, lue in self.competences.items()),
        ]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if self.data.get("phrase", "") not in self.par_marque:
            raise forms.ValidationError("Choisissez d’abord une phrase : celle qui le montre le mieux.")
        if not found.get("competence") and not str(found.get("intitule", "")).strip():
            self.add_error(
                "intitule", "Dites ce que cette phrase montre, ou choisissez une compétence déjà notée."
            )
        return found

    @property
    def choisie(self) -> str:
        return str(self.data.get("phrase", ""))


def urls_of(espace: str) -> list[URLPattern]:
    def page(
        request: Requete, bilan: Any, passages: list[Passage], titre: str, experience: str
    ) -> HttpResponse:
        competences = read_pieces(request.user, bilan, ["competence"], now=request.now)
        form = FormulairePhrase(
            request.POST if request.method == "POST" else None, passages=passages, competences=competences
        )
        obstacles: tuple[Any, ...] = ()
        if request.method == "POST" and form.is_valid():
            try:
                name = keep(request, bilan, form, experience)
            except Refused as refused:
                obstacles = refused.obstacles
            except Conflit:
                obstacles = ecrire.CHANGE
            else:
                messages.success(request, f"La phrase reste avec « {name} ».")
                return HttpResponse(status=303, headers={"Location": request.path})
        kept = {one.phrase for lue in competences for one in lue.contenu.phrases}
        context = {
            "form": form,
            "titre_source": titre,
            "passages": [
                {
                    "titre": one.titre,
                    "phrases": [
                        {"texte": text, "marque": mark(text), "gardee": text in kept} for text in one.phrases
                    ],
                }
                for one in passages
            ],
            "choisie": form.choisie,
            "obstacles": obstacles,
            "vide": not any(one.phrases for one in passages),
        }
        status = 422 if obstacles or form.errors else 200
        return montrer(request, bilan, espace, "metiers/phrases.html", context, status)

    def keep(request: Requete, bilan: Any, form: FormulairePhrase, experience: str) -> str:
        sentence, passage = form.par_marque[form.choisie]
        proof = {"phrase": sentence, "source": passage.source, "reference": passage.reference}
        known = form.competences.get(form.cleaned_data["competence"])
        if known is None:
            name = form.cleaned_data["intitule"].strip()
            contenu = compose("competence", intitule=name, experience=experience, phrases=[proof])
            write_ecrit(bilan=bilan, contenu=contenu, by=request.user, now=request.now, keep_draft=True)
            return str(name)
        new = compose("competence", phrases=[proof]).phrases
        if any(one.phrase == sentence for one in known.contenu.phrases):
            new = ()
        write_ecrit(
            bilan=bilan,
            contenu=replace(known.contenu, phrases=(*known.contenu.phrases, *new)),
            by=request.user,
            now=request.now,
            reference=known.piece.reference,
            base_revision=known.revision,
            keep_draft=True,
        )
        return str(known.contenu.intitule)

    @gate.bilan(Action.WRITE_PORTEFEUILLE)
    def d_une_experience(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        """Its own text, then each achievement that happened then."""
        lues = read_pieces(request.user, bilan, ["experience", "realisation"], now=request.now)
        mine = _one(lues, "experience", reference)
        found = [Passage("Ce que vous y faisiez", "experience", str(reference), _cut(mine.contenu.texte))]
        found += [
            _told(lue)
            for lue in lues
            if lue.piece.nature == "realisation" and lue.contenu.experience == str(reference)
        ]
        return page(request, bilan, found, mine.contenu.intitule, str(reference))

    @gate.bilan(Action.WRITE_PORTEFEUILLE)
    def d_une_realisation(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lues = read_pieces(request.user, bilan, ["realisation"], now=request.now)
        mine = _one(lues, "realisation", reference)
        return page(request, bilan, [_told(mine)], mine.contenu.titre, mine.contenu.experience)

    @gate.bilan(Action.WRITE_PORTEFEUILLE)
    def du_recit(request: Requete, bilan: Any) -> HttpResponse:
        """The narrative that she wrote in the questionnaire, once it is finished (her own answers: always)."""
        told = [
            lue
            for lue in read_pieces(request.user, bilan, ["reponses"], now=request.now)
            if lue.contenu.instrument == RECIT
        ]
        if not told:
            return vers(espace, "portefeuille", bilan)
        return page(request, bilan, _recit(told[0], bilan), "Votre récit", "")

    start = "<uuid:bilan_id>/portefeuille/"
    return [
        path(
            f"{start}experiences/<uuid:reference>/phrases/",
            d_une_experience,
            name=f"{espace}_portefeuille_phrases",
        ),
        path(
            f"{start}realisations/<uuid:reference>/phrases/",
            d_une_realisation,
            name=f"{espace}_portefeuille_realisation_phrases",
        ),
        path(f"{start}recit/phrases/", du_recit, name=f"{espace}_portefeuille_recit"),
    ]


def has_recit(lues: list[Lue]) -> bool:
    return any(lue.contenu.instrument == RECIT for lue in lues)


def _one(lues: list[Lue], nature: str, reference: Any) -> Lue:
    for lue in lues:
        if lue.piece.nature == nature and lue.piece.reference == str(reference):
            return lue
    raise Http404


def _cut(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for text in texts for one in split_sentences(text)))


def _told(lue: Lue) -> Passage:
    return Passage(
        lue.contenu.titre,
        "realisation",
        lue.piece.reference,
        _cut(*(getattr(lue.contenu, name) for name in ETAPES)),
    )


def _recit(lue: Lue, bilan: Any) -> list[Passage]:
    sheet = lue.contenu
    instrument = instrument_of(bilan.organisme_id, sheet.instrument, sheet.version_instrument)
    words = {q.code: q.texte for q in instrument.questions} if instrument else {}
    return [
        Passage(words.get(code, ""), "reponses", sheet.instrument, _cut(value))
        for code, value in sheet.reponses.items()
        if isinstance(value, str) and _cut(value)
    ]
