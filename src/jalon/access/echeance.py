"""What is due, in words: the name of each clock as a page says it, and which of them the law sets."""

from datetime import date, datetime, time

from django.db.models import Q

from jalon.domain.jours import DAY, zone
from jalon.records.models import Echeance

_PLATEFORME = "Caisse des dépôts, Mon Compte Formation"
# What falls due, and the rule behind it.
SENS: dict[str, tuple[str, str]] = {
    "contact_effacement": ("Effacement d’un contact sans suite", "CNIL, durées de conservation"),
    "entretien_rappel": ("Rappel d’un entretien préalable", "Règle de Jalon"),
    "terme_rappel": ("Rappel de la date de fin à la personne", "Règle de Jalon"),
    "terme": ("Fin de l’accompagnement", "Code du travail, art. R. 6313-7"),
    "destruction": ("Destruction des documents", "Code du travail, art. R. 6313-7"),
    "conservation_fin": ("Fin d’un accord de conservation", "Code du travail, art. R. 6313-7"),
    "partage_fin": ("Fin d’une copie donnée à lire", "Code du travail, art. L. 6313-4, al. 3"),
    "rappel_personnel": ("Rappel que la personne a demandé", "Règle de Jalon"),
    "suivi_invitation": ("Invitation à l’entretien de suivi", "Code du travail, art. R. 6313-4, 3° c"),
    "droit_reponse": ("Rappel d’une réponse due à la personne", "RGPD, art. 12, § 3"),
    "reseau_fin": ("Fin d’une participation à l’entraide", "RGPD, art. 5, 1 e"),
    "pause_fin": ("Fin d’une pause", "Règle de Jalon"),
    "suivi_fin": ("Clôture de l’entretien de suivi", "Code du travail, art. R. 6313-7"),
    "seance_rappel": ("Rappel d’une séance", "Règle de Jalon"),
    "regards_fin": ("Dernier jour pour répondre, aux regards demandés par la personne", "Règle de Jalon"),
    "enquete_rappel": ("Rappel d’une rencontre que la personne a demandé", "Règle de Jalon"),
    "cachet_fin": ("Fin prochaine du certificat apporté par le cabinet", "Règle de Jalon"),
    "tache_rappel": ("Rappel d’un travail que la personne a demandé", "Règle de Jalon"),
    "retractation": ("Fin du délai pour renoncer au contrat", "Code du travail, art. L. 6353-5"),
    "cpf_reponse": ("Répondre à une demande reçue sur Mon Compte Formation", _PLATEFORME),
    "cpf_confirmation": ("Confirmation de la commande par la personne", _PLATEFORME),
    "cpf_onze_jours": ("Premier jour possible d’un accompagnement payé par le CPF", _PLATEFORME),
    "cpf_entree": ("Déclarer une entrée sur Mon Compte Formation", _PLATEFORME),
    "cpf_sortie": ("Déclarer une sortie sur Mon Compte Formation", _PLATEFORME),
    "compte_effacement": ("Effacement d’un compte", "RGPD, art. 5, 1 e"),
    "signature_fin": ("Fin du délai pour signer un document", "Règle de Jalon"),
    "signature_sceau": ("Scellement d’un document signé par tous", "Règle de Jalon"),
    "convention_silence": (
        "Dernier jour du salarié pour signer la convention : son silence vaut refus",
        "Code du travail, art. R. 6313-8",
    ),
    "absence_silence": (
        "Dernier jour de l’employeur pour répondre à l’absence : son silence vaut accord",
        "Code du travail, art. D. 6323-4",
    ),
}
# Reminders go by themselves and nobody waits for them.
PRINCIPALES = (
    "cpf_reponse",
    "cpf_confirmation",
    "cpf_entree",
    "cpf_sortie",
    "retractation",
    "terme",
    "destruction",
    "conservation_fin",
    "suivi_invitation",
    "suivi_fin",
    "compte_effacement",
    "convention_silence",
    "absence_silence",
)
OUVERTES = Q(faite_le=None, annulee_le=None)


def intitule(echeance: Echeance) -> str:
    return SENS[echeance.nom][0] if echeance.nom in SENS else "Échéance"


def source(echeance: Echeance) -> str:
    return SENS[echeance.nom][1] if echeance.nom in SENS else ""


def moment(echeance: Echeance, fuseau: str) -> date | datetime:
    """As people say it. A clock that ends at 24:00 of its last day is told by that day, never by the midnight after."""
    there = echeance.echoit_le.astimezone(zone(fuseau))
    return there.date() - DAY if there.time() == time.min else echeance.echoit_le


def is_late(echeance: Echeance, now: datetime) -> bool:
    return echeance.echoit_le < now
