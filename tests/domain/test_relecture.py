"""Remarks on a text about a person: they point at words, and say why."""

import pytest

from jalon.domain.relecture import Motif, remarques


@pytest.mark.parametrize(
    ("texte", "mot", "motif"),
    [
        ("Elle est toujours en retard.", "toujours", Motif.ABSOLU),
        ("Il n’a jamais encadré.", "jamais", Motif.ABSOLU),
        ("Elle se dit Incapable de parler.", "Incapable", Motif.ETIQUETTE),
        ("Une forte personnalité.", "personnalité", Motif.ETIQUETTE),
        ("Depuis sa dépression, il hésite.", "dépression", Motif.HORS_SUJET),
        ("Après un burn-out.", "burn-out", Motif.HORS_SUJET),
    ],
)
def test_a_label_an_absolute_and_what_has_no_place_are_pointed_at(texte, mot, motif):
    (found,) = remarques(texte)
    assert (found.mot, found.motif) == (mot, motif)
    assert f"{found.avant}{found.mot}{found.apres}" == texte
    assert found.explication


@pytest.mark.parametrize(
    "texte",
    ["", "Elle règle une machine à commande numérique.", "Les personnes du secteur", "instabilité du marché"],
)
def test_plain_facts_are_left_alone(texte):
    assert remarques(texte) == ()


def test_the_persons_own_words_are_left_alone():
    assert remarques("Elle dit : « je suis toujours en retard ».\n> Je n’y arrive jamais.") == ()
    assert len(remarques("« oui » Elle est toujours là.\n> jamais\nIl est incapable.")) == 2


def test_remarks_follow_the_text_and_keep_whole_words_around():
    text = "Un début assez long pour être coupé avant le mot qui compte : jamais, suivi d’une fin tout aussi longue que lui."
    (found,) = remarques(text)
    assert found.avant.startswith("…")
    assert found.avant.removeprefix("…") in text
    assert found.apres.endswith("…")
    positions = [r.debut for r in remarques("jamais, toujours, incapable, maladie")]
    assert positions == sorted(positions)
    assert len(positions) == 4
