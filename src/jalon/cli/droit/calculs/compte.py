"""Calculations on the compte personnel de formation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from jalon.cli.droit.entree import Champs, a_day, law_of, money, money_above_zero, one_of
from jalon.cli.droit.reponse import Answer, answer
from jalon.domain import cpf
from jalon.domain.jours import Calendrier
from jalon.law import Parameter, law_on

NOTHING = Decimal("0.00")
PARTICIPATION = ("Code du travail, art. L. 6323-7", "Code du travail, art. R6323")
GAP_UNKNOWN = "a_verifier"


def _situation(champs: Champs, abondement_employeur: Decimal | None) -> cpf.Situation:
    return cpf.Situation(
        demandeur_emploi=champs.flag("demandeur_emploi", default=False),
        abondement_employeur=abondement_employeur or NOTHING,
        points_c2p=champs.flag("points_c2p", default=False),
        abondement_atmp=champs.flag("abondement_atmp", default=False),
    )


def participation(data: Any) -> Answer:
    champs = Champs(
        data,
        "demandee_le demandeur_emploi abondement_employeur points_c2p abondement_atmp prise_en_charge_par",
    )
    law = law_on(champs.need("demandee_le", a_day))
    situation = _situation(champs, champs.may("abondement_employeur", money_above_zero))
    payeur = champs.may("prise_en_charge_par", one_of(cpf.Payeur))
    found = cpf.participation(situation, law, pris_en_charge_par=payeur)
    amount: tuple[Parameter | str, ...] = (
        (law.cpf.participation_eur,) if law.cpf.covers("participation_eur") else ()
    )
    return answer(
        *amount,
        *PARTICIPATION,
        montant=found.montant,
        exemption=found.exemption,
        due_par_titulaire=found.due_par_titulaire,
    )


def financement_cpf(data: Any) -> Answer:
    champs = Champs(
        data,
        "demandee_le prix droits dotation abondement abondement_employeur demandeur_emploi points_c2p abondement_atmp",
    )
    demandee_le, prix = champs.need("demandee_le", a_day), champs.need("prix", money)
    ressources = cpf.Ressources(
        droits=champs.need("droits", money),
        dotation=champs.may("dotation", money) or NOTHING,
        abondement=champs.may("abondement", money) or NOTHING,
    )
    situation = _situation(champs, champs.may("abondement_employeur", money))
    with law_of("demandee_le"):
        law = law_on(demandee_le)
        shared = cpf.share_price(prix, ressources, situation, law)
        return answer(
            law.cpf.participation_eur,
            *PARTICIPATION,
            law.cpf.plafond_bilan_eur,
            "Code du travail, art. R. 6333-3",
            participation=shared.participation,
            dotation=shared.dotation,
            droits=shared.droits,
            abondement=shared.abondement,
            reste=shared.reste,
            a_payer=shared.a_payer,
        )


def carence_cpf(data: Any) -> Answer:
    champs = Champs(data, "demandee_le financement anterieur")
    demandee_le = champs.need("demandee_le", a_day)
    financement = champs.need("financement", one_of(cpf.Financeur))
    if not champs.present("anterieur"):
        raise champs.refuse("anterieur", "champ obligatoire (null s'il n'y a pas de bilan antérieur)")
    raw = champs.raw("anterieur")
    anterieur = _anterieur(raw)
    if isinstance(anterieur, cpf.Anterieur) and anterieur.finance_le > demandee_le:
        raise champs.refuse("anterieur.finance_le", "le financement antérieur suit la demande")
    with law_of("demandee_le"):
        law = law_on(demandee_le)
        found = cpf.carence(demandee_le, financement, anterieur, law)
        return answer(
            law.cpf.carence_annees,
            eligible=GAP_UNKNOWN if found.eligible is None else found.eligible,
            eligible_a_partir_du=found.eligible_a_partir_du,
        )


def _anterieur(data: Any) -> cpf.Anterieur | Literal["inconnu"] | None:
    if data is None:
        return None
    if data == "inconnu":
        return "inconnu"
    champs = Champs(data, "finance_le financeur", "anterieur.")
    return cpf.Anterieur(champs.need("finance_le", a_day), champs.need("financeur", one_of(cpf.Financeur)))


def entree_cpf(data: Any) -> Answer:
    champs = Champs(data, "proposition_le territoire")
    proposition_le, territoire = champs.need("proposition_le", a_day), champs.territoire()
    with law_of("proposition_le"):
        law = law_on(proposition_le)
        calendrier = Calendrier(territoire, law)
        found = cpf.first_start(proposition_le, calendrier)
        return answer(
            law.cpf.delai_avant_entree_jours_ouvres,
            calendrier.source,
            onzieme_jour_ouvre=found.onzieme_jour_ouvre,
            premier_debut=found.premier_debut,
        )


def declaration_edof(data: Any) -> Answer:
    champs = Champs(data, "evenement_le territoire")
    evenement_le, territoire = champs.need("evenement_le", a_day), champs.territoire()
    with law_of("evenement_le"):
        law = law_on(evenement_le)
        calendrier = Calendrier(territoire, law)
        return answer(
            law.cpf.declaration_entree_sortie_jours_ouvres,
            calendrier.source,
            au_plus_tard=cpf.declare_before(evenement_le, calendrier),
        )
