"""Two rounds of looks in the demonstration: one explained, where nothing separate is left; one that still waits."""

from jalon.access.pieces import read_piece
from jalon.access.regards import read_regards
from jalon.actions import clock
from jalon.records.models import Piece, Qualification, Regards, Repondant


def test_one_round_was_explained_and_one_still_runs(load_some):
    load_some("Kerdoncuff", "Hervouet")
    now = clock.now()
    explained = Regards.objects.get(bilan__beneficiaire__nom="Kerdoncuff")
    bilan = explained.bilan
    told = read_piece(bilan.beneficiaire, bilan, "regards", now=now).contenu
    assert [(c.code, c.n) for c in told.cellules] == [("pairs", 4), ("proches", 3)]
    assert all(len(e.vues) == 3 and e.soi for e in told.echelles)
    assert any(m.textes for m in told.mots)
    assert told.commentaire_personne
    assert not Repondant.objects.filter(regards=explained).exists()
    waiting = Regards.objects.get(bilan__beneficiaire__nom="Hervouet").bilan
    seen = read_regards(waiting.beneficiaire, waiting, now=now)
    assert (seen.invitations, seen.reponses, seen.clos) == (7, 3, False)
    assert Piece.objects.filter(nature="regard").count() == 3
    assert Qualification.objects.count() == 1
