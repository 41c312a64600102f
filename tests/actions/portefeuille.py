"""Experiences and competences, written by the person as she would."""

from jalon.access.metiers import referentiel
from jalon.actions.ecrit import write_ecrit
from jalon.vault.pieces import Competence, CompetenceRome, Experience, MetierChoisi


def experience(bilan, now, intitule, *, code="", libelle="", version=""):
    index = referentiel()
    metier = None
    if code:
        metier = MetierChoisi(
            code=code,
            libelle=libelle or index.fiche(code).libelle,
            version=version or index.version,
            titre=index.titre,
        )
    return write_ecrit(
        bilan=bilan,
        contenu=Experience(intitule=intitule, debut="2012", metier=metier),
        by=bilan.beneficiaire,
        now=now,
    )


def competence(bilan, now, intitule, *, ogr=""):
    version = referentiel().version
    rome = (CompetenceRome(ogr, intitule, "competence", version),) if ogr else ()
    return write_ecrit(
        bilan=bilan, contenu=Competence(intitule=intitule, rome=rome), by=bilan.beneficiaire, now=now
    )
