"""The line of a life on its pages: the same moments drawn and listed, hers alone until she shares one, every word kept."""

import re

import pytest
from django.utils import timezone
from tests.fouille import leftovers
from tests.web.ecrits import read, situation, strangers
from tests.web.espaces import text_of

from jalon.access.pieces import open_for_action
from jalon.records.models import Bilan, Piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return situation(en_investigation=True)


def write(s, **fields):
    data = {"titre": "La naissance", "genre": "famille", "debut": "05/2012", "texte": "XVIEX"} | fields
    return s.personne.post(s.a("beneficiaire_vie_moment_ecrire"), data)


def moment():
    return Piece.objects.get(nature="vecu")


def test_the_drawing_and_the_list_show_the_same_moments_in_the_same_order(s):
    write(s)
    write(s, titre="Le déménagement", genre="lieu", debut="2003", fin="2004")
    s.personne.post(
        s.a("beneficiaire_portefeuille_experience_ecrire"),
        {"intitule": "Vendeuse", "genre": "emploi", "debut": "2006"},
    )
    page = read(s.personne, s.a("beneficiaire_vie"))
    drawn = re.findall(r'class="vie-titre"[^>]*>(\d+)\. ([^<]+)<', page)
    listed = re.findall(r'<li class="moment"><h3><span[^>]*>\d+\.</span> <a[^>]*>([^<]+)</a>', page)
    assert [name for _, name in drawn] == listed == ["Le déménagement", "Vendeuse", "La naissance"]
    assert [int(rank) for rank, _ in drawn] == [1, 2, 3]
    assert "<title id=" in page
    assert "3\u00a0moments" in page or "3 moments" in page
    # A moment is a dot, what lasts is a bar.
    assert page.count('r=".45em"') == 1
    assert page.count('height=".8em"') == 2


def test_nobody_else_reads_a_moment_before_it_is_shared(s):
    write(s)
    assert leftovers("XVIEX") == []
    assert "La naissance" not in read(s.consultant, s.a("consultant_vie"))
    address = s.a("beneficiaire_vie_partager", moment().reference)
    assert s.consultant.post(address, {"partage": "oui"}).status_code == 404
    s.personne.post(address, {"partage": "oui"})
    text = text_of(s.consultant.get(s.a("consultant_vie")))
    assert "La naissance" in text
    assert "mai 2012" in text
    assert "Ajouter un moment" not in text
    s.personne.post(address, {"partage": "non"})
    assert "La naissance" not in read(s.consultant, s.a("consultant_vie"))
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("consultant_vie")).status_code == 404
        assert stranger.get(s.a("beneficiaire_vie_moment", moment().reference)).status_code == 404


def test_the_box_shares_and_says_who_reads(s):
    page = text_of(s.personne.get(s.a("beneficiaire_vie")))
    assert f"vous, et {s.bilan.consultant.nom_complet} pour ce que vous partagez seulement" in page
    write(s, partage="on")
    assert moment().partage_le is not None
    form = s.personne.get(s.a("beneficiaire_vie_moment", moment().reference)).content.decode()
    assert re.search(r'name="partage"[^>]*checked', form)
    s.personne.post(
        s.a("beneficiaire_vie_moment", moment().reference),
        {"titre": "La naissance", "genre": "famille", "revision": "1"},
    )
    assert moment().partage_le is None


def test_health_is_never_asked_and_written_only_by_choice_with_every_word_kept(s):
    refused = write(s, genre="sante", texte="un texte gardé")
    assert refused.status_code == 422
    text = text_of(refused)
    assert "Rien n’oblige à parler de santé" in text
    assert "un texte gardé" in text
    assert not Piece.objects.filter(nature="vecu").exists()
    assert write(s, genre="sante", accord="on").status_code == 302
    late = write(s, debut="2015", fin="2012")
    assert late.status_code == 422
    assert "La fin vient avant le début" in text_of(late)


def test_two_texts_at_once_are_shown_both(s):
    write(s)
    address = s.a("beneficiaire_vie_moment", moment().reference)
    s.personne.post(address, {"titre": "Depuis mon téléphone", "genre": "famille", "revision": "1"})
    both = s.personne.post(address, {"titre": "Depuis l’ordinateur", "genre": "famille", "revision": "1"})
    assert both.status_code == 409
    assert "Depuis mon téléphone" in text_of(both)
    assert "Depuis l’ordinateur" in text_of(both)


def test_what_is_typed_is_kept_and_erased_with_its_moment(s):
    write(s)
    reference = moment().reference
    kept = s.personne.post(
        s.a("beneficiaire_brouillon") + f"?page=vecu-{reference}", {"titre": "XBROUILLONX", "revision": "1"}
    )
    assert kept.status_code == 200
    assert "XBROUILLONX" in read(s.personne, s.a("beneficiaire_vie_moment", reference))
    refused = s.consultant.post(s.a("consultant_brouillon") + "?page=vecu", {"titre": "X"})
    assert refused.status_code == 404
    s.personne.post(s.a("beneficiaire_vie_moment_effacer", reference))
    assert not Piece.objects.filter(nature__in=["vecu", "brouillon"]).exists()


def test_after_the_end_it_is_read_and_no_longer_written(s):
    write(s)
    Bilan.objects.filter(pk=s.bilan.pk).update(etat="abandonne", termine_le=timezone.now())
    page = read(s.personne, s.a("beneficiaire_vie"))
    assert "La naissance" in page
    assert "Ajouter un moment" not in page
    assert write(s, titre="Trop tard").status_code == 422
    assert open_for_action(moment()).titre == "La naissance"
