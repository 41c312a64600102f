"""A random walk through the lifecycle by the real actions: whatever is tried, in whatever order, the promises hold."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import NOW, BilanFactory

from jalon.access.pieces import open_for_action
from jalon.actions import bilan as moves
from jalon.actions import consentement, decision, demande, destruction, seance, terme
from jalon.actions.papier import issue_certificat
from jalon.actions.piece import write_piece
from jalon.domain.bilan import CLOSED, Etat, certified_minutes
from jalon.domain.decision import Choix, Ensemble
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import EtatSeance, Modalite, planned_hours
from jalon.law import law_on
from jalon.records.evenements import broken_chains
from jalon.records.faits import bilan_facts
from jalon.records.models import Bilan, DocumentEmis, Evenement, Piece
from jalon.vault.pieces.demande import AnalyseDemande
from jalon.vault.pieces.objectifs import Objectif, Objectifs
from jalon.vault.pieces.plan import EtapePlan, PlanAction
from jalon.vault.pieces.projet import Projet
from jalon.vault.pieces.synthese import Synthese

pytestmark = pytest.mark.django_db(transaction=True)

REASONS = {
    "moins_de_13h": Motif.RYTHME,
    "emporte": Motif.CHOIX,
    "decisions": Motif.CHOIX,
    "conclusions_collectives": Motif.AUTRE,
}


class Marche:
    """One bilan, and everything that somebody might try on it."""

    def __init__(self):
        self.bilan = BilanFactory()
        self.now = NOW
        self.done = 0

    def fresh(self):
        return Bilan.objects.get(pk=self.bilan.pk)

    def give_consent(self, b):
        consentement.give_consentement(bilan=b, by=b.beneficiaire, now=self.now)

    def withdraw_consent(self, b):
        consentement.withdraw_consentement(bilan=b, by=b.beneficiaire, now=self.now)

    def start(self, b):
        moves.move_bilan(bilan=b, name="start", by=b.consultant, now=self.now, reasons=REASONS)

    def investigate(self, b):
        moves.move_bilan(bilan=b, name="investigate", by=b.consultant, now=self.now)

    def conclude(self, b):
        moves.move_bilan(bilan=b, name="conclude", by=b.consultant, now=self.now)

    def reopen(self, b):
        moves.reopen_preliminaire(bilan=b, by=b.consultant, now=self.now)

    def decline(self, b):
        moves.decline_bilan(bilan=b, by=b.beneficiaire, now=self.now)

    def write_the_beginning(self, b):
        demande.write_demande(
            bilan=b,
            analyse=AnalyseDemande(mots_de_la_personne="a", reformulation="b", convenu=False),
            by=b.consultant,
            now=self.now,
        )
        demande.write_objectifs(
            bilan=b,
            objectifs=Objectifs(objectifs=(Objectif(texte="a", critere="b"),)),
            by=b.consultant,
            now=self.now,
        )
        for nature in ("demande", "objectifs"):
            revision = Piece.objects.get(bilan=b, nature=nature).revision
            for person in (b.beneficiaire, b.consultant):
                demande.agree(bilan=b, nature=nature, revision=revision, by=person, now=self.now)

    def close_the_beginning(self, b):
        for person in (b.beneficiaire, b.consultant):
            moves.close_preliminaire(bilan=b, by=person, now=self.now)

    def write_project(self, b):
        write_piece(
            b,
            Projet(
                nature="principal",
                intitule="a",
                description="",
                atouts="",
                obstacles="",
                a_verifier="",
                raison_ecart="",
            ),
            by=b.beneficiaire,
            now=self.now,
            reference="1",
        )

    def write_the_end(self, b):
        write_piece(
            b,
            PlanAction(etapes=(EtapePlan(texte="a", pour_le=None, moyens="", fait=False),)),
            by=b.consultant,
            now=self.now,
        )
        write_piece(
            b,
            Synthese(circonstances="a", competences="b", projet="", observations="", autres=()),
            by=b.consultant,
            now=self.now,
        )
        Bilan.objects.filter(pk=b.pk, etat=Etat.CONCLUSIONS).update(synthese_remise_le=self.now)

    def announce(self, b):
        terme.announce_terme(bilan=b, le=self.now.date() + timedelta(days=1), by=b.consultant, now=self.now)

    def keep(self, b):
        decision.decide(
            bilan=b,
            ensemble=Ensemble.SYNTHESE,
            choix=Choix.CONSERVER,
            fonde_sur_suivi=True,
            duree_mois=6,
            by=b.beneficiaire,
            now=self.now,
        )

    def finish(self, b):
        terme.finish_bilan(bilan=b, by=b.consultant, now=self.now, reasons=REASONS)

    def abandon(self, b):
        terme.abandon_bilan(bilan=b, by=b.beneficiaire, now=self.now)

    def destroy(self, b):
        destruction.destroy_documents(bilan=b, by=b.consultant, now=self.now)

    def certify(self, b):
        issue_certificat(bilan=b, by=b.consultant, now=self.now)

    def _seance(self, b, phase, minutes):
        made = seance.plan_seance(
            bilan=b,
            phase=phase,
            nature=Nature.ACCOMPAGNEMENT,
            modalite=Modalite.TELEPHONE,
            debut=self.now,
            fin=self.now + timedelta(minutes=minutes),
            by=b.consultant,
            now=self.now,
        )
        self.now += timedelta(minutes=minutes)
        seance.hold_seance(
            seance=made, debut_reel=made.debut, fin_reelle=made.fin, by=b.consultant, now=self.now
        )
        for person in (b.beneficiaire, b.consultant):
            seance.sign_seance(seance=made, by=person, now=self.now)

    def meet_first(self, b):
        self._seance(b, Phase.PRELIMINAIRE, 120)

    def meet_in_the_middle(self, b):
        self._seance(b, Phase.INVESTIGATION, 420)

    def meet_last(self, b):
        self._seance(b, Phase.CONCLUSIONS, 180)

    def wait(self, b):
        self.now += timedelta(days=1)


STEPS = sorted(name for name in vars(Marche) if not name.startswith("_") and name != "fresh")
# A whole life, so that the walk often gets far; random steps are mixed into it.
LIFE = [
    *("give_consent", "start", "write_the_beginning", "meet_first", "close_the_beginning", "investigate"),
    *(
        "write_project",
        "meet_in_the_middle",
        "conclude",
        "meet_last",
        "write_the_end",
        "announce",
        "keep",
        "wait",
        "finish",
    ),
    *("certify", "destroy"),
]
DATED = {
    Etat.PRELIMINAIRE: "preliminaire_le",
    Etat.INVESTIGATION: "investigation_le",
    Etat.CONCLUSIONS: "conclusions_le",
    Etat.TERMINE: "termine_le",
    Etat.ABANDONNE: "termine_le",
}


def check_promises(walk):
    b = walk.fresh()
    facts, law = bilan_facts(b), law_on(walk.now.date())
    limit = law.bilan_competences.duree_max_heures.value * 60
    if b.etat in DATED:
        assert getattr(b, DATED[b.etat]) is not None
    assert planned_hours(list(facts.seances)).total <= limit
    assert certified_minutes(facts, law) <= limit
    if b.etat not in (Etat.PREPARATION, *CLOSED):
        assert facts.consentement
    if b.contenu_detruit_le is not None:
        kept = {"synthese"} if b.decisions.filter(choix=Choix.CONSERVER, retire_le=None).exists() else set()
        assert {p.nature for p in Piece.objects.filter(bilan=b)} <= kept
    for piece in Piece.objects.filter(bilan=b):
        open_for_action(piece)
    assert all(s.etat != EtatSeance.TENUE or s.debut_reel for s in b.seances.all())


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_is_tried_the_promises_hold(data):
    walk = Marche()
    far = data.draw(st.integers(0, len(LIFE)), label="far")
    extra = data.draw(
        st.lists(st.tuples(st.integers(0, len(LIFE)), st.sampled_from(STEPS)), max_size=8), label="extra"
    )
    steps = [
        name
        for i, life in enumerate([*LIFE[:far], None])
        for name in (*(n for at, n in extra if at == i), life)
        if name
    ]
    for name in steps:
        before = Evenement.objects.filter(chaine=walk.bilan.pk).count()
        try:
            getattr(walk, name)(walk.fresh())
        except Refused as refused:
            assert "" not in [o.sentence for o in refused.obstacles]  # noqa: PT017
            if name.startswith("meet") or name in (
                "write_the_beginning",
                "write_the_end",
                "close_the_beginning",
            ):
                continue  # several acts in one step: those before the refusal stand
            assert Evenement.objects.filter(chaine=walk.bilan.pk).count() == before
        check_promises(walk)
    assert broken_chains() == []


def test_a_whole_life_ends_with_its_certificate_and_nothing_but_what_was_kept():
    walk = Marche()
    for name in LIFE:
        getattr(walk, name)(walk.fresh())
        check_promises(walk)
    b = walk.fresh()
    assert b.etat == Etat.TERMINE
    assert b.contenu_detruit_le is not None
    assert [p.nature for p in Piece.objects.filter(bilan=b)] == ["synthese"]
    assert set(DocumentEmis.objects.filter(bilan=b).values_list("genre", flat=True)) == {
        "certificat_realisation",
        "proces_verbal",
    }
    names = list(Evenement.objects.filter(chaine=b.pk).order_by("numero").values_list("nom", flat=True))
    assert names[0] == "consentement.donne"
    assert (
        names.index("bilan.termine")
        < names.index("documents.destruction_commencee")
        < names.index("documents.destroyed")
    )
