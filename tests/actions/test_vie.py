"""Her own life: hers alone, shared one by one, taken back, gone with its tiroir."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory
from tests.fouille import leftovers

from jalon.access.pieces import list_pieces, read_pieces
from jalon.actions.ecrit import erase_ecrit, write_ecrit
from jalon.actions.emport import take_away
from jalon.actions.piece import Conflit
from jalon.actions.vie import share_vie, write_contraintes, write_vecu
from jalon.domain.obstacle import Refused
from jalon.records.models import Acces, Evenement, Piece
from jalon.vault.pieces import Contraintes, Projet, Vecu

pytestmark = pytest.mark.django_db
MOMENT = Vecu("famille", "La naissance XVIEX", "2012", "", "Tout a changé XVIEX", "porteur")


@pytest.fixture
def bilan():
    return BilanFactory(en_investigation=True)


def write(bilan, now, contenu=MOMENT, **plus):
    return write_vecu(bilan=bilan, contenu=contenu, by=bilan.beneficiaire, now=now, **plus)


def seen_by(person, bilan, now):
    return sorted(lue.contenu.titre for lue in read_pieces(person, bilan, ["vecu"], now=now))


def test_a_moment_is_hers_alone_until_she_shares_it_and_again_when_she_takes_it_back(bilan, now):
    piece = write(bilan, now)
    write(bilan, now, Vecu("lieu", "Angers", "2015"))
    assert seen_by(bilan.beneficiaire, bilan, now) == ["Angers", "La naissance XVIEX"]
    assert seen_by(bilan.consultant, bilan, now) == []
    assert leftovers("XVIEX") == []
    told = {
        "bilan": bilan,
        "nature": "vecu",
        "reference": piece.reference,
        "by": bilan.beneficiaire,
        "now": now,
    }
    share_vie(partage=True, **told)
    assert seen_by(bilan.consultant, bilan, now) == ["La naissance XVIEX"]
    assert Acces.objects.get(bilan=bilan, nature="vecu").lecteur_id == bilan.consultant_id
    # Written again, it stays shared; taken back, it is hers again.
    write(bilan, now, Vecu("famille", "La naissance", "2013"), reference=piece.reference)
    assert seen_by(bilan.consultant, bilan, now) == ["La naissance"]
    share_vie(partage=False, **told)
    assert seen_by(bilan.consultant, bilan, now) == []
    names = list(
        Evenement.objects.filter(chaine=bilan.pk, nom__startswith="vie.").values_list("nom", flat=True)
    )
    assert names.count("vie.ecrite") == 3
    assert names[-1] == "vie.reprise"
    with pytest.raises(PermissionDenied):
        share_vie(**(told | {"by": bilan.consultant}), partage=True)


def test_nobody_else_writes_it(bilan, now):
    with pytest.raises(PermissionDenied):
        write_vecu(bilan=bilan, contenu=MOMENT, by=bilan.consultant, now=now)
    with pytest.raises(PermissionDenied):
        write_contraintes(bilan=bilan, projet="x", contenu=Contraintes(), by=bilan.consultant, now=now)


def test_health_is_written_by_choice_only_and_two_texts_at_once_are_both_there(bilan, now):
    with pytest.raises(Refused, match="Rien n’oblige"):
        write(bilan, now, Vecu("sante", "Un arrêt", "2019"))
    piece = write(bilan, now, Vecu("sante", "Un arrêt", "2019", accord=True))
    write(bilan, now, Vecu("autre", "Autre", "2019"), reference=piece.reference)
    with pytest.raises(Conflit) as conflict:
        write(bilan, now, MOMENT, reference=piece.reference, base_revision=1)
    assert conflict.value.actuel.contenu.titre == "Autre"
    assert conflict.value.propose == MOMENT
    with pytest.raises(Refused, match="n’existe plus"):
        write(bilan, now, MOMENT, reference="00000000-0000-4000-8000-000000000000")


def test_what_a_project_changes_in_her_life_goes_with_the_project_and_with_her(bilan, now):
    by = bilan.beneficiaire
    projet = write_ecrit(bilan=bilan, contenu=Projet("principal", "Fleuriste"), by=by, now=now)
    sheet = Contraintes("Un temps partiel", argent="XARGENTX")
    write_contraintes(bilan=bilan, projet=projet.reference, contenu=sheet, by=by, now=now)
    write(bilan, now)
    assert list_pieces(bilan.consultant, bilan, ["contraintes"]) == []
    book = _book(take_away(bilan=bilan, by=by, now=now).octets)
    assert "XARGENTX" in book
    assert "Tout a changé XVIEX" in book
    erase_ecrit(bilan=bilan, nature="projet", reference=projet.reference, by=by, now=now)
    assert not Piece.objects.filter(nature="contraintes").exists()


def _book(octets):
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return archive.read("mon-dossier.html").decode()
