"""The form of a questionnaire, for the person on her screen and for the consultant who copies a paper."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from jalon.instruments import Genre, Instrument, Partie, Question
from jalon.web.ecrits.saisie import TEXTE_MAX, Formulaire, en_texte

PREFIXE = "q_"
ACCORD = "accord_sensible"


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


_PLACES = ("Première", "Deuxième", "Troisième", "Quatrième", "Cinquième", "Sixième", "Septième", "Huitième")


def places_de(question: Question) -> list[tuple[str, str]]:
    """A ranking has one field a place: its name, and what it is called."""
    return [
        (
            f"{PREFIXE}{question.code}_{rank}",
            f"{_PLACES[rank - 1]} place" if rank <= len(_PLACES) else f"Place {rank}",
        )
        for rank in range(1, question.rangs + 1)
    ]


class FormulaireReponses(Formulaire):
    """The questions of some parts; the names of their fields are their codes behind a prefix."""

    use_required_attribute = False

    def __init__(
        self,
        questions: Iterable[Question],
        data: Any = None,
        *,
        initial: Any = None,
        conditions: Mapping[str, str] | None = None,
    ) -> None:
        """`conditions`: for a page that shows questions whose condition is not known to hold, when they are to be answered."""
        super().__init__(data, initial=initial)
        self.questions = tuple(questions)
        self.conditions = conditions or {}
        self.sensible = any(question.sensible for question in self.questions)
        if self.sensible:
            self.fields[ACCORD] = forms.BooleanField(
                required=False,
                label="J’accepte expressément de répondre aux questions qui touchent à ma vie privée",
                help_text="Sans cet accord, laissez-les vides. Le retirer plus tard efface ces réponses.",
            )
        for question in self.questions:
            if question.genre == Genre.CLASSEMENT:
                choices = [("", "—"), *((m.code, m.texte) for m in question.modalites)]
                for name, label in places_de(question):
                    self.fields[name] = _Choix(label=label, choices=choices)
            else:
                self.fields[f"{PREFIXE}{question.code}"] = champ_de(question)

    def lignes(self) -> list[dict[str, Any]]:
        """Each question with its fields and how wide their answers are, for the template."""
        return [
            {
                "question": question,
                "champs": [self[name] for name, _ in places_de(question)]
                if question.genre == Genre.CLASSEMENT
                else [self[f"{PREFIXE}{question.code}"]],
                "variante": "echelle" if question.genre == Genre.ECHELLE else "",
                "classement": question.genre == Genre.CLASSEMENT,
                "condition": self.conditions.get(question.code, ""),
            }
            for question in self.questions
        ]

    def accord(self) -> bool | None:
        """None where nothing sensitive is shown: nothing is then said about it."""
        return bool(self.data.get(ACCORD)) if self.sensible else None

    def reponses(self) -> dict[str, Any]:
        """What was answered to the questions that are shown, emptied ones included."""
        found = {}
        for question in self.questions:
            name = f"{PREFIXE}{question.code}"
            if question.genre == Genre.CLASSEMENT:
                ranked = [self.data.get(place, "") for place, _ in places_de(question)]
                found[question.code] = [code for code in ranked if code]
            elif question.genre == Genre.CHOIX_MULTIPLE:
                found[question.code] = self.data.getlist(name) if hasattr(self.data, "getlist") else []
            else:
                found[question.code] = self.data.get(name, "")
        return found


def jeton_de(questions: Iterable[Question], reponses: Mapping[str, Any], revision: int) -> str:
    """The revision, and a fingerprint of the answers on this page: a save made on another page moves the first, not the second."""
    answers = [[q.code, reponses.get(q.code)] for q in questions]
    return f"{revision}.{hashlib.sha256(json.dumps(answers).encode()).hexdigest()[:16]}"


def initial_de(
    questions: Iterable[Question], reponses: Mapping[str, Any], revision: int, *, accord: bool = False
) -> dict[str, Any]:
    questions = tuple(questions)
    shown: dict[str, Any] = {"revision": jeton_de(questions, reponses, revision), ACCORD: accord}
    for question in questions:
        value = reponses.get(question.code)
        if question.genre == Genre.CLASSEMENT:
            for (name, _), code in zip(places_de(question), value or [], strict=False):
                shown[name] = code
        elif value is not None:
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
    if question.genre == Genre.CLASSEMENT:
        return ", ".join(f"{rank}. {words.get(code, code)}" for rank, code in enumerate(value, 1))
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(words.get(str(code), str(code)) for code in chosen)


def texte_de(questions: Iterable[Question], reponses: Mapping[str, Any]) -> str:
    return en_texte(*((q.texte, en_clair(q, reponses.get(q.code))) for q in questions))


def relecture(
    instrument: Instrument, reponses: Mapping[str, Any], *, corrige: bool = False
) -> list[tuple[Partie, list[dict[str, str]]]]:
    """All answers, part by part, as they are read. Of a test only the exercises that were met, with their key if `corrige`."""
    if instrument.epreuve is not None:
        met = instrument.repondues(reponses)
        rows = [_row(q, reponses, instrument.epreuve.cles[q.code] if corrige else "") for q in met]
        return [(Partie("Les exercices rencontrés", "", met), rows)] if rows else []
    return [
        (part, [_row(q, reponses) for q in part.questions if instrument.est_posee(q, reponses)])
        for part in instrument.parties
        if any(instrument.est_posee(q, reponses) for q in part.questions)
    ]


def _row(question: Question, reponses: Mapping[str, Any], cle: str = "") -> dict[str, str]:
    given = reponses.get(question.code)
    key = next((m.texte for m in question.modalites if m.code == cle), "") if cle and given != cle else ""
    return {
        "question": question.texte,
        "reponse": en_clair(question, given),
        "texte": str(question.genre),
        "juste": "oui" if cle and given == cle else "",
        "attendue": key,
    }
