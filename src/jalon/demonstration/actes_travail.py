"""Between two séances: an exercise asked, done and read, promises kept, a resource on the shelf. Played by the product's own acts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zlib import crc32

from jalon.access.exercice import exercices_for, list_etagere
from jalon.access.promesse import list_promesses
from jalon.access.tache import list_taches
from jalon.actions import ecrit, promesse, tache
from jalon.actions.composition import compose
from jalon.demonstration.actes_questionnaires import ActesQuestionnaires
from jalon.demonstration.semaine import FUSEAU
from jalon.domain.jours import local_day
from jalon.domain.tache import MINUTES_MAX
from jalon.vault.pieces.etagere import RessourceUtile
from jalon.vault.pieces.tache import Rendu
from jalon.web.ecrits.tache_saisie import copie_de

Acte = Callable[[datetime], object]
# What a person could have written: one of two, steady for her.
_REUSSITES = (
    {
        "e2.0": "Il y a quatre ans, au travail, une veille de départ en congés.",
        "e2.1": "Terminer un dossier que personne ne voulait reprendre.",
        "e2.2": "J’ai fait la liste, appelé les trois personnes qui savaient, puis tout remis dans l’ordre.",
        "e2.3": "Le dossier est parti à l’heure. On m’a redemandé ma liste ensuite.",
        "e2.4": "Démêler, et que cela serve à d’autres.",
        "e5": "Je démêle, j’appelle, je mets en ordre, je transmets.",
    },
    {
        "e2.0": "L’an dernier, dans l’association, le jour de la fête.",
        "e2.1": "Faire travailler ensemble vingt bénévoles qui ne se connaissaient pas.",
        "e2.2": "J’ai donné à chacun une chose précise, et je suis passée les voir toutes les heures.",
        "e2.3": "Tout le monde est revenu cette année.",
        "e2.4": "Voir les gens prendre leur place.",
        "e5": "J’accueille, je répartis, je veille, j’encourage.",
    },
)


class ActesTravail(ActesQuestionnaires):
    def demander_travail(self, code: str, jours: int) -> Acte:
        def acte(now: datetime) -> None:
            exercice = exercices_for(self.consultant, self.bilan.organisme)[code]
            demande = compose(
                "tache",
                titre=exercice.titre,
                consigne="Prenez-le comme il vient : c’est la matière de notre prochaine séance, pas un devoir.",
                exercice=copie_de(exercice),
            )
            tache.give_tache(
                bilan=self.bilan,
                demande=demande,
                minutes_prevues=min(exercice.minutes, MINUTES_MAX),
                pour_le=local_day(now, FUSEAU) + timedelta(days=jours),
                by=self.consultant,
                now=now,
            )

        return acte

    def rendre_travail(self, now: datetime) -> None:
        """Who enters with paper codes does it on paper, and brings it along."""
        if not self.h.email:
            return
        for lue in list_taches(self.personne, self.bilan, now=now):
            if lue.a_faire and lue.contenu.exercice and lue.contenu.exercice.code == "trois_reussites":
                rendu = Rendu(
                    reponses=_REUSSITES[self._graine % 2],
                    effort=2 + self._graine % 3,
                    note="La deuxième m’est venue en dormant.",
                )
                tache.write_rendu(tache=lue.tache, rendu=rendu, by=self.personne, now=now, rendre=True)

    def commencer_travail(self, now: datetime) -> None:
        for lue in list_taches(self.personne, self.bilan, now=now) if self.h.email else ():
            if lue.a_faire:
                tache.begin_tache(tache=lue.tache, by=self.personne, now=now)

    def lire_travaux(self, now: datetime) -> None:
        for lue in list_taches(self.consultant, self.bilan, now=now):
            if lue.etat == "rendue":
                tache.review_tache(tache=lue.tache, by=self.consultant, now=now)

    def tenir_promesses(self, now: datetime) -> None:
        """At the opening of a séance, what was promised at the one before is gone through."""
        for lue in list_promesses(self.consultant, self.bilan, now=now):
            promesse.keep_promesse(promesse=lue.promesse, tenue=True, by=self.consultant, now=now)

    def poser_ressource(self, now: datetime) -> None:
        shelf = list_etagere(self.consultant, self.bilan.organisme)
        one = shelf[self._graine % len(shelf)]
        contenu = RessourceUtile(one.titre, one.genre, one.adresse, one.pourquoi)
        ecrit.write_ecrit(bilan=self.bilan, contenu=contenu, by=self.consultant, now=now)

    @property
    def _graine(self) -> int:
        return crc32(f"{self.h.prenom}{self.h.nom}travail".encode())
