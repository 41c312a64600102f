"""What the cabinet offers is held to the law before anybody buys it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory

from jalon.actions.lieu import add_lieu, update_lieu
from jalon.actions.parcours import create_parcours, offer_parcours, update_parcours
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Refused
from jalon.domain.offre import LIGNES_PROPOSEES
from jalon.domain.parcours import Ligne, Nature, Phase, TypeAction
from jalon.records.models import Evenement, Parcours

pytestmark = pytest.mark.django_db
ACC, TRA = Nature.ACCOMPAGNEMENT, Nature.TRAVAIL_PERSONNEL
SEED_003 = (
    Ligne(Phase.PRELIMINAIRE, ACC, 1, 120),
    Ligne(Phase.INVESTIGATION, ACC, 4, 120),
    Ligne(Phase.INVESTIGATION, TRA, 1, 420),
    Ligne(Phase.CONCLUSIONS, ACC, 3, 120),
    Ligne(Phase.CONCLUSIONS, TRA, 1, 180),
)


@pytest.fixture
def chef():
    return MembreFactory(role="responsable")


def create(chef, now, **changes):
    return create_parcours(
        **{
            "organisme": chef.organisme,
            "intitule": "Bilan de compétences",
            "type_action": TypeAction.BILAN,
            "prix": Decimal("1600"),
            "semaines": 10,
            "lignes": LIGNES_PROPOSEES,
            "by": chef.personne,
            "now": now,
        }
        | changes
    )


def test_twenty_four_hours_are_kept_and_twenty_six_are_refused(chef, now):
    parcours = create(chef, now)
    assert sum(x.nombre * x.minutes for x in parcours.lignes.all()) == 24 * 60
    with pytest.raises(Refused) as refused:
        update_parcours(
            parcours=parcours,
            intitule="Bilan",
            type_action=TypeAction.BILAN,
            prix=None,
            semaines=10,
            lignes=SEED_003,
            by=chef.personne,
            now=now,
        )
    assert "26 h" in str(refused.value)
    kept = Parcours.objects.get()
    assert kept.intitule == "Bilan de compétences"
    assert kept.lignes.count() == len(LIGNES_PROPOSEES)


def test_a_short_parcours_leaves_its_reason_in_the_event(chef, now):
    short = (
        Ligne(Phase.PRELIMINAIRE, ACC, 1, 120),
        Ligne(Phase.INVESTIGATION, ACC, 3, 120),
        Ligne(Phase.CONCLUSIONS, ACC, 2, 120),
    )
    with pytest.raises(Refused):
        create(chef, now, lignes=short)
    create(chef, now, lignes=short, reasons={"moins_de_13h": Motif.RYTHME})
    event = Evenement.objects.get(nom="parcours.cree")
    assert event.faits["motifs"] == {"moins_de_13h": "rythme_adapte"}
    assert event.faits["minutes"] == 12 * 60


def test_outside_the_frame_the_name_of_the_law_is_refused(chef, now):
    with pytest.raises(Refused):
        create(chef, now, type_action=TypeAction.HORS_CADRE)
    made = create(chef, now, type_action=TypeAction.HORS_CADRE, intitule="Bilan professionnel d’orientation")
    assert made.type_action == "hors_cadre"


def test_a_dossier_keeps_the_lines_that_were_agreed(chef, now):
    bilan = BilanFactory(organisme=chef.organisme)
    before = list(bilan.lignes.values_list("nombre", "minutes"))
    common = {"prix": None, "semaines": 8, "by": chef.personne, "now": now, "parcours": bilan.parcours}
    update_parcours(intitule="Autre", type_action=TypeAction.BILAN, lignes=LIGNES_PROPOSEES[:4], **common)
    assert list(bilan.lignes.values_list("nombre", "minutes")) == before
    with pytest.raises(Refused):
        update_parcours(intitule="Autre", type_action=TypeAction.HORS_CADRE, lignes=SEED_003, **common)


def test_a_parcours_leaves_the_offer_and_comes_back(chef, now):
    parcours = create(chef, now)
    offer_parcours(parcours=parcours, actif=False, by=chef.personne, now=now)
    assert not Parcours.objects.get().actif
    offer_parcours(parcours=parcours, actif=True, by=chef.personne, now=now)
    assert Parcours.objects.get().actif


def test_only_the_responsable_makes_the_offer_and_the_places(now):
    assistant = MembreFactory(role="assistant")
    with pytest.raises(PermissionDenied):
        create(assistant, now)
    with pytest.raises(PermissionDenied):
        add_lieu(
            organisme=assistant.organisme,
            nom="Port",
            adresse="3 rue du Port",
            accessibilite="",
            by=assistant.personne,
            now=now,
        )


def test_a_place_needs_a_name_and_an_address_and_can_close(chef, now):
    with pytest.raises(Refused) as refused:
        add_lieu(organisme=chef.organisme, nom=" ", adresse="", accessibilite="", by=chef.personne, now=now)
    assert {o.field for o in refused.value.obstacles} == {"nom", "adresse"}
    lieu = add_lieu(
        organisme=chef.organisme,
        nom="Port",
        adresse="3 rue du Port",
        accessibilite="De plain-pied",
        by=chef.personne,
        now=now,
    )
    closed = update_lieu(
        lieu=lieu,
        nom="Port",
        adresse="3 rue du Port",
        accessibilite="De plain-pied",
        actif=False,
        by=chef.personne,
        now=now,
    )
    assert not closed.actif
