"""What the price shown to the public includes: one sentence, by the cabinet's régime (CGI, art. 261, 4, 4° a, and 293 B)."""

from __future__ import annotations

from jalon.domain.parcours import Labelled

# A price shown to a consumer is the whole price she will pay.
AFFICHAGE = "Code de la consommation, art. L. 112-1"


class RegimeTva(Labelled):
    EXONERE = "exonere", "Exonérée, avec l’attestation délivrée sur le formulaire n°\u00a03511"
    FRANCHISE = "franchise", "Non applicable\u00a0: franchise en base"
    ASSUJETTI = "assujetti", "Applicable"


def price_mention(regime: str, *, hors_cadre: bool = False) -> str:
    """What follows the price; nothing while the régime is not known.

    The exemption is that of continuing training, bilans included: what is outside the legal frame has none.
    """
    if regime == RegimeTva.FRANCHISE:
        return "sans TVA, non applicable (CGI, art. 293 B)"
    if regime == RegimeTva.EXONERE and not hors_cadre:
        return "exonéré de TVA (CGI, art. 261, 4, 4°\u00a0a)"
    return "toutes taxes comprises" if regime else ""
