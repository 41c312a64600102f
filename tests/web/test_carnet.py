"""The person's notebook: the consultant cannot open it."""

import pytest
from tests.fouille import leftovers
from tests.web.ecrits import read, situation, strangers

from jalon.records.models import Acces, Piece

pytestmark = pytest.mark.django_db
MARK = "XCARNETX"


def test_the_notebook_opens_to_the_person_alone():
    s = situation()
    assert s.personne.post(s.a("beneficiaire_carnet_ecrire"), {"texte": MARK}).status_code == 302
    reference = Piece.objects.get(nature="carnet").reference
    assert MARK in read(s.personne, s.a("beneficiaire_carnet"))
    for other in [s.consultant, *strangers(s.bilan)]:
        assert other.get(s.a("beneficiaire_carnet")).status_code == 404
        assert other.get(s.a("beneficiaire_carnet_modifier", reference)).status_code == 404
        assert other.post(s.a("beneficiaire_carnet_effacer", reference)).status_code == 404
    assert leftovers(MARK) == []
    assert not Acces.objects.exists()


def test_its_draft_is_kept_in_its_own_tiroir():
    s = situation()
    s.personne.post(f"{s.a('beneficiaire_brouillon')}?page=carnet", {"texte": MARK})
    assert Piece.objects.get(nature="brouillon").tiroir == "carnet"
    assert MARK in read(s.personne, s.a("beneficiaire_carnet_ecrire"))
    assert s.consultant.post(f"{s.a('consultant_brouillon')}?page=carnet", {"texte": "x"}).status_code == 404
