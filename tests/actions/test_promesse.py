"""Promises: lines of a recap, followed under their own identifier until they are kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import NOW, BilanFactory, MembreFactory, SeanceFactory

from jalon.access.pieces import read_pieces
from jalon.access.promesse import list_promesses
from jalon.actions.ecrit import erase_ecrit
from jalon.actions.promesse import keep_promesse
from jalon.actions.recap import write_recap
from jalon.domain.obstacle import Refused
from jalon.records.models import Evenement, Promesse
from jalon.vault.pieces.recap import Promesse as Ligne
from jalon.vault.pieces.recap import Recap

pytestmark = pytest.mark.django_db


@pytest.fixture
def seance():
    bilan = BilanFactory(en_investigation=True)
    return SeanceFactory(bilan=bilan, etat="tenue", debut_reel=NOW, fin_reelle=NOW + timedelta(hours=2))


def write(seance, now, *lines, share=True, texte="Vu"):
    recap = Recap(str(seance.pk), texte, "", tuple(lines))
    write_recap(bilan=seance.bilan, recap=recap, by=seance.bilan.consultant, now=now, share=share)


def test_each_sees_what_was_promised_once_the_recap_is_shared(seance, now):
    bilan = seance.bilan
    write(seance, now, Ligne("Appeler le CFA", "beneficiaire", "2026-03-10"), share=False)
    assert [p.texte for p in list_promesses(bilan.consultant, bilan, now=now)] == ["Appeler le CFA"]
    assert list_promesses(bilan.beneficiaire, bilan, now=now) == []
    write(seance, now, Ligne("Appeler le CFA", "beneficiaire", "2026-03-10"))
    seen = list_promesses(bilan.beneficiaire, bilan, now=now)
    assert [(p.texte, p.promesse.pour_le) for p in seen] == [("Appeler le CFA", date(2026, 3, 10))]
    assert not seen[0].en_retard
    assert list_promesses(bilan.beneficiaire, bilan, now=now + timedelta(days=9))[0].en_retard


def test_a_kept_promise_stays_kept_when_the_recap_is_written_again(seance, now):
    bilan = seance.bilan
    write(seance, now, Ligne("Appeler", "beneficiaire"), Ligne("Envoyer la fiche", "consultant"))
    first = next(p for p in list_promesses(bilan.beneficiaire, bilan, now=now) if not p.du_consultant)
    keep_promesse(promesse=first.promesse, tenue=True, by=bilan.beneficiaire, now=now)
    write(
        seance,
        now,
        Ligne("Envoyer la fiche", "consultant", "2026-03-12"),
        Ligne("Appeler", "beneficiaire"),
        Ligne("Visiter", "beneficiaire"),
        texte="Vu et relu",
    )
    rows = {p.texte: p.promesse for p in list_promesses(bilan.consultant, bilan, now=now, tenues=True)}
    assert set(rows) == {"Appeler", "Envoyer la fiche", "Visiter"}
    assert rows["Appeler"].pk == first.promesse.pk
    assert rows["Appeler"].tenue_le == now
    assert rows["Envoyer la fiche"].pour_le == date(2026, 3, 12)
    write(seance, now, Ligne("Visiter", "beneficiaire"), texte="Plus court")
    assert Promesse.objects.count() == 1


def test_words_of_another_line_never_move_a_tick(seance, now):
    """Two lines that say the same are two promises; an invented identifier takes nobody's."""
    bilan = seance.bilan
    write(seance, now, Ligne("Lire", "beneficiaire"), Ligne("Lire", "consultant"))
    assert Promesse.objects.count() == 2
    content = read_pieces(bilan.consultant, bilan, ["recap"], now=now)[0].contenu
    stolen = replace(content.promesses[0], id="autre", texte="Rien à voir")
    write(seance, now, stolen, content.promesses[1], texte="Encore")
    assert Promesse.objects.count() == 2
    assert not Promesse.objects.filter(pk=content.promesses[0].id).exists()


def test_either_ticks_and_unticks_and_a_stranger_does_not(seance, now):
    bilan = seance.bilan
    write(seance, now, Ligne("Envoyer", "consultant"))
    row = Promesse.objects.get()
    for by, kept in ((bilan.beneficiaire, True), (bilan.consultant, False), (bilan.consultant, False)):
        keep_promesse(promesse=row, tenue=kept, by=by, now=now)
    ticks = Evenement.objects.filter(chaine=bilan.pk, nom__startswith="promesse.")
    assert list(ticks.order_by("numero").values_list("nom", flat=True)) == [
        "promesse.tenue",
        "promesse.rouverte",
    ]
    stranger = MembreFactory(organisme=bilan.organisme).personne
    with pytest.raises(PermissionDenied):
        keep_promesse(promesse=row, tenue=True, by=stranger, now=now)


def test_a_promise_that_is_not_shared_or_no_longer_written_is_refused(seance, now):
    bilan = seance.bilan
    write(seance, now, Ligne("Envoyer", "consultant"), share=False)
    row = Promesse.objects.get()
    with pytest.raises(Refused):
        keep_promesse(promesse=row, tenue=True, by=bilan.beneficiaire, now=now)
    erase_ecrit(bilan=bilan, nature="recap", reference=str(seance.pk), by=bilan.beneficiaire, now=now)
    assert Promesse.objects.count() == 0
    with pytest.raises(Refused):
        keep_promesse(promesse=row, tenue=True, by=bilan.consultant, now=now)
