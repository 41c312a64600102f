"""The conveniences of the demonstration: one click to be anybody, the mails, the day that moves."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import override_settings
from django.urls import reverse

from jalon.actions import clock
from jalon.demonstration.courriels import read_courriels
from jalon.demonstration.jour import later
from jalon.records.models import Bilan, Echeance, Personne

FILES = "django.core.mail.backends.filebased.EmailBackend"


def test_without_a_cabinet_the_page_says_how_to_load_one(client, db):
    answer = client.get(reverse("demonstration"))
    assert "jalon demo" in answer.content.decode()


@pytest.mark.usefixtures("_day_back")
def test_one_click_makes_the_visitor_that_person_and_nobody_else(client, load_some):
    load_some("Haddad", "Guérin")
    page = client.get(reverse("demonstration")).content.decode()
    for name in ("Claire Morel", "Yannick Le Bris", "Maud Perrin", "Leïla Haddad", "Solène Guérin"):
        assert f"Entrer comme {name}" in page
    assert "Consentement attendu" in page

    # A consultant, without the second factor that is asked of her everywhere else.
    claire = Personne.objects.get(nom="Morel")
    answer = client.post(reverse("demonstration_entrer"), {"personne": claire.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("consultant_accueil")
    assert client.session["_auth_user_id"] == str(claire.pk)
    assert "Démonstration" in answer.content.decode()

    leila = Personne.objects.get(nom="Haddad")
    answer = client.post(reverse("demonstration_entrer"), {"personne": leila.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("beneficiaire_accueil")
    bilan = Bilan.objects.get(beneficiaire=leila)
    assert client.get(f"/consultant/{bilan.pk}/").status_code == 404

    # The machinery is nobody, and neither is a name that does not exist.
    systeme = Personne.objects.get(est_systeme=True)
    for wrong in (systeme.pk, "00000000-0000-4000-8000-00000000ffff", "x"):
        assert client.post(reverse("demonstration_entrer"), {"personne": wrong}).status_code == 404
    assert client.get(reverse("demonstration_entrer")).status_code == 405
    assert client.session["_auth_user_id"] == str(leila.pk)

    # The day moves: the reminder of tomorrow is sent, once, and the day never comes back.
    before, begun = Echeance.objects.filter(faite_le__isnull=False).count(), clock.now()
    due = (
        Echeance.objects.filter(nom="seance_rappel", faite_le=None, annulee_le=None)
        .order_by("echoit_le")
        .first()
    )
    assert due is not None
    mail.outbox.clear()
    while clock.now() < due.echoit_le:
        client.post(reverse("demonstration_avancer"), {"pas": "jour"})
    due.refresh_from_db()
    assert due.faite_le == due.echoit_le
    assert Echeance.objects.filter(faite_le__isnull=False).count() > before
    assert clock.now() - begun >= timedelta(days=1)
    assert mail.outbox
    assert "Rappel d’une séance" in client.get(reverse("demonstration_jour")).content.decode()
    assert client.post(reverse("demonstration_avancer"), {"pas": "hier"}).status_code == 404


def test_the_mails_are_read_newest_first_and_say_nothing(client, load_some):
    folder = Path(settings.EMAIL_FILE_PATH)
    with override_settings(EMAIL_BACKEND=FILES):
        load_some("Haddad")
    mails = read_courriels(folder)
    assert len(mails) > 5
    assert [m.le for m in mails] == sorted((m.le for m in mails), reverse=True)
    assert not any("bilan" in f"{m.sujet} {m.texte} {m.de}".lower() for m in mails)
    page = client.get(reverse("demonstration_courriels"), {"a": "leila.haddad"}).content.decode()
    assert "leila.haddad@exemple.fr" in page
    assert "claire.morel@exemple.fr" not in page
    assert mails[0].sujet in client.get(reverse("demonstration_courriels")).content.decode()


def test_the_living_page_is_served(client, db):
    assert client.get(reverse("composants")).status_code == 200


@pytest.mark.parametrize(("pas", "days"), [("jour", 1), ("semaine", 7), ("mois", 31)])
def test_the_hour_on_the_wall_stays_through_the_change_of_hour(now, pas, days):
    before = now.replace(month=3, day=28)  # the night after, France changes its hour
    after = later(before, pas)
    assert (after.date() - before.date()).days == days
    assert after.hour == 10
