"""Each way of paying, told in plain words: what it is, who learns of it, what happens before the start. For both spaces."""

from dataclasses import dataclass, replace

from jalon.domain.engagement import EngagementFacts
from jalon.domain.financement import Financement
from jalon.domain.parcours import TypeAction
from jalon.law import Law

_F = Financement


@dataclass(frozen=True)
class Voie:
    """`sait`: who learns that there is a dossier. `avant`: what must be there before the start, in order."""

    quoi: str
    sait: str
    avant: tuple[str, ...]
    source: str


VOIES: dict[Financement, Voie] = {
    _F.CPF_HORS_TEMPS: Voie(
        "La personne achète son bilan avec son compte personnel de formation, en dehors de son travail.",
        "La Caisse des dépôts, et personne d’autre. L’employeur n’a rien à savoir et n’apparaît nulle part.",
        (
            "Elle demande le bilan sur Mon Compte Formation, depuis son propre compte.",
            "Le cabinet lui envoie une proposition de commande ; elle la confirme.",
            "{entree} jours ouvrés passent entre la proposition et le premier jour.",
        ),
        "Code du travail, art. L. 6323-6, D. 6323-6 et L. 6323-17",
    ),
    _F.CPF_SUR_TEMPS: Voie(
        "La personne achète son bilan avec son compte, et en suit tout ou partie pendant ses heures de travail.",
        "La Caisse des dépôts, et l’employeur pour l’absence seulement : ses dates, jamais ce qui s’y dit.",
        (
            "Elle demande l’absence à son employeur {preavis} jours avant, ou {preavis_long} si le bilan dure {seuil} mois.",
            "L’employeur a {reponse} jours pour répondre ; son silence vaut accord.",
            "La commande suit la même route que hors du temps de travail.",
        ),
        "Code du travail, art. L. 6323-17 et D. 6323-4",
    ),
    _F.PLAN: Voie(
        "L’employeur propose et paie le bilan ; la personne est libre de refuser.",
        "L’employeur sait qu’il y a un bilan, ses dates et les présences. Les résultats n’appartiennent qu’à la personne.",
        (
            "L’employeur transmet la convention ; la personne a {convention} jours pour la signer, et son silence vaut refus.",
            "Les trois signatures sont là avant le premier entretien.",
        ),
        "Code du travail, art. R. 6313-8",
    ),
    _F.RECLASSEMENT: Voie(
        "Le bilan ouvre le congé de reclassement ; l’employeur le finance.",
        "L’employeur sait qu’il y a un bilan et ses dates. La cellule d’accompagnement n’apprend que la nature, la durée et "
        "la mise en œuvre d’une formation ou d’une VAE proposée.",
        (
            "La convention est signée par les trois parties ; la personne a {convention} jours, et son silence vaut refus.",
        ),
        "Code du travail, art. L. 1233-71, R. 1233-27 et R. 1233-35",
    ),
    _F.FRANCE_TRAVAIL: Voie(
        "France Travail paie tout ou partie du bilan d’une personne en recherche d’emploi.",
        "France Travail sait qu’il y a un bilan, ses dates et les présences, jamais ce qui s’y dit.",
        (
            "Le cabinet dépose un devis ; le conseiller donne son accord.",
            "Le montant accordé se note ici avec le numéro de l’accord.",
        ),
        "Code du travail, art. L. 6316-1",
    ),
    _F.OPCO: Voie(
        "Un opérateur de compétences, ou un fonds d’assurance formation, prend tout ou partie du prix.",
        "Le fonds et l’employeur savent qu’il y a un bilan et ses dates. Un indépendant n’a affaire qu’à son fonds.",
        (
            "Une convention est signée ; un devis ou un bon de commande ne suffit jamais pour un bilan.",
            "Elle dit le taux d’heures à distance.",
            "L’OPCO rembourse le plus souvent l’employeur, qui reçoit alors la facture.",
        ),
        "Code du travail, art. R. 6313-8 et D. 6353-1",
    ),
    _F.AGEFIPH: Voie(
        "L’Agefiph aide une personne reconnue travailleuse handicapée.",
        "L’Agefiph sait qu’il y a un bilan et son prix. Rien de ce qui touche à la santé ne passe par ce dossier.",
        ("L’Agefiph donne son accord écrit, avec un montant.",),
        "Code du travail, art. L. 6316-1",
    ),
    _F.AGENT_PUBLIC: Voie(
        "Un employeur public paie le bilan d’un de ses agents, sur un congé ou sur ses heures.",
        "L’employeur sait qu’il y a un bilan et ses dates, jamais ce qui s’y dit.",
        (
            "L’agent fait sa demande à son employeur, selon les règles de sa fonction publique.",
            "L’employeur donne son accord écrit. Son compte se compte en heures, hors de Mon Compte Formation.",
        ),
        "Code général de la fonction publique, art. L. 422-3",
    ),
    _F.PERSONNEL: Voie(
        "La personne paie elle-même, sous un contrat écrit.",
        "Personne d’autre qu’elle et le cabinet.",
        (
            "Le contrat est signé avant tout paiement.",
            "Elle peut renoncer pendant {retractation} jours, ou {distance} si le contrat est signé à distance ou hors du cabinet.",
            "Aucun argent avant la fin de ce délai ; puis {acompte} % au plus, et le reste au fil des séances.",
        ),
        "Code du travail, art. L. 6353-3 à L. 6353-7",
    ),
}  # fmt: skip

HORS_CADRE = Voie(
    "La personne paie elle-même une prestation qui n’est pas un bilan de compétences au sens de la loi.",
    "Personne d’autre qu’elle et le cabinet.",
    (
        "Le droit de la consommation s’applique entièrement ; ni CPF, ni OPCO, ni certificat de bilan.",
        "Signé à distance ou hors du cabinet, le contrat ouvre {distance} jours pour renoncer.",
    ),
    "Code de la consommation, art. L. 221-18 ; Code du travail, art. L. 6313-1, 2°",
)


def voie_of(financement: str, type_action: str, law: Law) -> Voie:
    """With the numbers of that day's law: none of them is written here."""
    told = HORS_CADRE if type_action == TypeAction.HORS_CADRE else VOIES[Financement(financement)]
    numbers = _numbers(law)
    return replace(told, avant=tuple(one.format(**numbers) for one in told.avant))


def _numbers(law: Law) -> dict[str, object]:
    absence, contract = law.absence_cpf, law.contrat_individuel
    return {
        "entree": law.cpf.delai_avant_entree_jours_ouvres.value,
        "preavis": absence.prevenance_jours_moins_6_mois.value,
        "preavis_long": absence.prevenance_jours_6_mois_et_plus.value,
        "seuil": absence.seuil_longue_duree_mois.value,
        "reponse": absence.reponse_jours.value,
        "convention": law.bilan_competences.convention_delai_jours.value,
        "retractation": contract.retractation_jours.value,
        "distance": contract.retractation_distance_jours.value,
        "acompte": f"{contract.premier_versement_max.value * 100:.0f}",
    }


def droit_du(facts: EngagementFacts | None) -> str:
    """Why this day's law and not another's."""
    if facts is not None and facts.cpf_demande_le is not None:
        return "le jour de la demande sur Mon Compte Formation"
    return "le jour où le financement a été réglé"
