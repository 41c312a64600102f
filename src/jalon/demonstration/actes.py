"""What each person does in one life: every one is an act of the product, done by whoever may do it, at its moment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from jalon.access.pieces import read_pieces
from jalon.actions import (
    bilan as moves,
)
from jalon.actions import (
    code_papier,
    consentement,
    contact,
    demande,
    ecrit,
    ouverture,
    personne,
    planification,
    questionnaire,
    recap,
    reservation,
    seance,
)
from jalon.actions.invitation import accept_invitation
from jalon.demonstration import paroles, semaine
from jalon.demonstration.actes_engagement import ActesEngagement
from jalon.demonstration.actes_fin import ActesFin
from jalon.demonstration.actes_travail import ActesTravail
from jalon.demonstration.cabinet import Maison, invitation_of
from jalon.demonstration.histoire import Histoire, Piste
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import Modalite
from jalon.instruments import get
from jalon.records.models import Bilan, Contact, Personne, Piece, Seance
from jalon.vault.pieces.carnet import PageCarnet
from jalon.vault.pieces.demande import AnalyseDemande
from jalon.vault.pieces.message import Message
from jalon.vault.pieces.note import NoteConsultant
from jalon.vault.pieces.objectifs import Objectif, Objectifs
from jalon.vault.pieces.projet import Projet
from jalon.vault.pieces.recap import Promesse, Recap

Acte = Callable[[datetime], object]
# Minutes of personal work at each turn: what the parcours foresees, a little at a time.
_TRAVAIL = {
    "dix_semaines": {Phase.INVESTIGATION: (120, 120, 60), Phase.CONCLUSIONS: (120, 60)},
    "une_heure": {Phase.INVESTIGATION: (120, 120, 60), Phase.CONCLUSIONS: (120, 60)},
    "court": {Phase.INVESTIGATION: (60, 60, 0), Phase.CONCLUSIONS: (60, 60)},
    "orientation": {Phase.INVESTIGATION: (0, 0, 0), Phase.CONCLUSIONS: (0, 0)},
}


class Actes(ActesEngagement, ActesFin, ActesTravail):
    def __init__(
        self,
        histoire: Histoire,
        maison: Maison,
        calendrier: list[tuple[Phase, datetime, datetime]],
        terme: date,
    ) -> None:
        self.h = histoire
        self.maison = maison
        self.calendrier = calendrier
        self.terme = terme
        self.consultant: Personne = maison.consultants[histoire.consultant]
        self.seances: list[Seance] = []
        self._bilan: Bilan | None = None
        self._contact: Contact | None = None
        self._jeton = ""

    @property
    def bilan(self) -> Bilan:
        """Read once: each act locks and reads its own."""
        assert self._bilan is not None
        return self._bilan

    @property
    def personne(self) -> Personne:
        return self.bilan.beneficiaire

    # Before

    def prendre_contact(self, now: datetime) -> None:
        fields: dict[str, Any] = {
            "organisme": self.maison.organisme,
            "prenom": self.h.prenom,
            "nom": self.h.nom,
            "email": self.h.courriel,
            "telephone": self.h.telephone,
            "propos": self.h.propos or paroles.pick(self.h, "propos"),
            "now": now,
        }
        if self.h.canal == "formulaire":
            self._contact = contact.receive_contact(**fields)
        else:
            self._contact = contact.record_contact(**fields, canal=self.h.canal, by=self.maison.assistante)

    def fixer_entretien(self, now: datetime) -> None:
        """Six days later at most, at the first of the hours that no séance ever takes."""
        assert self._contact is not None
        day = semaine.working_day(now + timedelta(days=6))
        for moment in semaine.between_seances(day):
            try:
                reservation.plan_entretien(
                    contact=self._contact,
                    debut=moment,
                    minutes=45,
                    modalite=Modalite.TELEPHONE,
                    consultant=self.consultant,
                    by=self.maison.assistante,
                    now=now,
                )
            except Refused:
                continue
            return
        raise AssertionError("no hour is left for an interview on that day")

    def tenir_entretien(self, now: datetime) -> None:
        assert self._contact is not None
        self._contact = contact.hold_entretien(
            contact=self._contact, issue="suite", by=self.consultant, now=now
        )

    def ouvrir(self, now: datetime) -> None:
        self._bilan = ouverture.open_bilan(
            organisme=self.maison.organisme,
            parcours=self.maison.parcours[self.h.parcours],
            consultant=self.consultant,
            financement=self.h.financement,
            prenom=self.h.prenom,
            nom=self.h.nom,
            email=self.h.courriel,
            telephone=self.h.telephone,
            employeur_nom=self.h.employeur,
            employeur_siren=self.h.employeur_siren,
            lieu=self.maison.lieux[self.h.lieu],
            contact=self._contact,
            by=self.maison.assistante,
            now=now,
        )
        if self.h.courriel:
            self._jeton = invitation_of(self.personne)

    def prevoir(self, now: datetime) -> None:
        """The whole calendar in one gesture; séance by séance where each has a visio link of its own."""
        ways = [self._modalite(rang) for rang in range(len(self.calendrier))]
        if Modalite.VISIO not in ways:
            self.seances = planification.plan_parcours(
                bilan=self.bilan,
                places=[
                    planification.Place(
                        phase,
                        debut,
                        fin,
                        how,
                        str(self.maison.lieux[self.h.lieu].pk) if how == Modalite.PRESENTIEL else "",
                    )
                    for how, (phase, debut, fin) in zip(ways, self.calendrier, strict=True)
                ],
                by=self.maison.assistante,
                now=now,
            )
            return
        for rang, (phase, debut, fin) in enumerate(self.calendrier):
            how = self._modalite(rang)
            self.seances.append(
                seance.plan_seance(
                    bilan=self.bilan,
                    phase=phase,
                    nature=Nature.ACCOMPAGNEMENT,
                    modalite=how,
                    debut=debut,
                    fin=fin,
                    lieu=self.maison.lieux[self.h.lieu] if how == Modalite.PRESENTIEL else None,
                    visio_lien="https://visio.exemple.fr/quai-de-maine" if how == Modalite.VISIO else "",
                    by=self.maison.assistante,
                    now=now,
                )
            )

    def _modalite(self, rang: int) -> Modalite:
        if self.h.modalite == "mixte":
            return (Modalite.PRESENTIEL, Modalite.VISIO, Modalite.VISIO, Modalite.TELEPHONE)[rang % 4]
        return Modalite(self.h.modalite)

    def entrer(self, now: datetime) -> None:
        accept_invitation(token=self._jeton, now=now)
        if self.h.taille != "normal":
            personne.choose_display(
                by=self.personne, taille=self.h.taille, theme="systeme", calme=False, titres_complets=False
            )

    def remettre_codes(self, now: datetime) -> None:
        feuille = code_papier.give_codes(bilan=self.bilan, by=self.consultant, now=now)
        code_papier.use_code(
            identifiant=feuille.identifiant, code=feuille.codes[0], now=now + timedelta(minutes=2)
        )

    def consentir(self, now: datetime) -> None:
        consentement.give_consentement(bilan=self.bilan, by=self.personne, now=now)

    def consentir_sur_papier(self, now: datetime) -> None:
        consentement.enter_consentement_papier(bilan=self.bilan, by=self.consultant, now=now)

    def ne_pas_conclure(self, now: datetime) -> None:
        moves.decline_bilan(bilan=self.bilan, by=self.personne, now=now)

    # Séances

    def relire(self, now: datetime) -> None:
        read_pieces(
            self.consultant, self.bilan, ("demande", "objectifs", "reponses", "projet", "plan"), now=now
        )

    def tenir(self, rang: int) -> Acte:
        def acte(now: datetime) -> None:
            one = self.seances[rang]
            seance.hold_seance(
                seance=one, debut_reel=one.debut, fin_reelle=one.fin, by=self.consultant, now=now
            )

        return acte

    def signer_consultant(self, rang: int) -> Acte:
        return lambda now: seance.sign_seance(seance=self.seances[rang], by=self.consultant, now=now)

    def signer_personne(self, rang: int) -> Acte:
        if not self.h.email:
            return lambda now: seance.enter_paper_signature(
                seance=self.seances[rang], by=self.consultant, now=now
            )
        return lambda now: seance.sign_seance(seance=self.seances[rang], by=self.personne, now=now)

    def rediger_recap(self, rang: int) -> Acte:
        def acte(now: datetime) -> None:
            written = Recap(
                seance_id=str(self.seances[rang].pk),
                texte=paroles.recap(self.h, rang, len(self.calendrier)),
                correction="",
                promesses=(
                    Promesse(
                        texte=paroles.pick(self.h, "promesses", rang),
                        qui="beneficiaire" if rang % 3 else "consultant",
                        pour_le=(now + timedelta(days=6)).date().isoformat(),
                    ),
                ),
                partage=False,
            )
            recap.write_recap(bilan=self.bilan, recap=written, by=self.consultant, now=now, share=True)

        return acte

    def corriger(self, rang: int) -> Acte:
        return lambda now: recap.correct_recap(
            bilan=self.bilan,
            seance_id=str(self.seances[rang].pk),
            correction=paroles.pick(self.h, "corrections"),
            by=self.personne,
            now=now,
        )

    def noter(self, rang: int) -> Acte:
        if rang % 3:
            return lambda now: None
        text = self.h.note if self.h.note and not rang else paroles.pick(self.h, "notes", rang)
        return lambda now: ecrit.write_ecrit(
            bilan=self.bilan,
            contenu=NoteConsultant(titre=f"Après la séance {rang + 1}", texte=text),
            by=self.consultant,
            now=now,
        )

    def travailler(self, phase: Phase, rang: int) -> Acte:
        minutes = _TRAVAIL[self.h.parcours][phase][rang]
        if not minutes:
            return lambda now: None
        return lambda now: seance.declare_travail(
            bilan=self.bilan,
            phase=phase,
            debut=now - timedelta(minutes=minutes),
            fin=now,
            by=self.personne,
            now=now,
        )

    # Phases

    def avancer(self, name: str) -> Acte:
        return lambda now: moves.move_bilan(bilan=self.bilan, name=name, by=self.consultant, now=now)

    def ecrire_demande(self, now: datetime) -> None:
        analyse = AnalyseDemande(
            mots_de_la_personne=paroles.own(self.h, "demande"),
            reformulation=paroles.own(self.h, "reformulation"),
            convenu=False,
        )
        demande.write_demande(bilan=self.bilan, analyse=analyse, by=self.consultant, now=now)
        self._agree("demande", self.consultant, now)

    def ecrire_objectifs(self, now: datetime) -> None:
        pairs = self.h.objectifs or (
            (paroles.pick(self.h, "objectif"), paroles.pick(self.h, "critere")),
            (paroles.pick(self.h, "objectif", 1), paroles.pick(self.h, "critere", 1)),
        )
        written = Objectifs(objectifs=tuple(Objectif(texte=t, critere=c) for t, c in pairs))
        demande.write_objectifs(bilan=self.bilan, objectifs=written, by=self.consultant, now=now)
        self._agree("objectifs", self.consultant, now)

    def convenir(self, now: datetime) -> None:
        for nature in ("demande", "objectifs"):
            self._agree(nature, self.personne, now)

    def _agree(self, nature: str, by: Personne, now: datetime) -> None:
        piece = Piece.objects.get(bilan=self.bilan, nature=nature)
        demande.agree(bilan=self.bilan, nature=nature, revision=piece.revision, by=by, now=now)

    def clore_consultant(self, now: datetime) -> None:
        moves.close_preliminaire(bilan=self.bilan, by=self.consultant, now=now)

    def clore_personne(self, now: datetime) -> None:
        moves.close_preliminaire(bilan=self.bilan, by=self.personne, now=now)

    # Investigation

    def proposer(self, code: str) -> Acte:
        return lambda now: questionnaire.propose_questionnaire(
            bilan=self.bilan, code=code, by=self.consultant, now=now
        )

    def repondre(self, code: str) -> Acte:
        """On paper, the consultant types what the person has written."""
        instrument = get(code, None)
        assert instrument is not None
        codes = [q.code for q in instrument.questions]
        if code == "recit":
            said = {q: self.h.recit.get(q) or paroles.pick(self.h, f"recit_{q}") for q in codes}
        else:
            said = paroles.answers(self.h, codes)
        return lambda now: questionnaire.save_reponses(
            bilan=self.bilan,
            code=code,
            reponses=said,
            by=self.personne if self.h.email else self.consultant,
            now=now,
            finish=True,
        )

    def restituer(self, code: str) -> Acte:
        return lambda now: questionnaire.restitute(bilan=self.bilan, code=code, by=self.consultant, now=now)

    def commenter(self, code: str) -> Acte:
        return lambda now: questionnaire.comment_resultat(
            bilan=self.bilan,
            code=code,
            commentaire=paroles.pick(self.h, "commentaires"),
            by=self.personne,
            now=now,
        )

    def ecrire_message(self, rang: int) -> Acte:
        texts = self.h.messages or (
            paroles.pick(self.h, "message_personne"),
            paroles.pick(self.h, "message_consultant"),
        )
        if rang >= len(texts):
            return lambda now: None
        return lambda now: ecrit.write_ecrit(
            bilan=self.bilan,
            contenu=Message(texte=texts[rang]),
            by=self.consultant if rang % 2 else self.personne,
            now=now,
        )

    def ecrire_carnet(self, now: datetime) -> None:
        page = PageCarnet(titre="Pour moi", texte=paroles.own(self.h, "carnet"))
        ecrit.write_ecrit(bilan=self.bilan, contenu=page, by=self.personne, now=now)

    def ecrire_projet(self, nature: str) -> Acte:
        piste: Piste | None = getattr(self.h, nature)
        if nature == "principal" and piste is not None and not piste.intitule:
            piste = Piste(paroles.pick(self.h, "projet"), paroles.pick(self.h, "projet_description"))
        if piste is None:
            return lambda now: None
        written = Projet(nature=nature, **vars(piste))
        return lambda now: ecrit.write_ecrit(
            bilan=self.bilan,
            contenu=written,
            by=self.personne if nature == "principal" else self.consultant,
            now=now,
        )
