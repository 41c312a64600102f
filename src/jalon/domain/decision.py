"""The person's decision on each set of documents before the term: destroyed unless she agrees in writing (R. 6313-7)."""

from jalon.domain.parcours import Labelled


class Ensemble(Labelled):
    """The sets of documents on which a decision is taken one by one."""

    SYNTHESE = "synthese", "Le document de synthèse"
    RESULTATS = "resultats", "Les questionnaires et leurs résultats"
    PROJETS = "projets", "Les projets et le plan d’action"
    ECHANGES = "echanges", "Les comptes rendus et les messages"


class Choix(Labelled):
    DETRUIRE = "detruire", "Détruire"
    CONSERVER = "conserver", "Conserver"


# Kinds of pieces in each set. What stands in none (the consultant's notes, the notebook, drafts) always dies at the term; so do the
# line of her life, what a project changes at home, and the sheets that name people whom she went to see.
NATURES: dict[Ensemble, frozenset[str]] = {
    Ensemble.SYNTHESE: frozenset({"synthese"}),
    Ensemble.RESULTATS: frozenset({"reponses", "resultat"}),
    Ensemble.PROJETS: frozenset(
        {
            *("demande", "objectifs", "projet", "conclusions", "plan"),
            *("experience", "realisation", "competence", "piste", "ecart"),
            *("formation", "comparaison", "essai"),
        }
    ),
    Ensemble.ECHANGES: frozenset({"recap", "message", "fichier", "tache", "rendu", "etagere"}),
}
# Sealed papers that hold the content of each set. An extract, composed for one reader, stands in none.
DOCUMENTS: dict[Ensemble, frozenset[str]] = {
    Ensemble.SYNTHESE: frozenset({"synthese"}),
    Ensemble.RESULTATS: frozenset({"resultats_detailles"}),
    Ensemble.PROJETS: frozenset(),
    Ensemble.ECHANGES: frozenset(),
}
