"""The administrative dossier after its opening. Whoever administers never gives herself the content."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, LieuFactory, MembreFactory, ParcoursFactory, SeanceFactory

from jalon.access.pieces import list_pieces
from jalon.actions.dossier import (
    change_consultant,
    choose_lieu,
    name_substitut,
    update_beneficiaire,
    update_cadre,
)
from jalon.actions.piece import write_piece
from jalon.domain.obstacle import Refused
from jalon.records.models import Bilan, Envoi, Personne
from jalon.vault.pieces.note import NoteConsultant

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_cours=True)


@pytest.fixture
def accueil(bilan):
    return MembreFactory(organisme=bilan.organisme, role="assistant").personne


@pytest.fixture
def idris(bilan):
    """Another consultant of the cabinet."""
    return MembreFactory(organisme=bilan.organisme).personne


def test_a_new_consultant_takes_the_coming_seances_and_not_the_notes(bilan, accueil, idris, now):
    former = bilan.consultant
    write_piece(bilan, NoteConsultant(titre="", texte="À moi"), by=former, now=now, reference="n1")
    past = SeanceFactory(bilan=bilan, debut=now - timedelta(days=1))
    coming = SeanceFactory(bilan=bilan, debut=now + timedelta(days=1))
    assert list_pieces(former, bilan, ["note"])
    changed = change_consultant(bilan=bilan, consultant=idris, by=accueil, now=now)
    assert changed.consultant == idris
    assert not list_pieces(idris, changed, ["note"])
    coming.refresh_from_db()
    past.refresh_from_db()
    assert (coming.consultant, past.consultant) == (idris, former)
    assert Envoi.objects.get().personne == bilan.beneficiaire


def test_nobody_gives_herself_a_dossier_that_has_begun(bilan, accueil, idris, now):
    chef = MembreFactory(organisme=bilan.organisme, role="responsable").personne
    MembreFactory(organisme=bilan.organisme, personne=chef, role="consultant")
    for act in (
        lambda: change_consultant(bilan=bilan, consultant=chef, by=chef, now=now),
        lambda: name_substitut(bilan=bilan, substitut=chef, by=chef, now=now),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.obstacles[0].code == "soi_meme"
    assert change_consultant(bilan=bilan, consultant=chef, by=accueil, now=now).consultant == chef


def test_before_it_begins_there_is_nothing_to_read(now):
    bilan = BilanFactory()
    chef = MembreFactory(organisme=bilan.organisme, role="responsable").personne
    MembreFactory(organisme=bilan.organisme, personne=chef, role="consultant")
    assert change_consultant(bilan=bilan, consultant=chef, by=chef, now=now).consultant == chef


def test_only_a_consultant_of_the_cabinet_can_accompany(bilan, accueil, now):
    for wrong in (accueil, MembreFactory().personne, bilan.consultant):
        with pytest.raises(Refused):
            change_consultant(bilan=bilan, consultant=wrong, by=accueil, now=now)
    with pytest.raises(Refused):
        name_substitut(bilan=bilan, substitut=bilan.consultant, by=accueil, now=now)


def test_a_substitute_is_named_and_withdrawn(bilan, accueil, idris, now):
    assert name_substitut(bilan=bilan, substitut=idris, by=accueil, now=now).substitut == idris
    assert name_substitut(bilan=bilan, substitut=None, by=accueil, now=now).substitut is None


def test_the_beneficiary_and_a_stranger_administer_nothing(bilan, idris, now):
    for by in (bilan.beneficiaire, idris, MembreFactory(role="responsable").personne):
        with pytest.raises(PermissionDenied):
            change_consultant(bilan=bilan, consultant=idris, by=by, now=now)
        with pytest.raises(PermissionDenied):
            choose_lieu(bilan=bilan, lieu=None, by=by, now=now)


def rename(bilan, by, now, **changes):
    update_beneficiaire(
        **{
            "bilan": bilan,
            "prenom": "Maëlle",
            "nom": "Le Gall",
            "telephone": "",
            "email": bilan.beneficiaire.email or "",
            "by": by,
            "now": now,
        }
        | changes
    )


def test_a_name_can_be_corrected_and_an_address_only_while_nothing_can_be_read(bilan, accueil, now):
    rename(bilan, accueil, now)
    assert Personne.objects.get(pk=bilan.beneficiaire_id).nom_complet == "Maëlle Le Gall"
    with pytest.raises(Refused) as refused:
        rename(bilan, accueil, now, email="a-moi@exemple.fr")
    assert refused.value.obstacles[0].code == "adresse_ouverte"
    fresh = BilanFactory(organisme=bilan.organisme)
    rename(fresh, accueil, now, email="vraie@exemple.fr")
    assert Personne.objects.get(pk=fresh.beneficiaire_id).email == "vraie@exemple.fr"


def test_who_pays_changes_only_before_the_start(bilan, accueil, now):
    fresh = BilanFactory(organisme=bilan.organisme)
    other = ParcoursFactory(organisme=bilan.organisme)
    common = {"by": accueil, "now": now, "employeur_siren": ""}
    with pytest.raises(Refused):
        update_cadre(bilan=bilan, parcours=other, financement="personnel", employeur_nom="", **common)
    with pytest.raises(Refused):
        update_cadre(bilan=fresh, parcours=other, financement="plan", employeur_nom="", **common)
    with pytest.raises(Refused):
        update_cadre(
            bilan=fresh, parcours=ParcoursFactory(), financement="personnel", employeur_nom="", **common
        )
    update_cadre(bilan=fresh, parcours=other, financement="plan", employeur_nom="Dupont", **common)
    kept = Bilan.objects.get(pk=fresh.pk)
    assert (kept.parcours, kept.financement, kept.employeur_nom) == (other, "plan", "Dupont")
    assert kept.lignes.count() == other.lignes.count()


def test_the_usual_place_is_one_of_ours(bilan, accueil, now):
    ours = LieuFactory(organisme=bilan.organisme)
    assert choose_lieu(bilan=bilan, lieu=ours, by=accueil, now=now).lieu == ours
    for wrong in (LieuFactory(), LieuFactory(organisme=bilan.organisme, actif=False)):
        with pytest.raises(Refused):
            choose_lieu(bilan=bilan, lieu=wrong, by=accueil, now=now)
    assert choose_lieu(bilan=bilan, lieu=None, by=accueil, now=now).lieu is None


def test_a_closed_dossier_does_not_change(accueil, bilan, idris, now):
    closed = BilanFactory(organisme=bilan.organisme, etat="non_conclu", preliminaire_le=None)
    with pytest.raises(Refused):
        change_consultant(bilan=closed, consultant=idris, by=accueil, now=now)
