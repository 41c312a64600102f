"""The last part of a life: conclusions, synthesis, decisions, the folder taken away, papers, follow-up."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from jalon.access.pieces import open_for_action
from jalon.actions import (
    decision,
    ecrit,
    emport,
    papier,
    partage,
    seance,
    suivi,
    synthese,
    synthese_a_deux,
)
from jalon.actions.partage import Demande
from jalon.actions.terme import abandon_bilan, announce_terme
from jalon.demonstration import paroles
from jalon.demonstration.actes_metiers import ActesMetiers
from jalon.documents import passages_of
from jalon.domain.bilan import Etat
from jalon.domain.decision import Choix, Ensemble
from jalon.domain.parcours import Nature, Phase, TypeAction
from jalon.domain.partage import Destinataire, Finalite
from jalon.domain.seance import Modalite
from jalon.domain.suivi import Avancee, Frein, Suite
from jalon.records.models import DocumentEmis, Piece, Suivi
from jalon.vault.pieces.conclusions import ConditionsMoyens
from jalon.vault.pieces.plan import EtapePlan, PlanAction
from jalon.vault.pieces.suivi import CompteRenduSuivi
from jalon.vault.pieces.synthese import Synthese

if TYPE_CHECKING:
    from jalon.demonstration.cabinet import Maison
    from jalon.demonstration.histoire import Histoire
    from jalon.records.models import Bilan, Personne

_CEP = "Opérateur du conseil en évolution professionnelle des Pays de la Loire"
_ETAPES = 3


class ActesFin(ActesMetiers):
    h: "Histoire"
    maison: "Maison"
    consultant: "Personne"
    terme: date

    @property
    def bilan(self) -> "Bilan":
        raise NotImplementedError

    @property
    def personne(self) -> "Personne":
        raise NotImplementedError

    def ecrire_conditions(self, now: datetime) -> None:
        written = ConditionsMoyens(
            conditions=paroles.own(self.h, "conditions"),
            moyens=paroles.own(self.h, "moyens"),
            freins=paroles.own(self.h, "freins"),
        )
        ecrit.write_ecrit(bilan=self.bilan, contenu=written, by=self.consultant, now=now)

    def ecrire_plan(self, now: datetime) -> None:
        steps = self.h.etapes or tuple(
            (
                paroles.pick(self.h, "etapes", rang),
                21 * (rang + 1),
                paroles.pick(self.h, "etape_moyens", rang),
            )
            for rang in range(_ETAPES)
        )
        written = PlanAction(
            etapes=tuple(
                EtapePlan(
                    texte=texte,
                    pour_le=(now + timedelta(days=jours)).date().isoformat(),
                    moyens=moyens,
                    fait=False,
                )
                for texte, jours, moyens in steps
            )
        )
        ecrit.write_ecrit(bilan=self.bilan, contenu=written, by=self.personne, now=now)

    def ecrire_synthese(self, now: datetime) -> None:
        piste = self.h.principal
        written = Synthese(
            circonstances=paroles.own(self.h, "circonstances"),
            competences=paroles.own(self.h, "competences"),
            projet="\n\n".join(
                part
                for part in (
                    f"{piste.intitule}. {piste.description}".strip(". ") or paroles.pick(self.h, "projet"),
                    f"Une alternative est gardée : {self.h.alternatif.intitule}. {self.h.alternatif.description}"
                    if self.h.alternatif
                    else "",
                    piste.a_verifier,
                )
                if part
            ),
            observations="",
            autres=(),
        )
        synthese.write_synthese(bilan=self.bilan, synthese=written, by=self.consultant, now=now)

    def annoncer_terme(self, now: datetime) -> None:
        announce_terme(bilan=self.bilan, le=self.terme, by=self.consultant, now=now)

    def proposer_synthese(self, now: datetime) -> None:
        synthese.propose_synthese(bilan=self.bilan, by=self.consultant, now=now)

    def observer_synthese(self, now: datetime) -> None:
        words = paroles.own(self.h, "observations")
        synthese.observe_synthese(bilan=self.bilan, observations=words, by=self.personne, now=now)

    def valider_synthese(self, now: datetime) -> None:
        piece = Piece.objects.get(bilan=self.bilan, nature="synthese")
        synthese.validate_synthese(bilan=self.bilan, revision=piece.revision, by=self.personne, now=now)

    def remettre_synthese(self, now: datetime) -> None:
        synthese.deliver_synthese(bilan=self.bilan, by=self.consultant, now=now)

    def choisir_recontact(self, now: datetime) -> None:
        if self.h.recontact:
            decision.choose_recontact(bilan=self.bilan, accept=True, by=self.personne, now=now)

    def decider(self, now: datetime) -> None:
        if not self.h.decide:
            return
        for ensemble in Ensemble:
            kept = ensemble.value in self.h.conserve
            decision.decide(
                bilan=self.bilan,
                ensemble=ensemble,
                choix=Choix.CONSERVER if kept else Choix.DETRUIRE,
                fonde_sur_suivi=kept,
                duree_mois=self.h.mois if kept else None,
                by=self.personne,
                now=now,
            )
        if self.h.cep:
            decision.ask_cep(bilan=self.bilan, operateur=_CEP, by=self.personne, now=now)

    def donner_a_lire(self, now: datetime) -> None:
        """Her synthesis to the one who helps with the funding; a passage of it to her employer, where it has a part."""
        if not self.h.decide:
            return
        issued = DocumentEmis.objects.filter(bilan=self.bilan, genre="synthese", copie_de=None).first()
        if issued is None:
            return
        asked = Demande(
            destinataire=Destinataire.TIERS,
            prenom="Lucie",
            nom="Armand",
            structure="Transitions Ouest",
            courriel="lucie.armand@exemple.fr",
            finalite=Finalite.FORMATION,
            fin=(now + timedelta(days=30)).date(),
            documents=(issued.pk,),
        )
        text = partage.read_accord(bilan=self.bilan, demande=asked, by=self.personne, now=now)
        partage.share_documents(
            bilan=self.bilan, demande=asked, accord=text.empreinte(), by=self.personne, now=now
        )

    def commenter_synthese(self, now: datetime) -> None:
        synthese_a_deux.comment_synthese(
            bilan=self.bilan,
            rubrique="projet",
            passage=self._premier_passage(),
            texte="C’est bien cela. Je voudrais dire aussi que je garde mes horaires.",
            by=self.personne,
            now=now,
        )

    def _premier_passage(self) -> str:
        piece = Piece.objects.get(bilan=self.bilan, nature="synthese")
        return next((p.texte for p in passages_of(open_for_action(piece).projet)), "")

    def emporter(self, now: datetime) -> None:
        if self.h.emporte:
            emport.take_away(bilan=self.bilan, by=self.personne, now=now)

    def arreter(self, now: datetime) -> None:
        abandon_bilan(bilan=self.bilan, by=self.personne, now=now)

    # After the end

    def emettre_certificat(self, now: datetime) -> None:
        """Not outside the legal frame, and not for an action that could not end on the day that was announced."""
        bilan = self.bilan
        bilan.refresh_from_db(fields=["etat"])
        if bilan.type_action == TypeAction.BILAN and bilan.etat == Etat.TERMINE:
            papier.issue_certificat(bilan=bilan, by=self.maison.assistante, now=now)

    def emettre_emargement(self, now: datetime) -> None:
        self.bilan.refresh_from_db(fields=["etat"])
        if self.bilan.etat == Etat.TERMINE:
            papier.issue_emargement(bilan=self.bilan, by=self.maison.assistante, now=now)

    def _suivi(self) -> Suivi:
        return self.bilan.suivis.latest("prevu_le")

    def ouvrir_suivi(self, now: datetime) -> None:
        suivi.open_suivi(suivi=self._suivi(), by=self.consultant, now=now)
        made = seance.plan_seance(
            bilan=self.bilan,
            phase=Phase.SUIVI,
            nature=Nature.SUIVI,
            modalite=Modalite.TELEPHONE,
            debut=now + timedelta(minutes=5),
            fin=now + timedelta(minutes=65),
            by=self.consultant,
            now=now,
        )
        after = made.fin + timedelta(minutes=2)
        seance.hold_seance(
            seance=made, debut_reel=made.debut, fin_reelle=made.fin, by=self.consultant, now=after
        )
        for person in (self.consultant, self.personne):
            seance.sign_seance(seance=made, by=person, now=after)

    def ecrire_suivi(self, now: datetime) -> None:
        said = CompteRenduSuivi(
            texte=paroles.pick(self.h, "suivi_texte"),
            changements=paroles.pick(self.h, "suivi_changements"),
            suites=paroles.pick(self.h, "suivi_suites"),
            avancee=Avancee.EN_ROUTE,
            frein=Frein.TEMPS,
        )
        suivi.write_suivi(suivi=self._suivi(), compte_rendu=said, by=self.consultant, now=now)

    def clore_suivi(self, now: datetime) -> None:
        suivi.close_suivi(suivi=self._suivi(), suite=Suite.RIEN, by=self.consultant, now=now)

    def decliner_suivi(self, now: datetime) -> None:
        suivi.decline_suivi(suivi=self._suivi(), by=self.personne, now=now)
