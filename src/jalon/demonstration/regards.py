"""Two rounds of looks in the demonstration, one closed and explained, one that still runs; opinions at the end; a qualification noted."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from jalon.actions import qualification, questionnaire, regards, repondant
from jalon.actions.regards_lien import token
from jalon.demonstration import paroles
from jalon.demonstration.cabinet import Maison
from jalon.demonstration.deroule import Pas
from jalon.demonstration.histoire import typeset
from jalon.demonstration.semaine import FUSEAU
from jalon.demonstration.vie import Vie, le
from jalon.domain.jours import local_day
from jalon.instruments import Genre, get
from jalon.records.models import Repondant

_MINUTE = timedelta(minutes=1)
AVIS = "satisfaction_fin"
# Who asks whom, by group; and how many of them have answered so far.
CLOS = ("Nolwenn", "Kerdoncuff")
EN_COURS = ("Clémence", "Hervouet")
INVITES = (
    *(("Samir, à l’atelier", "pairs"), ("Odile, aux méthodes", "pairs"), ("Fabien, au contrôle", "pairs")),
    ("Julie, aux achats", "pairs"),
    *(("Ma sœur", "proches"), ("Paul", "proches"), ("Estelle, du chœur", "proches")),
)
MOTS = {
    "force": (
        "Pour démêler une situation où tout le monde s’énerve.",
        "Quand je n’arrive plus à voir ce qui est important.",
        "Pour relire une décision avant de la prendre.",
        "Quand il faut expliquer quelque chose de compliqué à quelqu’un de pressé.",
    ),
    "exemple": (
        "Le jour où elle a réuni trois services qui ne se parlaient plus, autour d’un croquis.",
        "Elle a repris un dossier perdu, et elle a dit merci à tous ceux qui l’avaient aidée.",
        "Une réunion tendue : elle a posé une question, et tout s’est calmé.",
    ),
    "conseil": (
        "Dire plus tôt ce qu’elle pense, elle a souvent raison.",
        "Laisser parfois les autres se tromper un peu.",
        "Parler de ce qu’elle a réussi.",
    ),
}


class Regards:
    """One round, as acts of whoever does each."""

    def __init__(self, vie: Vie, combien: int) -> None:
        self.vie, self.combien = vie, combien
        self.repondants: list[Repondant] = []

    def pas(self) -> list[Pas]:
        after = self.vie.fins[1]
        steps = [
            Pas(after + 19 * _MINUTE, "regards", self.proposer),
            Pas(le(after, 1, 20, 30), "regards_demande", self.demander),
            Pas(le(after, 2, 21), "regards_soi", self.repondre_soi),
        ]
        for rang in range(self.combien):
            steps.append(
                Pas(le(after, 2 + rang // 2, 12 + 6 * (rang % 2), 7 * rang), "regard", self.repondre(rang))
            )
        if self.combien == len(INVITES):
            steps += [
                Pas(le(after, 9, 20, 15), "regards_clos", self.clore),
                Pas(self.vie.debuts[3] + 40 * _MINUTE, "regards_restitues", self.restituer),
                Pas(le(self.vie.debuts[3], 0, 21), "regards_lus", self.commenter),
            ]
        return steps

    def proposer(self, now: datetime) -> None:
        a = self.vie.actes
        regards.propose_regards(bilan=a.bilan, by=a.consultant, now=now)

    def demander(self, now: datetime) -> None:
        a = self.vie.actes
        regards.frame_regards(
            bilan=a.bilan,
            signature=a.personne.nom_complet,
            mot=typeset(
                "Vous m’avez vue travailler ou mener quelque chose. Dites ce que vous voyez, même le moins bon : merci."
            ),
            explicite=False,
            dernier_jour=local_day(now, FUSEAU) + timedelta(days=21),
            by=a.personne,
            now=now,
        )
        for rang, (nom, groupe) in enumerate(INVITES):
            self.repondants.append(
                regards.invite_repondant(
                    bilan=a.bilan,
                    nom=nom,
                    groupe=groupe,
                    adresse=f"regard{rang + 1}.{a.h.nom.lower()}@exemple.fr",
                    by=a.personne,
                    now=now + rang * _MINUTE,
                )
            )

    def repondre_soi(self, now: datetime) -> None:
        a = self.vie.actes
        instrument = get("regards_soi")
        assert instrument is not None
        said = paroles.answers(a.h, [q.code for q in instrument.questions])
        questionnaire.save_reponses(
            bilan=a.bilan, code=instrument.code, reponses=said, by=a.personne, now=now, finish=True
        )

    def repondre(self, rang: int) -> Callable[[datetime], object]:
        """High on some scales, lower on others, each person a little apart; sentences from most."""

        def acte(now: datetime) -> None:
            instrument = get("regards_360")
            assert instrument is not None
            said: dict[str, str | int | list[str] | None] = {}
            for place, question in enumerate(instrument.questions):
                if question.genre == Genre.ECHELLE:
                    said[question.code] = 3 + (place * 5 + rang * 3 + place // 4) % 3
                elif (rang + place) % 4:
                    texts = MOTS[question.code]
                    said[question.code] = typeset(texts[(rang + place) % len(texts)])
            repondant.answer_regard(jeton=token(self.repondants[rang].pk), reponses=said, now=now)

        return acte

    def clore(self, now: datetime) -> None:
        regards.close_regards(bilan=self.vie.actes.bilan, by=self.vie.actes.personne, now=now)

    def restituer(self, now: datetime) -> None:
        regards.restitute_regards(bilan=self.vie.actes.bilan, by=self.vie.actes.consultant, now=now)

    def commenter(self, now: datetime) -> None:
        regards.comment_regards(
            bilan=self.vie.actes.bilan,
            commentaire=typeset(
                "Je ne pensais pas que l’on me voyait si posée. Cela me touche, et me donne une idée."
            ),
            by=self.vie.actes.personne,
            now=now,
        )


def _avis(vie: Vie) -> list[Pas]:
    """On the evening after the last séance, while the notebook still lives."""
    a, said = vie.actes, le(vie.fins[-1], 1, 20, 40)

    def propose(now: datetime) -> None:
        questionnaire.propose_questionnaire(bilan=a.bilan, code=AVIS, by=a.consultant, now=now)

    def answer(now: datetime) -> None:
        instrument = get(AVIS)
        assert instrument is not None
        given = paroles.answers(a.h, [q.code for q in instrument.questions if q.genre == Genre.ECHELLE])
        reponses = {code: 4 if value > 2 else 1 + value for code, value in given.items()}
        questionnaire.save_reponses(
            bilan=a.bilan, code=AVIS, reponses=reponses, by=a.personne, now=now, finish=True
        )

    return [Pas(vie.fins[-1] + 20 * _MINUTE, "avis", propose), Pas(said, "avis_donne", answer)]


def pas(vies: Iterable[Vie], maison: Maison, now: datetime) -> list[Pas]:
    steps: list[Pas] = []
    for vie in vies:
        name = (vie.histoire.prenom, vie.histoire.nom)
        if name == CLOS:
            steps += Regards(vie, len(INVITES)).pas()
        elif name == EN_COURS:
            steps += Regards(vie, 3).pas()
        elif vie.terme < local_day(now, FUSEAU) and not vie.histoire.arret and vie.histoire.email:
            steps += _avis(vie)
    if steps:
        steps.append(Pas(now - timedelta(days=300), "qualification", _qualification(maison)))
    return steps


def _qualification(maison: Maison) -> Callable[[datetime], object]:
    membre = maison.organisme.membres.get(personne=maison.responsable, role="consultant")
    return lambda now: qualification.note_qualification(
        membre=membre,
        intitule="Psychologue (titre protégé)",
        obtenue_le=date(2009, 7, 2),
        expire_le=None,
        by=maison.responsable,
        now=now,
    )
