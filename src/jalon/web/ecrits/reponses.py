"""The form of a questionnaire, for the person on her screen and for the consultant who copies a paper."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from jalon.instruments import Genre, Instrument, Partie, Question
from jalon.web.ecrits.saisie import TEXTE_MAX, Formulaire, en_texte

PREFIXE = "q_"


class _Libre(forms.Field):
    """Every answer is free to be missing; what an answer may be is the action's to say."""

    def clean(self, value: Any) -> Any:
        return value


class _Choix(_Libre, forms.ChoiceField):
    pass


class _ChoixMultiple(_Libre, forms.MultipleChoiceField):
    pass


class _Texte(_Libre, forms.CharField):
    pass


def champ_de(question: Question) -> forms.Field:
    said: dict[str, Any] = {"label": question.texte, "help_text": question.aide}
    choices = [(m.code, m.texte) for m in question.modalites]
    if question.genre == Genre.TEXTE:
        return _Texte(widget=forms.Textarea(attrs={"maxlength": TEXTE_MAX}), **said)
    if question.genre == Genre.CHOIX_MULTIPLE:
        return _ChoixMultiple(choices=choices, widget=forms.CheckboxSelectMultiple, **said)
    return _Choix(choices=choices, widget=forms.RadioSelect, **said)


class FormulaireReponses(Formulaire):
    """The questions of some parts; the names of their fields are their codes behind a prefix."""

    use_required_attribute = False

    def __init__(self, questions: Iterable[Question], data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.questions = tuple(questions)
        for question in self.questions:
            self.fields[f"{PREFIXE}{question.code}"] = champ_de(question)

    def lignes(self) -> list[dict[str, Any]]:
        """Each question with its field and how wide its answers are, for the template."""
        return [
            {
                "question": question,
                "champ": self[f"{PREFIXE}{question.code}"],
                "variante": "echelle" if question.genre == Genre.ECHELLE else "",
            }
            for question in self.questions
        ]

    def reponses(self) -> dict[str, Any]:
        """What was answered to the questions that are shown, emptied ones included."""
        found = {}
        for question in self.questions:
            name = f"{PREFIXE}{question.code}"
            if question.genre == Genre.CHOIX_MULTIPLE:
                found[question.code] = self.data.getlist(name) if hasattr(self.data, "getlist") else []
            else:
                found[question.code] = self.data.get(name, "")
        return found


def jeton_de(questions: Iterable[Question], reponses: Mapping[str, Any], revision: int) -> str:
    """The revision, and a fingerprint of the answers on this page: a save made on another page moves the first, not the second."""
    answers = [[q.code, reponses.get(q.code)] for q in questions]
    return f"{revision}.{hashlib.sha256(json.dumps(answers).encode()).hexdigest()[:16]}"


def initial_de(questions: Iterable[Question], reponses: Mapping[str, Any], revision: int) -> dict[str, Any]:
    questions = tuple(questions)
    shown: dict[str, Any] = {"revision": jeton_de(questions, reponses, revision)}
    for question in questions:
        value = reponses.get(question.code)
        if value is not None:
            shown[f"{PREFIXE}{question.code}"] = str(value) if isinstance(value, int) else value
    return shown


def repondues(reponses: Mapping[str, Any], questions: Iterable[Question]) -> int:
    return sum(1 for question in questions if reponses.get(question.code) not in (None, "", []))


def en_clair(question: Question, value: Any) -> str:
    """An answer in the words of its question."""
    if value in (None, "", []):
        return ""
    if question.genre == Genre.TEXTE:
        return str(value)
    words = {m.code: m.texte for m in question.modalites}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(words.get(str(code), str(code)) for code in chosen)


def texte_de(questions: Iterable[Question], reponses: Mapping[str, Any]) -> str:
    return en_texte(*((q.texte, en_clair(q, reponses.get(q.code))) for q in questions))


def relecture(
    instrument: Instrument, reponses: Mapping[str, Any]
) -> list[tuple[Partie, list[dict[str, str]]]]:
    """All answers, part by part, as they are read."""
    return [
        (
            part,
            [
                {"question": q.texte, "reponse": en_clair(q, reponses.get(q.code)), "texte": str(q.genre)}
                for q in part.questions
            ],
        )
        for part in instrument.parties
    ]
