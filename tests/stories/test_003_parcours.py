"""The hours, the rhythm, the size of the letters, the three headings, and how long one may keep."""

from datetime import timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from jalon.access.cabinet import offre
from jalon.access.pieces import read_piece
from jalon.domain.parcours import Nature
from jalon.records.models import Parcours

pytestmark = pytest.mark.django_db(transaction=True)
scenarios("003_parcours.feature")


@when(parsers.parse("Claire crée un parcours « {intitule} » de"))
def creates(recit, intitule, datatable):
    head, *rows = datatable
    assert recit.maison
    champs = {
        "type_action": "bilan",
        "intitule": intitule,
        "prix": "1850",
        "semaines": "10",
        "geste": "enregistrer",
    }
    champs["lignes"] = str(len(rows))
    for rank, row in enumerate(rows):
        champs |= {f"ligne-{rank}-{name}": value for name, value in zip(head, row, strict=True)}
    recit.envoyer_au_cabinet("Claire", "organisme_parcours_creer", **champs)


@then(parsers.parse("le parcours compte {total:d} h, dont {entretiens:d} h d'entretiens"))
def adds_up(recit, total, entretiens):
    heures = offre(Parcours.objects.get(intitule="Bilan en dix semaines")).heures
    assert (heures.total, heures.accompagnement) == (total * 60, entretiens * 60)


@then(parsers.parse("aucun parcours « {intitule} » n'existe"))
def was_not_made(recit, intitule):
    assert not Parcours.objects.filter(intitule=intitule).exists()
    assert Parcours.objects.exists()


@when("Claire prévoit encore une séance d'une heure")
def plans_one_more(recit):
    day = (recit.now + timedelta(days=6)).date().isoformat()
    recit.envoyer(
        "Claire",
        "consultant_seance_prevoir",
        phase="conclusions",
        jour=day,
        debut="18:30",
        duree="60",
        modalite="telephone",
    )


@given("Ana, dont le parcours est fait de séances d'une heure")
def one_hour_each(recit):
    recit.vivre(parcours="une_heure", arret="consentement")


@then(parsers.parse("ses {nombre:d} entretiens durent chacun une heure, et font {heures:d} h"))
def each_is_an_hour(recit, nombre, heures):
    found = list(recit.bilan.seances.filter(nature=Nature.ACCOMPAGNEMENT))
    assert [s.fin - s.debut for s in found] == [timedelta(hours=1)] * nombre
    assert nombre == heures


@then("Ana les lit dans son agenda")
def reads_her_agenda(recit):
    said = recit.lire("Ana", "beneficiaire_seances")
    assert said.count("1 h") >= 16


@when(parsers.parse("Ana choisit un texte de {taille:d} points"))
def chooses(recit, taille):
    recit.envoyer_au_cabinet("Ana", "affichage", theme="systeme", taille=str(taille), suite="/accueil/")
    assert recit.personne("Ana").taille_texte == str(taille)


@when("Claire remet la synthèse à Ana")
@when("Claire veut remettre la synthèse sans attendre")
def hands_over(recit):
    recit.envoyer("Claire", "consultant_synthese_remettre")


@then(parsers.parse("la synthèse est imprimée en {taille:d} points"))
def printed_large(recit, taille):
    assert recit.papier("synthese").taille == str(taille)
    assert recit.bilan.synthese_remise_le == recit.now


@given("Ana, qui a suivi ses séances et attend sa synthèse")
def waits_for_it(recit):
    recit.vivre(passees=7, arret="plan")


@when("Claire écrit les circonstances, les compétences et le projet, puis propose la synthèse")
def writes_it(recit):
    recit.envoyer(
        "Claire",
        "consultant_synthese",
        circonstances="Ana vend des livres depuis douze ans.",
        competences="Elle conseille et organise.",
        projet="Devenir relieuse.",
        lignes="0",
        revision="0",
    )
    assert recit.reponse.status_code == 302, recit.texte
    recit.envoyer("Claire", "consultant_synthese_proposer")
    assert recit.reponse.status_code == 302, recit.texte


@then("Ana lit les trois rubriques")
def reads_three_headings(recit):
    said = recit.lire("Ana", "beneficiaire_synthese")
    for words in ("Ana vend des livres", "Elle conseille et organise", "Devenir relieuse"):
        assert words in said
    for heading in ("circonstances", "compétences", "projet"):
        assert heading in said.lower()


@when("Ana écrit son désaccord et approuve le texte")
def disagrees_and_approves(recit):
    ana = recit.personne("Ana")
    seen = read_piece(ana, recit.bilan, "synthese", now=recit.now).revision
    recit.envoyer(
        "Ana", "beneficiaire_synthese_observer", observations="Quinze ans, pas douze.", revision=str(seen)
    )
    assert recit.reponse.status_code == 302, recit.texte
    seen = read_piece(ana, recit.bilan, "synthese", now=recit.now).revision
    recit.envoyer("Ana", "beneficiaire_synthese_approuver", revision=str(seen))
    assert recit.reponse.status_code == 302, recit.texte


@then("le désaccord d'Ana figure dans sa synthèse")
def disagreement_stands(recit):
    assert "Quinze ans, pas douze." in recit.lire("Ana", "beneficiaire_synthese")
    assert recit.papier("synthese").objet


@when(parsers.parse("Ana demande de garder sa synthèse {mois:d} mois, pour un suivi"))
def asks_to_keep(recit, mois):
    champs = {"synthese-fonde_sur_suivi": "on", "synthese-duree_mois": str(mois)}
    recit.envoyer("Ana", "beneficiaire_decision_conserver", recit.bilan.pk, "synthese", **champs)


@when(parsers.parse("Ana demande de garder sa synthèse {mois:d} mois, sans dire que c'est pour un suivi"))
def asks_without_ground(recit, mois):
    recit.envoyer(
        "Ana",
        "beneficiaire_decision_conserver",
        recit.bilan.pk,
        "synthese",
        **{"synthese-duree_mois": str(mois)},
    )
