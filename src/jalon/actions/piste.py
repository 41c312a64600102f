"""Tracks of occupations: kept, dropped with a reason, taken up again, made into a project with what is missing for it.

What is kept says why as it was shown, under the version and the label of that day. Nobody learns from it: no weight moves.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.metiers import referentiel
from jalon.access.pieces import open_for_action
from jalon.access.portefeuille import explain, profil_of, read_portefeuille
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.piste import FORMATIONS, EtatPiste, drop_obstacles, pin_obstacles
from jalon.metiers import Metiers, MetiersError
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Personne, Piece
from jalon.vault.pieces.ecart import LigneEcart, PlanEcart
from jalon.vault.pieces.metier import MetierChoisi
from jalon.vault.pieces.piste import Piste
from jalon.vault.pieces.projet import Projet

# As many names as a page shows; the whole is in the plan.
NOMS = 12


@transaction.atomic
def pin_piste(*, bilan: Bilan, code: str, by: Personne, now: datetime, raison: str = "") -> Piece:
    """Keep this occupation among the tracks; one that was dropped comes back, with the reason it had."""
    access.require(Action.WRITE_PISTE, by, bilan)
    bilan = lock_bilan(bilan)
    return _place(bilan, code, EtatPiste.GARDEE, raison, by, now)


@transaction.atomic
def drop_piste(*, bilan: Bilan, code: str, raison: str, by: Personne, now: datetime) -> Piece:
    """Put it aside, and say why: it is no longer proposed, and can be taken up again."""
    access.require(Action.WRITE_PISTE, by, bilan)
    bilan = lock_bilan(bilan)
    found = drop_obstacles(raison)
    if found:
        raise Refused(*found)
    return _place(bilan, code, EtatPiste.ECARTEE, raison, by, now)


@transaction.atomic
def choose_piste(*, bilan: Bilan, reference: str, nature: str, by: Personne, now: datetime) -> Piece:
    """It becomes a project of the person, under its own title; the track says which."""
    access.require(Action.WRITE_PISTE, by, bilan)
    access.require(Action.WRITE_PROJET, by, bilan)
    bilan = lock_bilan(bilan)
    row, piste = _piste(bilan, reference)
    if piste.projet and Piece.objects.filter(bilan=bilan, nature="projet", reference=piste.projet).exists():
        return row
    if piste.metier is None or nature not in ("principal", "alternatif"):
        raise Refused(
            Obstacle("Dites si c’est le projet principal ou le plan B.", code="nature", field="nature")
        )
    projet = write_piece(
        bilan,
        Projet(nature=nature, intitule=piste.metier.libelle, atouts="\n".join(piste.communs)),
        by=by,
        now=now,
        reference=str(uuid.uuid4()),
    )
    record(Nom.PROJET_ECRIT, bilan, by=by, now=now, faits={"piece": projet.pk, "revision": projet.revision})
    chosen = replace(piste, etat=EtatPiste.RETENUE.value, projet=projet.reference)
    return _write(bilan, chosen, Nom.PISTE_RETENUE, reference, by, now)


@transaction.atomic
def write_ecart(
    *,
    bilan: Bilan,
    reference: str,
    lignes: Sequence[LigneEcart],
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
) -> Piece:
    """What is missing for this track, and by which way each gap could close. Its training leads go into the project."""
    access.require(Action.WRITE_PISTE, by, bilan)
    bilan = lock_bilan(bilan)
    _, piste = _piste(bilan, reference)
    metiers = referentiel()
    credits = [metiers.credit]
    if metiers.certifications is not None and any(one.certification for one in lignes):
        credits.append(metiers.certifications.credit)
    plan = PlanEcart(metier=piste.metier, credits="\n".join(credits), lignes=tuple(lignes))
    before = _revision(bilan, "ecart", reference)
    piece = write_piece(bilan, plan, by=by, now=now, reference=reference, base_revision=base_revision)
    drop_brouillon(bilan=bilan, page=f"ecart-{reference}", by=by)
    if piece.revision != before:
        record(Nom.ECART_ECRIT, bilan, by=by, now=now, faits={"piece": piece.pk, "revision": piece.revision})
        _feed_project(bilan, piste, plan, by, now)
    return piece


@transaction.atomic
def erase_piste(*, bilan: Bilan, reference: str, by: Personne, now: datetime) -> None:
    """The track and what was written of its gaps; a project that came of it stays."""
    access.require(Action.ERASE_PIECE, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    gone, _ = Piece.objects.filter(bilan=bilan, nature__in=["piste", "ecart"], reference=reference).delete()
    if gone:
        Piece.objects.filter(
            bilan=bilan, nature="brouillon", reference__startswith=f"ecart-{reference}/"
        ).delete()
        record(Nom.PIECE_EFFACEE, bilan, by=by, now=now, faits={"nature": "piste"})


def choisi(metiers: Metiers, code: str) -> MetierChoisi:
    """The occupation as it is named today; a code that does not exist is refused with the nearest ones."""
    try:
        fiche = metiers.fiche(code)
    except MetiersError as unknown:
        raise Refused(Obstacle(unknown.phrase, code="code")) from None
    return MetierChoisi(code=fiche.code, libelle=fiche.libelle, version=metiers.version, titre=metiers.titre)


def _place(bilan: Bilan, code: str, etat: EtatPiste, raison: str, by: Personne, now: datetime) -> Piece:
    require_content_open(bilan)
    metiers = referentiel()
    portfolio = read_portefeuille(by, bilan, now=now)
    known = portfolio.piste_of(code)
    if etat == EtatPiste.GARDEE:
        others = [lue.contenu.etat for lue in portfolio.pistes if lue is not known]
        found = pin_obstacles(others)
        if found:
            raise Refused(*found)
    if known is not None and known.contenu.etat == EtatPiste.RETENUE and etat == EtatPiste.GARDEE:
        return known.piece
    if known is not None:
        # What was understood of it when it was first kept is not written again.
        piste = replace(known.contenu, etat=etat.value, raison=raison.strip() or known.contenu.raison)
        reference = known.piece.reference
    else:
        piste = _explained(metiers, portfolio, code, etat, raison.strip())
        reference = str(uuid.uuid4())
    event = Nom.PISTE_GARDEE if etat == EtatPiste.GARDEE else Nom.PISTE_ECARTEE
    return _write(bilan, piste, event, reference, by, now)


def _explained(metiers: Metiers, portfolio: Any, code: str, etat: EtatPiste, raison: str) -> Piste:
    metier = choisi(metiers, code)
    found = explain(metiers, profil_of(portfolio, metiers), metier.code)
    if found is None:
        return Piste(etat=etat.value, metier=metier, raison=raison)
    return Piste(
        etat=etat.value,
        metier=metier,
        raison=raison,
        voies=found.voie,
        communs=tuple(one.competence.libelle for one in found.communs[:NOMS]),
        manquants=tuple(one.competence.libelle for one in found.manquants[:NOMS]),
        officielle=found.mobilite_officielle,
    )


def _write(bilan: Bilan, piste: Piste, event: Nom, reference: str, by: Personne, now: datetime) -> Piece:
    before = _revision(bilan, "piste", reference)
    piece = write_piece(bilan, piste, by=by, now=now, reference=reference)
    if piece.revision != before:
        record(event, bilan, by=by, now=now, faits={"piece": piece.pk, "revision": piece.revision})
    return piece


def _feed_project(bilan: Bilan, piste: Piste, plan: PlanEcart, by: Personne, now: datetime) -> None:
    """The leads that the project does not name yet are written under those it does: nothing of hers is touched."""
    row = Piece.objects.filter(bilan=bilan, nature="projet", reference=piste.projet).first()
    if not piste.projet or row is None:
        return
    projet: Projet = open_for_action(row)
    new = [line for line in _leads(plan) if line not in projet.formation]
    if not new:
        return
    text = "\n".join([*([projet.formation.rstrip()] if projet.formation.strip() else []), *new])
    piece = write_piece(bilan, replace(projet, formation=text), by=by, now=now, reference=piste.projet)
    record(Nom.PROJET_ECRIT, bilan, by=by, now=now, faits={"piece": piece.pk, "revision": piece.revision})


def _leads(plan: PlanEcart) -> list[str]:
    """One line for each certification or training, with the skills that it would bring."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in plan.lignes:
        if one.moyen in FORMATIONS:
            named = f"{one.certification} – {one.intitule}" if one.certification else one.note.strip()
            found.setdefault((one.moyen, named or "Formation à trouver"), []).append(one.libelle)
    return [
        f"{named}{', par la VAE' if moyen == 'vae' else ''}\u00a0: {', '.join(labels)}"
        for (moyen, named), labels in found.items()
    ]


def _piste(bilan: Bilan, reference: str) -> tuple[Piece, Piste]:
    row = Piece.objects.filter(bilan=bilan, nature="piste", reference=reference).first()
    if row is None:
        raise Refused(Obstacle("Cette piste n’existe plus : recommencez depuis la liste.", code="absent"))
    return row, open_for_action(row)


def _revision(bilan: Bilan, nature: str, reference: str) -> int | None:
    return (
        Piece.objects.filter(bilan=bilan, nature=nature, reference=reference)
        .values_list("revision", flat=True)
        .first()
    )
