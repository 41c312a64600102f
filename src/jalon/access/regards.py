"""The doors of the looks of others: what the person may know while it runs, and the only way in which answers are ever opened.

`mix` opens them all at once, gives back figures of three answers at least, and nothing else leaves it.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jalon.access.coffre import coffre
from jalon.access.instruments import instrument_of
from jalon.access.matrix import Action, allows
from jalon.access.pieces import Lue, read_piece, read_pieces
from jalon.access.roles import roles
from jalon.domain.cotation import score
from jalon.domain.jours import local_day, zone
from jalon.domain.probabilites import student_quantile
from jalon.domain.profil import CONFIANCE
from jalon.domain.regards import SEUIL, Cellule, Groupe, cells, scatter, views
from jalon.instruments import Echelle, Genre, Instrument
from jalon.records.models import Bilan, Envoi, Personne, Piece, Regards, Repondant
from jalon.vault import CleAbsente, piece_key
from jalon.vault.pieces.regards import (
    CelluleRegards,
    EchelleRegards,
    MotsRegards,
    Regard,
    RegardsMeles,
    VueRegards,
)
from jalon.vault.pieces.resultat import Resultat

INSTRUMENT, SOI = "regards_360", "regards_soi"


@dataclass(frozen=True)
class InviteVu:
    """Whom she asked. Whether that person has answered is not here: only how many have."""

    repondant: Repondant
    nom: str
    parti: bool


@dataclass(frozen=True)
class EtatRegards:
    """Where it stands, for the person. The consultant's own view has no `invites`."""

    regards: Regards
    instrument: Instrument
    invitations: int
    reponses: int
    # Groups that could be read alone if it were closed now.
    lisibles: tuple[Groupe, ...]
    peut_repondre: bool
    cadre: Any = None
    invites: tuple[InviteVu, ...] = ()
    resultat: Lue | None = None
    soi_termine: bool = False

    @property
    def clos(self) -> bool:
        return self.regards.clos_le is not None

    @property
    def assez(self) -> bool:
        return self.reponses >= SEUIL


def find_regards(bilan: Bilan) -> Regards | None:
    return Regards.objects.filter(bilan=bilan).first()


def is_open(regards: Regards, day: date) -> bool:
    """Answers are taken until the end of the last day, as long as nothing is mixed."""
    return regards.clos_le is None and regards.dernier_jour is not None and day <= regards.dernier_jour


def read_regards(personne: Personne, bilan: Bilan, *, now: datetime) -> EtatRegards | None:
    """None when it was not proposed. Names only for whom the table lets see them: the person herself."""
    regards = find_regards(bilan)
    if regards is None:
        return None
    instrument = instrument_of(bilan.organisme_id, INSTRUMENT, regards.version)
    assert instrument is not None
    rows = list(regards.repondants.all())
    answered = [r for r in rows if r.repondu_le is not None]
    counts = {g: sum(r.groupe == g for r in answered) for g in Groupe}
    mine = allows(Action.INVITE_REPONDANTS, roles(personne, bilan))
    own = Piece.objects.filter(bilan=bilan, nature="reponses", reference=SOI)
    cadre = read_piece(personne, bilan, "regards_cadre", now=now) if mine else None
    return EtatRegards(
        regards=regards,
        instrument=instrument,
        invitations=len(rows),
        reponses=len(answered) if regards.clos_le is None else regards.reponses or 0,
        lisibles=tuple(g for g in Groupe if counts[g] >= SEUIL),
        peut_repondre=is_open(regards, local_day(now, zone(bilan.fuseau))),
        cadre=cadre,
        invites=_invites(personne, bilan, rows, now) if mine else (),
        resultat=read_piece(personne, bilan, "regards", now=now),
        soi_termine=own.filter(valide_beneficiaire_le__isnull=False).exists(),
    )


def _invites(
    personne: Personne, bilan: Bilan, rows: Sequence[Repondant], now: datetime
) -> tuple[InviteVu, ...]:
    names = {
        lue.piece.reference: lue.contenu.nom for lue in read_pieces(personne, bilan, ["invite"], now=now)
    }
    # A mail that could not leave is told: the person can put the address right.
    lost = {
        str(data.get("repondant"))
        for data in Envoi.objects.filter(
            bilan=bilan, genre__startswith="regard_", abandonne_le__isnull=False
        ).values_list("donnees", flat=True)
    }
    return tuple(
        InviteVu(row, names[str(row.pk)], str(row.pk) not in lost) for row in rows if str(row.pk) in names
    )


def mix(regards: Regards, soi: Resultat | None) -> RegardsMeles | None:
    """The one act that opens answers: all together, once, into cells that never overlap. None below the threshold."""
    instrument = instrument_of(regards.bilan.organisme_id, INSTRUMENT, regards.version)
    assert instrument is not None
    sheets = _open_all(regards)
    found = cells({g: len(sheets.get(g, ())) for g in Groupe})
    if not found:
        return None
    notes = {scale.code: _notes(instrument, scale, sheets) for scale in instrument.echelles}
    variance, degrees = scatter(found, notes.values())
    return RegardsMeles(
        instrument=instrument.code,
        version_instrument=instrument.version,
        reponses=sum(cell.reponses for cell in found),
        cellules=tuple(CelluleRegards(c.code, c.nom, c.reponses) for c in found),
        echelles=tuple(
            _echelle(instrument, scale, found, notes[scale.code], (variance, degrees), soi)
            for scale in instrument.echelles
        ),
        mots=tuple(_mots(q.texte, q.code, sheets) for q in instrument.questions if q.genre == Genre.TEXTE),
    )


_Feuilles = Mapping[Groupe, Sequence[Mapping[str, Any]]]


def _open_all(regards: Regards) -> dict[Groupe, list[Mapping[str, Any]]]:
    """Never returned to a caller outside this file."""
    groups = {str(row.pk): Groupe(row.groupe) for row in regards.repondants.filter(repondu_le__isnull=False)}
    found: dict[Groupe, list[Mapping[str, Any]]] = {}
    for piece in Piece.objects.filter(bilan=regards.bilan_id, nature="regard", reference__in=list(groups)):
        try:
            sheet = coffre().open_piece(
                bytes(piece.chiffre),
                key_id=piece_key(piece.reference),
                piece_id=piece.pk,
                revision=piece.revision,
                expect=Regard,
            )
        except CleAbsente:
            continue
        found.setdefault(groups[piece.reference], []).append(sheet.reponses)
    return found


def _notes(instrument: Instrument, scale: Echelle, sheets: _Feuilles) -> dict[Groupe, list[float | None]]:
    bounds = instrument.bornes()
    return {
        group: [
            score(scale.cle, {k: v for k, v in one.items() if isinstance(v, int)}, bounds).moyenne
            for one in given
        ]
        for group, given in sheets.items()
    }


def _echelle(
    instrument: Instrument,
    scale: Echelle,
    found: Sequence[Cellule],
    notes: Mapping[Groupe, Sequence[float | None]],
    spread: tuple[float, int],
    soi: Resultat | None,
) -> EchelleRegards:
    low, high = instrument.bornes()[scale.items[0]]
    own = next((e for e in soi.echelles if e.code == scale.code), None) if soi else None
    variance, degrees = spread
    seen = []
    for view in views(found, notes):
        error = (variance / view.n) ** 0.5 if degrees else None
        half = student_quantile((1 + CONFIANCE) / 2, degrees) * error if error is not None else None
        seen.append(VueRegards(view.cellule, round(view.moyenne, 2), view.n, error, half))
    return EchelleRegards(
        code=scale.code,
        nom=scale.nom,
        lecture=scale.lecture,
        minimum=float(low),
        maximum=float(high),
        soi=own.moyenne if own else None,
        soi_erreur=own.erreur_mesure if own else None,
        soi_demi_bande=own.demi_bande if own else None,
        vues=tuple(seen),
    )


def _mots(question: str, code: str, sheets: _Feuilles) -> MotsRegards:
    """Across all groups, in an order drawn for this question alone; blanks that could sign a text are evened out."""
    texts = [" ".join(str(one.get(code) or "").split()) for given in sheets.values() for one in given]
    texts = [text for text in texts if text]
    if len(texts) < SEUIL:
        return MotsRegards(question)
    secrets.SystemRandom().shuffle(texts)
    return MotsRegards(question, tuple(texts))
