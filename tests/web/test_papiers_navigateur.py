"""Signing with a passkey in a real browser, and the pages of papers: axe, one title, no sideways scrolling."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.signatures import place_of, settled, sign_by_drawing
from tests.web.test_compte_navigateur import (  # noqa: F401
    _no_tries_yet,
    browser_context_args,
    browser_type_launch_args,
    check,
    seen,
    sign_in,
    site,
    with_authenticator,
)

from jalon.actions import clock
from jalon.actions.absence import ask_absence
from jalon.actions.papiers import issue_papier

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def test_a_passkey_signs_the_very_document_of_the_page(page, site, client, now, monkeypatch):  # noqa: F811
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: now)
    bilan = settled(now)
    issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=now)
    circuit = bilan.circuits.get()
    with_authenticator(page)
    sign_in(page, site, client, bilan.consultant)
    page.goto(f"{site}/accueil/")
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_role("button", name="Créer la clé sur cet appareil").click()
    page.get_by_role("heading", name="Gardez vos codes de secours").wait_for()
    one = place_of(circuit, "consultant")
    page.goto(f"{site}{reverse('consultant_signer', args=[bilan.pk, one.pk])}")
    page.get_by_role("button", name="Signer avec ma clé d’accès").click()
    page.get_by_text("Cochez d’abord que vous avez lu").wait_for()
    assert place_of(circuit, "consultant").signe_le is None
    page.locator("#lu-cle").check()
    page.get_by_role("button", name="Signer avec ma clé d’accès").click()
    page.get_by_text("Votre signature est enregistrée").wait_for()
    signed = place_of(circuit, "consultant")
    assert signed.moyen == "cle"
    assert set(signed.temoin) == {"cle"}
    sign_by_drawing(circuit, "beneficiaire", now)
    circuit.refresh_from_db()
    assert circuit.etat == "scelle"


@pytest.mark.parametrize("size", [(390, 844), (1280, 900)])
def test_every_page_of_papers_is_accessible_on_a_telephone_and_on_a_screen(
    page,
    site,  # noqa: F811
    client,
    now,
    monkeypatch,
    seen,  # noqa: F811
    size,
):
    monkeypatch.setattr(clock, "now", lambda: now)
    bilan = settled(now, financement="cpf_sur_temps")
    issue_papier(bilan=bilan, genre="charte", by=bilan.consultant, now=now)
    circuit = bilan.circuits.get()
    ask_absence(
        bilan=bilan,
        debut=now.date().replace(month=6),
        fin=now.date().replace(month=8),
        by=bilan.beneficiaire,
        now=now,
    )
    page.set_viewport_size({"width": size[0], "height": size[1]})
    responsable = bilan.organisme.membres.get(role="responsable").personne
    sign_in(page, site, client, responsable)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()
    pages = [
        reverse("organisme_papiers", args=[bilan.pk]),
        reverse("organisme_circuit", args=[bilan.pk, circuit.pk]),
        reverse("organisme_employeur", args=[bilan.pk]),
        reverse("organisme_a_signer", args=[bilan.pk]),
        reverse("organisme_clauses"),
        reverse("organisme_clause", args=["charte"]),
        reverse("organisme_cachet"),
    ]
    for address in pages:
        assert page.goto(f"{site}{address}").status == 200
        check(page, seen)
    sign_in(page, site, client, bilan.beneficiaire)
    one = place_of(circuit, "beneficiaire")
    for address in (
        reverse("beneficiaire_absence", args=[bilan.pk]),
        reverse("beneficiaire_a_signer", args=[bilan.pk]),
        reverse("beneficiaire_signer", args=[bilan.pk, one.pk]),
    ):
        assert page.goto(f"{site}{address}").status == 200
        check(page, seen)
