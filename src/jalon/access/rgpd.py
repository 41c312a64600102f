"""The door to the documents on personal data: the cabinet's identity, and the durations of the law of the day."""

from datetime import datetime

from jalon.access import Action, require
from jalon.documents.francais import jour_complet
from jalon.documents.rgpd import Responsable, render_aipd, render_registre
from jalon.domain.jours import local_day, zone
from jalon.law import law_on
from jalon.records.models import Organisme, Personne

DOCUMENTS = {"registre": render_registre, "aipd": render_aipd}


def read_rgpd(personne: Personne, organisme: Organisme, nom: str, now: datetime) -> str:
    require(Action.MANAGE_CABINET, personne, organisme)
    day = local_day(now, zone(organisme.fuseau))
    law = law_on(day)
    place = " ".join(filter(None, (organisme.adresse, organisme.code_postal, organisme.ville)))
    return DOCUMENTS[nom](
        Responsable(
            nom=organisme.nom,
            adresse=place or "adresse à compléter",
            siren=organisme.siren or "à compléter",
            representant=organisme.representant or "à compléter",
            contact=organisme.courriel or organisme.telephone or "à compléter",
            jour=jour_complet(day),
            annees_accord=law.bilan_competences.retention_exception_annees.value,
            annees_preuve=law.conservation.preuve_civile_annees.value,
            annees_comptable=law.conservation.comptable_annees.value,
            annees_prospect=law.conservation.prospect_annees.value,
            mois_journaux=_months(law.conservation.journaux_mois.value),
            mois_reponse=law.donnees_personnelles.reponse_mois.value,
            heures_violation=law.donnees_personnelles.violation_heures.value,
        )
    )


def _months(value: object) -> int:
    """A range in the recommendation: the longest is what is announced."""
    return max(value) if isinstance(value, list | tuple) else int(value)  # type: ignore[call-overload,no-any-return]
