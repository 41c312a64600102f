"""The pages of the cellule de reclassement: one route only, rows that come and go, a missing line said beside its field."""

import pytest
from tests.factories import BilanFactory

from jalon.domain.bilan import Etat
from jalon.records.models import Piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(etat=Etat.CONCLUSIONS, financement="reclassement")


@pytest.fixture
def consultant(client, bilan):
    client.force_login(bilan.consultant)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()
    return client


def row(rank, **values):
    said = {"genre": "vae", "nature": "Licence", "duree": "Dix mois", "mise_en_oeuvre": "À Angers"} | values
    return {f"{name}_{rank}": value for name, value in said.items()}


def test_written_shown_to_the_person_downloaded_and_noted_as_sent(consultant, bilan, now):
    page = f"/consultant/{bilan.pk}/cellule/"
    empty = row(1, nature="", duree="", mise_en_oeuvre="")
    sent = consultant.post(page, {"lignes": "2", "revision": "0", **row(0), **empty})
    assert sent.status_code == 302
    shown = consultant.get(page).content.decode()
    assert "Télécharger le courrier" in shown
    letter = consultant.get(f"{page}courrier/")
    assert letter.content.startswith(b"%PDF")
    from jalon.actions.clock import now as clock

    day = clock().date().isoformat()
    assert consultant.post(f"{page}transmission/", {"le": day}).status_code == 302
    assert "Transmis" in consultant.get(page).content.decode()
    consultant.force_login(bilan.beneficiaire)
    assert "Dix mois" in consultant.get(f"/espace/{bilan.pk}/cellule/").content.decode()


def test_a_missing_line_is_said_beside_its_field_and_nothing_is_lost(consultant, bilan):
    sent = consultant.post(
        f"/consultant/{bilan.pk}/cellule/", {"lignes": "1", "revision": "0", **row(0, duree="")}
    )
    said = sent.content.decode()
    assert sent.status_code == 422
    assert "La loi demande cette ligne" in said
    assert "Licence" in said
    assert not Piece.objects.filter(nature="cellule").exists()


def test_on_another_route_the_page_says_that_nothing_is_told_and_no_link_leads_there(client, now):
    other = BilanFactory(etat=Etat.CONCLUSIONS, financement="cpf_hors_temps")
    client.force_login(other.beneficiaire)
    assert "sans un accord écrit" in client.get(f"/espace/{other.pk}/cellule/").content.decode()
    assert client.get(f"/espace/{other.pk}/cellule/courrier/").status_code == 302
    assert "cellule" not in client.get(f"/espace/{other.pk}/").content.decode()
