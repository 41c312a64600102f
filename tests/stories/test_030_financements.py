"""Each funding route through the pages: settled, refused, signed, begun; and the contract of a person who pays herself."""

from datetime import UTC, datetime, time

import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from tests.stories.temps import Temps

from jalon.actions import cabinet as settings_of
from jalon.actions.convention import transmit_convention
from jalon.actions.employeur import open_employeur
from jalon.actions.ouverture import open_bilan
from jalon.actions.papiers import issue_papier
from jalon.actions.seance import plan_seance
from jalon.actions.signature_papier import enter_paper
from jalon.demonstration.cabinet import enter
from jalon.domain import consentement as texte
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import Modalite
from jalon.records.models import Part

pytestmark = pytest.mark.django_db(transaction=True)
scenarios("030_financements.feature", "031_contrat.feature")
PAYEURS = {"france_travail": "france_travail", "agefiph": "agefiph"}


# The beginning


def _open(recit, voie, employeur=""):
    house = recit.maison
    bilan = open_bilan(
        organisme=house.organisme,
        parcours=house.parcours["dix_semaines"],
        consultant=house.responsable,
        financement=voie,
        prenom="Ana",
        nom="Tessier",
        email="ana.tessier@exemple.fr",
        employeur_nom=employeur,
        employeur_siren="732829320" if employeur else "",
        lieu=house.lieux[0],
        by=house.assistante,
        now=recit.now,
    )
    recit.suivre(bilan)
    enter(bilan.beneficiaire, recit.now)


@given(
    parsers.parse("Ana, dont le dossier est ouvert avec le financement « {voie} » et l'employeur « {nom} »")
)
def opened_with_employer(recit, voie, nom):
    _open(recit, voie, nom)


@given(parsers.re(r"Ana, dont le dossier est ouvert avec le financement « (?P<voie>\w+) »$"))
def opened(recit, voie):
    _open(recit, voie)


# The acts


def settle(recit, prix, **champs):
    on_account = recit.bilan.financement.startswith("cpf")
    said = {"prix": prix, "geste": "enregistrer"}
    if on_account:
        said |= {"precedent": "aucun", "droits": "2000"}
    if recit.bilan.financement == "personnel":
        said |= {"lieu_conclusion": "distance"}
    said |= champs
    for code in ("reste_a_payer", "certification_fin"):
        said[f"motif-{code}"] = "choix_de_la_personne"
    recit.envoyer("Maud", "organisme_engagement_regler", **said)


@when(parsers.re(r"Maud règle le financement à (?P<prix>\d+) €$"))
def settles(recit, prix):
    settle(recit, prix)


@when(parsers.parse("Maud règle le financement à {prix} € sans dire si un bilan a déjà été financé"))
def settles_without_asking(recit, prix):
    settle(recit, prix, precedent="")


@when(parsers.parse("Maud règle le financement à {prix} €, dont {part} € de l'employeur"))
def settles_with_employer(recit, prix, part):
    settle(recit, prix, **{"prise-0-payeur": "employeur", "prise-0-montant": part})


@when(parsers.parse("Maud règle le financement à {prix} €, dont {part} € de son fonds"))
def settles_with_a_fund(recit, prix, part):
    settle(recit, prix, **{"prise-0-payeur": "faf", "prise-0-montant": part, "prise-0-nom": "FIF d’exemple"})


@when(parsers.parse("Maud règle le financement à {prix} €, dont {part} € de « {voie} »"))
def settles_with_a_funder(recit, prix, part, voie):
    settle(recit, prix, **{"prise-0-payeur": PAYEURS[voie], "prise-0-montant": part})


@when(parsers.parse("Maud règle le financement à {prix} €, sans financeur"))
def settles_without_a_funder(recit, prix):
    settle(recit, prix)


@when(parsers.parse("Maud règle le financement à {prix} €, avec un premier versement de {montant} €"))
def settles_with_a_first_payment(recit, prix, montant):
    settle(recit, prix, premier_versement=montant)


@when("Maud note la demande, la proposition et la confirmation d'aujourd'hui")
def notes_the_order(recit):
    for nom in ("demande", "proposition", "acceptation"):
        recit.envoyer(
            "Maud", "organisme_engagement_etape", recit.bilan.pk, nom, le=recit.now.date().isoformat()
        )
        assert recit.reponse.status_code == 302, recit.texte


@when("Maud note l'accord du financeur")
def notes_the_agreement(recit):
    part = recit.bilan.engagement.parts.exclude(payeur="personne").first()
    recit.envoyer(
        "Maud", "organisme_engagement_accord", recit.bilan.pk, part.pk,
        le=recit.now.date().isoformat(), reference="A-2026-12",
    )  # fmt: skip
    assert recit.reponse.status_code == 302, recit.texte


@when("Maud note la convention signée sur papier")
def notes_the_convention(recit):
    recit.envoyer("Maud", "organisme_engagement_contrat", le=recit.now.date().isoformat())
    assert recit.reponse.status_code == 302, recit.texte


@when("Maud note un premier versement")
def notes_a_payment(recit):
    first = recit.bilan.engagement.versements.get(rang=0)
    recit.envoyer(
        "Maud", "organisme_engagement_versement", recit.bilan.pk, first.pk, le=recit.now.date().isoformat()
    )


@when("le contrat est signé à distance")
def contract_is_signed(recit):
    recit.envoyer(
        "Maud",
        "organisme_engagement_contrat",
        le=recit.now.date().isoformat(),
        heure="09:00",
        lieu="distance",
    )
    assert recit.reponse.status_code == 302, recit.texte


@when("la convention est signée par les trois")
def convention_is_signed(recit):
    """On paper, by the acts of the cabinet: its own story signs it on screen."""
    bilan, by, now = recit.bilan, recit.maison.assistante, recit.now
    begin = now.replace(day=now.day + 7)
    plan_seance(
        bilan=bilan, phase=Phase.PRELIMINAIRE, nature=Nature.ACCOMPAGNEMENT, modalite=Modalite.PRESENTIEL,
        lieu=recit.maison.lieux[0], debut=begin, fin=begin.replace(hour=begin.hour + 2), by=by, now=now,
    )  # fmt: skip
    settle(recit, "1800", debut_prevu_le="2026-03-10", fin_prevue_le="2026-06-30")
    assert recit.reponse.status_code == 302, recit.texte
    open_employeur(
        bilan=bilan, prenom="Camille", nom="Aubert", fonction="Directrice", courriel="", by=by, now=now
    )
    paper = issue_papier(bilan=bilan, genre="convention", by=by, now=now)
    transmit_convention(convention=bilan.conventions.get(), by=by, now=now, transmise_le=now)
    circuit = bilan.circuits.get()
    enter_paper(
        circuit=circuit, signataires=[str(s.pk) for s in circuit.signataires.all()], signe_le=now.date(),
        scan=bytes(paper.octets), nom="page.pdf", by=by, now=now,
    )  # fmt: skip


@when("Ana consent")
def consents(recit):
    recit.envoyer("Ana", "beneficiaire_consentement", empreinte=texte.fingerprint())
    assert recit.reponse.status_code == 302, recit.texte


@when("Claire veut commencer")
def wants_to_start(recit):
    recit.envoyer("Claire", "consultant_bilan_avancer", pas="start")


@when("Ana demande à commencer sans attendre")
def asks_to_start(recit):
    recit.envoyer("Ana", "beneficiaire_engagement_anticiper", je_demande="oui")
    assert recit.reponse.status_code == 302, recit.texte


@when("Ana renonce au contrat en ligne")
def gives_up(recit):
    recit.envoyer("Ana", "beneficiaire_engagement_renoncer")


@when("le certificat du cabinet est perdu")
def certificate_is_lost(recit):
    settings_of.update_cabinet(
        organisme=recit.maison.organisme,
        section="qualite",
        valeurs={"qualiopi_bilans": False, "qualiopi_numero": "", "qualiopi_certificateur": ""},
        by=recit.maison.responsable,
        now=recit.now,
    )


@when(parsers.parse("le {jour:d} mars arrive"))
def the_day_comes(recit, jour):
    recit.passer(datetime.combine(datetime(2026, 3, jour, tzinfo=UTC), time(9), tzinfo=UTC))
    assert Temps.moment.day == jour


# What is seen


@then(parsers.parse("la page du financement dit « {mots} »"))
def the_funding_page_says(recit, mots):
    assert mots.strip() in recit.lire("Maud", "organisme_engagement")


@then(parsers.parse("Ana lit « {mots} »"))
def she_reads(recit, mots):
    assert mots.strip() in recit.lire("Ana", "beneficiaire_engagement")


@then(parsers.parse("Ana ne lit pas « {mots} »"))
def she_does_not_read(recit, mots):
    assert mots.strip() not in recit.lire("Ana", "beneficiaire_engagement")


@then("aucune ligne du dossier ne nomme un employeur")
def no_employer_anywhere(recit):
    assert recit.bilan.financement == "cpf_hors_temps"
    assert not Part.objects.filter(payeur="employeur").exists()
    assert not Part.objects.filter(debiteur="employeur").exists()
    assert (recit.bilan.employeur_nom, recit.bilan.employeur_siren) == ("", "")


@then("un accusé de réception scellé est dans ses papiers")
def the_acknowledgement_is_there(recit, tmp_path):
    said = recit.texte_du_papier("accuse_retractation", tmp_path)
    assert "renonce au contrat" in " ".join(said.split())
    assert "RET-2026-0001" in recit.lire("Ana", "beneficiaire_papiers")


@then("l'accompagnement est arrêté")
def it_is_stopped(recit):
    assert recit.bilan.etat == "abandonne"
