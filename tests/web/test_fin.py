"""The pages of the end: decisions, take-away, term, destruction, follow-up; and who may not see them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.actions.test_marche import LIFE, Marche
from tests.factories import BilanFactory, MembreFactory

from jalon.actions import clock
from jalon.actions.terme import abandon_bilan
from jalon.records.models import Bilan, Destruction

pytestmark = pytest.mark.django_db


def sign_in(client, person):
    client.force_login(person)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()
    return client


@pytest.fixture
def bilan():
    return BilanFactory(en_conclusions=True)


def test_nothing_is_ticked_beforehand_and_an_agreement_needs_its_ground(client, bilan):
    sign_in(client, bilan.beneficiaire)
    page = client.get(reverse("beneficiaire_decisions", args=[bilan.pk]))
    assert page.status_code == 200
    assert b"checked" not in page.content.split(b'id="contenu"')[1]
    keep = reverse("beneficiaire_decision_conserver", args=[bilan.pk, "synthese"])
    refused = client.post(keep, {"synthese-duree_mois": "12"})
    assert refused.status_code == 422
    assert "6313-7" in refused.content.decode()
    assert 'value="12"' in refused.content.decode()
    assert (
        client.post(keep, {"synthese-duree_mois": "12", "synthese-fonde_sur_suivi": "on"}).status_code == 302
    )
    kept = bilan.decisions.get(retire_le=None)
    assert (kept.choix, kept.duree_mois) == ("conserver", 12)
    assert client.post(reverse("beneficiaire_decision_retirer", args=[bilan.pk, kept.pk])).status_code == 302
    assert not bilan.decisions.filter(retire_le=None).exists()
    assert (
        client.post(reverse("beneficiaire_decision_conserver", args=[bilan.pk, "inconnu"])).status_code == 404
    )


def test_she_takes_her_folder_away_under_a_neutral_name_by_a_post_only(client, bilan):
    sign_in(client, bilan.beneficiaire)
    assert client.get(reverse("beneficiaire_emport", args=[bilan.pk])).status_code == 200
    address = reverse("beneficiaire_emport_telecharger", args=[bilan.pk])
    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert answer.content.startswith(b"PK")
    assert answer["Content-Disposition"] == 'attachment; filename="mon-dossier.zip"'
    assert "no-store" in answer["Cache-Control"]


def test_the_end_is_announced_and_blocked_with_its_articles_until_all_is_there(client, bilan):
    sign_in(client, bilan.consultant)
    page = reverse("consultant_fin", args=[bilan.pk])
    assert "6313-4" in client.get(page).content.decode()
    day = clock.now().date() + timedelta(days=20)
    assert client.post(reverse("consultant_fin_annoncer", args=[bilan.pk]), {"le": "hier"}).status_code == 422
    assert (
        client.post(reverse("consultant_fin_annoncer", args=[bilan.pk]), {"le": day.isoformat()}).status_code
        == 302
    )
    assert Bilan.objects.get(pk=bilan.pk).terme_prevu_le == day
    refused = client.post(reverse("consultant_fin_terminer", args=[bilan.pk]))
    assert refused.status_code == 422
    assert Bilan.objects.get(pk=bilan.pk).etat == "conclusions"


def test_destroying_now_asks_once_more_then_shows_the_proof_to_both(client, bilan):
    now = clock.now()
    sign_in(client, bilan.consultant)
    destroy = reverse("consultant_fin_detruire", args=[bilan.pk])
    assert client.post(destroy).status_code == 422
    abandon_bilan(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert client.get(destroy).status_code == 200
    assert not Destruction.objects.exists()
    assert client.post(destroy).status_code == 302
    assert Destruction.objects.filter(faite_le__isnull=False).count() == 1
    for space, person in (("consultant", bilan.consultant), ("beneficiaire", bilan.beneficiaire)):
        sign_in(client, person)
        shown = client.get(reverse(f"{space}_destruction", args=[bilan.pk])).content.decode()
        assert "DES-" in shown


def test_the_assistant_the_stranger_and_the_other_space_get_404(client, bilan):
    assistant = MembreFactory(organisme=bilan.organisme, role="assistant").personne
    for person in (assistant, BilanFactory().beneficiaire, bilan.consultant):
        sign_in(client, person)
        for name in ("beneficiaire_decisions", "beneficiaire_emport"):
            assert client.get(reverse(name, args=[bilan.pk])).status_code == 404
    sign_in(client, bilan.beneficiaire)
    for name in ("consultant_fin", "consultant_decisions", "consultant_fin_detruire"):
        assert client.get(reverse(name, args=[bilan.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_follow_up_is_written_then_gone(client):
    walk = Marche()
    for name in LIFE:
        getattr(walk, name)(walk.fresh())
    b = walk.fresh()
    sign_in(client, b.beneficiaire)
    home = reverse("beneficiaire_suivi", args=[b.pk])
    assert client.post(reverse("beneficiaire_suivi_proposer", args=[b.pk])).status_code == 302
    one = b.suivis.get()
    assert client.post(reverse("beneficiaire_suivi_ouvrir", args=[b.pk, one.pk])).status_code == 302
    write = reverse("beneficiaire_suivi_ecrire", args=[b.pk, one.pk])
    assert client.post(write, {"texte": "J’avance", "revision": "0"}).status_code == 302
    assert "J’avance" in client.get(home).content.decode()
    late = client.post(write, {"texte": "Autre", "revision": "0"})
    assert late.status_code == 422
    assert "J’avance" in late.content.decode()
    assert "Autre" in late.content.decode()
    close = reverse("beneficiaire_suivi_clore", args=[b.pk, one.pk])
    assert client.post(close).status_code == 422
    assert client.post(close, {"suite": "rien"}).status_code == 302
    assert "J’avance" not in client.get(home).content.decode()
