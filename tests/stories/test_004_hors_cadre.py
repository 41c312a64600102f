"""A service outside the legal frame never borrows the name, the funds or the certificate of the bilan (BC-42)."""

import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from tests.fouille import leftovers
from tests.stories.recit import SECRET

from jalon.actions.papier import issue_certificat
from jalon.domain.obstacle import Refused
from jalon.records.models import Bilan, DocumentEmis, Personne

pytestmark = pytest.mark.django_db(transaction=True)
scenarios("004_hors_cadre.feature")

OUTSIDE = {"parcours": "orientation", "financement": "personnel"}


@when(parsers.parse("Claire crée hors du cadre légal un parcours « {intitule} »"))
def creates(recit, intitule):
    assert recit.maison
    recit.envoyer_au_cabinet(
        "Claire",
        "organisme_parcours_creer",
        **{
            "type_action": "hors_cadre",
            "intitule": intitule,
            "prix": "640",
            "semaines": "5",
            "geste": "enregistrer",
            "lignes": "1",
            "ligne-0-phase": "preliminaire",
            "ligne-0-nature": "accompagnement",
            "ligne-0-nombre": "3",
            "ligne-0-minutes": "120",
        },
    )


@when(parsers.parse("Maud ouvre pour Ana un bilan professionnel d'orientation payé par « {voie} »"))
def opens(recit, voie):
    recit.envoyer_au_cabinet(
        "Maud",
        "organisme_dossier_ouvrir",
        prenom="Ana",
        nom="Tessier",
        email="ana.tessier@exemple.fr",
        parcours=str(recit.maison.parcours["orientation"].pk),
        consultant=str(recit.maison.responsable.pk),
        financement=voie,
    )


@then("Ana n'a pas de dossier")
def no_dossier(recit):
    assert not Bilan.objects.exists()
    assert not Personne.objects.filter(prenom="Ana").exists()


@given("Ana, qui paie elle-même un bilan professionnel d'orientation et n'a pas encore donné son accord")
def outside_and_waiting(recit):
    recit.vivre(**OUTSIDE, arret="compte")


@when("Ana lit la page de son accord")
def reads(recit):
    recit.lire("Ana", "beneficiaire_consentement")


@given("Ana, qui a terminé un bilan professionnel d'orientation")
def outside_and_ended(recit):
    recit.vivre(**OUTSIDE, passees=4, recul=4)
    assert recit.bilan.etat == "termine"


@when("Maud veut émettre un certificat de réalisation")
def wants_a_certificate(recit):
    with pytest.raises(Refused) as refused:
        issue_certificat(bilan=recit.bilan, by=recit.personne("Maud"), now=recit.now)
    recit.refus = refused.value.obstacles


@then(parsers.parse("le certificat est refusé, avec l'article {article}"))
def refused_with(recit, article):
    assert [article in o.source for o in recit.refus] == [True]


@then("le dossier d'Ana ne contient aucun certificat")
def no_certificate(recit):
    kinds = set(DocumentEmis.objects.filter(bilan=recit.bilan).values_list("genre", flat=True))
    assert "emargement" in kinds
    assert "certificat_realisation" not in kinds


@then("son contenu est détruit, et le procès-verbal le dit")
def destroyed(recit):
    assert recit.bilan.contenu_detruit_le is not None
    assert not recit.bilan.pieces.exists()
    assert leftovers(SECRET) == []
    assert recit.papier("proces_verbal").octets
    recit.lire("Maud", "organisme_dossier")
    assert recit.reponse.status_code == 200
