"""The cabinet's pages: what is accepted, what is refused with its article, what is never shown, and what they cost."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import BilanFactory, LieuFactory, MembreFactory, ParcoursFactory, SeanceFactory

from jalon.actions import clock
from jalon.actions.contact import record_contact
from jalon.actions.echeance import schedule
from jalon.actions.piece import write_piece
from jalon.records.models import Bilan, Contact, Evenement, Membre, Organisme, Parcours, Personne
from jalon.vault.pieces.demande import AnalyseDemande
from jalon.vault.pieces.note import NoteConsultant

pytestmark = pytest.mark.django_db
WORD = "XMARKERX"


def sign_in(client, person):
    client.force_login(person)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()
    return client


def words(answer):
    """The page as one reads it: no-break spaces are spaces."""
    return unescape(answer.content.decode()).replace("\u00a0", " ")


@pytest.fixture
def chef():
    return MembreFactory(role="responsable")


@pytest.fixture
def look(client, chef):
    sign_in(client, chef.personne)

    def get(name, *args, **query):
        answer = client.get(reverse(name, args=args), query)
        return answer.status_code, words(answer)

    return get


@pytest.fixture
def send(client, chef):
    sign_in(client, chef.personne)

    def post(name, *args, **data):
        answer = client.post(reverse(name, args=args), data)
        return answer.status_code, words(answer), answer.headers.get("Location", "")

    return post


def queries(client, address):
    client.get(address)  # the first look may read what every later one finds ready
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


# What they cost


def alive(organisme, now, number):
    for i in range(number):
        bilan = BilanFactory(organisme=organisme, en_cours=True, ouvert_le=now - timedelta(days=60))
        schedule("terme", now + timedelta(days=i), organisme=organisme, bilan=bilan)
        SeanceFactory(bilan=bilan, debut=now - timedelta(days=3))
        BilanFactory(organisme=organisme, ouvert_le=now - timedelta(days=9))
        record_contact(
            organisme=organisme,
            canal="telephone",
            prenom="Maëlle",
            propos="Bonjour",
            by=bilan.consultant,
            now=now - timedelta(days=4),
        )


@pytest.mark.parametrize("name", ["organisme_accueil", "organisme_dossiers", "organisme_contacts"])
def test_a_page_costs_the_same_for_one_row_as_for_twenty(client, chef, name):
    now = clock.now()
    sign_in(client, chef.personne)
    alive(chef.organisme, now, 1)
    few = queries(client, reverse(name))
    alive(chef.organisme, now, 19)
    assert queries(client, reverse(name)) == few


def test_a_dossier_costs_the_same_with_one_seance_as_with_twenty(client, chef):
    bilan = BilanFactory(organisme=chef.organisme, en_cours=True)
    sign_in(client, chef.personne)
    SeanceFactory(bilan=bilan)
    few = queries(client, reverse("organisme_dossier", args=[bilan.pk]))
    for i in range(19):
        SeanceFactory(bilan=bilan, debut=clock.now() + timedelta(days=i))
    assert queries(client, reverse("organisme_dossier", args=[bilan.pk])) == few


# What is never shown


def test_no_word_of_content_reaches_a_page_of_the_cabinet(client, chef):
    bilan = BilanFactory(organisme=chef.organisme, en_cours=True)
    now = clock.now()
    write_piece(
        bilan, AnalyseDemande(mots_de_la_personne=WORD, reformulation=WORD), by=bilan.consultant, now=now
    )
    write_piece(bilan, NoteConsultant(titre=WORD, texte=WORD), by=bilan.consultant, now=now, reference="n")
    contact = record_contact(
        organisme=chef.organisme, canal="visite", prenom="Ana", propos=WORD, by=bilan.consultant, now=now
    )
    addresses = [
        reverse("organisme_accueil"),
        reverse("organisme_dossier", args=[bilan.pk]),
        reverse("organisme_contacts"),
        reverse("organisme_contact", args=[contact.pk]),
    ]
    sign_in(client, bilan.consultant)
    assert WORD in client.get(addresses[-1]).content.decode()
    sign_in(client, chef.personne)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert WORD not in answer.content.decode()


def test_the_dossier_of_another_cabinet_and_the_one_of_a_colleague_are_404(client, chef):
    bilan = BilanFactory()
    colleague = MembreFactory(organisme=bilan.organisme).personne
    for person in (chef.personne, colleague, bilan.beneficiaire):
        sign_in(client, person)
        assert client.get(reverse("organisme_dossier", args=[bilan.pk])).status_code == 404
        assert client.post(reverse("organisme_dossier_lieu", args=[bilan.pk])).status_code == 404
    sign_in(client, bilan.consultant)
    assert client.get(reverse("organisme_dossier", args=[bilan.pk])).status_code == 200


# Settings


def test_saving_a_setting_leads_to_the_next_one_that_waits(send, look, chef):
    status, text = look("organisme_reglages")
    assert "pas à pas" in text
    status, _, location = send("organisme_reglage", "cadre", territoire="reunion", nom_neutre="Zoé Lefèvre")
    assert (status, location) == (302, reverse("organisme_lieux"))
    kept = Organisme.objects.get(pk=chef.organisme.pk)
    assert (kept.fuseau, kept.nom_neutre) == ("Indian/Reunion", "Zoé Lefèvre")


def test_a_wrong_setting_comes_back_with_its_sentence_and_what_was_typed(send, chef):
    status, text, _ = send("organisme_reglage", "identite", nom="Cap", siret="552 100 554 00014")
    assert status == 422
    assert "clé de contrôle est fausse" in text
    assert 'value="552 100 554 00014"' in text
    status, text, _ = send("organisme_reglage", "cadre", territoire="metropole", nom_neutre="Mon bilan")
    assert status == 422
    assert "ne peut pas contenir le mot «" in text
    assert Organisme.objects.get(pk=chef.organisme.pk).nom_neutre == ""
    assert send("organisme_reglage", "inconnue")[0] == 404


def test_the_public_page_says_what_is_missing(look):
    text = look("organisme_reglages")[1]
    assert "Il manque le médiateur de la consommation." in text
    assert "art. L. 616-1" in text


# Offer

SHAPE = {
    "type_action": "bilan",
    "intitule": "Bilan de compétences",
    "prix": "1 600,50 €",
    "semaines": "10",
}


def lines(*rows):
    data = {"lignes": str(len(rows))}
    for i, (phase, nature, nombre, minutes) in enumerate(rows):
        data |= {
            f"ligne-{i}-phase": phase,
            f"ligne-{i}-nature": nature,
            f"ligne-{i}-nombre": str(nombre),
            f"ligne-{i}-minutes": str(minutes),
        }
    return data


SEED_003 = lines(
    ("preliminaire", "accompagnement", 1, 120),
    ("investigation", "accompagnement", 4, 120),
    ("investigation", "travail_personnel", 1, 420),
    ("conclusions", "accompagnement", 3, 120),
    ("conclusions", "travail_personnel", 1, 180),
)
GOOD = SEED_003 | {"ligne-2-minutes": "300"}
SHORT = lines(
    ("preliminaire", "accompagnement", 1, 120),
    ("investigation", "accompagnement", 3, 120),
    ("conclusions", "accompagnement", 2, 120),
)


def test_twenty_six_hours_are_refused_with_the_article_and_every_line_kept(send):
    status, text, _ = send("organisme_parcours_creer", **SHAPE, **SEED_003, geste="enregistrer")
    assert status == 422
    assert "Ce parcours compte 26 h" in text
    assert "Retirez 2 h" in text
    assert "ne peut pas être enregistré ainsi" in text
    assert "L. 6313-4" in text
    assert '<option value="420" selected>' in text
    assert not Parcours.objects.exists()


def test_twenty_four_hours_are_kept_with_the_price_as_people_write_it(send):
    status, _, location = send("organisme_parcours_creer", **SHAPE, **GOOD, geste="enregistrer")
    assert (status, location) == (302, reverse("organisme_offre"))
    made = Parcours.objects.get()
    assert str(made.prix) == "1600.50"
    assert made.lignes.count() == 5


def test_lines_are_added_and_removed_without_javascript_and_nothing_is_lost(send):
    status, text, _ = send("organisme_parcours_creer", **SHAPE, **SEED_003, geste="ajouter")
    assert status == 200
    assert 'name="lignes" value="6"' in text
    assert "1 600,50 €" in text
    assert "Un point est à corriger" not in text
    status, text, _ = send("organisme_parcours_creer", **SHAPE, **SEED_003, geste="retirer-2")
    assert 'name="lignes" value="4"' in text
    assert "19 h" in text
    assert not Parcours.objects.exists()


def test_under_thirteen_hours_a_reason_is_asked_and_recorded(send):
    status, text, _ = send("organisme_parcours_creer", **SHAPE, **SHORT, geste="enregistrer")
    assert status == 422
    assert 'name="motif-moins_de_13h"' in text
    reason = {"motif-moins_de_13h": "rythme_adapte"}
    assert send("organisme_parcours_creer", **SHAPE, **SHORT, **reason, geste="enregistrer")[0] == 302
    assert Evenement.objects.get(nom="parcours.cree").faits["motifs"] == {"moins_de_13h": "rythme_adapte"}


def test_a_forged_line_writes_nothing(send):
    for wrong in (
        {"ligne-0-nombre": "-3"},
        {"ligne-0-phase": "autre"},
        {"ligne-0-minutes": "abc"},
        {"lignes": "99999999"},
        {"lignes": "x"},
    ):
        assert send("organisme_parcours_creer", **(SHAPE | GOOD | wrong), geste="enregistrer")[0] == 422
    assert not Parcours.objects.exists()


def test_outside_the_frame_the_legal_name_is_refused_next_to_its_field(send):
    status, text, _ = send(
        "organisme_parcours_creer", **(SHAPE | {"type_action": "hors_cadre"}), **GOOD, geste="enregistrer"
    )
    assert status == 422
    assert "hors du cadre légal : son intitulé ne peut pas contenir" in text


# Team and places


def test_a_member_is_invited_and_a_role_is_ended_on_a_page_of_its_own(send, look, chef):
    status, _, location = send(
        "organisme_membre_inviter",
        prenom="Idris",
        nom="Bensaïd",
        email="idris@exemple.fr",
        roles=["consultant"],
    )
    assert (status, location) == (302, reverse("organisme_equipe"))
    assert "Invitation envoyée" in look("organisme_equipe")[1]
    mine = Membre.objects.get(personne=chef.personne)
    status, text, _ = send("organisme_membre_retirer", mine.pk)
    assert status == 422
    assert "dernière personne responsable" in text
    idris = Membre.objects.get(personne__email="idris@exemple.fr")
    assert send("organisme_membre_retirer", idris.pk)[0] == 302
    assert Membre.objects.get(pk=idris.pk).jusqu_au is not None
    assert look("organisme_membre_retirer", idris.pk)[0] == 404


def test_a_member_of_another_cabinet_is_out_of_reach(send, look):
    other = MembreFactory()
    assert look("organisme_membre_retirer", other.pk)[0] == 404
    assert send("organisme_membre_role", other.personne.pk, role="assistant")[0] == 404
    assert look("organisme_lieu", LieuFactory().pk)[0] == 404
    assert look("organisme_parcours", ParcoursFactory().pk)[0] == 404


# Contacts and dossiers


def test_a_contact_becomes_a_dossier_in_three_pages(send, look, client, chef):
    ana = MembreFactory(organisme=chef.organisme).personne
    parcours = ParcoursFactory(organisme=chef.organisme)
    _, _, location = send(
        "organisme_contact_noter", canal="telephone", prenom="Maëlle", telephone="06 00 00 00 00", propos=WORD
    )
    contact = Contact.objects.get()
    assert location == reverse("organisme_contact", args=[contact.pk])
    tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    status, text, _ = send(
        "organisme_contact_entretien",
        contact.pk,
        jour="2020-01-01",
        debut="18:00",
        modalite="visio",
        consultant=str(ana.pk),
    )
    assert status == 422
    assert "Cette date est passée" in text
    assert (
        send(
            "organisme_contact_entretien",
            contact.pk,
            jour=tomorrow,
            debut="18:00",
            modalite="visio",
            consultant=str(ana.pk),
        )[0]
        == 302
    )
    assert send("organisme_contact_conclure", contact.pk)[0] == 422
    assert send("organisme_contact_conclure", contact.pk, issue="suite")[0] == 302
    assert 'value="Maëlle"' in look("organisme_contact_ouvrir", contact.pk)[1]
    status, _, location = send(
        "organisme_contact_ouvrir",
        contact.pk,
        prenom="Maëlle",
        nom="Le Gall",
        parcours=str(parcours.pk),
        consultant=str(ana.pk),
        financement="cpf_hors_temps",
    )
    bilan = Bilan.objects.get()
    assert (status, location) == (302, reverse("organisme_dossier", args=[bilan.pk]))
    text = look("organisme_dossier", bilan.pk)[1]
    assert "Codes sur papier à remettre" in text
    assert "Devenu un dossier" in look("organisme_contacts", vue="suite")[1]


def test_an_outcome_without_a_dossier_erases_at_once(send, look, chef):
    by = MembreFactory(organisme=chef.organisme).personne
    contact = record_contact(
        organisme=chef.organisme, canal="visite", prenom="Gwenaëlle", by=by, now=clock.now()
    )
    assert "Gwenaëlle" in look("organisme_contacts")[1]
    assert send("organisme_contact_conclure", contact.pk, issue="autre_professionnel")[0] == 302
    assert "Gwenaëlle" not in look("organisme_contacts")[1]
    assert look("organisme_contact", contact.pk)[0] == 404


def test_the_employer_is_refused_where_it_must_not_know_and_the_typed_name_stays(send, chef):
    ana = MembreFactory(organisme=chef.organisme).personne
    parcours = ParcoursFactory(organisme=chef.organisme)
    typed = {
        "prenom": "Maëlle",
        "email": "maelle@gmail.com",
        "parcours": str(parcours.pk),
        "consultant": str(ana.pk),
        "financement": "cpf_hors_temps",
        "employeur_nom": "Dupont SA",
    }
    status, text, _ = send("organisme_dossier_ouvrir", **typed)
    assert status == 422
    assert "l’employeur n’a pas à être informé" in text
    assert 'value="Dupont SA"' in text
    assert not Personne.objects.filter(email="maelle@gmail.com").exists()
    typed |= {"financement": "plan", "email": "maelle@dupont.fr"}
    status, text, _ = send("organisme_dossier_ouvrir", **typed)
    assert status == 422
    assert 'name="motif-adresse_employeur"' in text
    reason = {"motif-adresse_employeur": "choix_de_la_personne"}
    assert send("organisme_dossier_ouvrir", **typed, **reason)[0] == 302


def test_the_filter_lives_in_the_address(look, chef):
    bilan = BilanFactory(organisme=chef.organisme, en_cours=True)
    other = BilanFactory(organisme=chef.organisme)
    text = look("organisme_dossiers", etat="preliminaire")[1]
    assert bilan.numero in text
    assert other.numero not in text
    assert '<option value="preliminaire" selected>' in text
    assert "Aucun dossier ne répond à ce filtre" in look("organisme_dossiers", numero="1999")[1]


def test_nobody_hides_the_alarm_of_an_overdue_destruction(look, chef):
    bilan = BilanFactory(organisme=chef.organisme, en_conclusions=True)
    Bilan.objects.filter(pk=bilan.pk).update(etat="termine", termine_le=clock.now() - timedelta(days=4))
    for query in ({}, {"etat": "preparation"}, {"numero": "1999"}, {"page": "9"}):
        assert "devrait déjà être détruit" in look("organisme_accueil", **query)[1]


def test_a_dossier_changes_hands_and_a_forged_choice_is_refused(send, look, chef):
    bilan = BilanFactory(organisme=chef.organisme, en_cours=True)
    idris = MembreFactory(organisme=chef.organisme).personne
    status, text, _ = send(
        "organisme_dossier_consultant", bilan.pk, consultant=str(MembreFactory().personne.pk)
    )
    assert status == 422
    assert "n’est plus proposé" in text
    assert send("organisme_dossier_consultant", bilan.pk, consultant=str(idris.pk))[0] == 302
    assert idris.nom in look("organisme_dossier", bilan.pk)[1]
    assert send("organisme_dossier_substitut", bilan.pk, substitut="")[0] == 302


def test_a_refused_address_comes_back_with_its_reason(send, chef):
    bilan = BilanFactory(organisme=chef.organisme, en_cours=True)
    status, text, _ = send(
        "organisme_dossier_coordonnees", bilan.pk, prenom="A", nom="B", email="a-moi@exemple.fr"
    )
    assert status == 422
    assert "elle seule peut la changer" in text
    assert 'value="a-moi@exemple.fr"' in text
