"""Calculations on the duties of the provider: quality, yearly figures, proofs, answers to people."""

from __future__ import annotations

from datetime import date
from typing import Any

from jalon.cli.droit.entree import Champs, a_day, a_year, law_of, one_of
from jalon.cli.droit.reponse import Answer, answer
from jalon.domain.bpf import last_safe_day
from jalon.domain.droit_acces import answer_before
from jalon.domain.jours import Calendrier
from jalon.domain.parcours import Labelled
from jalon.domain.preuve import certificate_kept_until, invoice_kept_until
from jalon.domain.qualiopi import cycle, referentiel
from jalon.law import law_on


class Preuve(Labelled):
    """The kinds of proof, and the field that dates each."""

    CERTIFICAT_REALISATION = "certificat_realisation", "dernier_paiement_le"
    FACTURE = "facture", "exercice_clos_le"


def qualiopi(data: Any) -> Answer:
    champs = Champs(data, "audit_le sous_traitance")
    audit_le = champs.need("audit_le", a_day)
    sous_traitance = champs.flag("sous_traitance", default=True)
    with law_of("audit_le"):
        law = law_on(audit_le)
        found = referentiel(law, sous_traitance=sous_traitance)
        return answer(
            law.qualite.referentiel,
            law.qualite.indicateurs_bilan,
            referentiel=found.nom,
            total=found.total,
            applicables=found.applicables,
            sans_objet=found.sans_objet,
        )


def certificat_qualiopi(data: Any) -> Answer:
    champs = Champs(data, "obtenu_le")
    obtenu_le = champs.need("obtenu_le", a_day)
    with law_of("obtenu_le"):
        law = law_on(obtenu_le)
        found = cycle(obtenu_le, law)
        return answer(
            law.qualite.certificat_annees,
            surveillance_du=found.surveillance_du,
            surveillance_au=found.surveillance_au,
            expire_le=found.expire_le,
        )


def bpf(data: Any) -> Answer:
    champs = Champs(data, "annee")
    annee = champs.need("annee", a_year)
    with law_of("annee"):
        law = law_on(date(annee + 1, 1, 1))
        return answer(law.organisme.bpf_echeance, dernier_jour_sur=last_safe_day(annee, law))


def conservation_preuve(data: Any) -> Answer:
    nature = Champs(data, "nature dernier_paiement_le exercice_clos_le").need("nature", one_of(Preuve))
    champ = nature.label
    day = Champs(data, f"nature {champ}").need(champ, a_day)
    with law_of(champ):
        law = law_on(day)
        kept = law.conservation
        if nature == Preuve.CERTIFICAT_REALISATION:
            return answer(
                kept.certificat_realisation_annees_apres_fin_annee_paiement,
                jusqu_au=certificate_kept_until(day, law),
            )
        return answer(kept.comptable_annees, kept.fiscale_annees, jusqu_au=invoice_kept_until(day, law))


def droit_acces(data: Any) -> Answer:
    champs = Champs(data, "recue_le territoire")
    recue_le, territoire = champs.need("recue_le", a_day), champs.territoire()
    with law_of("recue_le"):
        law = law_on(recue_le)
        calendrier = Calendrier(territoire, law)
        return answer(
            law.donnees_personnelles.reponse_mois,
            law.donnees_personnelles.reponse_prorogation,
            calendrier.source,
            repondre_au_plus_tard=answer_before(recue_le, calendrier),
        )
