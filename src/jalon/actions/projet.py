"""What is written about the projects: their training leads, and their comparison by her own criteria."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.metiers import referentiel
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.piece import lock_bilan, write_piece
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Personne, Piece
from jalon.vault.pieces.comparaison import Comparaison
from jalon.vault.pieces.formation import PisteFormation, PistesFormation


@transaction.atomic
def write_formation(
    *,
    bilan: Bilan,
    projet: str,
    pistes: tuple[PisteFormation, ...],
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
) -> Piece:
    """A number that the imported export knows brings its title, as it is named that day; nothing is looked up elsewhere."""
    access.require(Action.WRITE_PROJET, by, bilan)
    bilan = lock_bilan(bilan)
    if not Piece.objects.filter(bilan=bilan, nature="projet", reference=projet).exists():
        raise Refused(Obstacle("Ce projet n’existe plus : recommencez depuis la liste.", code="absent"))
    known = referentiel().certifications
    named = tuple(_named(one) for one in pistes)
    credit = known.credit if known is not None and any(one.titre for one in named) else ""
    contenu = PistesFormation(pistes=named, credit=credit)
    return _write(bilan, contenu, projet, f"formation-{projet}", Nom.FORMATION_ECRITE, by, now, base_revision)


@transaction.atomic
def write_comparaison(
    *, bilan: Bilan, contenu: Comparaison, by: Personne, now: datetime, base_revision: int | None = None
) -> Piece:
    access.require(Action.WRITE_PROJET, by, bilan)
    names = [one.nom.strip().casefold() for one in contenu.criteres]
    if len(set(names)) < len(names):
        raise Refused(
            Obstacle(
                "Deux critères portent le même nom : changez l’un, ou retirez-le. Il compterait deux fois.",
                code="criteres",
            )
        )
    bilan = lock_bilan(bilan)
    return _write(bilan, contenu, "", "comparaison", Nom.COMPARAISON_ECRITE, by, now, base_revision)


def _named(one: PisteFormation) -> PisteFormation:
    """The title of the day the number was first found stays."""
    known = referentiel().certifications
    numero = one.certification.strip().upper()
    found = known.get(numero) if known is not None and numero else None
    if found is None:
        return replace(one, certification=numero, titre=one.titre if numero else "")
    return replace(one, certification=found.numero, titre=found.intitule)


def _write(
    bilan: Bilan,
    contenu: PistesFormation | Comparaison,
    reference: str,
    page: str,
    nom: Nom,
    by: Personne,
    now: datetime,
    base_revision: int | None,
) -> Piece:
    before = (
        Piece.objects.filter(bilan=bilan, nature=contenu.kind, reference=reference)
        .values_list("revision", flat=True)
        .first()
    )
    piece = write_piece(bilan, contenu, by=by, now=now, reference=reference, base_revision=base_revision)
    drop_brouillon(bilan=bilan, page=page, by=by)
    if piece.revision != before:
        record(nom, bilan, by=by, now=now, faits={"piece": piece.pk, "revision": piece.revision})
    return piece
