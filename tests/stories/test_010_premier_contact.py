"""Before any dossier: an honest offer, an honest look, a moment taken without an account."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_bdd import given, parsers, scenarios, then, when
from tests.factories import BilanFactory
from tests.fouille import leftovers

from jalon.actions.courrier import send_due
from jalon.domain.jours import zone
from jalon.domain.offre_publique import TEXTES
from jalon.records.models import Contact, OffrePublique, Organisme

pytestmark = pytest.mark.django_db(transaction=True)
scenarios("010_premier_contact.feature")

NOM = "Nourhane"
PHRASE = "Une phrase simple et vraie."


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def visiteur():
    return Client()


def typed(**changes):
    return {
        **dict.fromkeys(TEXTES, PHRASE),
        "modalites": ["presentiel", "visio"],
        "financements": ["cpf_hors_temps", "personnel"],
        "delai_jours": "12",
        "sans_resultat": "on",
    } | changes


def parcours(recit):
    return recit.maison.parcours["dix_semaines"]


def write(recit, geste, **changes):
    recit.reponse = recit.client("Claire").post(
        reverse("organisme_page_offre", args=[parcours(recit).pk]), typed(geste=geste, **changes)
    )


@given("la page d'une offre, entière et encore en brouillon")
def draft(recit):
    write(recit, "enregistrer")
    assert recit.reponse.status_code == 302


@given("une offre publiée")
def published(recit, visiteur):
    write(recit, "publier")
    assert page(recit, visiteur).status_code == 200


@when(parsers.parse("Claire écrit « {mots} » dans les objectifs, et publie"))
def misleads(recit, mots):
    write(recit, "publier", objectifs=mots)
    recit.mots = mots


@when("Claire efface le délai d'accès, et publie")
def forgets(recit):
    write(recit, "publier", delai_jours="")


@when("Claire écrit un délai de 12 jours, et publie")
def completes(recit):
    write(recit, "publier")


@when("le cabinet n'a plus de médiateur")
def loses(recit):
    Organisme.objects.update(mediateur="")


def page(recit, visiteur):
    address = OffrePublique.objects.get(parcours=parcours(recit)).adresse
    return visiteur.get(reverse("public_offre", args=[address]))


@then("ce qu'elle a écrit est encore là")
def kept(recit):
    assert recit.mots in unescape(recit.texte)


@then("le public ne voit pas cette offre")
def hidden(recit, visiteur):
    assert page(recit, visiteur).status_code == 404
    assert parcours(recit).intitule not in unescape(visiteur.get("/").content.decode())


@then("le public lit le prix, la durée, les lieux et le médiateur")
def reads(recit, visiteur):
    text = unescape(page(recit, visiteur).content.decode()).replace("\u00a0", " ")
    for said in ("1 850 €", "24 h", "Quai de Maine", "Médiation d’exemple"):
        assert said in text


@when("une personne dit qu'elle est à bout")
def at_the_end_of_her_strength(recit, visiteur):
    recit.reponse = visiteur.post(reverse("public_orientation"), {"moment": ["epuise"]})


@then("rien n'a été enregistré")
def nothing_kept(recit):
    assert not Contact.objects.exists()
    assert not Session.objects.exists()
    assert leftovers("epuise") == []


@given("Claire, qui reçoit le mardi soir et le samedi matin")
def receives(recit):
    here = reverse("consultant_disponibilites")
    claire = recit.client("Claire")
    lines = {"plages": "2", "geste": "semaine"}
    for rank, (day, start, end) in enumerate((("1", "18:30", "20:00"), ("5", "09:30", "10:30"))):
        lines |= {
            f"plage-{rank}-jour": day,
            f"plage-{rank}-debut": start,
            f"plage-{rank}-fin": end,
            f"plage-{rank}-lieu": "",
        }
    assert claire.post(here, lines).status_code == 302
    rules = {
        "geste": "regles",
        "ouverte": "on",
        "duree_minutes": "45",
        "tampon_minutes": "15",
        "preavis_heures": "24",
        "horizon_jours": "42",
        "telephone": "on",
    }
    assert claire.post(here, rules).status_code == 302


def moments(visiteur, **asked):
    found = visiteur.get(reverse("public_rendez_vous_choisir"), asked).content.decode()
    return [unescape(m) for m in re.findall(r'href="/rendez-vous/prendre/\?([^"]+)"', found)]


def take(recit, visiteur, query, prenom):
    asked = dict(part.split("=") for part in query.split("&"))
    recit.reponse = visiteur.post(
        reverse("public_prendre"),
        asked | {"prenom": prenom, "telephone": "06 39 98 00 00", "email": f"{prenom}@exemple.fr"},
    )


@when("Nour prend un moment le samedi avec Claire, par téléphone")
def nour_takes(recit, visiteur):
    claire = recit.personne("Claire")
    recit.moment = moments(visiteur, quand="samedi", avec=str(claire.pk), comment="telephone")[0]
    take(recit, visiteur, recit.moment, NOM)
    assert recit.reponse.status_code == 302
    recit.lien = recit.reponse["Location"]
    assert Contact.objects.get().entretien_consultant == claire


@when("une autre personne veut le même moment")
def another(recit, visiteur):
    take(recit, visiteur, recit.moment, "Basile")


@then("Nour reçoit un courriel qui ne dit rien de sa démarche")
def neutral_mail(recit):
    send_due(recit.now)
    [sent] = [one for one in mail.outbox if one.to == [f"{NOM.lower()}@exemple.fr"]]
    assert recit.lien in sent.body
    for word in ("bilan", "compétence", "cabinet", NOM.lower()):
        assert word not in (sent.subject + sent.body + sent.from_email).lower()


@then("Claire voit ce moment dans son agenda")
def in_her_agenda(recit):
    assert NOM in recit.client("Claire").get(reverse("consultant_agenda") + "?vue=liste").content.decode()


@when("Nour déplace son rendez-vous au mardi soir, par son lien")
def moves(recit, visiteur):
    found = visiteur.get(recit.lien + "deplacer/", {"quand": "soir", "comment": "telephone"}).content.decode()
    wanted = re.findall(r'name="moment" value="([^"]+)"', found)[0]
    answer = visiteur.post(recit.lien + "deplacer/", {"moment": wanted, "comment": "telephone"})
    assert answer.status_code == 302


@then("le samedi est de nouveau libre")
def free_again(recit, visiteur):
    assert recit.moment in moments(visiteur, quand="samedi", comment="telephone")


@then("Claire ne peut pas prévoir de séance à ce moment-là")
def no_seance(recit):
    taken = Contact.objects.get()
    bilan = BilanFactory(organisme=recit.maison.organisme, consultant=recit.personne("Claire"), en_cours=True)
    local = taken.entretien_le.astimezone(zone("Europe/Paris"))
    recit.reponse = recit.client("Claire").post(
        reverse("consultant_seance_prevoir", args=[bilan.pk]),
        {
            "phase": "preliminaire",
            "modalite": "visio",
            "jour": local.date().isoformat(),
            "debut": f"{local:%H:%M}",
            "duree": "60",
        },
    )
    assert recit.reponse.status_code == 422
    assert "entretien préalable est fixé" in unescape(recit.texte)


@then("le nom de Nour est quelque part")
def somewhere(recit):
    assert leftovers(NOM) != []


@when(parsers.parse("l'entretien est passé, et que Claire note « {issue} »"))
def outcome(recit, issue):
    contact = Contact.objects.get()
    recit.passer(contact.entretien_fin + timedelta(minutes=5))
    assert NOM in recit.client("Claire").get(reverse("organisme_entretiens")).content.decode()
    recit.reponse = recit.client("Claire").post(
        reverse("organisme_contact_conclure", args=[contact.pk]), {"issue": issue}
    )
    assert recit.reponse.status_code == 302


@when("Nour annule par son lien, et demande que tout soit effacé")
def cancels(recit, visiteur):
    assert leftovers(NOM) != []
    visiteur.post(recit.lien + "annuler/", {"et": "effacer"})


@then("le nom de Nour n'est plus nulle part")
def nowhere(recit):
    assert leftovers(NOM) == []
    assert leftovers(NOM.lower()) == []
