"""One life of the demonstration as dated acts: from the first call to what remains after the destruction."""

from datetime import date, datetime, time, timedelta

from jalon.demonstration.actes import Actes
from jalon.demonstration.cabinet import Maison
from jalon.demonstration.deroule import Pas
from jalon.demonstration.histoire import Histoire
from jalon.demonstration.semaine import FUSEAU, Creneau, seances
from jalon.domain.jours import local_day
from jalon.domain.parcours import Nature, Phase

_MINUTE = timedelta(minutes=1)
# From the last séance to the announced end: time to read the synthesis again and to take the folder away.
_JOURS_AVANT_TERME = 10
# From the opening to the first séance: eleven working days of the CPF, holidays aside, and the person's own time to choose.
_JOURS_AVANT_PREMIERE = 24
# What leaves no trace once it is destroyed: not even written in a life that is over, so that the loading is quick.
_SANS_TRACE = frozenset(
    {
        *("lecture_", "note_", "message_", "carnet", "correction", "commentaire"),
        *("promesse_", "tache_", "rendu_", "relu_", "etagere"),
        *("synthese_commentee", "donnee_a_lire"),
    }
)


class Vie:
    """Its script is the same for all; what is past has been done, what lies ahead has not. `arret` stops it earlier."""

    def __init__(self, histoire: Histoire, maison: Maison, creneau: Creneau, now: datetime) -> None:
        self.histoire = histoire
        lignes = [
            x for x in maison.parcours[histoire.parcours].lignes.all() if x.nature == Nature.ACCOMPAGNEMENT
        ]
        self.phases = [Phase(x.phase) for x in lignes for _ in range(x.nombre)]
        lengths = [timedelta(minutes=x.minutes) for x in lignes for _ in range(x.nombre)]
        begins = seances(
            creneau,
            now,
            nombre=len(self.phases),
            passees=histoire.passees,
            semaines=histoire.semaines,
            recul=histoire.recul,
        )
        self.debuts = begins
        self.fins = [begin + length for begin, length in zip(begins, lengths, strict=True)]
        self.terme = self._terme(now)
        self.actes = Actes(
            histoire, maison, list(zip(self.phases, self.debuts, self.fins, strict=True)), self.terme
        )
        self.now = now

    def _terme(self, now: datetime) -> date:
        if self.histoire.terme is not None:
            return local_day(now, FUSEAU) + timedelta(days=self.histoire.terme)
        return local_day(self.fins[-1], FUSEAU) + timedelta(days=_JOURS_AVANT_TERME)

    def pas(self) -> list[Pas]:
        steps = [*self._avant(), *self._pendant(), *self._conclusions(), *self._apres()]
        steps.sort(key=lambda p: p.quand)
        if self._finie():
            steps = [p for p in steps if p.nom.rstrip("0123456789") not in _SANS_TRACE]
        names = [p.nom for p in steps]
        if self.histoire.arret in names:
            steps = steps[: names.index(self.histoire.arret) + 1]
        return steps

    def _finie(self) -> bool:
        """Nothing of it is left to read."""
        return not self.histoire.arret and self.terme < local_day(self.now, FUSEAU)

    def _avant(self) -> list[Pas]:
        """First contact, free interview, dossier, account, consent, planning."""
        a, first = self.actes, self.debuts[0]
        opening = first - timedelta(days=_JOURS_AVANT_PREMIERE)
        call = opening - timedelta(days=7)
        steps = [
            Pas(call, "contact", a.prendre_contact),
            Pas(call + 15 * _MINUTE, "entretien_fixe", a.fixer_entretien),
            Pas(opening, "entretien", a.tenir_entretien),
            Pas(opening + 90 * _MINUTE, "ouverture", a.ouvrir),
            Pas(opening + 95 * _MINUTE, "financement", a.regler),
            Pas(le(opening, 1, 9, 20), "commande", a.proposer_commande),
            Pas(opening + 110 * _MINUTE, "calendrier", a.prevoir),
        ]
        if self.histoire.arret == "decline":
            steps.append(Pas(le(opening, 4, 19), "decline", a.ne_pas_conclure))
        else:
            steps.append(Pas(le(opening, 1, 17, 30), "engage", a.engager))
            steps.append(Pas(le(opening, 4, 18), "convention", a.signer_convention))
            steps.append(Pas(le(opening, 20, 10), "versement", a.encaisser))
        if self.histoire.email:
            steps.append(Pas(le(opening, 1, 19, 5), "compte", a.entrer))
            steps.append(Pas(le(opening, 2, 20, 30), "consentement", a.consentir))
        else:
            steps.append(Pas(opening + 115 * _MINUTE, "compte", a.remettre_codes))
            steps.append(Pas(opening + 120 * _MINUTE, "consentement", a.consentir_sur_papier))
        return steps

    def _pendant(self) -> list[Pas]:
        """What each séance brings, then what the place of the séance in the journey adds."""
        a, steps = self.actes, []
        for rang, (begin, end) in enumerate(zip(self.debuts, self.fins, strict=True)):
            steps += [
                *([Pas(begin + 5 * _MINUTE, f"promesse_{rang}", a.tenir_promesses)] if rang else []),
                *([] if rang % 2 else [Pas(begin - 25 * _MINUTE, f"lecture_{rang}", a.relire)]),
                Pas(end + 2 * _MINUTE, f"tenue_{rang}", a.tenir(rang)),
                Pas(end + 3 * _MINUTE, f"signature_consultant_{rang}", a.signer_consultant(rang)),
                Pas(end + 4 * _MINUTE, f"signee_{rang}", a.signer_personne(rang)),
                Pas(end + 50 * _MINUTE, f"recap_{rang}", a.rediger_recap(rang)),
                Pas(end + 55 * _MINUTE, f"note_{rang}", a.noter(rang)),
            ]
        return steps + self._preliminaire() + self._investigation()

    def _preliminaire(self) -> list[Pas]:
        a, end = self.actes, self.fins[0]
        last = self.fins[self._dernier(Phase.PRELIMINAIRE)]
        return [
            Pas(self.debuts[0] - 5 * _MINUTE, "debut", a.avancer("start")),
            Pas(le(end, 1, 9, 40), "entree_declaree", a.declarer_entree),
            Pas(end + 20 * _MINUTE, "demande", a.ecrire_demande),
            Pas(end + 30 * _MINUTE, "objectifs", a.ecrire_objectifs),
            Pas(end + 32 * _MINUTE, "depart", a.proposer("point_de_depart")),
            Pas(le(end, 1, 20, 10), "accord", a.convenir),
            Pas(le(end, 1, 20, 40), "depart_rempli", a.repondre("point_de_depart")),
            Pas(le(last, 2, 20), "cloture", a.clore_personne),
            # Both read again what they agreed before they go on.
            Pas(
                self.debuts[self._premier(Phase.INVESTIGATION)] - 8 * _MINUTE,
                "cloture_consultant",
                a.clore_consultant,
            ),
        ]

    def _investigation(self) -> list[Pas]:
        a = self.actes
        first, last = self._premier(Phase.INVESTIGATION), self._dernier(Phase.INVESTIGATION)
        second, middle = min(first + 1, last), max(last - 1, first)
        f = self.fins
        # In a short journey the results are talked over at the opening of the conclusions.
        told = self.debuts[last] + 15 * _MINUTE if second < last else self.debuts[last + 1] - 8 * _MINUTE
        return [
            Pas(self.debuts[first] - 5 * _MINUTE, "investigation", a.avancer("investigate")),
            Pas(self.debuts[first] + 20 * _MINUTE, "depart_restitue", a.restituer("point_de_depart")),
            Pas(f[first] + 10 * _MINUTE, "recit", a.proposer("recit")),
            Pas(f[first] + 12 * _MINUTE, "tache_1", a.demander_travail("trois_reussites", 6)),
            Pas(le(f[first], 4, 21, 10), "rendu_1", a.rendre_travail),
            Pas(f[second] - 110 * _MINUTE, "relu_1", a.lire_travaux),
            Pas(f[second] + 12 * _MINUTE, "tache_2", a.demander_travail("semaine_ideale", 9)),
            Pas(f[second] + 14 * _MINUTE, "etagere", a.poser_ressource),
            Pas(le(f[second], 2, 19, 50), "tache_3", a.commencer_travail),
            Pas(f[first] + 15 * _MINUTE, "portefeuille", a.ecrire_portefeuille),
            Pas(f[first] + 18 * _MINUTE, "interets", a.proposer_plus),
            Pas(le(f[first], 2, 20, 15), "recit_rempli", a.repondre("recit")),
            Pas(le(f[first], 2, 20, 50), "interets_remplis", a.repondre_plus("interets_riasec")),
            Pas(le(f[first], 3, 19, 40), "exercices_faits", a.repondre_plus("aptitude_logique")),
            Pas(le(f[first], 3, 20, 30), "travail_1", a.travailler(Phase.INVESTIGATION, 0)),
            Pas(le(f[first], 3, 21), "message_0", a.ecrire_message(0)),
            Pas(f[second] - 100 * _MINUTE, "message_1", a.ecrire_message(1)),
            Pas(f[second] + 10 * _MINUTE, "motivations", a.proposer("motivations")),
            Pas(le(f[second], 1, 20), "correction", a.corriger(second)),
            Pas(le(f[second], 2, 20, 25), "motivations_remplies", a.repondre("motivations")),
            Pas(le(f[second], 3, 21, 30), "carnet", a.ecrire_carnet),
            Pas(le(f[second], 4, 20, 30), "travail_2", a.travailler(Phase.INVESTIGATION, 1)),
            Pas(le(f[middle], 2, 20, 45), "projet", a.ecrire_projet("principal")),
            Pas(le(f[middle], 3, 18, 30), "message_2", a.ecrire_message(2)),
            Pas(told, "motivations_restituees", a.restituer("motivations")),
            Pas(told + _MINUTE, "interets_restitues", a.restituer_plus),
            Pas(f[middle] + 20 * _MINUTE, "pistes", a.garder_pistes),
            Pas(f[last] + 20 * _MINUTE, "piste_retenue", a.preparer_piste),
            Pas(f[last] + 25 * _MINUTE, "plan_b", a.ecrire_projet("alternatif")),
            Pas(f[last] + 30 * _MINUTE, "ecarte", a.ecrire_projet("ecarte")),
            Pas(f[last] + 32 * _MINUTE, "epreuves", a.eprouver_projets),
            Pas(f[last] + 35 * _MINUTE, "message_3", a.ecrire_message(3)),
            Pas(le(f[last], 1, 20, 30), "travail_3", a.travailler(Phase.INVESTIGATION, 2)),
            Pas(le(told, 1, 21), "commentaire", a.commenter("motivations")),
        ]

    def _conclusions(self) -> list[Pas]:
        a, f = self.actes, self.fins
        first = self._premier(Phase.CONCLUSIONS)
        alone = first == len(f) - 1
        base = f[-1] if alone else f[-2]
        handed = le(base, 6, 18) if alone else f[-1] + 15 * _MINUTE
        return [
            Pas(self.debuts[first] - 5 * _MINUTE, "conclusions", a.avancer("conclude")),
            Pas(f[first] + 8 * _MINUTE, "conditions", a.ecrire_conditions),
            Pas(f[first] + 12 * _MINUTE, "plan", a.ecrire_plan),
            Pas(le(f[first], 2, 20, 30), "travail_4", a.travailler(Phase.CONCLUSIONS, 0)),
            Pas(base + 30 * _MINUTE, "synthese_ecrite", a.ecrire_synthese),
            Pas(base + 35 * _MINUTE, "terme_annonce", a.annoncer_terme),
            Pas(base + 100 * _MINUTE, "synthese_proposee", a.proposer_synthese),
            Pas(le(base, 3, 19, 50), "synthese_commentee", a.commenter_synthese),
            Pas(le(base, 3, 20), "synthese_observee", a.observer_synthese),
            Pas(le(base, 3, 20, 10), "synthese_validee", a.valider_synthese),
            Pas(le(base, 4, 20, 30), "travail_5", a.travailler(Phase.CONCLUSIONS, 1)),
            Pas(handed, "synthese_remise", a.remettre_synthese),
            Pas(le(handed, 0, 20, 30), "recontact", a.choisir_recontact),
            Pas(le(handed, 0, 20, 40), "decisions", a.decider),
            Pas(le(handed, 0, 20, 50), "donnee_a_lire", a.donner_a_lire),
            Pas(le(handed, 0, 21), "emporte", a.emporter),
        ]

    def _apres(self) -> list[Pas]:
        """The end itself comes by the product's clock, on the announced day; destruction and invitation too."""
        a, h = self.actes, self.histoire
        if h.arret == "abandon":
            return [Pas(le(self.fins[h.passees - 1], 3, 19), "abandon", a.arreter)]
        noon = datetime.combine(self.terme, time(12), tzinfo=FUSEAU)
        steps = [
            Pas(noon + timedelta(days=1), "certificat", a.emettre_certificat),
            Pas(noon + timedelta(days=1, minutes=10), "sortie_declaree", a.declarer_sortie),
            Pas(noon + timedelta(days=1, minutes=5), "emargement", a.emettre_emargement),
        ]
        met = le(noon, 190, 10)
        if h.suivi in ("ouvert", "clos"):
            steps += [
                Pas(met, "suivi_ouvert", a.ouvrir_suivi),
                Pas(met + 90 * _MINUTE, "suivi_ecrit", a.ecrire_suivi),
            ]
        if h.suivi == "clos":
            steps.append(Pas(le(met, 6, 17), "suivi_clos", a.clore_suivi))
        if h.suivi == "decline":
            steps.append(Pas(le(met, 0, 20), "suivi_decline", a.decliner_suivi))
        return steps

    def _premier(self, phase: Phase) -> int:
        return self.phases.index(phase)

    def _dernier(self, phase: Phase) -> int:
        return len(self.phases) - 1 - self.phases[::-1].index(phase)


def le(moment: datetime, jours: int, heure: int, minute: int = 0) -> datetime:
    """So many local days after that day, at that hour."""
    day = local_day(moment, FUSEAU) + timedelta(days=jours)
    return datetime.combine(day, time(heure, minute), tzinfo=FUSEAU)
