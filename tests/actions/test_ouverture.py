"""Opening a dossier: who pays decides who may know; keys before the row; the contact ends there."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import (
    BilanFactory,
    LieuFactory,
    MembreFactory,
    OrganismeFactory,
    ParcoursFactory,
    PersonneFactory,
)

from jalon.access.coffre import coffre
from jalon.actions import ouverture
from jalon.actions.contact import receive_contact
from jalon.actions.ouverture import next_numero, open_bilan
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Refused
from jalon.records.models import Bilan, Contact, Envoi, Evenement, Invitation, Personne, Piece
from jalon.vault import contact_key, tiroir_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return MembreFactory(role="consultant")


@pytest.fixture
def accueil(ana):
    """The assistant of the same cabinet."""
    return MembreFactory(organisme=ana.organisme, role="assistant")


def opened(ana, by, now, **changes):
    return open_bilan(
        **{
            "organisme": ana.organisme,
            "parcours": changes.pop("parcours", None) or ParcoursFactory(organisme=ana.organisme),
            "consultant": ana.personne,
            "financement": "cpf_hors_temps",
            "prenom": "Maëlle",
            "nom": "Le Gall",
            "email": "maelle@gmail.com",
            "by": by.personne,
            "now": now,
        }
        | changes
    )


def codes(refused):
    return {o.code for o in refused.value.obstacles}


def test_a_dossier_has_its_keys_its_lines_its_number_and_its_invitation(ana, accueil, now):
    lieu = LieuFactory(organisme=ana.organisme)
    bilan = opened(ana, accueil, now, lieu=lieu, telephone="06 00 00 00 00")
    assert bilan.numero == "2026-0001"
    assert bilan.lieu == lieu
    assert bilan.etat == "preparation"
    assert [x.minutes for x in bilan.lignes.all()] == [x.minutes for x in bilan.parcours.lignes.all()]
    for tiroir in ("travail", "synthese", "consultant", "carnet"):
        assert coffre().has_key(tiroir_key(bilan.pk, tiroir))
    assert not coffre().has_key(tiroir_key(bilan.pk, "entretien_suivi"))
    assert Invitation.objects.get().personne == bilan.beneficiaire
    assert Envoi.objects.get().genre == "invitation"
    names = [e.nom for e in Evenement.objects.filter(chaine=bilan.pk).order_by("numero")]
    assert names == ["bilan.ouvert", "invitation.envoyee"]
    assert opened(ana, accueil, now, email="autre@gmail.com").numero == "2026-0002"


def test_after_9999_comes_10000(ana, now):
    BilanFactory(organisme=ana.organisme, numero="2026-9999")
    assert next_numero(ana.organisme, 2026) == "2026-10000"
    BilanFactory(organisme=ana.organisme, numero="2026-10000")
    assert next_numero(ana.organisme, 2026) == "2026-10001"
    assert next_numero(ana.organisme, 2027) == "2027-0001"


def test_without_address_nothing_is_sent(ana, accueil, now):
    bilan = opened(ana, accueil, now, email="")
    assert bilan.beneficiaire.email is None
    assert not Envoi.objects.exists()


def test_an_employer_has_no_place_in_a_route_that_keeps_it_out(ana, accueil, now):
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now, employeur_nom="Dupont SA")
    assert codes(refused) == {"employeur_non_informe"}
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now, employeur_siren="732829320")
    assert codes(refused) == {"employeur_non_informe"}
    assert not Bilan.objects.exists()
    assert not Personne.objects.filter(prenom="Maëlle", nom="Le Gall").exists()


def test_a_convention_between_three_names_an_employer_that_is_not_us(ana, accueil, now):
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now, financement="plan")
    assert codes(refused) == {"employeur_absent"}
    with pytest.raises(Refused) as refused:
        opened(
            ana,
            accueil,
            now,
            financement="plan",
            employeur_nom="Nous",
            employeur_siren=ana.organisme.siren,
        )
    assert codes(refused) == {"employeur_prestataire"}
    assert "R. 6313-5" in refused.value.obstacles[0].source
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now, financement="plan", employeur_nom="D", employeur_siren="732829321")
    assert codes(refused) == {"employeur_siren_cle"}
    bilan = opened(
        ana, accueil, now, financement="plan", employeur_nom="Dupont SA", employeur_siren="732 829 320"
    )
    assert bilan.employeur_siren == "732829320"


def test_public_money_needs_a_certificate_that_holds_today(accueil, now):
    bare = OrganismeFactory(qualiopi_bilans=False)
    ana = MembreFactory(organisme=bare)
    by = MembreFactory(organisme=bare, role="responsable")
    for route in ("cpf_hors_temps", "opco", "france_travail"):
        with pytest.raises(Refused) as refused:
            opened(ana, by, now, financement=route)
        assert "certification" in codes(refused)
    assert opened(ana, by, now, financement="personnel").financement == "personnel"


def test_outside_the_frame_only_the_person_pays(ana, accueil, now):
    orientation = ParcoursFactory(
        organisme=ana.organisme, type_action="hors_cadre", intitule="Bilan professionnel d’orientation"
    )
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now, parcours=orientation)
    assert "hors_cadre" in codes(refused)
    bilan = opened(ana, accueil, now, parcours=orientation, financement="personnel")
    assert bilan.type_action == "hors_cadre"


def test_a_parcours_above_the_limit_opens_nothing(ana, accueil, now):
    long = ParcoursFactory(
        organisme=ana.organisme,
        lignes=[
            ("preliminaire", "accompagnement", 1, 120),
            ("investigation", "accompagnement", 9, 120),
            ("conclusions", "accompagnement", 3, 120),
        ],
    )
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now, parcours=long)
    assert codes(refused) == {"plus_de_24h"}


def test_an_address_of_the_employer_passes_only_with_a_reason(ana, accueil, now):
    wanted = {
        "financement": "plan",
        "employeur_nom": "Dupont SA",
        "email": "maelle@dupont.fr",
    }
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now, **wanted)
    assert codes(refused) == {"adresse_employeur"}
    bilan = opened(ana, accueil, now, **wanted, reasons={"adresse_employeur": Motif.CHOIX})
    event = Evenement.objects.get(chaine=bilan.pk, nom="bilan.ouvert")
    assert event.faits["motifs"] == {"adresse_employeur": "choix_de_la_personne"}


def test_our_own_staff_and_a_second_running_dossier_are_refused(ana, accueil, now):
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now, email=accueil.personne.email)
    assert codes(refused) == {"salarie_du_cabinet"}
    opened(ana, accueil, now)
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now)
    assert codes(refused) == {"dossier_en_cours"}


def test_who_comes_back_years_later_keeps_one_space(ana, accueil, now):
    former = BilanFactory(organisme=ana.organisme, etat="non_conclu", preliminaire_le=None)
    former.beneficiaire.last_login = now
    former.beneficiaire.save()
    bilan = opened(ana, accueil, now, email=former.beneficiaire.email, prenom="Autre")
    assert bilan.beneficiaire == former.beneficiaire
    assert not Invitation.objects.exists()
    assert Personne.objects.get(pk=former.beneficiaire_id).prenom != "Autre"


def test_everything_named_belongs_to_the_cabinet(ana, accueil, now):
    with pytest.raises(Refused) as refused:
        opened(
            ana,
            accueil,
            now,
            parcours=ParcoursFactory(),
            consultant=MembreFactory().personne,
            lieu=LieuFactory(),
        )
    assert codes(refused) == {"parcours", "consultant", "lieu"}


def test_a_consultant_opens_her_own_dossiers_and_a_stranger_none(ana, now):
    colleague = MembreFactory(organisme=ana.organisme)
    assert opened(ana, ana, now).consultant == ana.personne
    with pytest.raises(Refused) as refused:
        opened(ana, colleague, now, email="x@gmail.com")
    assert codes(refused) == {"consultant_autre"}
    with pytest.raises(PermissionDenied):
        opened(ana, MembreFactory(role="responsable"), now)


def test_the_contact_ends_in_its_dossier_without_a_name_nor_a_word(ana, accueil, now):
    contact = receive_contact(
        organisme=ana.organisme, prenom="Maëlle", email="maelle@gmail.com", propos="XMARKERX", now=now
    )
    opened(ana, accueil, now + timedelta(hours=1), contact=contact)
    left = Contact.objects.get()
    assert (left.issue, left.prenom, left.email) == ("suite", "", "")
    assert not Piece.objects.exists()
    assert not coffre().has_key(contact_key(contact.pk))
    with pytest.raises(Refused) as refused:
        opened(ana, accueil, now, contact=contact, email="b@gmail.com")
    assert codes(refused) == {"suite"}
    assert Bilan.objects.count() == 1


def test_an_opening_that_fails_leaves_no_key_behind(ana, accueil, now, monkeypatch):
    before = coffre().key_ids()

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(ouverture, "copy_lignes", fails)
    with pytest.raises(RuntimeError):
        opened(ana, accueil, now)
    assert coffre().key_ids() == before
    assert not Bilan.objects.exists()
    assert not PersonneFactory._meta.model.objects.filter(prenom="Maëlle", nom="Le Gall").exists()
