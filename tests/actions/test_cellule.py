"""What the law orders to tell the cellule de reclassement: three facts of each action, seen by the person first, and nothing else."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory
from tests.fouille import leftovers

from jalon.access.pieces import read_piece
from jalon.actions.cellule import make_letter, note_transmission, write_cellule
from jalon.actions.composition import compose
from jalon.domain.bilan import Etat
from jalon.domain.obstacle import Refused
from jalon.records.models import Envoi, Evenement

pytestmark = pytest.mark.django_db
WORD = "XMARKERX"
ACTION = {
    "genre": "formation",
    "nature": f"Titre de formatrice {WORD}",
    "duree": "Six mois",
    "mise_en_oeuvre": "À Angers, dès février",
}


@pytest.fixture
def bilan(now):
    return BilanFactory(etat=Etat.CONCLUSIONS, financement="reclassement")


def write(bilan, now, by=None, **changes):
    return write_cellule(
        bilan=bilan,
        contenu=compose("cellule", **({"actions": [ACTION]} | changes)),
        by=by or bilan.consultant,
        now=now,
    )


def refused(act):
    with pytest.raises(Refused) as found:
        act()
    return {o.code for o in found.value.obstacles}


def test_the_person_reads_it_before_it_leaves_and_nothing_of_it_lies_in_clear(bilan, now):
    write(bilan, now)
    assert read_piece(bilan.beneficiaire, bilan, "cellule", now=now).contenu.actions[0].duree == "Six mois"
    assert Envoi.objects.filter(personne=bilan.beneficiaire, genre="dossier_a_lire").exists()
    note_transmission(bilan=bilan, le=now.date(), by=bilan.consultant, now=now + timedelta(hours=1))
    said = Evenement.objects.get(nom="cellule.informee")
    assert said.faits["le"] == now.date().isoformat()
    assert leftovers(WORD) == []
    # What was said stays what was said.
    assert refused(lambda: write(bilan, now + timedelta(hours=2))) == {"transmis"}


def test_the_letter_says_the_three_facts_and_is_tagged(bilan, now):
    write(bilan, now)
    contenu = read_piece(bilan.consultant, bilan, "cellule", now=now).contenu
    pdf = make_letter(bilan=bilan, contenu=contenu, by=bilan.consultant, now=now)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.Lang == "fr-FR"
        assert opened.Root.MarkInfo.Marked


@pytest.mark.parametrize("missing", ["nature", "duree", "mise_en_oeuvre"])
def test_a_letter_without_one_of_the_three_facts_is_not_made(bilan, now, missing):
    contenu = compose("cellule", actions=[ACTION | {missing: " "}])
    with pytest.raises(ValueError, match="1233-27"):
        make_letter(bilan=bilan, contenu=contenu, by=bilan.consultant, now=now)


def test_no_other_route_tells_anything_to_anybody(now):
    other = BilanFactory(etat=Etat.CONCLUSIONS, financement="plan")
    assert refused(lambda: write(other, now)) == {"reclassement"}


def test_nothing_proposed_nothing_told(bilan, now):
    assert refused(lambda: write(bilan, now, actions=[])) == {"actions"}


def test_only_who_carries_out_the_bilan_writes_it(bilan, now):
    boss = MembreFactory(organisme=bilan.organisme, role="responsable").personne
    for stranger in (boss, bilan.beneficiaire):
        with pytest.raises(PermissionDenied):
            write(bilan, now, by=stranger)


def test_it_cannot_have_left_before_the_person_read_it_nor_tomorrow(bilan, now):
    write(bilan, now)
    for day in (now.date() - timedelta(days=1), now.date() + timedelta(days=1)):
        assert refused(
            lambda day=day: note_transmission(bilan=bilan, le=day, by=bilan.consultant, now=now)
        ) == {"le"}
