"""Portfolios, tracks and plans of the demonstration: written by the real acts, sealed, and alive on their pages."""

from django.test import Client
from tests.fouille import leftovers

from jalon.access.pieces import open_for_action
from jalon.records.models import Bilan, Piece


def test_somebody_has_a_portfolio_tracks_and_a_plan_that_feeds_a_project(load_some):
    load_some("Leduc")
    bilan = Bilan.objects.get(beneficiaire__nom="Leduc")
    held = {
        nature: [open_for_action(p) for p in Piece.objects.filter(bilan=bilan, nature=nature)]
        for nature in ("experience", "competence", "piste", "ecart", "projet")
    }
    assert held["experience"][0].metier.code == "D1101"
    assert len(held["competence"]) == 4
    assert sorted(one.etat for one in held["piste"]) == ["ecartee", "ecartee", "gardee", "gardee", "retenue"]
    assert all(one.raison for one in held["piste"] if one.etat == "ecartee")
    assert any("titre de formateur" in one.formation for one in held["projet"])
    assert held["ecart"][0].lignes[0].coeur
    assert leftovers("Quatorze apprentis. Tous") == []
    client = Client()
    client.force_login(bilan.beneficiaire)
    for page in ("portefeuille", "rapprocher", "pistes", "metiers"):
        assert client.get(f"/espace/{bilan.pk}/{page}/").status_code == 200


def test_somebody_has_a_line_partly_shared_and_projects_put_to_the_test(load_some):
    load_some("Leduc")
    bilan = Bilan.objects.get(beneficiaire__nom="Leduc")
    rows = Piece.objects.filter(bilan=bilan)
    moments = rows.filter(nature="vecu")
    assert moments.count() == 3
    assert moments.filter(partage_le__isnull=False).count() == 2
    assert (
        rows.filter(nature__in=["enquete", "essai", "formation", "contraintes", "realisation"]).count() == 5
    )
    weighed = open_for_action(rows.get(nature="comparaison"))
    assert all(len(one.notes) == 3 for one in weighed.criteres)
    assert leftovers("Regarde d’abord") == []
    client = Client()
    client.force_login(bilan.beneficiaire)
    for page in ("vie", "portefeuille", "projets", "comparaison", "enquetes", "essais", "contraintes"):
        assert client.get(f"/espace/{bilan.pk}/{page}/").status_code == 200
    assert "arrive devant" in client.get(f"/espace/{bilan.pk}/comparaison/").content.decode()
