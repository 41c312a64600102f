"""What a person did, can do, and considers: her experiences, competences and tracks, and what of them can be compared with occupations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404

from jalon.access.pieces import Lue, read_pieces
from jalon.metiers import Metiers, Proposition
from jalon.metiers.interets import LETTERS
from jalon.records.models import Bilan, Personne

NATURES = ("experience", "realisation", "competence", "piste", "ecart", "resultat")
# The motivations that come first are looked at beside an occupation; more would say nothing.
VALEURS = 3
INSTRUMENTS_DE_VALEURS = ("valeurs_cartes", "motivations")


@dataclass(frozen=True)
class Portefeuille:
    """Everything opened at once. `ecarts` are found by the reference of their track."""

    experiences: list[Lue] = field(default_factory=list)
    realisations: list[Lue] = field(default_factory=list)
    competences: list[Lue] = field(default_factory=list)
    pistes: list[Lue] = field(default_factory=list)
    ecarts: dict[str, Lue] = field(default_factory=dict)
    # Six scores by letter, of a result that was explained to the person; nothing otherwise.
    interets: Mapping[str, float] | None = None
    # What matters most to her, by the names of the scales, explained to her too.
    valeurs: tuple[str, ...] = ()

    @property
    def vide(self) -> bool:
        return not (self.experiences or self.competences)

    def realisations_of(self, experience: str) -> list[Lue]:
        """Those of one experience; without a reference, those that belong to none that is still there."""
        if experience:
            return [lue for lue in self.realisations if lue.contenu.experience == experience]
        known = {lue.piece.reference for lue in self.experiences}
        return [lue for lue in self.realisations if lue.contenu.experience not in known]

    def piste(self, reference: Any) -> Lue:
        """One track, or 404."""
        for lue in self.pistes:
            if lue.piece.reference == str(reference):
                return lue
        raise Http404

    def piste_of(self, code: str) -> Lue | None:
        return next((lue for lue in self.pistes if lue.contenu.metier.code == code), None)


@dataclass(frozen=True)
class Profil:
    """What `Metiers.match` compares; `avis` says what could not be, and why."""

    metiers: tuple[str, ...]
    competences: tuple[str, ...]
    sauf: frozenset[str]
    mots: str
    avis: tuple[str, ...]

    @property
    def vide(self) -> bool:
        return not (self.metiers or self.competences or self.mots)


def read_portefeuille(personne: Personne, bilan: Bilan, *, now: datetime) -> Portefeuille:
    by_kind: dict[str, list[Lue]] = {nature: [] for nature in NATURES}
    for lue in read_pieces(personne, bilan, NATURES, now=now):
        by_kind[lue.piece.nature].append(lue)
    # Restitution first: whatever the reader may open, a result serves nothing before it was explained (R. 6313-4, 3° a).
    told = [lue.contenu for lue in by_kind["resultat"] if lue.piece.restitue_le is not None]
    return Portefeuille(
        experiences=sorted(by_kind["experience"], key=_latest_first, reverse=True),
        realisations=by_kind["realisation"],
        competences=by_kind["competence"],
        pistes=by_kind["piste"],
        ecarts={lue.piece.reference: lue for lue in by_kind["ecart"]},
        interets=_interests(told),
        valeurs=_values(told),
    )


def profil_of(found: Portefeuille, metiers: Metiers) -> Profil:
    """Codes that the day's version does not know, or that now mean something else, are told and left out."""
    avis: list[str] = []
    codes: dict[str, None] = {}
    refused: set[str] = set()
    for lue in found.experiences:
        chosen = lue.contenu.metier
        if chosen is None:
            continue
        notice = metiers.notice(chosen.code, chosen.libelle, chosen.version)
        if notice:
            avis.append(notice)
        elif metiers.known_fiche(chosen.code) is not None:
            codes[chosen.code] = None
            refused |= set(lue.contenu.refusees)
    wanted = {one.code_ogr: one.libelle for lue in found.competences for one in lue.contenu.rome}
    known = metiers.known_skills(list(wanted))
    lost = [label for ogr, label in wanted.items() if ogr not in known]
    if lost:
        named = ", ".join(f"« {label} »" for label in lost[:3])
        avis.append(
            f"{len(lost)} compétences viennent d’une autre version du référentiel et ne comptent pas ici, dont {named}. "
            "Reliez-les de nouveau pour qu’elles comptent."
            if len(lost) > 1
            else f"La compétence {named} vient d’une autre version du référentiel et ne compte pas ici. "
            "Reliez-la de nouveau pour qu’elle compte."
        )
    own = [lue.contenu.intitule for lue in found.competences if not lue.contenu.rome]
    own += [lue.contenu.intitule for lue in found.experiences if lue.contenu.metier is None]
    return Profil(tuple(codes), tuple(known), frozenset(refused - known.keys()), " ".join(own), tuple(avis))


def explain(metiers: Metiers, profil: Profil, code: str) -> Proposition | None:
    """Why this occupation, for this person; nothing while there is nothing to compare it with."""
    if profil.vide:
        return None
    found = metiers.match(
        metiers=profil.metiers,
        competences=profil.competences,
        mots=profil.mots,
        sauf=profil.sauf,
        parmi=[code],
        k=1,
    )
    return found[0] if found else None


def _latest_first(lue: Lue) -> tuple[str, datetime]:
    """What is still going on first, then by the end."""
    return (lue.contenu.fin or "9999", lue.piece.cree_le)


def _interests(told: list[Any]) -> dict[str, float] | None:
    """Of whichever instrument has the six letters for scales."""
    for result in told:
        scores = {e.code.upper(): e.valeur for e in result.echelles}
        if all(isinstance(scores.get(letter), int | float) for letter in LETTERS):
            return {letter: float(scores[letter]) for letter in LETTERS}
    return None


def _values(told: list[Any]) -> tuple[str, ...]:
    by_code = {result.instrument: result for result in told}
    for code in INSTRUMENTS_DE_VALEURS:
        if code in by_code:
            scored = [e for e in by_code[code].echelles if e.moyenne is not None]
            best = sorted(scored, key=lambda e: (-float(e.moyenne), e.nom))
            return tuple(e.nom for e in best[:VALEURS])
    return ()
