"""From where the person is to a project she chose: what she has, what is missing, what could close each gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jalon.metiers.certifications import Bloc, Certification, Certifications
from jalon.metiers.fiche import FicheLue
from jalon.metiers.proposition import Commun, Manquant


@dataclass(frozen=True)
class Lacune:
    """A missing skill, and the blocs of certification that speak of it."""

    manquant: Manquant
    blocs: tuple[Bloc, ...]


@dataclass(frozen=True)
class Ecart:
    """`pistes`: the certifications that carry the code, VAE ones being those a person with experience looks at first.
    Without an imported export of France compétences, `credit_certifications` is empty and so are they."""

    fiche: FicheLue
    acquis: tuple[Commun, ...]
    lacunes: tuple[Lacune, ...]
    pistes: tuple[Certification, ...]
    credit_certifications: str = ""

    @property
    def lacunes_coeur(self) -> tuple[Lacune, ...]:
        return tuple(one for one in self.lacunes if one.manquant.competence.coeur)

    @property
    def lacunes_voisines(self) -> tuple[Lacune, ...]:
        """Missing, yet the person has one of the same kind: the shortest steps."""
        return tuple(one for one in self.lacunes if one.manquant.voisine)

    @property
    def pistes_vae(self) -> tuple[Certification, ...]:
        return tuple(one for one in self.pistes if one.vae)


def measure_gap(
    fiche: FicheLue,
    shared: Sequence[Commun],
    missing: Sequence[Manquant],
    certifications: Certifications | None,
    pistes: Sequence[Certification],
) -> Ecart:
    gaps = tuple(
        Lacune(
            one,
            tuple(certifications.blocs_for(one.competence.libelle, pistes))
            if certifications and pistes
            else (),
        )
        for one in missing
    )
    credit = certifications.credit if certifications else ""
    return Ecart(fiche, tuple(shared), gaps, tuple(pistes), credit)
