"""Codes on paper: each enters once, the sheet replaces the former one, nothing readable is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory, PersonneFactory

from jalon.access.compte import valid_codes
from jalon.actions.code_papier import NOMBRE, give_codes, print_codes, use_code
from jalon.domain.obstacle import Refused
from jalon.records.models import CodePapier, Envoi, Evenement

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_cours=True, beneficiaire=PersonneFactory(email=None))


def test_each_of_the_ten_codes_enters_once(bilan, now):
    feuille = give_codes(bilan=bilan, by=bilan.consultant, now=now)
    assert len(set(feuille.codes)) == NOMBRE == 10
    personne, left = use_code(identifiant=feuille.identifiant, code=feuille.codes[0], now=now)
    assert (personne, left) == (bilan.beneficiaire, 9)
    with pytest.raises(Refused):
        use_code(identifiant=feuille.identifiant, code=feuille.codes[0], now=now)
    assert valid_codes(bilan.beneficiaire, now) == 9


def test_a_code_is_read_as_people_type_it(bilan, now):
    feuille = give_codes(bilan=bilan, by=bilan.consultant, now=now)
    typed = feuille.identifiant.lower().replace("-", " ")
    assert use_code(identifiant=f" {typed}", code=feuille.codes[0].replace("-", ""), now=now)[1] == 9


def test_the_code_of_another_sheet_enters_nowhere(bilan, now):
    feuille = give_codes(bilan=bilan, by=bilan.consultant, now=now)
    other = BilanFactory(en_cours=True)
    theirs = give_codes(bilan=other, by=other.consultant, now=now)
    with pytest.raises(Refused) as refused:
        use_code(identifiant=feuille.identifiant, code=theirs.codes[0], now=now)
    with pytest.raises(Refused) as unknown:
        use_code(identifiant="ZZZZ-0000", code=theirs.codes[0], now=now)
    assert refused.value.obstacles == unknown.value.obstacles
    assert valid_codes(bilan.beneficiaire, now) == 10


def test_a_new_sheet_replaces_the_former_and_a_sheet_does_not_open_for_ever(bilan, now):
    former = give_codes(bilan=bilan, by=bilan.consultant, now=now)
    feuille = give_codes(bilan=bilan, by=bilan.consultant, now=now)
    with pytest.raises(Refused):
        use_code(identifiant=former.identifiant, code=former.codes[0], now=now)
    late = now + timedelta(days=184)
    with pytest.raises(Refused):
        use_code(identifiant=feuille.identifiant, code=feuille.codes[0], now=late)
    assert use_code(identifiant=feuille.identifiant, code=feuille.codes[0], now=now)


def test_the_database_holds_nothing_of_the_sheet(bilan, now):
    feuille = give_codes(bilan=bilan, by=bilan.consultant, now=now)
    kept = str(list(CodePapier.objects.values())) + str(list(Evenement.objects.values()))
    for word in (
        feuille.identifiant,
        feuille.identifiant[:4],
        *feuille.codes,
        feuille.codes[0].replace("-", ""),
    ):
        assert word not in kept


def test_only_the_consultant_hands_codes_over(bilan, now):
    for role in ("assistant", "responsable", "consultant"):
        member = MembreFactory(organisme=bilan.organisme, role=role).personne
        with pytest.raises(PermissionDenied):
            give_codes(bilan=bilan, by=member, now=now)
    with pytest.raises(PermissionDenied):
        give_codes(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert give_codes(bilan=bilan, by=bilan.consultant, now=now)


def test_what_is_given_and_used_stands_in_the_journal_with_what_is_left(bilan, now):
    feuille = give_codes(bilan=bilan, by=bilan.consultant, now=now)
    use_code(identifiant=feuille.identifiant, code=feuille.codes[0], now=now)
    told = Evenement.objects.filter(chaine=bilan.pk).values_list("nom", "faits")
    assert list(told) == [("codes_papier.remis", {"nombre": 10}), ("code_papier.utilise", {"reste": 9})]


def test_whoever_has_a_mailbox_learns_that_a_sheet_was_printed_and_that_a_code_was_used(bilan, now):
    give_codes(bilan=bilan, by=bilan.consultant, now=now)
    assert not Envoi.objects.exists()
    reached = BilanFactory(en_cours=True)
    feuille = give_codes(bilan=reached, by=reached.consultant, now=now)
    envoi = Envoi.objects.get(personne=reached.beneficiaire)
    assert (envoi.genre, envoi.donnees["changement"]) == ("securite", "codes_papier")
    use_code(identifiant=feuille.identifiant, code=feuille.codes[0], now=now)
    told = Envoi.objects.filter(personne=reached.beneficiaire).values_list("donnees__changement", flat=True)
    assert set(told) == {"codes_papier", "code_papier_utilise"}


def test_the_consultant_is_told_when_two_codes_are_left(bilan, now):
    feuille = give_codes(bilan=bilan, by=bilan.consultant, now=now)
    for code in feuille.codes[:7]:
        use_code(identifiant=feuille.identifiant, code=code, now=now)
    assert not Envoi.objects.filter(genre="codes_papier_utilises").exists()
    use_code(identifiant=feuille.identifiant, code=feuille.codes[7], now=now)
    envoi = Envoi.objects.get(genre="codes_papier_utilises")
    assert (envoi.personne, envoi.donnees) == (bilan.consultant, {"restants": 2})


def test_the_sheet_is_a_paper_in_large_print_too(bilan, now):
    assert print_codes(bilan=bilan, by=bilan.consultant, now=now, taille="20").startswith(b"%PDF-")
    assert valid_codes(bilan.beneficiaire, now) == 10
