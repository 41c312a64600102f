"""Issued papers: listed to those who see the dossier; the bytes of an administrative one, never of one with content."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.factories import BilanFactory, MembreFactory

from jalon.access.papier import list_papiers, read_papier
from jalon.records.models import DocumentEmis

pytestmark = pytest.mark.django_db


def issue(bilan, now, numero, **more):
    said = {"genre": "emargement", "octets": b"%PDF-1.7", "modele_version": "1", "empreinte": "0" * 64} | more
    return DocumentEmis.objects.create(
        organisme=bilan.organisme, bilan=bilan, numero=numero, emis_le=now, droit_du=now.date(), **said
    )


def test_an_administrative_paper_is_listed_and_read_by_the_team_and_the_person(now):
    bilan = BilanFactory()
    paper = issue(bilan, now, "EMA-2026-0001")
    assistant = MembreFactory(organisme=bilan.organisme, role="assistant").personne
    for reader in (bilan.beneficiaire, bilan.consultant, assistant):
        [listed] = list_papiers(reader, bilan)
        assert (listed.libelle, listed.a_telecharger) == ("Feuille d’émargement", True)
        assert read_papier(reader, bilan, paper.pk) == ("EMA-2026-0001", b"%PDF-1.7")


def test_a_paper_with_content_is_named_and_its_bytes_are_not_here(now):
    bilan = BilanFactory()
    paper = issue(
        bilan, now, "SYN-2026-0001", genre="synthese", octets=None, objet="abc", tiroir="synthese", cle="k"
    )
    [listed] = list_papiers(bilan.beneficiaire, bilan)
    assert not listed.a_telecharger
    with pytest.raises(Http404):
        read_papier(bilan.beneficiaire, bilan, paper.pk)


def test_the_paper_of_another_bilan_is_404_and_a_stranger_has_none(now):
    bilan, other = BilanFactory(), BilanFactory()
    paper = issue(other, now, "EMA-2026-0001")
    for wrong in (paper.pk, "x"):
        with pytest.raises(Http404):
            read_papier(bilan.consultant, bilan, wrong)
    with pytest.raises(PermissionDenied):
        list_papiers(bilan.consultant, other)
    with pytest.raises(PermissionDenied):
        read_papier(bilan.consultant, other, paper.pk)
