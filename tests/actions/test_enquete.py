"""An inquiry on one sheet: its reminder, its third persons, what it tells; a trial that is evidence; leads and a comparison."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory
from tests.fouille import leftovers

from jalon.access.projet import read_projets
from jalon.actions.echeance import run_due
from jalon.actions.ecrit import erase_ecrit, write_ecrit
from jalon.actions.enquete import write_enquete, write_essai
from jalon.actions.projet import write_comparaison, write_formation
from jalon.domain.obstacle import Refused
from jalon.records.models import Echeance, Envoi, Piece, Revision
from jalon.vault.pieces import (
    Comparaison,
    ContactEnquete,
    CriterePese,
    Enquete,
    Essai,
    NoteProjet,
    PisteFormation,
    Projet,
    QuestionEnquete,
)

pytestmark = pytest.mark.django_db
SHEET = Enquete(
    "Fleuriste",
    questions=(QuestionEnquete("À quelle heure ?"),),
    contacts=(ContactEnquete("Ana XTIERSX", "Fleuriste", "06 00 00 00 00"),),
    rappel_le="2026-03-10",
)


@pytest.fixture
def bilan():
    return BilanFactory(en_investigation=True)


def project(bilan, now, nature="principal", intitule="Ouvrir une boutique", **plus):
    contenu = Projet(nature, intitule, **plus)
    return write_ecrit(bilan=bilan, contenu=contenu, by=bilan.beneficiaire, now=now).reference


def test_the_reminder_goes_out_once_on_its_day_without_a_word(bilan, now):
    piece = write_enquete(bilan=bilan, contenu=SHEET, by=bilan.beneficiaire, now=now)
    assert leftovers("XTIERSX") == []
    due = Echeance.objects.get(nom="enquete_rappel")
    assert due.echoit_le.isoformat() == "2026-03-10T07:30:00+00:00"
    run_due(now + timedelta(days=3))
    assert not Envoi.objects.filter(genre="rappel_demande").exists()
    run_due(now + timedelta(days=8))
    (mail,) = Envoi.objects.filter(genre="rappel_demande")
    assert (mail.personne_id, mail.donnees) == (bilan.beneficiaire_id, {})
    # Saved again afterwards, a day that is past reminds of nothing more.
    later = now + timedelta(days=9)
    write_enquete(
        bilan=bilan,
        contenu=SHEET,
        by=bilan.beneficiaire,
        now=later,
        reference=piece.reference,
        base_revision=1,
    )
    run_due(later + timedelta(days=30))
    assert Envoi.objects.filter(genre="rappel_demande").count() == 1


def test_a_reminder_is_refused_in_the_past_and_forgotten_with_its_sheet(bilan, now):
    with pytest.raises(Refused, match="déjà passé"):
        write_enquete(
            bilan=bilan, contenu=replace(SHEET, rappel_le="2026-03-03"), by=bilan.beneficiaire, now=now
        )
    piece = write_enquete(bilan=bilan, contenu=SHEET, by=bilan.consultant, now=now)
    erase_ecrit(bilan=bilan, nature="enquete", reference=piece.reference, by=bilan.beneficiaire, now=now)
    run_due(now + timedelta(days=8))
    assert not Envoi.objects.filter(genre="rappel_demande").exists()


def test_somebody_taken_off_a_sheet_leaves_no_earlier_state(bilan, now):
    piece = write_enquete(bilan=bilan, contenu=SHEET, by=bilan.beneficiaire, now=now)
    write_enquete(
        bilan=bilan,
        contenu=replace(SHEET, contacts=()),
        by=bilan.beneficiaire,
        now=now,
        reference=piece.reference,
        base_revision=1,
    )
    assert Piece.objects.get(pk=piece.pk).revision == 2
    assert not Revision.objects.filter(piece=piece).exists()


def test_what_is_said_to_be_done_says_something(bilan, now):
    with pytest.raises(Refused, match="rien n’en est écrit"):
        write_enquete(bilan=bilan, contenu=Enquete("X", etat="faite"), by=bilan.beneficiaire, now=now)
    with pytest.raises(Refused, match="rien n’en est écrit"):
        write_essai(bilan=bilan, contenu=Essai("X", etat="fait"), by=bilan.beneficiaire, now=now)
    contenu = Essai("X", etat="fait", debut="2026-04-01", faits="Vu")
    with pytest.raises(Refused, match="pas encore commencé"):
        write_essai(bilan=bilan, contenu=contenu, by=bilan.beneficiaire, now=now)
    done = Essai("X", etat="fait", debut="2026-03-02", faits="Vu")
    assert write_essai(bilan=bilan, contenu=done, by=bilan.consultant, now=now).revision == 1
    stranger = BilanFactory(en_investigation=True).beneficiaire
    with pytest.raises(PermissionDenied):
        write_essai(bilan=bilan, contenu=done, by=stranger, now=now)


def test_leads_compared_and_tested_give_one_list_of_what_remains_for_both(bilan, now):
    by = bilan.beneficiaire
    a = project(bilan, now, a_verifier="Le trajet")
    b = project(bilan, now, "alternatif", "Former des apprentis")
    c = project(bilan, now, "ecarte", "Rester", raison_ecart="Non")
    write_enquete(bilan=bilan, contenu=Enquete("Fleuriste", projet=a), by=by, now=now)
    write_formation(
        bilan=bilan,
        projet=a,
        pistes=(PisteFormation("vae", "Un CAP", certification="rncp1", a_verifier="Le jury"),),
        by=by,
        now=now,
    )
    pesee = Comparaison((CriterePese("Salaire", 4, (NoteProjet(b, 3), NoteProjet(c, 5))),))
    write_comparaison(bilan=bilan, contenu=pesee, by=by, now=now)
    for reader in (by, bilan.consultant):
        found = read_projets(reader, bilan, now=now)
        assert [r.texte for r in found.restes(a)] == [
            "Le trajet",
            "Aller voir : Fleuriste",
            "Un CAP : Le jury",
            "Sans note encore : Salaire",
        ]
        assert found.restes(b) == found.restes(c) == []
        assert found.pesee().muets == (("Salaire", (a,)),)
        # The number is kept as it was given when nothing imported knows it.
        assert found.formations[a].contenu.pistes[0].certification == "RNCP1"
    twice = Comparaison((CriterePese("Salaire"), CriterePese(" salaire ")))
    with pytest.raises(Refused, match="même nom"):
        write_comparaison(bilan=bilan, contenu=twice, by=by, now=now)
    erase_ecrit(bilan=bilan, nature="projet", reference=a, by=by, now=now)
    assert not Piece.objects.filter(nature="formation").exists()
    with pytest.raises(Refused, match="n’existe plus"):
        write_formation(bilan=bilan, projet=a, pistes=(), by=by, now=now)
