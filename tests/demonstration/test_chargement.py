"""The demonstration is made by the real acts: its proofs hold, its content is sealed, its clocks have run."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from tests.fouille import leftovers

from jalon.access.pieces import open_for_action
from jalon.actions import clock
from jalon.demonstration.chargement import DejaChargee, load
from jalon.demonstration.deroule import Pas, play
from jalon.records.evenements import broken_chains
from jalon.records.models import Bilan, Contact, DocumentEmis, Echeance, Envoi, Evenement, Organisme, Piece


def of(nom):
    return Bilan.objects.get(beneficiaire__nom=nom)


def test_a_loaded_cabinet_holds_people_at_every_stage_and_its_proofs_hold(load_some, capsys):
    made = load_some("Guérin", "Haddad", "Da Silva", "Traoré", "Cormier")
    assert made.dossiers == 5
    assert of("Guérin").etat == "preparation"
    assert of("Haddad").etat == "preliminaire"
    assert of("Da Silva").etat == "investigation"
    assert of("Traoré").etat == "conclusions"
    assert of("Cormier").etat == "termine"
    assert broken_chains() == []
    assert not Echeance.objects.filter(essais__gt=0).exists()
    # With an employer: one convention waits, one has lapsed by silence, one is signed by three; an absence waits.
    assert [of(nom).conventions.get().etat for nom in ("Kervella", "Brossard", "Oger")] == [
        "transmise",
        "non_conclue",
        "conclue",
    ]
    assert of("Oger").circuits.get().etat == "scelle"
    assert of("Sellami").absences.get().reponse == "attendue"
    assert not Envoi.objects.filter(envoye_le=None).exists()
    assert Contact.objects.filter(issue="en_cours").count() >= 6

    # Who has no address has signed on paper, and her questionnaires were entered by the consultant.
    paulo = of("Da Silva")
    assert paulo.consentements.get().canal == "papier"
    assert {
        s.emargements.get(qualite="beneficiaire").maniere
        for s in paulo.seances.filter(etat="tenue").exclude(nature="travail_personnel")
    } == {"papier"}
    assert Evenement.objects.filter(chaine=paulo.pk, nom="codes_papier.remis").exists()

    # What is said is sealed: the word is in the dossier, and nowhere on the disk.
    said = open_for_action(Piece.objects.get(bilan=of("Traoré"), nature="demande"))
    assert "instituteur dans mon pays" in said.mots_de_la_personne
    assert leftovers("instituteur dans mon pays") == []

    # The one that ended was destroyed by the product's clock; only proofs remain.
    ended = of("Cormier")
    assert ended.contenu_detruit_le is not None
    assert not Piece.objects.filter(bilan=ended).exists()
    papers = set(DocumentEmis.objects.filter(bilan=ended).values_list("genre", flat=True))
    assert {"certificat_realisation", "proces_verbal", "emargement"} <= papers

    # A second time changes nothing.
    before = Evenement.objects.count()
    with pytest.raises(DejaChargee):
        load(clock.now())
    call_command("demo")
    assert "déjà ouvert" in capsys.readouterr().out
    assert Evenement.objects.count() == before
    assert Organisme.objects.count() == 1


def test_acts_are_played_in_order_and_stop_at_the_present(transactional_db, now):
    done = []
    steps = [Pas(now + timedelta(hours=h), str(h), done.append) for h in (3, -5, -1)]
    assert play(steps, now) == 2
    assert done == [now - timedelta(hours=5), now - timedelta(hours=1)]
