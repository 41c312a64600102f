"""From the first call to the right to start: every page that the assistant opens is counted."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from pytest_bdd import scenarios, then, when

from jalon.demonstration.cabinet import enter
from jalon.domain import consentement as texte
from jalon.domain.bilan import obstacles
from jalon.law import law_on
from jalon.records.faits import bilan_facts, local_day
from jalon.records.models import Bilan, Contact

pytestmark = pytest.mark.django_db(transaction=True)
scenarios("032_du_contact_au_depart.feature")


class Maud:
    """She opens a page or sends a form: each page that comes back counts for one."""

    def __init__(self, recit):
        self.recit, self.pages = recit, []

    def open(self, page, *args):
        self._count(self.recit.client("Maud").get(reverse(page, args=args), follow=True))

    def send(self, page, *args, **champs):
        """The form stands on the page that is already open."""
        self._count(self.recit.client("Maud").post(reverse(page, args=args), champs, follow=True))

    def _count(self, answer):
        assert answer.status_code == 200, answer.content.decode()[-3000:]
        self.pages.append(answer.request["PATH_INFO"])


@pytest.fixture
def maud(recit):
    return Maud(recit)


@when("Maud note l'appel d'Ana, ouvre son dossier et règle son financement")
def from_the_call_to_the_funding(recit, maud):
    house = recit.maison
    maud.open("organisme_contact_noter")
    maud.send(
        "organisme_contact_noter",
        canal="telephone",
        prenom="Ana",
        nom="Tessier",
        email="ana.tessier@exemple.fr",
        telephone="06 00 00 00 49",
    )
    contact = Contact.objects.get(prenom="Ana")
    maud.open("organisme_contact_ouvrir", contact.pk)
    maud.send(
        "organisme_contact_ouvrir",
        contact.pk,
        prenom="Ana",
        nom="Tessier",
        email="ana.tessier@exemple.fr",
        parcours=str(house.parcours["dix_semaines"].pk),
        consultant=str(house.responsable.pk),
        financement="cpf_hors_temps",
    )
    bilan = Bilan.objects.get(beneficiaire__prenom="Ana")
    recit.suivre(bilan)
    maud.open("organisme_engagement_regler", bilan.pk)
    maud.send(
        "organisme_engagement_regler",
        bilan.pk,
        prix="1700",
        precedent="aucun",
        geste="enregistrer",
    )
    assert bilan.engagement.parts.count() == 2
    enter(bilan.beneficiaire, recit.now)  # the same day, by the link of her invitation


@when("Maud note la demande, la proposition et la confirmation au jour où elles se font")
def the_platform(recit, maud):
    for day, nom in ((4, "demande"), (5, "proposition"), (6, "acceptation")):
        recit.passer(datetime(2026, 3, day, 9, tzinfo=UTC))
        maud.send("organisme_engagement_etape", recit.bilan.pk, nom, le=f"2026-03-{day:02d}")
    assert recit.bilan.engagement.cpf_acceptation_le is not None


@when("Ana consent dans son espace")
def she_consents(recit):
    recit.envoyer("Ana", "beneficiaire_consentement", empreinte=texte.fingerprint())
    assert recit.reponse.status_code == 302, recit.texte


def _standing(recit):
    bilan = recit.bilan
    day = local_day(bilan, recit.now)
    return [o.code for o in obstacles("start", bilan_facts(bilan), law_on(day), day)]


@when("le premier jour possible arrive")
def the_first_day(recit):
    recit.passer(datetime(2026, 3, 20, 9, tzinfo=UTC))
    assert _standing(recit) == ["cpf_onze_jours"]  # the eve is one day too early
    recit.passer(datetime(2026, 3, 23, 9, tzinfo=UTC))


@then("le dossier peut commencer")
def ready(recit):
    assert _standing(recit) == []


@then("Maud n'a ouvert que 12 pages au plus")
def counted(maud):
    assert 0 < len(maud.pages) <= 12, maud.pages
