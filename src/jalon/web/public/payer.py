"""Ways of paying, one by one, with the amounts and the delays that the law of the day gives for this very price."""

from dataclasses import dataclass
from decimal import Decimal

from jalon.domain.cpf import Ressources, Situation, share_price
from jalon.domain.financement import Financement
from jalon.law import Law
from jalon.web.composants.typographie import compte, euros

# Rights that never run out before the ceiling does: what is left then is what the law itself leaves to pay.
_AMPLE = Decimal(1_000_000)


@dataclass(frozen=True)
class Facon:
    titre: str
    phrases: tuple[str, ...]
    source: str


def ways(financements: list[Financement], prix: Decimal, law: Law) -> list[Facon]:
    """In the order in which people ask."""
    chosen = set(financements)
    found = []
    cpf = {Financement.CPF_HORS_TEMPS, Financement.CPF_SUR_TEMPS} & chosen
    if cpf:
        found.append(
            _cpf(
                prix,
                law,
                sur_temps=Financement.CPF_SUR_TEMPS in cpf,
                hors=len(cpf) > 1 or Financement.CPF_HORS_TEMPS in cpf,
            )
        )
    for one in Financement:
        if one in chosen and one in _AUTRES:
            found.append(_AUTRES[one](prix, law))
    return found


def _cpf(prix: Decimal, law: Law, *, sur_temps: bool, hors: bool) -> Facon:
    share = share_price(prix, Ressources(droits=_AMPLE), Situation(), law)
    phrases = [
        f"Sur {euros(prix)}, une participation de {euros(share.participation)} est à votre charge, sauf si vous cherchez un "
        f"emploi ou si votre employeur abonde ; vos droits paient jusqu’à {euros(share.droits)}"
        + (
            f" et il reste {euros(share.reste)}, que vous ou quelqu’un d’autre pouvez payer."
            if share.reste
            else ", selon ce que votre compte contient."
        )
    ]
    gap = law.cpf.carence_annees.value
    if gap:
        phrases.append(
            f"Un bilan déjà payé par un fonds public il y a moins de {compte(gap, 'an', 'ans')} peut empêcher d’en demander un autre."
        )
    delay = law.cpf.delai_avant_entree_jours_ouvres.value
    phrases.append(
        f"La plateforme laisse au moins {compte(delay, 'jour ouvré', 'jours ouvrés')} entre la commande et le début."
    )
    if hors:
        phrases.append(
            "Hors de votre temps de travail, votre employeur n’en sait rien : nous ne lui écrivons jamais."
        )
    if sur_temps:
        asked = law.absence_cpf.prevenance_jours_moins_6_mois.value
        answer = law.absence_cpf.reponse_jours.value
        phrases.append(
            f"Sur votre temps de travail, vous demandez votre absence {compte(asked, 'jour', 'jours')} avant ; votre employeur a "
            f"{compte(answer, 'jour', 'jours')} pour répondre, et son silence vaut accord."
        )
    return Facon(
        "Avec votre compte personnel de formation (CPF)",
        tuple(phrases),
        "Code du travail, art. L. 6323-7, D. 6323-1 A et D. 6323-6",
    )


def _plan(prix: Decimal, law: Law) -> Facon:
    days = law.bilan_competences.convention_delai_jours.value
    return Facon(
        "Avec votre employeur",
        (
            "Une convention à trois : votre employeur, vous, nous. Il paie ; il ne reçoit ni vos résultats ni la synthèse.",
            f"Vous avez {compte(days, 'jour', 'jours')} pour la signer ; ne pas répondre vaut refus, et refuser n’est pas une faute.",
        ),
        "Code du travail, art. R. 6313-8 et L. 6313-4",
    )


def _reclassement(prix: Decimal, law: Law) -> Facon:
    return Facon(
        "En congé de reclassement",
        (
            "L’employeur paie. La cellule n’apprend que la nature et la durée de ce qui est proposé ensuite, jamais vos résultats.",
        ),
        "Code du travail, art. L. 1233-71 et R. 1233-27",
    )


def _france_travail(prix: Decimal, law: Law) -> Facon:
    return Facon(
        "Avec France Travail",
        (
            "Selon l’accord de votre conseillère ou de votre conseiller, sur un devis que nous lui transmettons avec vous.",
        ),
        "",
    )


def _opco(prix: Decimal, law: Law) -> Facon:
    return Facon(
        "Avec un OPCO ou un fonds d’assurance formation",
        (
            "Selon ses règles et son accord écrit : il nous paie, ou il rembourse votre employeur. Indépendants : votre fonds vous répond directement.",
        ),
        "",
    )


def _agefiph(prix: Decimal, law: Law) -> Facon:
    return Facon(
        "Avec l’Agefiph",
        ("En situation de handicap, une aide peut s’ajouter. Ce que vous nous en dites reste entre nous.",),
        "",
    )


def _agent_public(prix: Decimal, law: Law) -> Facon:
    return Facon(
        "Agent public",
        (
            "Votre administration peut prendre en charge le bilan et accorder un congé. Les règles diffèrent entre l’État, les collectivités et l’hôpital.",
        ),
        "",
    )


def _personnel(prix: Decimal, law: Law) -> Facon:
    contract = law.contrat_individuel
    first = int(contract.premier_versement_max.value * 100)
    return Facon(
        "Par vous-même",
        (
            f"Un contrat écrit, signé avant tout paiement. Vous pouvez vous rétracter pendant "
            f"{compte(contract.retractation_jours.value, 'jour', 'jours')}, ou "
            f"{compte(contract.retractation_distance_jours.value, 'jour', 'jours')} s’il est conclu à distance : rien n’est payé avant.",
            f"Ensuite {first} % au plus, et le reste au fil de l’accompagnement.",
        ),
        "Code du travail, art. L. 6353-3 à L. 6353-7 ; Code de la consommation, art. L. 221-18",
    )


_AUTRES = {
    Financement.PLAN: _plan,
    Financement.RECLASSEMENT: _reclassement,
    Financement.FRANCE_TRAVAIL: _france_travail,
    Financement.OPCO: _opco,
    Financement.AGEFIPH: _agefiph,
    Financement.AGENT_PUBLIC: _agent_public,
    Financement.PERSONNEL: _personnel,
}
