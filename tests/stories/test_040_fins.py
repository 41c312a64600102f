"""The five endings, by the pages that people use, with the clock that does the rest."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_bdd import parsers, scenarios, then, when
from tests.fouille import leftovers
from tests.stories.recit import SECRET

from jalon.domain.decision import NATURES, Ensemble
from jalon.domain.jours import add_months, end_of_day, local_day, zone
from jalon.records.evenements import broken_chains
from jalon.records.models import Destruction, DocumentEmis, Piece

pytestmark = pytest.mark.django_db(transaction=True)
scenarios("040_fins.feature")


@pytest.fixture
def emporte():
    return {}


@when("Ana emporte son dossier")
def takes_away(recit, emporte):
    assert recit.envoyer("Ana", "beneficiaire_emport_telecharger") == 200
    emporte["zip"] = recit.reponse.content


@then("son dossier emporté le dit encore, et ses empreintes sont justes")
def the_folder_still_says_it(emporte):
    with zipfile.ZipFile(io.BytesIO(emporte["zip"])) as folder:
        entries = {name: folder.read(name) for name in folder.namelist()}
    assert SECRET in json.dumps(json.loads(entries["donnees.json"]))
    assert SECRET in entries["mon-dossier.html"].decode()
    lines = entries["empreintes-sha256.txt"].decode().splitlines()
    assert len(lines) == len(entries) - 1
    for digest, name in (line.split("  ", 1) for line in lines):
        assert hashlib.sha256(entries[name]).hexdigest() == digest


@then("son mot n'est plus nulle part chez Claire")
def nowhere(recit):
    assert not Piece.objects.filter(bilan=recit.bilan).exists()
    assert leftovers(SECRET) == []
    assert broken_chains() == []


@then("le procès-verbal est dans les papiers d'Ana")
def proof_in_hand(recit):
    assert recit.papier("proces_verbal").numero in recit.lire("Ana", "beneficiaire_papiers")


@when("six mois passent, Ana ayant accepté qu'on lui écrive")
def six_months(recit):
    assert recit.envoyer("Ana", "beneficiaire_decision_recontact", accepte="oui") == 302
    recit.passer(recit.now + timedelta(days=190))


@when("Ana ouvre l'entretien de suivi et y rouvre son propre dossier")
def reopens(recit, emporte):
    one = recit.bilan.suivis.get()
    assert recit.envoyer("Ana", "beneficiaire_suivi_ouvrir", recit.bilan.pk, one.pk) == 302
    sent = SimpleUploadedFile("mon-dossier.zip", emporte["zip"])
    address = reverse("beneficiaire_reprise_reprendre", args=[recit.bilan.pk])
    assert recit.client("Ana").post(address, {"fichier": sent}).status_code == 302


@then("elle y relit son mot, et Claire n'en voit rien")
def hers_alone(recit):
    assert SECRET in recit.lire("Ana", "beneficiaire_reprise")
    assert SECRET not in recit.lire("Claire", "consultant_reprise")
    assert recit.reponse.status_code == 200
    assert leftovers(SECRET) == []


@when(parsers.parse("Claire clôt l'entretien de suivi en décidant « {suite} »"))
def closes(recit, suite):
    one = recit.bilan.suivis.get()
    assert recit.envoyer("Claire", "consultant_suivi_clore", recit.bilan.pk, one.pk, suite=suite) == 302


@when(parsers.re(r"Ana accepte par écrit de garder ses « (?P<ensemble>\w+) » pendant (?P<mois>\d+) mois"))
def agrees(recit, ensemble, mois):
    champs = {f"{ensemble}-fonde_sur_suivi": "on", f"{ensemble}-duree_mois": mois}
    page = "beneficiaire_decision_conserver"
    assert recit.envoyer("Ana", page, recit.bilan.pk, ensemble, **champs) == 302


@then(parsers.parse("il ne reste que des pièces de « {ensemble} »"))
def only_these(recit, ensemble):
    natures = set(Piece.objects.filter(bilan=recit.bilan).values_list("nature", flat=True))
    assert natures
    assert natures <= NATURES[Ensemble(ensemble)]


@then("il ne reste rien du contenu d'Ana")
def nothing_left(recit):
    assert not Piece.objects.filter(bilan=recit.bilan).exists()
    assert leftovers(SECRET) == []


@when("Ana demande que sa synthèse soit communiquée à son conseiller en évolution professionnelle")
def asks_cep(recit):
    champs = {"cep-operateur": "Conseil régional"}
    assert recit.envoyer("Ana", "beneficiaire_decision_cep", **champs) == 302


@then(parsers.parse("elle est gardée {mois:d} mois au plus"))
def kept_until(recit, mois):
    terme = local_day(recit.bilan.termine_le - timedelta(minutes=1), zone(recit.bilan.fuseau))
    until = recit.bilan.demande_cep.conserve_jusqu_au
    assert abs((until - add_months(terme, mois)).days) <= 1


@when("Ana arrête l'accompagnement, sans dire pourquoi")
def stops(recit):
    assert recit.envoyer("Ana", "beneficiaire_droits_arreter") == 302


@when("la journée se termine")
def the_day_ends(recit):
    place = zone(recit.bilan.fuseau)
    recit.passer(end_of_day(local_day(recit.now, place), place) + timedelta(minutes=5))


@then("aucun motif n'est écrit nulle part")
def no_reason(recit):
    assert set(Destruction.objects.filter(bilan=recit.bilan).values_list("motif", flat=True)) == {"abandon"}


@when(parsers.parse("Ana retire son accord sur « {ensemble} »"))
def withdraws(recit, ensemble):
    one = recit.bilan.decisions.get(ensemble=ensemble, retire_le=None)
    assert recit.envoyer("Ana", "beneficiaire_decision_retirer", recit.bilan.pk, one.pk) == 302


@then("un second procès-verbal le prouve")
def second_proof(recit):
    assert DocumentEmis.objects.filter(bilan=recit.bilan, genre="proces_verbal").count() == 2
