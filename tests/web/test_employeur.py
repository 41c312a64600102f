"""The employer's space: one link, one dossier, a code each time; dates and papers, never a word of what is said."""

import pytest
from django.core import mail
from django.urls import reverse
from tests.factories import SeanceFactory
from tests.signatures import TRACE, last_code, place_of, project, settled, with_link
from tests.web.espaces import at
from tests.web.espaces import text_of as words

from jalon.actions.absence import ask_absence
from jalon.actions.employeur import close_employeur
from jalon.actions.lien_employeur import token
from jalon.records.models import Bilan, Envoi, Evenement

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment(monkeypatch, now):
    at(monkeypatch, now)
    return now


def come_in(client, acces, capture):
    link = reverse("employeur_lien", args=[token(acces)])
    with capture(execute=True):
        client.post(reverse("employeur_lien_code", args=[token(acces)]))
    return client.post(link, {"code": last_code()})


def test_a_link_asks_for_a_code_and_opens_its_dossier_alone(
    client, moment, django_capture_on_commit_callbacks
):
    bilan, other = settled(moment), settled(moment)
    acces, foreign = with_link(bilan, moment), with_link(other, moment, courriel="rh@autre.example")
    home = reverse("employeur_dossier", args=[bilan.pk])
    assert client.get(home)["Location"] == reverse("employeur_referme")
    assert "bilan" not in words(client.get(reverse("employeur_lien", args=[token(acces)]))).lower()
    wrong = client.post(reverse("employeur_lien", args=[token(acces)]), {"code": "0000-0000"})
    assert wrong.status_code == 422
    answer = come_in(client, acces, django_capture_on_commit_callbacks)
    assert answer["Location"] == home
    assert all(m.to == ["denis@larzul.example"] for m in mail.outbox)
    page = words(client.get(home))
    assert "Ateliers" not in page or bilan.beneficiaire.nom in page
    # Another dossier of another employer is refused like one that was never opened.
    assert client.get(reverse("employeur_dossier", args=[other.pk]))["Location"] == reverse(
        "employeur_referme"
    )
    close_employeur(acces=acces, by=bilan.consultant, now=moment)
    assert client.get(home)["Location"] == reverse("employeur_referme")
    assert client.get(reverse("employeur_lien", args=[token(acces)])).status_code == 404
    assert foreign.clos_le is None


def test_an_unknown_link_says_nothing_and_sends_nothing(client, moment):
    settled(moment)
    before = Envoi.objects.count()
    for path in ("employeur_lien", "employeur_lien_code"):
        client.post(reverse(path, args=["x" * 64]), {"code": "1"})
    answer = client.get(reverse("employeur_lien", args=["x" * 64]))
    assert answer.status_code == 404
    assert "Ce lien n’ouvre rien" in words(answer)
    assert Envoi.objects.count() == before


def test_the_link_dies_when_the_route_has_no_place_for_the_employer(
    client, moment, django_capture_on_commit_callbacks
):
    bilan = settled(moment)
    acces = with_link(bilan, moment)
    come_in(client, acces, django_capture_on_commit_callbacks)
    assert client.get(reverse("employeur_dossier", args=[bilan.pk])).status_code == 200
    Bilan.objects.filter(pk=bilan.pk).update(
        financement="cpf_hors_temps", employeur_nom="", employeur_siren=""
    )
    assert client.get(reverse("employeur_dossier", args=[bilan.pk])).status_code == 404
    assert client.get(reverse("employeur_lien", args=[token(acces)])).status_code == 404


def test_presence_is_by_half_day_without_hours_place_phase_nor_personal_work(
    client, moment, django_capture_on_commit_callbacks
):
    bilan = settled(moment)
    seance = bilan.seances.get()
    SeanceFactory(
        bilan=bilan,
        phase="investigation",
        nature="travail_personnel",
        debut=moment.replace(month=5, day=2),
    )
    come_in(client, with_link(bilan, moment), django_capture_on_commit_callbacks)
    page = words(client.get(reverse("employeur_presence", args=[bilan.pk])))
    assert "samedi 2 mai 2026" in page
    assert page.count("Prévue") == 1
    assert "matin" in page or "après-midi" in page
    for hidden in (seance.lieu.nom, "11 h", "préliminaire", "investigation", bilan.consultant.nom):
        assert hidden not in page


def test_the_convention_is_transmitted_once_then_signed_and_downloaded(
    client, moment, django_capture_on_commit_callbacks
):
    bilan = settled(moment)
    convention = project(bilan, moment)
    come_in(client, bilan.acces_employeur.get(), django_capture_on_commit_callbacks)
    send = reverse("employeur_convention_transmettre", args=[bilan.pk, convention.pk])
    assert "Transmettre le projet" in words(client.get(reverse("employeur_convention", args=[bilan.pk])))
    assert client.post(send).status_code == 302
    again = client.post(send)
    assert again.status_code == 422
    assert "déjà été transmis" in words(again)
    one = place_of(convention.circuit, "employeur")
    sign = reverse("employeur_signer", args=[bilan.pk, one.pk])
    said = {"moyen": "dessin", "trace": TRACE, "empreinte": convention.circuit.empreinte}
    unread = client.post(sign, said)
    assert unread.status_code == 422
    assert "Cochez d’abord" in words(unread)
    assert client.post(sign, said | {"lu": "oui"}).status_code == 302
    document = client.get(reverse("employeur_signer_document", args=[bilan.pk, one.pk]))
    assert document.content == bytes(convention.circuit.document.octets)
    # The employee's own place in the circuit is not the employer's.
    hers = place_of(convention.circuit, "beneficiaire")
    assert client.get(reverse("employeur_signer", args=[bilan.pk, hers.pk])).status_code == 404
    assert client.get(reverse("employeur_signe", args=[bilan.pk, convention.circuit_id])).status_code == 404


def test_the_absence_is_received_by_entering_and_answered_in_the_space(
    client, moment, django_capture_on_commit_callbacks
):
    bilan = settled(moment, financement="cpf_sur_temps")
    acces = with_link(bilan, moment)
    absence = ask_absence(
        bilan=bilan,
        debut=moment.date().replace(month=6),
        fin=moment.date().replace(month=8),
        by=bilan.beneficiaire,
        now=moment,
    )
    come_in(client, acces, django_capture_on_commit_callbacks)
    absence.refresh_from_db()
    assert absence.recue_le == moment
    page = words(client.get(reverse("employeur_absence", args=[bilan.pk])))
    assert "l’absence est acquise" in page
    answer = reverse("employeur_absence_repondre", args=[bilan.pk, absence.pk])
    assert client.post(answer, {"reponse": "plus tard"}).status_code == 422
    assert client.post(answer, {"reponse": "accord"}).status_code == 302
    assert client.post(answer, {"reponse": "refus"}).status_code == 422
    absence.refresh_from_db()
    assert absence.reponse == "accordee"
    assert Evenement.objects.filter(chaine=bilan.pk, nom="absence.repondue").count() == 1
