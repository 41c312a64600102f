"""What a price says of VAT."""

import pytest

from jalon.domain.tva import price_mention


@pytest.mark.parametrize(
    ("regime", "hors_cadre", "said"),
    [
        ("exonere", False, "exonéré de TVA (CGI, art. 261, 4, 4°\u00a0a)"),
        # The exemption is that of continuing training: nothing else has it.
        ("exonere", True, "toutes taxes comprises"),
        ("franchise", True, "sans TVA, non applicable (CGI, art. 293 B)"),
        ("assujetti", False, "toutes taxes comprises"),
        ("", False, ""),
    ],
)
def test_a_price_says_what_it_includes(regime, hors_cadre, said):
    assert price_mention(regime, hors_cadre=hors_cadre) == said
