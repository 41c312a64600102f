"""A form with rows that are added and removed by plain buttons: without JavaScript, nothing typed is lost on the way."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from jalon.web.ecrits.saisie import Formulaire

LIGNES_MAX = 50
_GESTE = re.compile(r"^(ajouter|retirer-(\d{1,3}))$")


class FormulaireLignes(Formulaire):
    """`colonnes` makes the fields of one row, named `texte_0`, `texte_1`…; a row left empty is no row."""

    colonnes: ClassVar[Mapping[str, Callable[[], forms.Field]]] = {}
    # A row counts when one of these is filled.
    compte: ClassVar[Sequence[str]] = ("texte",)

    lignes = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial=initial, **kwargs)
        raw = str((data if data is not None else initial or {}).get("lignes") or "1")
        self.nombre = min(int(raw), LIGNES_MAX) if raw.isdigit() else 1
        for rank in range(self.nombre):
            for name, make in self.colonnes.items():
                self.fields[f"{name}_{rank}"] = make()

    @property
    def rangs(self) -> list[dict[str, Any]]:
        """Each row's fields, for the template."""
        return [
            {"rang": rank, "numero": rank + 1, "champs": [self[f"{name}_{rank}"] for name in self.colonnes]}
            for rank in range(self.nombre)
        ]

    def remplies(self) -> list[dict[str, Any]]:
        rows = [
            {name: self.cleaned_data.get(f"{name}_{rank}") for name in self.colonnes}
            for rank in range(self.nombre)
        ]
        return [row for row in rows if any(str(row[name] or "").strip() for name in self.compte)]

    def seuls(self) -> dict[str, Any]:
        """What was typed outside the rows."""
        own = {f"{name}_{rank}" for name in self.colonnes for rank in range(self.nombre)}
        return {name: value for name, value in self.champs().items() if name not in own | {"lignes"}}

    @classmethod
    def initial_de(cls, rows: Sequence[Mapping[str, Any]], **seuls: Any) -> dict[str, Any]:
        """What is saved, and one empty row to go on."""
        found = dict(seuls) | {"lignes": str(min(len(rows) + 1, LIGNES_MAX))}
        for rank, row in enumerate(rows):
            found |= {f"{name}_{rank}": row.get(name) for name in cls.colonnes}
        return found

    @classmethod
    def apres_geste(cls, data: Mapping[str, Any]) -> dict[str, Any] | None:
        """One row more, or less: what the form shows next. None when the form was sent to be saved."""
        match = _GESTE.match(str(data.get("geste", "")))
        if match is None:
            return None
        raw = str(data.get("lignes") or "1")
        count = min(int(raw), LIGNES_MAX) if raw.isdigit() else 1
        rows = [{name: data.get(f"{name}_{rank}", "") for name in cls.colonnes} for rank in range(count)]
        if match[1] == "ajouter":
            rows.append(dict.fromkeys(cls.colonnes, ""))
        elif int(match[2]) < len(rows):
            del rows[int(match[2])]
        kept = {
            name: value
            for name, value in data.items()
            if not any(re.fullmatch(rf"{column}_\d+", name) for column in cls.colonnes)
        }
        shown = cls.initial_de(rows[:LIGNES_MAX], **kept)
        shown["lignes"] = str(max(1, min(len(rows), LIGNES_MAX)))
        return shown
