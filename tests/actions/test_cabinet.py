"""A cabinet opens once, by the code of the first start; then each section is held to its rules."""

import hashlib
import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import LieuFactory, MembreFactory, OrganismeFactory, ParcoursFactory

from jalon.access.cabinet import list_etapes, read_vitrine
from jalon.access.exploitation import CODE_OUVERTURE, home
from jalon.actions.cabinet import (
    open_cabinet,
    opening_code_matches,
    opening_code_waits,
    update_cabinet,
)
from jalon.domain.obstacle import Refused
from jalon.records.models import Evenement, Organisme, Personne

pytestmark = pytest.mark.django_db
CODE = "ABCD2345EFGH6789"


@pytest.fixture
def code():
    path = home() / CODE_OUVERTURE
    path.write_text(hashlib.sha256(CODE.encode()).hexdigest() + "\n")
    yield CODE
    path.unlink(missing_ok=True)


def opening(now, **changes):
    return open_cabinet(
        **{
            "code": CODE,
            "nom": "Rive & Sillage",
            "siret": "55210055400013",
            "responsable_prenom": "Zoé",
            "responsable_nom": "Lefèvre",
            "responsable_email": "Zoe@Exemple.fr ",
            "consultant": True,
            "now": now,
        }
        | changes
    )


def test_the_code_opens_the_cabinet_once_then_is_gone(code, now):
    assert opening_code_waits()
    organisme, personne = opening(now)
    assert personne.email == "zoe@exemple.fr"
    assert organisme.siren == "552100554"
    assert set(organisme.membres.values_list("role", flat=True)) == {"responsable", "consultant"}
    assert not opening_code_waits()
    with pytest.raises(Refused) as refused:
        opening(now)
    assert refused.value.obstacles[0].field == "code"
    assert Organisme.objects.count() == 1


def test_the_code_is_read_with_its_dashes_and_in_small_letters(code):
    assert opening_code_matches("abcd-2345-efgh 6789")
    assert not opening_code_matches("ABCD2345EFGH678X")
    assert not opening_code_matches("")


def test_a_wrong_code_opens_nothing_and_a_wrong_number_gives_the_code_back(code, now):
    with pytest.raises(Refused):
        opening(now, code="NOPE")
    with pytest.raises(Refused) as refused:
        opening(now, siret="55210055400014", nom="")
    assert {o.field for o in refused.value.obstacles} == {"siret", "cabinet"}
    assert not Organisme.objects.exists()
    assert not Personne.objects.exists()
    assert opening_code_waits()
    assert opening(now)[0].nom == "Rive & Sillage"


def test_a_second_cabinet_is_refused_even_with_a_code(code, now):
    OrganismeFactory()
    with pytest.raises(Refused) as refused:
        opening(now)
    assert "déjà ouvert" in str(refused.value)


def test_nothing_is_ticked_beforehand(code, now):
    organisme, _ = opening(now, consultant=False)
    assert [m.role for m in organisme.membres.all()] == ["responsable"]


def test_the_certificate_ends_by_itself_and_is_never_typed(now):
    membre = MembreFactory(role="responsable")
    saved = update_cabinet(
        organisme=membre.organisme,
        section="qualite",
        valeurs={
            "qualiopi_numero": "B0001",
            "qualiopi_bilans": True,
            "qualiopi_obtenu_le": date(2024, 2, 29),
        },
        by=membre.personne,
        now=now,
    )
    assert saved.qualiopi_expire_le == date(2027, 2, 27)
    for day in (date(2026, 3, 4), date(2019, 1, 1)):
        with pytest.raises(Refused):
            update_cabinet(
                organisme=saved,
                section="qualite",
                valeurs={"qualiopi_obtenu_le": day},
                by=membre.personne,
                now=now,
            )


def test_a_sender_that_says_bilan_is_refused_and_the_territory_gives_the_zone(now):
    membre = MembreFactory(role="responsable")
    with pytest.raises(Refused):
        update_cabinet(
            organisme=membre.organisme,
            section="cadre",
            valeurs={"nom_neutre": "Mon bilan"},
            by=membre.personne,
            now=now,
        )
    saved = update_cabinet(
        organisme=membre.organisme,
        section="cadre",
        valeurs={"nom_neutre": "Zoé Lefèvre", "territoire": "reunion"},
        by=membre.personne,
        now=now,
    )
    assert saved.fuseau == "Indian/Reunion"


def test_the_event_names_the_fields_and_holds_no_value(now):
    membre = MembreFactory(role="responsable")
    update_cabinet(
        organisme=membre.organisme,
        section="identite",
        valeurs={"ville": "Quimper", "telephone": "02 98 00 00 00"},
        by=membre.personne,
        now=now,
    )
    event = Evenement.objects.get(chaine=membre.organisme.pk)
    assert event.faits == {"section": "identite", "champs": ["telephone", "ville"]}
    assert "Quimper" not in json.dumps(event.faits)


@pytest.mark.parametrize("role", ["assistant", "consultant"])
def test_only_the_responsable_changes_the_settings(role, now):
    membre = MembreFactory(role=role)
    with pytest.raises(PermissionDenied):
        update_cabinet(
            organisme=membre.organisme, section="identite", valeurs={}, by=membre.personne, now=now
        )


def test_a_field_of_another_section_is_not_written(now):
    membre = MembreFactory(role="responsable")
    with pytest.raises(ValueError):
        update_cabinet(
            organisme=membre.organisme,
            section="declaration",
            valeurs={"siret": "73282932000074"},
            by=membre.personne,
            now=now,
        )


def test_a_step_is_done_once_it_is_filled_or_saved_as_it_is(now):
    membre = MembreFactory(role="responsable")
    undone = {e.code for e in list_etapes(membre.organisme) if not e.faite}
    assert {"lieux", "equipe", "cadre", "offre"} <= undone
    LieuFactory(organisme=membre.organisme)
    ParcoursFactory(organisme=membre.organisme)
    update_cabinet(organisme=membre.organisme, section="cadre", valeurs={}, by=membre.personne, now=now)
    undone = {e.code for e in list_etapes(membre.organisme) if not e.faite}
    assert undone == {"equipe", "referents"}


def test_the_public_page_is_complete_or_says_what_is_missing(now):
    parcours = ParcoursFactory()
    organisme = parcours.organisme
    shown = read_vitrine(organisme, now)
    assert not shown.publiable
    assert {o.code for o in shown.manques} == {"contact", "lieu", "equipe", "handicap", "mediateur"}
    LieuFactory(organisme=organisme)
    MembreFactory(organisme=organisme)
    organisme.telephone, organisme.referent_handicap, organisme.mediateur = (
        "02 40 00 00 00",
        "Ana",
        "Médiation",
    )
    organisme.save()
    shown = read_vitrine(organisme, now)
    assert shown.publiable
    assert shown.mention.endswith("ne vaut pas agrément de l'Etat.")
