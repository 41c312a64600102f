"""First talk, project and plan B, follow-up at six months."""

from datetime import timedelta

import pytest
from django.core import mail
from pytest_bdd import given, parsers, scenarios, then, when
from tests.fouille import leftovers
from tests.stories.recit import SECRET

from jalon.access.coffre import coffre
from jalon.domain.seance import planned_hours
from jalon.records.faits import seance_facts
from jalon.records.models import Contact, Piece, Seance
from jalon.vault import contact_key

pytestmark = pytest.mark.django_db(transaction=True)
scenarios("002_projet.feature")

ENDED = {"passees": 8, "recul": 30}


@given("Zoé, qui a appelé le cabinet et dit pourquoi")
def zoe_calls(recit):
    assert recit.maison
    recit.envoyer_au_cabinet(
        "Maud",
        "organisme_contact_noter",
        canal="telephone",
        prenom="Zoé",
        telephone="06 39 98 00 00",
        propos=f"Elle hésite. {SECRET}",
    )
    recit.contact = Contact.objects.get(prenom="Zoé")
    assert SECRET in recit.lire("Claire", "organisme_contact", recit.contact.pk)
    assert SECRET not in recit.lire("Maud", "organisme_contact", recit.contact.pk)


@when("Maud fixe un entretien avec Claire et que l'entretien a lieu")
def meets(recit):
    day = (recit.now + timedelta(days=2)).date().isoformat()
    recit.envoyer(
        "Maud",
        "organisme_contact_entretien",
        recit.contact.pk,
        jour=day,
        debut="10:00",
        modalite="telephone",
        consultant=str(recit.personne("Claire").pk),
    )
    assert recit.reponse.status_code == 302, recit.texte
    recit.passer(recit.now + timedelta(days=3))


@when("Claire note qu'il n'y a pas de suite")
def nothing_follows(recit):
    recit.envoyer("Claire", "organisme_contact_conclure", recit.contact.pk, issue="sans_suite")


@then("il ne reste rien de Zoé, ni son nom, ni ce qu'elle a dit")
def zoe_is_gone(recit):
    assert leftovers(SECRET) == []
    # The engine's own log of writes is emptied at its next turn: it holds the name a little longer, never the words.
    assert [place for place in leftovers("Zoé") if not place.endswith("-wal")] == []
    assert not coffre().has_key(contact_key(recit.contact.pk))


@then("aucune heure n'a été comptée")
def no_hour(recit):
    assert not Seance.objects.exists()


@then("aucune heure du bilan n'est faite")
def nothing_done(recit):
    assert planned_hours([seance_facts(s) for s in recit.bilan.seances.filter(etat="tenue")]).total == 0
    assert Contact.objects.filter(entretien_tenu_le__isnull=False).count() == 1


@then("le contact d'Ana n'a plus de nom, et ce qu'elle avait dit est détruit")
def the_contact_is_nameless(recit):
    contact = Contact.objects.get()
    assert (contact.prenom, contact.nom, contact.email, contact.telephone) == ("", "", "", "")
    assert not coffre().has_key(contact_key(contact.pk))


@given("Ana, qui a suivi ses cinq premières séances sans encore écrire de projet")
def before_the_project(recit):
    recit.vivre(passees=5, sans=("projet", "plan_b"))


@when("Claire veut ouvrir les conclusions")
@when("Claire ouvre les conclusions")
def concludes(recit):
    recit.envoyer("Claire", "consultant_bilan_avancer", pas="conclude")


@when(parsers.parse("Ana écrit son projet « {projet} » et son plan B « {autre} »"))
def writes_both(recit, projet, autre):
    for nature, intitule in (("principal", projet), ("alternatif", autre)):
        recit.envoyer(
            "Ana",
            "beneficiaire_projet_ecrire",
            nature=nature,
            intitule=intitule,
            description=SECRET,
            revision="0",
        )
        assert recit.reponse.status_code == 302, recit.texte


@then("Claire lit le projet et le plan B d'Ana")
def reads_both(recit):
    said = recit.lire("Claire", "consultant_projets")
    assert "Relieuse" in said
    assert "Médiatrice du livre" in said
    assert leftovers("Médiatrice du livre") == []


@given("Ana, qui a terminé il y a plus de six mois et accepté d'être recontactée")
def ended_and_accepted(recit):
    recit.vivre(**ENDED)


@given("Ana, qui a terminé il y a plus de six mois et n'a pas souhaité être recontactée")
def ended_and_left(recit):
    recit.vivre(**ENDED, recontact=False)


def invitations():
    return [
        m for m in mail.outbox if m.to == ["ana.tessier@exemple.fr"] and m.subject == "Prenons des nouvelles"
    ]


@then("Ana a reçu une invitation qui ne dit pas de quoi il s'agit")
def is_invited(recit):
    assert recit.bilan.suivis.get().etat == "propose"
    found = invitations()
    assert len(found) == 1
    assert "bilan" not in f"{found[0].subject}{found[0].body}".lower()


@then("Ana n'a reçu aucune invitation à un suivi")
def is_not_invited(recit):
    assert recit.bilan.etat == "termine"
    assert not recit.bilan.suivis.exists()
    assert invitations() == []


@then("il ne reste aucun contenu de son bilan")
def nothing_left(recit):
    assert recit.bilan.contenu_detruit_le is not None
    assert not Piece.objects.filter(bilan=recit.bilan).exists()


@when("Claire ouvre l'entretien de suivi et écrit le compte rendu")
def opens_and_writes(recit):
    suivi = recit.bilan.suivis.get()
    recit.envoyer("Claire", "consultant_suivi_ouvrir", recit.bilan.pk, suivi.pk)
    assert recit.reponse.status_code == 302, recit.texte
    recit.envoyer(
        "Claire",
        "consultant_suivi_ecrire",
        recit.bilan.pk,
        suivi.pk,
        texte=f"L’atelier est ouvert. {SECRET}",
        changements="",
        suites="",
        revision="0",
    )
    assert recit.reponse.status_code == 302, recit.texte


@then("Ana lit le compte rendu dans son espace")
def reads_the_report(recit):
    assert SECRET in recit.lire("Ana", "beneficiaire_suivi")
    assert leftovers(SECRET) == []


@when("Claire clôt l'entretien de suivi")
def closes(recit):
    suivi = recit.bilan.suivis.get()
    recit.envoyer("Claire", "consultant_suivi_clore", recit.bilan.pk, suivi.pk, suite="rien")


@then("le compte rendu est détruit à son tour")
def the_report_dies(recit):
    assert recit.bilan.suivis.get().etat == "clos"
    assert SECRET not in recit.lire("Ana", "beneficiaire_suivi")
    assert not Piece.objects.filter(bilan=recit.bilan).exists()
