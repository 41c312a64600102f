"""The trade's library and shelf: one's own, then the cabinet's; and the ceiling that a consultant announces."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory, OrganismeFactory
from tests.instruments.test_exercice import FILE

from jalon.access.charge import read_charges
from jalon.access.exercice import exercices_for, get_exercice, list_etagere
from jalon.actions.charge import set_plafond
from jalon.actions.etagere import withdraw_ressource, write_ressource
from jalon.actions.exercice import deposit_exercice, share_exercice, withdraw_exercice
from jalon.domain.obstacle import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    organisme = OrganismeFactory()
    return organisme, [MembreFactory(organisme=organisme).personne for _ in range(2)]


def deposit(organisme, by, now, text=FILE, **more):
    return deposit_exercice(
        organisme=organisme, nom_fichier="x.toml", octets=text.encode(), by=by, now=now, **more
    )


def test_it_is_hers_until_she_shares_it_and_comes_out_as_it_came_in(team, now):
    organisme, (ana, zoe) = team
    row = deposit(organisme, ana, now)
    assert "le_mien" in exercices_for(ana, organisme)
    assert "le_mien" not in exercices_for(zoe, organisme)
    with pytest.raises(Refused, match="déjà pris"):
        deposit(organisme, zoe, now, FILE.replace('version = "1"', 'version = "2"'))
    share_exercice(exercice=row, by=ana, now=now)
    assert get_exercice(zoe, organisme, "le_mien")[1] == FILE.encode()
    withdraw_exercice(exercice=row, by=zoe, now=now)
    assert "le_mien" not in exercices_for(ana, organisme)


def test_neither_a_shipped_code_nor_the_same_version_nor_an_unreadable_file(team, now):
    organisme, (ana, _) = team
    deposit(organisme, ana, now)
    for text, said in (
        (FILE.replace("le_mien", "semaine_ideale"), "fourni"),
        (FILE, "déjà là"),
        (FILE.replace("minutes = 30", "minutes = 0"), "ligne 5"),
    ):
        with pytest.raises(Refused, match=said):
            deposit(organisme, ana, now, text)
    assistant = MembreFactory(organisme=organisme, role="assistant").personne
    with pytest.raises(PermissionDenied):
        deposit(organisme, assistant, now, FILE.replace("le_mien", "autre"))


def test_the_shelf_of_the_trade_is_hers_or_everybodys(team, now):
    organisme, (ana, zoe) = team
    said = {"organisme": organisme, "genre": "site", "adresse": "https://exemple.fr", "pourquoi": "Clair"}
    mine = write_ressource(titre="À moi", partagee=False, by=ana, now=now, **said)
    write_ressource(titre="À tous", partagee=True, by=ana, now=now, **said)
    assert [r.titre for r in list_etagere(ana, organisme)] == ["À moi", "À tous"]
    assert [r.titre for r in list_etagere(zoe, organisme)] == ["À tous"]
    with pytest.raises(Refused):
        withdraw_ressource(ressource=mine, by=zoe, now=now)
    with pytest.raises(Refused, match="titre"):
        write_ressource(titre=" ", partagee=True, by=ana, now=now, **said)
    withdraw_ressource(ressource=mine, by=ana, now=now)
    assert [r.titre for r in list_etagere(ana, organisme)] == ["À tous"]


def test_a_ceiling_is_set_by_herself_or_by_who_directs_and_counts_what_runs(team, now):
    organisme, (ana, zoe) = team
    BilanFactory(organisme=organisme, consultant=ana, en_cours=True)
    BilanFactory(organisme=organisme, consultant=ana)
    set_plafond(organisme=organisme, consultant=ana, plafond=1, by=ana, now=now)
    charge = read_charges(organisme, [ana.pk, zoe.pk])
    assert (charge[ana.pk].en_cours, charge[ana.pk].plafond, charge[ana.pk].depasse) == (2, 1, True)
    assert charge[zoe.pk].plafond is None
    with pytest.raises(PermissionDenied):
        set_plafond(organisme=organisme, consultant=ana, plafond=9, by=zoe, now=now)
    head = MembreFactory(organisme=organisme, role="responsable").personne
    set_plafond(organisme=organisme, consultant=ana, plafond=None, by=head, now=now)
    assert read_charges(organisme, [ana.pk])[ana.pk].plafond is None
    with pytest.raises(Refused, match="entre 1"):
        set_plafond(organisme=organisme, consultant=ana, plafond=0, by=ana, now=now)
