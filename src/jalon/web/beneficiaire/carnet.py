"""The person's private notebook: nobody else opens it, not even the consultant."""

from jalon.access import Action
from jalon.web.ecrits.cahier import Cahier, urls_of

urls = urls_of(
    Cahier(
        espace="beneficiaire",
        nature="carnet",
        liste="carnet",
        lire=Action.READ_CARNET,
        ecrire=Action.WRITE_CARNET,
        titre="Votre carnet n’est lu que par vous",
        chapeau="Même la personne qui vous accompagne ne peut pas l’ouvrir. Il part avec vous quand vous emportez votre dossier, puis il est détruit.",
        vide="Les pages de votre carnet s’afficheront ici.",
        vide_aide="Une idée, un doute, une rencontre : écrivez pour vous, sans ordre.",
        nouveau="Écrire une page",
        un="Une page de votre carnet",
        enregistrer="Enregistrer la page",
        enregistre="La page est enregistrée dans votre carnet.",
        effacer="Effacer la page",
        efface="La page est effacée.",
    )
)
