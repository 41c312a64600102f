"""Two people saved at once: both texts are shown, each may be kept, none is lost."""

from dataclasses import dataclass
from typing import Any

from jalon.actions.piece import Conflit
from jalon.web.requete import Requete


@dataclass(frozen=True)
class ConflitVu:
    """For {% conflit %}: the two texts, when and by whom the other was saved, and its revision."""

    votre: str
    autre: str
    quand: Any
    qui: str
    revision: int


def show(conflit: Conflit, votre: str, autre: str, bilan: Any) -> ConflitVu:
    """`votre` and `autre`: the whole of each text, as the reader knows it."""
    piece = conflit.actuel.piece
    names = {
        bilan.beneficiaire_id: bilan.beneficiaire.nom_complet,
        bilan.consultant_id: bilan.consultant.nom_complet,
    }
    return ConflitVu(votre, autre, piece.modifie_le, names.get(piece.auteur_id, ""), piece.revision)


def base_revision(request: Requete) -> int:
    """The revision that the writer had under her eyes: her form's, or the one of the text that she just chose to replace."""
    if request.POST.get("conflit") == "le_mien":
        return _number(request.POST.get("conflit_revision", ""))
    return _number(request.POST.get("revision", ""))


def takes_the_other(request: Requete) -> bool:
    return request.POST.get("conflit") == "l_autre"


def _number(raw: str) -> int:
    return int(raw) if raw.isdigit() and len(raw) < 10 else 0
