"""What the demonstration cabinet shows to everybody: hours that may be booked, two published offers, a draft that was refused."""

from datetime import date, datetime, time, timedelta
from typing import Any

from jalon.actions import atelier, attente, disponibilite, offre, salle
from jalon.demonstration.cabinet import Maison
from jalon.demonstration.deroule import Pas
from jalon.demonstration.semaine import FUSEAU
from jalon.domain.disponibilite import Plage
from jalon.domain.financement import Financement
from jalon.domain.jours import local_day
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Phase
from jalon.domain.resultat import Genre
from jalon.domain.seance import Modalite
from jalon.web.composants.typographie import nbsp

_F = Financement

# One for each consultant: where (rank of the place, or nothing), and when.
_SEMAINES: tuple[tuple[tuple[int, time, time, int | None], ...], ...] = (
    (
        (1, time(18, 30), time(20, 30), 0),
        (3, time(12, 15), time(13, 45), None),
        (5, time(9, 30), time(12), 0),
    ),
    ((0, time(18, 30), time(20), 1), (2, time(18, 30), time(20), None)),
    ((3, time(18, 30), time(20, 30), 0), (5, time(10), time(12), None)),
)
_SALLES = ("", "https://visio.exemple.fr/salle-des-berges", "https://visio.exemple.fr/salle-de-l-ecluse")

_TEXTES = {
    "dix_semaines": {
        "accroche": "Dix semaines pour y voir clair, vérifier un projet sur le terrain et décider à votre rythme.",
        "objectifs": "Mettre des mots sur ce que vous savez faire et sur ce qui compte pour vous.\n"
        "Faire naître un projet, ou plusieurs, et les confronter à des personnes qui font ce métier.\n"
        "Repartir avec des étapes datées, ce qui aidera, ce qui gênera, et un plan B.",
        "public": "Toute personne qui travaille ou cherche un emploi, quel que soit son diplôme. Si vous traversez une période "
        "trop lourde, nous vous dirons plutôt d’attendre, et vers qui aller.",
        "prerequis": "Aucun.",
        "deroulement": "Une rencontre par semaine ou presque, à Angers, à Saumur, en visio, ou un peu de chaque. Soirs et samedis "
        "compris. Entre deux rencontres, un travail à vous : des lignes à écrire, des gens à appeler, un métier à aller voir. "
        "Le rythme s’allonge si la fatigue ou la vie le demandent.",
        "methodes": "Entretiens individuels, récit d’expériences, ligne de vie, questionnaire d’intérêts et tri de motivations, "
        "enquêtes auprès de professionnels. Chaque questionnaire vous est présenté avant d’y répondre : ce qu’il mesure, ce "
        "qu’il vaut, qui le lit. Ses résultats vous sont rendus en premier.",
        "evaluation": "Vos objectifs sont écrits ensemble au début, relus ensemble à la fin, puis six mois après. Un questionnaire "
        "anonyme vous est proposé.",
        "adaptation": "Séances d’une heure, pauses, textes en gros caractères, interprète en langue des signes, aménagement des "
        "horaires : dites ce qu’il vous faut, sans donner de diagnostic.",
    },
    "court": {
        "accroche": "Sept semaines quand vous avez déjà une idée, et que vous voulez la mettre à l’épreuve.",
        "objectifs": "Vérifier une idée auprès de celles et ceux qui en vivent.\nSavoir ce qu’il vous manque, et comment l’acquérir.\n"
        "Décider, avec un calendrier réaliste.",
        "public": "Les personnes qui ont déjà une piste. Sans idée encore, le parcours en dix semaines laisse plus de temps.",
        "prerequis": "Aucun, sinon une piste à vérifier.",
        "deroulement": "Sept rencontres de deux heures, à Angers ou en visio, et quatre heures de travail chez vous.",
        "methodes": "Entretiens individuels, récit d’expériences, enquêtes auprès de professionnels, étude des offres et des "
        "formations de votre région.",
        "evaluation": "Objectifs relus ensemble à la fin, entretien de suivi six mois après.",
        "adaptation": "Horaires, durée des séances, textes et lieux s’adaptent : parlons-en dès le premier échange.",
    },
}
# What somebody of the cabinet first wrote for the third, and what the page answers.
_REFUSE = {
    "accroche": "Bilan professionnel 100 % gratuit, agréé par l’État !",
    "objectifs": "Trouver enfin votre voie : résultat garanti, 98 % de satisfaction.",
    "public": "Tout le monde.",
    "methodes": "Entretiens et exercices d’orientation.",
}
_FINANCEMENTS = {
    "dix_semaines": [
        _F.CPF_HORS_TEMPS,
        _F.CPF_SUR_TEMPS,
        _F.PLAN,
        _F.FRANCE_TRAVAIL,
        _F.OPCO,
        _F.AGEFIPH,
        _F.PERSONNEL,
    ],
    "court": [_F.CPF_HORS_TEMPS, _F.FRANCE_TRAVAIL, _F.PERSONNEL],
}


class Vitrine:
    def __init__(self, maison: Maison) -> None:
        self.maison = maison

    def pas(self, now: datetime) -> list[Pas]:
        """The hours early, so that people can book; the results of last year once it is over."""
        return [
            Pas(now - timedelta(days=60), "disponibilites", self._open_hours),
            Pas(now - timedelta(days=45), "offres", self._publish),
            Pas(now - timedelta(days=58), "salles", self._rooms),
            Pas(now - timedelta(days=2), "groupe", self._group),
            Pas(now - timedelta(hours=20), "attente", self._waiting),
        ]

    def _open_hours(self, now: datetime) -> None:
        house = self.maison
        for rank, consultant in enumerate(house.consultants):
            common: dict[str, Any] = {
                "organisme": house.organisme,
                "consultant": consultant,
                "by": house.assistante,
                "now": now,
            }
            disponibilite.write_disponibilite(
                regles={
                    "ouverte": True,
                    "duree_minutes": 45,
                    "par_jour": 3,
                    "visio_lien": _SALLES[rank],
                    "capacite": (12, 10, 6)[rank],
                },
                **common,
            )
            week = [
                Plage(day, debut, fin, str(house.lieux[place].pk) if place is not None else "")
                for day, debut, fin, place in _SEMAINES[rank]
            ]
            disponibilite.write_semaine(plages=week, **common)
        away = local_day(now, FUSEAU) + timedelta(days=75)
        disponibilite.add_exception(
            organisme=house.organisme,
            consultant=house.consultants[2],
            ouverte=False,
            du=away,
            au=away + timedelta(days=4),
            by=house.consultants[2],
            now=now,
        )

    def _rooms(self, now: datetime) -> None:
        by, place = self.maison.responsable, self.maison.lieux[0]
        for nom, places, fauteuil, acces in (
            ("Salle de la Maine", 9, True, "Au rez-de-chaussée, table réglable, boucle magnétique."),
            ("Petit bureau", 3, False, "À l’étage, par un escalier de douze marches. Calme."),
        ):
            salle.add_salle(
                lieu=place,
                nom=nom,
                places=places,
                fauteuil=fauteuil,
                accessibilite=acces,
                by=by,
                now=now,
            )

    def _group(self, now: datetime) -> None:
        """On a Saturday afternoon, when no séance stands."""
        day = local_day(now, FUSEAU) + timedelta(days=9)
        while day.weekday() != 5:
            day += timedelta(days=1)
        start = datetime.combine(day, time(14), tzinfo=FUSEAU)
        atelier.plan_atelier(
            organisme=self.maison.organisme,
            consultant=self.maison.consultants[1],
            phase=Phase.INVESTIGATION,
            modalite=Modalite.PRESENTIEL,
            lieu=self.maison.lieux[0],
            debut=start,
            fin=start + timedelta(hours=3),
            places=6,
            by=self.maison.assistante,
            now=now,
        )

    def _waiting(self, now: datetime) -> None:
        """The last one who called waits for a place with somebody in particular."""
        waiting = self.maison.organisme.contacts.filter(issue="en_cours", entretien_le=None)
        found = waiting.order_by("-recu_le", "id").first()
        if found is not None:
            attente.join_attente(
                contact=found, consultant=self.maison.consultants[2], by=self.maison.assistante, now=now
            )

    def _publish(self, now: datetime) -> None:
        by = self.maison.responsable
        year = local_day(now, FUSEAU).year - 1
        for genre, favorables, reponses, effectif, methode in (
            (
                Genre.SATISFACTION,
                31,
                34,
                41,
                "Question « Referiez-vous ce bilan ici ? », posée à la fin par un formulaire anonyme.",
            ),
            (
                Genre.SUIVI,
                29,
                41,
                41,
                "Entretiens de suivi tenus, parmi les accompagnements terminés dans l’année.",
            ),
        ):
            offre.add_resultat(
                organisme=self.maison.organisme,
                valeurs={
                    "genre": genre,
                    "favorables": favorables,
                    "reponses": reponses,
                    "effectif": effectif,
                    "du": date(year, 1, 1),
                    "au": date(year, 12, 31),
                    "methode": nbsp(methode),
                },
                by=by,
                now=now,
            )
        for code, texts in _TEXTES.items():
            written = self._write(code, texts, now, delai_jours=12, financements=_FINANCEMENTS[code])
            offre.publish_offre(offre=written, by=by, now=now)
        draft = self._write("orientation", _REFUSE, now, delai_jours=None, financements=[_F.PERSONNEL])
        try:
            offre.publish_offre(offre=draft, by=by, now=now)
        except Refused:
            return
        raise AssertionError("a page that misleads was published")

    def _write(self, code: str, texts: dict[str, str], now: datetime, **more: Any) -> Any:
        return offre.write_offre(
            parcours=self.maison.parcours[code],
            valeurs={
                **{name: nbsp(text) for name, text in texts.items()},
                "modalites": [Modalite.PRESENTIEL, Modalite.VISIO],
                "contact_nom": "Maud Perrin",
                **more,
            },
            by=self.maison.responsable,
            now=now,
        )
