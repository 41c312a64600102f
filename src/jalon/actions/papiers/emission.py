"""Issue one paper: made, frozen, sealed; or frozen and sent to those who sign it, the seal coming after the last."""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.papier import LIBELLES
from jalon.actions.papier import freeze
from jalon.actions.papiers.ecrits import ECRITS
from jalon.actions.papiers.matiere import Matiere, read_matiere
from jalon.actions.papiers.offre import A_SIGNER, obstacles, suits
from jalon.actions.piece import lock_bilan
from jalon.actions.signature import open_circuit
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.signature import Qualite
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Circuit, Convention, DocumentEmis, Personne


@transaction.atomic
def issue_papier(
    *, bilan: Bilan, genre: str, by: Personne, now: datetime, taille: str = "normal"
) -> DocumentEmis:
    access.require(Action.ISSUE_PAPIERS, by, bilan)
    if genre not in ECRITS:
        raise Refused(Obstacle("Ce papier n’existe pas.", code="genre"))
    matiere = read_matiere(lock_bilan(bilan), now=now, numerote=False)
    found = obstacles(genre, matiere)
    if found:
        raise Refused(found)
    return _issue(genre, matiere, by=by, now=now, taille=taille)


@transaction.atomic
def issue_papiers(*, bilan: Bilan, by: Personne, now: datetime, taille: str = "normal") -> list[DocumentEmis]:
    """All those that miss nothing and were not issued yet, in one go: what was agreed is read once."""
    access.require(Action.ISSUE_PAPIERS, by, bilan)
    bilan = lock_bilan(bilan)
    matiere = read_matiere(bilan, now=now, numerote=False)
    issued = set(bilan.documents.values_list("genre", flat=True))
    ready = [g for g in ECRITS if suits(g, bilan) and g not in issued and not obstacles(g, matiere)]
    if not ready:
        raise Refused(
            Obstacle(
                "Aucun papier n’est à établir : ils le sont déjà, ou il leur manque une mention.", code="vide"
            )
        )
    return [_issue(genre, matiere, by=by, now=now, taille=taille) for genre in ready]


def _issue(genre: str, matiere: Matiere, *, by: Personne, now: datetime, taille: str) -> DocumentEmis:
    matiere.numerote = True
    issued = freeze(
        genre,
        ECRITS[genre](matiere),
        matiere.bilan,
        by=by,
        now=now,
        reason=LIBELLES[genre],
        taille=taille,
        a_signer=genre in A_SIGNER,
    )
    if genre in A_SIGNER:
        _send(issued, matiere, by=by, now=now)
    return issued


def _send(issued: DocumentEmis, matiere: Matiere, *, by: Personne, now: datetime) -> Circuit:
    people = {
        Qualite.BENEFICIAIRE: matiere.bilan.beneficiaire,
        Qualite.CONSULTANT: matiere.bilan.consultant,
        Qualite.PRESTATAIRE: matiere.prestataire,
        Qualite.EMPLOYEUR: matiere.employeur.personne if matiere.employeur else None,
    }
    chosen = []
    for rang, qualite in A_SIGNER[issued.genre]:
        personne = people[qualite]
        assert personne is not None
        chosen.append((rang, qualite, personne))
    if issued.genre != "convention":
        return open_circuit(document=issued, signataires=chosen, by=by, now=now)

    def prepare(circuit: Circuit) -> None:
        project = Convention.objects.create(bilan=matiere.bilan, circuit=circuit, etablie_le=now)
        record(
            Nom.CONVENTION_ETABLIE,
            matiere.bilan,
            by=by,
            now=now,
            faits={"convention": project.pk, "numero": issued.numero},
        )

    return open_circuit(document=issued, signataires=chosen, by=by, now=now, prepare=prepare)
