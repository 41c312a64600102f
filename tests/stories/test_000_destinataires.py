"""The route of the results and their recipients; then the destruction."""

import pytest
from django.core import mail
from django.urls import reverse
from pytest_bdd import given, parsers, scenarios, then, when
from tests.fouille import leftovers
from tests.stories.recit import SECRET

from jalon.access.pieces import read_piece
from jalon.actions.papier import issue_emargement
from jalon.records.models import Bilan, Piece

pytestmark = pytest.mark.django_db(transaction=True)
scenarios("000_destinataires.feature")


@given(
    parsers.parse(
        "Ana, dont le plan de développement de l'employeur « {nom} » paie le bilan, synthèse remise"
    )
)
def paid_by_her_employer(recit, nom):
    recit.vivre(
        passees=8,
        arret="synthese_remise",
        financement="plan",
        employeur=nom,
        employeur_siren="732829320",
        terme=5,
    )


@when("Maud émet la feuille d'émargement")
def issues_attendance(recit):
    issue_emargement(bilan=recit.bilan, by=recit.personne("Maud"), now=recit.now)


@then(parsers.parse("la feuille nomme « {employeur} », Ana et ses {heures:d} h d'entretiens"))
def sheet_says(recit, tmp_path, employeur, heures):
    said = recit.texte_du_papier("emargement", tmp_path)
    assert employeur in said
    assert "Ana Tessier" in said
    assert f"{heures} h" in said


@then("la feuille ne contient aucun mot de ce qui s'est dit")
def sheet_is_silent(recit, tmp_path):
    assert SECRET not in recit.texte_du_papier("emargement", tmp_path)
    assert "Relieuse" not in recit.texte_du_papier("emargement", tmp_path)
    assert leftovers(SECRET) == []


@then("Maud ne peut ouvrir ni la synthèse, ni les questionnaires, ni les messages d'Ana")
def assistant_stays_out(recit):
    for page in (
        "consultant_synthese",
        "consultant_questionnaires",
        "consultant_messages",
        "consultant_projets",
    ):
        recit.lire("Claire", page)
        assert recit.reponse.status_code == 200, page
        recit.lire("Maud", page)
        assert recit.reponse.status_code == 404, page
    assert recit.lire("Maud", "organisme_dossier")
    assert recit.reponse.status_code == 200
    assert SECRET not in recit.texte


@when(parsers.parse("Maud ouvre un dossier « {financement} » en nommant l'employeur"))
def names_the_employer(recit, financement):
    maison = recit.maison
    recit.envoyer_au_cabinet(
        "Maud",
        "organisme_dossier_ouvrir",
        prenom="Ana",
        nom="Tessier",
        email="ana.tessier@exemple.fr",
        parcours=str(maison.parcours["dix_semaines"].pk),
        consultant=str(maison.responsable.pk),
        financement="cpf_hors_temps",
        employeur_nom="Ateliers du Port",
    )


@then("aucun dossier n'est ouvert")
def nothing_opened(recit):
    assert not Bilan.objects.exists()


@when("Claire remet la synthèse")
def hands_over(recit):
    recit.envoyer("Claire", "consultant_synthese_remettre")
    assert recit.reponse.status_code == 302, recit.texte


@then("Ana ouvre sa synthèse scellée")
def opens_her_synthesis(recit):
    paper = recit.papier("synthese")
    address = reverse("beneficiaire_synthese_lire", args=[recit.bilan.pk, paper.pk])
    content = recit.client("Ana").get(address).getvalue()
    assert content.startswith(b"%PDF-")
    assert b"ETSI.CAdES.detached" in content


@then("ni Maud ni Yannick, consultant, ne peuvent l'ouvrir")
def nobody_else_opens_it(recit):
    paper = recit.papier("synthese")
    for other in ("Maud", "Yannick"):
        for page in ("beneficiaire_synthese_lire", "consultant_synthese_lire"):
            recit.lire(other, page, recit.bilan.pk, paper.pk)
            assert recit.reponse.status_code == 404, (other, page)


@then("aucun courriel envoyé ne contient le mot « bilan »")
def mails_are_neutral(recit):
    assert len(mail.outbox) > 3
    for sent in mail.outbox:
        assert "bilan" not in f"{sent.subject} {sent.body} {sent.from_email}".lower()


@then("Ana et Claire lisent le procès-verbal de la destruction, sans contenu")
def proof_of_destruction(recit):
    assert recit.bilan.contenu_detruit_le is not None
    numero = recit.papier("proces_verbal").numero
    for who, page in (("Ana", "beneficiaire_destruction"), ("Claire", "consultant_destruction")):
        said = recit.lire(who, page)
        assert recit.reponse.status_code == 200
        assert "La synthèse" in said or "synthèse" in said
        assert SECRET not in said
    assert numero.startswith("DES-")


@when(
    parsers.parse(
        "Ana demande par écrit que sa synthèse soit gardée {mois:d} mois, parce que sa situation a besoin d'un suivi"
    )
)
def agrees_in_writing(recit, mois):
    champs = {"synthese-fonde_sur_suivi": "on", "synthese-duree_mois": str(mois)}
    recit.envoyer("Ana", "beneficiaire_decision_conserver", recit.bilan.pk, "synthese", **champs)


@then("seule la synthèse d'Ana est encore lisible")
def only_the_synthesis_lives(recit):
    ana, bilan = recit.personne("Ana"), recit.bilan
    assert bilan.contenu_detruit_le is not None
    kept = read_piece(ana, bilan, "synthese", now=recit.now)
    assert kept is not None
    assert SECRET in kept.contenu.competences
    assert [p.nature for p in Piece.objects.filter(bilan=bilan)] == ["synthese"]


@then("la synthèse d'Ana est détruite elle aussi")
def the_synthesis_dies_too(recit):
    assert not Piece.objects.filter(bilan=recit.bilan).exists()
    assert leftovers(SECRET) == []
