"""What some people did and can do, the occupations that they kept or dropped, and what is missing for one of them."""

import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jalon.access.metiers import referentiel
from jalon.access.portefeuille import profil_of, read_portefeuille
from jalon.actions import ecrit, piste
from jalon.demonstration.actes_vie import ActesVie
from jalon.demonstration.histoire import typeset
from jalon.vault.pieces.competence import Competence, NiveauDit, PhrasePreuve
from jalon.vault.pieces.ecart import LigneEcart
from jalon.vault.pieces.experience import Experience
from jalon.vault.pieces.metier import CompetenceRome
from jalon.vault.pieces.realisation import Realisation

if TYPE_CHECKING:
    from jalon.records.models import Personne


@cache
def _portefeuilles() -> dict[str, Any]:
    text = files(__package__).joinpath("portefeuilles.toml").read_text("utf-8")
    found: dict[str, Any] = typeset(tomllib.loads(text))
    return found


class ActesMetiers(ActesVie):
    consultant: "Personne"

    @property
    def portefeuille(self) -> dict[str, Any]:
        found: dict[str, Any] = _portefeuilles().get(self.h.nom, {})
        return found

    def ecrire_portefeuille(self, now: datetime) -> None:
        index = referentiel()
        for row in self.portefeuille.get("experiences", ()):
            metier = piste.choisi(index, row["code"])
            written = ecrit.write_ecrit(
                bilan=self.bilan,
                contenu=Experience(
                    intitule=row["intitule"],
                    structure=row.get("structure", ""),
                    debut=row.get("debut", ""),
                    fin=row.get("fin", ""),
                    texte=row.get("texte", ""),
                    metier=metier,
                    refusees=tuple(f"depart-{one}" for one in row.get("refusees", ())),
                    genre=row.get("genre", "emploi"),
                ),
                by=self.personne,
                now=now,
            )
            for skill in self._skills(row.get("acquises", ())):
                held = Competence(intitule=skill.libelle, experience=written.reference, rome=(skill,))
                ecrit.write_ecrit(bilan=self.bilan, contenu=held, by=self.personne, now=now)
            for told in row.get("realisations", ()):
                contenu = Realisation(experience=written.reference, **told)
                ecrit.write_ecrit(bilan=self.bilan, contenu=contenu, by=self.personne, now=now)
        for row in self.portefeuille.get("competences", ()):
            held = Competence(
                intitule=row["intitule"],
                preuve=row["preuve"],
                rome=self._skills(row.get("rome", ())),
                phrases=tuple(PhrasePreuve(phrase, "realisation") for phrase in row.get("phrases", ())),
                niveaux=tuple(NiveauDit(*said) for said in row.get("niveaux", ())),
                transferable="transfert" in row,
                transfert=row.get("transfert", ""),
            )
            ecrit.write_ecrit(bilan=self.bilan, contenu=held, by=self.personne, now=now)

        self.tracer_ligne(now)

    def _skills(self, slugs: Any) -> tuple[CompetenceRome, ...]:
        index = referentiel()
        known = index.known_skills([f"depart-{slug}" for slug in slugs])
        return tuple(
            CompetenceRome(one.code_ogr, one.libelle, one.nature, index.version) for one in known.values()
        )

    def garder_pistes(self, now: datetime) -> None:
        for code in self.portefeuille.get("gardees", ()):
            piste.pin_piste(bilan=self.bilan, code=code, by=self.personne, now=now)
        for code, raison in self.portefeuille.get("ecartees", ()):
            piste.drop_piste(bilan=self.bilan, code=code, raison=raison, by=self.consultant, now=now)

    def preparer_piste(self, now: datetime) -> None:
        """The chosen one becomes a plan B, and its gaps a plan: the core first."""
        code = self.portefeuille.get("retenue")
        if not code:
            return
        index = referentiel()
        found = read_portefeuille(self.personne, self.bilan, now=now)
        lue = found.piste_of(code)
        assert lue is not None
        profil = profil_of(found, index)
        gap = index.gap(
            code, now.date(), metiers=profil.metiers, competences=profil.competences, sauf=profil.sauf
        )
        reference = lue.piece.reference
        piste.choose_piste(
            bilan=self.bilan, reference=reference, nature="alternatif", by=self.personne, now=now
        )
        lines = [
            LigneEcart(
                code_ogr=one.manquant.competence.code_ogr,
                libelle=one.manquant.competence.libelle,
                coeur=one.manquant.competence.coeur,
                moyen=moyen,
                note=note,
            )
            for one, (moyen, note) in zip(gap.lacunes, self.portefeuille["plan"], strict=False)
        ]
        piste.write_ecart(bilan=self.bilan, reference=reference, lignes=lines, by=self.consultant, now=now)
