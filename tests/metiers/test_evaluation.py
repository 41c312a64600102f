from dataclasses import replace

import pytest

from jalon.metiers import Metiers
from jalon.metiers.evaluation import Tally, evaluate
from jalon.metiers.index.faits import Faits
from jalon.metiers.index.moteur import Moteur
from jalon.metiers.index.rang import rank, rank_by_content
from jalon.metiers.referentiel import Fiche, Mobilite, Referentiel


def small() -> Faits:
    """A1101 leads to A1102 (same domain) and to B1101, M1805 (others)."""
    codes = ["A1101", "A1102", "B1101", "M1805"]
    made = Referentiel({}, fiches=[Fiche(code, code, code, code[:3], code) for code in codes])
    made.mobilites = [Mobilite("A1101", target, order) for order, target in enumerate(codes[1:], 1)]
    return Faits.of_referentiel(made)


def test_the_figures_are_those_of_a_hand_made_case():
    tally = Tally()
    tally.add(small(), 0, [9, 2, 1, *range(10, 17), 3])
    figures = tally.figures()
    assert figures["recall@10"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["recall@20"] == 1.0
    assert figures["recall@10_hors_domaine"] == 0.5
    assert figures["recall@20_hors_domaine"] == 1.0
    # Hits at places 2 and 3, against three places at best.
    assert figures["ndcg@10"] == pytest.approx((0.63093 + 0.5) / (1 + 0.63093 + 0.5), abs=1e-4)
    assert figures["part_du_plus_frequent"] == 1.0


def test_the_share_of_the_most_frequent_counts_top_tens():
    tally = Tally()
    tally.add(small(), 0, [1, 2])
    tally.add(small(), 0, [3, 2])
    tally.add(small(), 0, [3, 1])
    assert tally.figures()["part_du_plus_frequent"] == pytest.approx(2 / 3, abs=1e-4)


def test_both_methods_are_measured_with_the_same_figures(index: Metiers):
    asked, figures = evaluate(*index.index)
    assert asked > 100
    assert figures["contenu"].keys() == figures["avec_mobilites"].keys()
    for method in figures.values():
        assert 0.4 < (method["recall@10"] or 0) < (method["recall@20"] or 0) <= 1
        assert 0 < (method["part_du_plus_frequent"] or 0) < 1


def test_content_alone_reads_no_official_list(index: Metiers):
    moteur, voisinage = index.index
    bare = replace(moteur.faits, listes=[()] * moteur.faits.size, citee_par=[()] * moteur.faits.size)
    without = Moteur(moteur.canaux, bare)
    changed = 0
    for fiche in range(0, moteur.faits.size, 7):
        profil = moteur.profil_of_fiche(fiche)
        contenu, other = moteur.contenu(profil), without.contenu(profil)
        assert rank_by_content(profil, contenu, 20).ordre == rank_by_content(profil, other, 20).ordre
        changed += (
            rank(moteur, voisinage, profil, contenu, 20).ordre != rank_by_content(profil, contenu, 20).ordre
        )
    assert changed > 10


def test_a_fraction_asks_only_the_drawn_fiches_and_the_seed_decides_which(index: Metiers):
    asked, figures = evaluate(*index.index, fraction=0.2, seed=3)
    again = evaluate(*index.index, fraction=0.2, seed=3)
    other = evaluate(*index.index, fraction=0.2, seed=4)
    everything, _ = evaluate(*index.index)
    assert asked == round(0.2 * everything)
    assert again == (asked, figures)
    assert other[1] != figures
