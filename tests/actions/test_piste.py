"""Tracks of occupations: kept with their reasons, dropped with one, made into a project; and what is missing for them."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from tests.actions.portefeuille import competence, experience
from tests.factories import BilanFactory, MembreFactory
from tests.fouille import leftovers

from jalon.access.metiers import referentiel
from jalon.access.pieces import open_for_action, read_piece
from jalon.access.portefeuille import profil_of, read_portefeuille
from jalon.actions import piste as acts
from jalon.actions.ecrit import write_ecrit
from jalon.domain.obstacle import Refused
from jalon.domain.piste import GARDEES_MAX
from jalon.records.models import Evenement, Piece
from jalon.vault.pieces import LigneEcart

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_investigation=True)


def pin(bilan, code, now, by=None):
    return acts.pin_piste(bilan=bilan, code=code, by=by or bilan.beneficiaire, now=now)


def opened(piece):
    return open_for_action(Piece.objects.get(pk=piece.pk))


def test_a_kept_track_says_why_as_it_was_shown_with_its_version(bilan, now):
    experience(bilan, now, "Vendeuse", code="D1106")
    piste = opened(pin(bilan, "D1505", now))
    index = referentiel()
    assert (piste.metier.code, piste.metier.libelle) == ("D1505", index.fiche("D1505").libelle)
    assert (piste.metier.version, piste.metier.titre) == (index.version, index.titre)
    assert piste.officielle
    assert "Mobilité officielle" in piste.voies[0]
    assert "Encaisser et vérifier sa caisse" in piste.communs
    assert piste.manquants
    assert Evenement.objects.filter(chaine=bilan.pk, nom="piste.gardee").count() == 1
    # Neither the code nor the words stand anywhere in clear.
    assert leftovers("Hôte / Hôtesse de caisse") in ([], ["metiers/rome-depart-1.1.sqlite3"])


def test_what_is_dropped_says_why_and_comes_back_with_its_story(bilan, now):
    with pytest.raises(Refused, match="pourquoi"):
        acts.drop_piste(bilan=bilan, code="D1505", raison="  ", by=bilan.beneficiaire, now=now)
    assert not Piece.objects.filter(bilan=bilan, nature="piste").exists()
    first = pin(bilan, "D1505", now)
    acts.drop_piste(bilan=bilan, code="D1505", raison="Debout toute la journée", by=bilan.consultant, now=now)
    dropped = opened(first)
    assert (dropped.etat, dropped.raison) == ("ecartee", "Debout toute la journée")
    again = pin(bilan, "D1505", now)
    assert again.pk == first.pk
    assert opened(again).etat == "gardee"
    assert opened(again).raison == "Debout toute la journée"


def test_no_more_than_a_short_list_is_kept_at_once(bilan, now):
    codes = referentiel().codes[: GARDEES_MAX + 1]
    for code in codes[:-1]:
        pin(bilan, code, now)
    with pytest.raises(Refused, match="Écartez-en une"):
        pin(bilan, codes[-1], now)
    acts.drop_piste(bilan=bilan, code=codes[0], raison="Trop loin", by=bilan.beneficiaire, now=now)
    assert pin(bilan, codes[-1], now)


def test_a_code_that_does_not_exist_is_refused_with_the_nearest(bilan, now):
    with pytest.raises(Refused, match="D1106"):
        pin(bilan, "D1107", now)


def test_a_chosen_track_becomes_a_project_and_its_trainings_go_there(bilan, now):
    experience(bilan, now, "Vendeuse", code="D1106")
    reference = pin(bilan, "D1505", now).reference
    acts.choose_piste(bilan=bilan, reference=reference, nature="principal", by=bilan.beneficiaire, now=now)
    acts.choose_piste(bilan=bilan, reference=reference, nature="principal", by=bilan.beneficiaire, now=now)
    projet = read_piece(
        bilan.beneficiaire, bilan, "projet", Piece.objects.get(nature="projet").reference, now=now
    )
    assert projet.contenu.intitule == "Hôte / Hôtesse de caisse"
    assert "Encaisser" in projet.contenu.atouts
    lines = [
        LigneEcart("1", "Tenir une caisse centrale", True, "formation", "", "", "Module du CFA"),
        LigneEcart("2", "Gérer un conflit", False, "terrain", "", "", "Avec Paul"),
        LigneEcart("3", "Compter", False, "vae", "RNCP34", "Titre d’employé", ""),
    ]
    acts.write_ecart(bilan=bilan, reference=reference, lignes=lines, by=bilan.consultant, now=now)
    fed = opened(Piece.objects.get(nature="projet"))
    assert fed.formation.splitlines() == [
        "Module du CFA\u00a0: Tenir une caisse centrale",
        "RNCP34 – Titre d’employé, par la VAE\u00a0: Compter",
    ]
    # What she adds to it stays, and nothing is written twice.
    write_ecrit(
        bilan=bilan,
        contenu=replace(fed, formation=fed.formation + "\nDemander à Léa"),
        by=bilan.beneficiaire,
        now=now,
        reference=projet.piece.reference,
    )
    acts.write_ecart(bilan=bilan, reference=reference, lignes=lines[:1], by=bilan.consultant, now=now)
    kept = opened(Piece.objects.get(nature="projet")).formation
    assert kept.count("Module du CFA") == 1
    assert "Demander à Léa" in kept


def test_refused_skills_are_supposed_no_more_and_change_the_list(bilan, now):
    experience(bilan, now, "Vendeuse", code="D1106")
    index = referentiel()

    def shared(refused):
        profil = profil_of(read_portefeuille(bilan.beneficiaire, bilan, now=now), index)
        assert profil.sauf == frozenset(refused)
        found = index.match(metiers=profil.metiers, competences=profil.competences, sauf=profil.sauf, k=5)
        return {c.competence.code_ogr for one in found for c in one.communs}

    assert "depart-encaisser" in shared(())
    piece = Piece.objects.get(nature="experience")
    write_ecrit(
        bilan=bilan,
        contenu=replace(opened(piece), refusees=("depart-encaisser",)),
        by=bilan.beneficiaire,
        now=now,
        reference=piece.reference,
    )
    assert "depart-encaisser" not in shared(["depart-encaisser"])
    # Said elsewhere in her own competences, it is hers again.
    competence(bilan, now, "Tenir la caisse", ogr="depart-encaisser")
    profil = profil_of(read_portefeuille(bilan.beneficiaire, bilan, now=now), index)
    assert profil.sauf == frozenset()
    assert profil.competences == ("depart-encaisser",)


def test_what_comes_from_another_version_is_told_and_left_out(bilan, now):
    experience(
        bilan, now, "Ingénieure", code="M1819", libelle="Ingénieur sécurité informatique", version="60"
    )
    experience(bilan, now, "Vendeuse", code="D1106", libelle="Tout autre chose", version="60")
    competence(bilan, now, "Coder", ogr="123456")
    profil = profil_of(read_portefeuille(bilan.consultant, bilan, now=now), referentiel())
    assert profil.metiers == ()
    assert profil.competences == ()
    told = " ".join(profil.avis)
    assert "M1819" in told
    assert "désignait" in told
    assert "vient d’une autre version" in told


def test_only_the_two_write_and_only_the_person_erases(bilan, now):
    for role in ("responsable", "assistant", "consultant"):
        stranger = MembreFactory(organisme=bilan.organisme, role=role).personne
        with pytest.raises(PermissionDenied):
            pin(bilan, "D1505", now, by=stranger)
    reference = pin(bilan, "D1505", now).reference
    with pytest.raises(PermissionDenied):
        acts.erase_piste(bilan=bilan, reference=reference, by=bilan.consultant, now=now)
    acts.write_ecart(
        bilan=bilan, reference=reference, lignes=[LigneEcart("1", "X")], by=bilan.consultant, now=now
    )
    acts.erase_piste(bilan=bilan, reference=reference, by=bilan.beneficiaire, now=now)
    assert not Piece.objects.filter(bilan=bilan, nature__in=["piste", "ecart"]).exists()


def test_after_the_end_nothing_is_kept_any_more(bilan, now):
    type(bilan).objects.filter(pk=bilan.pk).update(
        etat="termine", preliminaire_le=now, investigation_le=now, conclusions_le=now, termine_le=now
    )
    with pytest.raises(Refused, match="terminé"):
        pin(bilan, "D1505", now)
