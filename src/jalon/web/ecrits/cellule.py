"""What the cellule d'accompagnement of a congé de reclassement is told (R. 1233-27): written by the consultant, read by the person first."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse

from jalon.access.pieces import read_piece
from jalon.actions.cellule import make_letter
from jalon.documents.information_cellule.data import GENRES
from jalon.domain.financement import Financement
from jalon.web.ecrits.lignes import FormulaireLignes
from jalon.web.ecrits.page import vers
from jalon.web.ecrits.saisie import en_texte, prose
from jalon.web.papier import download
from jalon.web.requete import Requete

LIGNE = 300


class FormulaireCellule(FormulaireLignes):
    colonnes: ClassVar[Any] = {
        "genre": lambda: forms.ChoiceField(label="Ce qui est proposé", choices=list(GENRES.items())),
        "nature": lambda: forms.CharField(label="Nature", max_length=LIGNE, required=False),
        "duree": lambda: forms.CharField(label="Durée", max_length=LIGNE, required=False),
        "mise_en_oeuvre": lambda: prose("Mise en œuvre : où, quand, comment", max_length=1_000),
    }
    compte = ("nature", "duree", "mise_en_oeuvre")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for rank in range(self.nombre):
            said = {name: str(found.get(f"{name}_{rank}") or "").strip() for name in self.compte}
            if any(said.values()):
                for name, value in said.items():
                    if not value and f"{name}_{rank}" not in self.errors:
                        self.add_error(
                            f"{name}_{rank}", "La loi demande cette ligne : écrivez-la, ou retirez l’action."
                        )
        return found


class TransmissionForm(forms.Form):
    le = forms.DateField(
        label="Transmis le",
        widget=forms.DateInput,
        error_messages={
            "required": "Dites quel jour le courrier est parti.",
            "invalid": "Cette date n’existe pas : écrivez par exemple 15/01/2027.",
        },
    )


def is_told(bilan: Any) -> bool:
    """No other route lets anything be told without the person's agreement: there, the page only says so."""
    return bool(bilan.financement == Financement.RECLASSEMENT)


def texte(contenu: Any) -> str:
    return en_texte(
        *(
            (GENRES[one.genre], "\n".join((one.nature, one.duree, one.mise_en_oeuvre)))
            for one in contenu.actions
        )
    )


def actions_lisibles(contenu: Any) -> list[dict[str, str]]:
    return [{**one.to_json(), "libelle": GENRES[one.genre]} for one in contenu.actions]


def courrier(request: Requete, bilan: Any, espace: str) -> HttpResponse:
    found = read_piece(request.user, bilan, "cellule", now=request.now) if is_told(bilan) else None
    if found is None:
        return vers(espace, "cellule", bilan)
    pdf = make_letter(bilan=bilan, contenu=found.contenu, by=request.user, now=request.now)
    return download(pdf, f"courrier-{bilan.numero}")
