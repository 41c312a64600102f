"""Work between séances: asked, done at her pace, handed in, read; its hours apart; all of it dies with the content."""

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory
from tests.fouille import leftovers

from jalon.access.bilan import read_situation
from jalon.access.pieces import read_pieces
from jalon.access.tache import get_tache, list_taches
from jalon.actions import tache as act
from jalon.actions.destruction import destroy_documents
from jalon.actions.echeance import run_due
from jalon.actions.emport import take_away
from jalon.actions.piece import Conflit
from jalon.actions.terme import abandon_bilan
from jalon.domain.obstacle import Refused
from jalon.records.models import Echeance, Envoi, Evenement, Seance, Tache
from jalon.vault.pieces.tache import EtapeExercice, ExerciceDonne, Lien, Rendu
from jalon.vault.pieces.tache import Tache as Demande

pytestmark = pytest.mark.django_db
MARK = "XMARKERX"
EXERCICE = ExerciceDonne(
    code="essai",
    version="1",
    titre="Trois réussites",
    but="Voir",
    etapes=(EtapeExercice("e1", "Racontez", "texte"), EtapeExercice("e2", "Jour", "tableau", ("Lundi",))),
)


@pytest.fixture
def bilan():
    return BilanFactory(en_investigation=True)


def give(bilan, now, **more):
    said = {"minutes_prevues": 60, "pour_le": date(2026, 3, 10), "by": bilan.consultant, **more}
    demande = said.pop("demande", Demande(f"Raconter {MARK}", f"Dites {MARK}", exercice=EXERCICE))
    return act.give_tache(bilan=bilan, demande=demande, now=now, **said)


def names(bilan):
    return list(Evenement.objects.filter(chaine=bilan.pk).values_list("nom", flat=True))


def test_what_is_asked_is_read_by_the_two_and_nobody_else_and_she_is_told_without_a_word_of_it(bilan, now):
    tache = give(bilan, now, demande=Demande("Titre", "Consigne", (Lien("Un guide", "https://exemple.fr"),)))
    for reader in (bilan.consultant, bilan.beneficiaire):
        assert [x.contenu.titre for x in list_taches(reader, bilan, now=now)] == ["Titre"]
    stranger = MembreFactory(organisme=bilan.organisme, role="responsable").personne
    with pytest.raises(PermissionDenied):
        list_taches(stranger, bilan, now=now)
    with pytest.raises(PermissionDenied):
        act.give_tache(bilan=bilan, demande=Demande("x"), by=stranger, now=now)
    assert Envoi.objects.filter(personne=bilan.beneficiaire, genre="dossier_a_lire").count() == 1
    assert "tache.donnee" in names(bilan)
    assert Tache.objects.get().pk == tache.pk


def test_nothing_is_asked_without_a_title_or_for_a_time_that_nobody_has(bilan, now):
    for wrong in ({"demande": Demande(" ")}, {"minutes_prevues": 5_000}):
        with pytest.raises(Refused):
            give(bilan, now, **wrong)
    assert Tache.objects.count() == 0


def test_she_may_give_work_to_herself_and_nobody_is_written_to(bilan, now):
    tache = give(bilan, now, by=bilan.beneficiaire)
    assert Envoi.objects.count() == 0
    with pytest.raises(Refused, match="l’autre"):
        act.withdraw_tache(tache=tache, by=bilan.consultant, now=now)
    act.withdraw_tache(tache=tache, by=bilan.beneficiaire, now=now)
    assert leftovers(MARK) == []


def test_what_she_writes_stays_hers_until_she_hands_it_in(bilan, now):
    tache = give(bilan, now)
    rendu = Rendu(texte="Mes mots", reponses={"e1": "Le salon"}, effort=4)
    act.write_rendu(tache=tache, rendu=rendu, by=bilan.beneficiaire, now=now, base_revision=0)
    assert get_tache(bilan.consultant, bilan, tache.pk, now=now).rendu is None
    assert get_tache(bilan.beneficiaire, bilan, tache.pk, now=now).rendu.contenu == rendu
    assert read_pieces(bilan.consultant, bilan, ["rendu"], now=now) == []
    with pytest.raises(Refused, match="pas encore rendu"):
        act.review_tache(tache=tache, by=bilan.consultant, now=now)
    act.write_rendu(tache=tache, rendu=rendu, by=bilan.beneficiaire, now=now, rendre=True)
    seen = get_tache(bilan.consultant, bilan, tache.pk, now=now)
    assert seen.rendu.contenu.reponses == {"e1": "Le salon"}
    assert seen.etat == "rendue"
    act.review_tache(tache=tache, by=bilan.consultant, now=now)
    assert get_tache(bilan.beneficiaire, bilan, tache.pk, now=now).etat == "relue"
    with pytest.raises(PermissionDenied):
        act.write_rendu(tache=tache, rendu=rendu, by=bilan.consultant, now=now)


def test_changed_after_it_was_read_it_waits_again_and_saved_the_same_it_does_not(bilan, now):
    tache = give(bilan, now)
    one = Rendu(texte="Un")
    act.write_rendu(tache=tache, rendu=one, by=bilan.beneficiaire, now=now, rendre=True)
    act.review_tache(tache=tache, by=bilan.consultant, now=now)
    act.write_rendu(tache=tache, rendu=one, by=bilan.beneficiaire, now=now, rendre=True)
    assert get_tache(bilan.consultant, bilan, tache.pk, now=now).etat == "relue"
    act.write_rendu(tache=tache, rendu=Rendu(texte="Deux"), by=bilan.beneficiaire, now=now)
    assert get_tache(bilan.consultant, bilan, tache.pk, now=now).etat == "rendue"


def test_an_empty_sheet_is_not_handed_in_and_two_texts_are_both_shown(bilan, now):
    tache = give(bilan, now)
    with pytest.raises(Refused, match="rien à rendre"):
        act.write_rendu(tache=tache, rendu=Rendu(), by=bilan.beneficiaire, now=now, rendre=True)
    said = {"tache": tache, "by": bilan.beneficiaire, "now": now, "base_revision": 0}
    act.write_rendu(rendu=Rendu(texte="Au téléphone"), **said)
    with pytest.raises(Conflit) as conflit:
        act.write_rendu(rendu=Rendu(texte="À l’ordinateur"), **said)
    assert conflit.value.actuel.contenu.texte == "Au téléphone"


def test_the_instruction_moves_until_it_is_done_on_it(bilan, now):
    tache = give(bilan, now)
    said = {"minutes_prevues": 90, "pour_le": None, "by": bilan.consultant, "now": now}
    act.rewrite_tache(tache=tache, demande=Demande("Autre"), base_revision=1, **said)
    assert get_tache(bilan.beneficiaire, bilan, tache.pk, now=now).contenu.titre == "Autre"
    act.write_rendu(tache=tache, rendu=Rendu(texte="Fait"), by=bilan.beneficiaire, now=now, rendre=True)
    with pytest.raises(Refused, match="rendu"):
        act.rewrite_tache(tache=tache, demande=Demande("Trop tard"), base_revision=2, **said)


def test_her_time_is_in_the_ledger_of_personal_hours_and_never_among_the_accompanied(bilan, now):
    tache = give(bilan, now)
    before = read_situation(bilan, now=now).faites
    act.spend_time(
        tache=tache,
        debut=now - timedelta(hours=3),
        fin=now - timedelta(hours=1, minutes=30),
        by=bilan.beneficiaire,
        now=now,
    )
    assert get_tache(bilan.consultant, bilan, tache.pk, now=now).minutes == 90
    after = read_situation(bilan, now=now).faites
    assert after.travail_personnel - before.travail_personnel == 90
    assert after.accompagnement == before.accompagnement
    with pytest.raises(Refused):
        act.spend_time(tache=tache, debut=now, fin=now + timedelta(hours=1), by=bilan.beneficiaire, now=now)


def test_the_reminder_goes_the_day_before_only_if_she_wished_it_and_not_once_it_is_done(bilan, now):
    tache, other = give(bilan, now), give(bilan, now, demande=Demande("Autre"))
    Envoi.objects.all().delete()
    for one in (tache, other):
        act.choose_reminder(tache=one, voulu=True, by=bilan.beneficiaire, now=now)
    act.write_rendu(tache=other, rendu=Rendu(texte="Fait"), by=bilan.beneficiaire, now=now, rendre=True)
    Envoi.objects.all().delete()
    assert Echeance.objects.filter(nom="tache_rappel", annulee_le=None).count() == 1
    run_due(now + timedelta(days=6, hours=1))
    assert [e.personne for e in Envoi.objects.filter(genre="dossier_a_lire")] == [bilan.beneficiaire]
    undated = give(bilan, now, pour_le=None)
    with pytest.raises(Refused, match="date"):
        act.choose_reminder(tache=undated, voulu=True, by=bilan.beneficiaire, now=now)


def test_it_travels_with_her_and_dies_with_the_content_but_the_signed_hours_stay(bilan, now):
    tache = give(bilan, now)
    act.join_fichier(tache=tache, nom=f"{MARK}.txt", data=MARK.encode(), by=bilan.beneficiaire, now=now)
    files = get_tache(bilan.beneficiaire, bilan, tache.pk, now=now).rendu.contenu.fichiers
    rendu = Rendu(reponses={"e1": f"Réponse {MARK}", "e2.0": "Au marché"}, note=MARK, fichiers=files)
    act.write_rendu(tache=tache, rendu=rendu, by=bilan.beneficiaire, now=now, rendre=True)
    act.spend_time(
        tache=tache,
        debut=now - timedelta(hours=2),
        fin=now - timedelta(hours=1),
        by=bilan.beneficiaire,
        now=now,
    )
    made = take_away(bilan=bilan, by=bilan.beneficiaire, now=now)
    with zipfile.ZipFile(BytesIO(made.octets)) as archive:
        book = archive.read("mon-dossier.html").decode()
        assert archive.read("donnees.json").decode().count("Au marché") == 1
    assert f"Raconter {MARK}" in book
    assert f"Réponse {MARK}" in book
    assert leftovers(MARK) == []
    abandon_bilan(bilan=bilan, by=bilan.beneficiaire, now=now)
    bilan.refresh_from_db()
    if bilan.contenu_detruit_le is None:
        destroy_documents(bilan=bilan, by=bilan.consultant, now=now + timedelta(days=1))
    assert Tache.objects.count() == 0
    kept = Seance.objects.get(bilan=bilan, nature="travail_personnel")
    assert kept.tache_id is None
    assert kept.emargements.count() == 1
