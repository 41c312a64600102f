"""The procès-verbal de destruction: what was destroyed, when, how; what stays, why and until when. Never a word of content."""

import hashlib
from datetime import datetime

from django.db import transaction

from jalon.access.coffre import coffre
from jalon.actions.papier import frame, freeze
from jalon.actions.piece import lock_bilan
from jalon.documents.proces_verbal.data import (
    CategorieDetruite,
    EtatCopie,
    MotifDestruction,
    PieceConservee,
    ProcesVerbal,
)
from jalon.domain.decision import Choix, Ensemble
from jalon.domain.natures import LABELS
from jalon.records.faits import local_day
from jalon.records.models import Bilan, DemandeCep, Destruction, DocumentEmis, Personne

# How long the mirror may lag: the nightly run refreshes it (design of the vault).
MIRROR_DELAY_HOURS = 24


@transaction.atomic
def issue_proces_verbal(*, destruction: Destruction, by: Personne, now: datetime) -> DocumentEmis:
    """One per destruction; issuing it again gives the first."""
    bilan = lock_bilan(destruction.bilan)
    known = DocumentEmis.objects.filter(
        bilan=bilan, genre="proces_verbal", emis_le__gte=destruction.faite_le or now
    ).first()
    if known is not None:
        return known
    assert destruction.faite_le is not None
    mirror = coffre().mirror_state()
    if mirror.chemin is None:
        copy = EtatCopie.AUCUNE
    else:
        copy = EtatCopie.A_JOUR if destruction.miroir_rafraichi_le else EtatCopie.A_RAFRAICHIR
    categories = tuple(
        CategorieDetruite(libelle=LABELS.get(nature, nature), nombre=count)
        for nature, count in sorted(destruction.categories.items())
        if count
    ) or (CategorieDetruite(libelle="Aucun document n’avait été écrit", nombre=0),)
    data = ProcesVerbal(
        papier=frame("proces_verbal", bilan, now),
        beneficiaire=bilan.beneficiaire.nom_complet,
        reference=bilan.numero,
        motif=MotifDestruction(destruction.motif),
        commence_le=destruction.commencee_le,
        termine_le=destruction.faite_le,
        categories=categories,
        # Fingerprints of the keys' names: they prove which, and open nothing.
        cles=tuple(hashlib.sha256(key.encode()).hexdigest() for key in destruction.cles),
        epoque_avant=destruction.epoque_avant or 0,
        epoque_apres=destruction.epoque_apres or 1,
        empreinte_avant=destruction.empreinte_avant,
        empreinte_apres=destruction.empreinte_apres,
        copie=copy,
        copie_rafraichie_le=destruction.miroir_rafraichi_le,
        copie_delai_heures=MIRROR_DELAY_HOURS if copy == EtatCopie.A_RAFRAICHIR else None,
        conserves=_kept(bilan),
        terme=local_day(bilan, bilan.termine_le) if bilan.termine_le else None,
    )
    return freeze("proces_verbal", data, bilan, by=by, now=now, reason="Procès-verbal de destruction")


def _kept(bilan: Bilan) -> tuple[PieceConservee, ...]:
    """The documents under an agreement or asked for by the CEP, then the proofs, each with its reason."""
    found = [
        PieceConservee(
            libelle=Ensemble(decision.ensemble).label,
            pourquoi="Accord écrit de la personne, fondé sur la nécessité d’un suivi",
            jusqu_au=decision.conserve_jusqu_au,
            source="Code du travail, art. R. 6313-7",
        )
        for decision in bilan.decisions.filter(
            choix=Choix.CONSERVER, retire_le=None, detruit_le=None, conserve_jusqu_au__isnull=False
        )
    ]
    asked = DemandeCep.objects.filter(bilan=bilan, conserve_jusqu_au__isnull=False, detruite_le=None).first()
    if asked is not None:
        found.append(
            PieceConservee(
                libelle=Ensemble.SYNTHESE.label,
                pourquoi="Communication au conseil en évolution professionnelle, à la demande de la personne",
                jusqu_au=asked.conserve_jusqu_au,
                source="Code du travail, art. L. 6313-4 et R. 6313-7",
            )
        )
    found.append(
        PieceConservee(
            libelle="Le dossier administratif : consentement, dates et signatures des séances, certificat, ce procès-verbal",
            pourquoi="Preuve que l’accompagnement a eu lieu ; aucun contenu",
            source="Code du travail, art. L. 6362-6",
        )
    )
    return tuple(found)
