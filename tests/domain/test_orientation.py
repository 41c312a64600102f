"""What brings somebody, and who answers it best: suffering first, never a sale."""

from jalon.domain.orientation import MOTIFS, PISTES, Verdict, orient


def test_wishing_to_see_clearly_is_what_a_bilan_is_for():
    found = orient(["comprendre", "idees"])
    assert (found.verdict, found.pistes) == (Verdict.OUI, ())


def test_what_a_bilan_is_not_leads_to_who_does_it():
    assert [p.code for p in orient(["diplome"]).pistes] == ["vae"]
    assert orient(["emploi"]).verdict is Verdict.AILLEURS
    assert orient(["comprendre", "emploi"]).verdict is Verdict.LES_DEUX


def test_suffering_comes_before_everything_else():
    found = orient(["comprendre", "epuise", "diplome"])
    assert found.verdict is Verdict.SOIN
    assert [p.code for p in found.pistes] == ["ecoute", "sante_travail", "vae"]


def test_nothing_said_or_unknown_words_lead_to_a_talk():
    assert orient([]).verdict is Verdict.PARLONS
    assert orient(["n’importe quoi"]).verdict is Verdict.PARLONS


def test_every_reason_opens_known_leads_and_every_lead_is_opened():
    opened = {name for motif in MOTIFS for name in motif.vers}
    assert opened == set(PISTES)
    assert len({m.code for m in MOTIFS}) == len(MOTIFS)
