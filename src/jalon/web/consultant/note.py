"""The consultant's working notes: nobody else opens them, and they always die at the term."""

from jalon.access import Action
from jalon.web.ecrits.cahier import Cahier, urls_of

urls = urls_of(
    Cahier(
        espace="consultant",
        nature="note",
        liste="notes",
        lire=Action.READ_NOTE,
        ecrire=Action.WRITE_NOTE,
        titre="Vos notes de travail",
        chapeau="Personne d’autre ne les lit. Elles sont toujours détruites à la fin, quoi que la personne décide de garder.",
        vide="Vos notes s’afficheront ici.",
        vide_aide="Une hypothèse, un rappel pour la prochaine séance : ce qui ne concerne pas le projet n’a pas à être écrit.",
        nouveau="Écrire une note",
        un="Votre note",
        enregistrer="Enregistrer la note",
        enregistre="La note est enregistrée.",
        effacer="Effacer la note",
        efface="La note est effacée.",
    )
)
