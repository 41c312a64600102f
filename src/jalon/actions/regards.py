"""The looks of others (360°): proposed by the consultant, led by the person alone from the first address to the closing.

At the closing everything is mixed once, then every separate answer, every name and every address is destroyed.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre
from jalon.access.instruments import instrument_of
from jalon.access.pieces import open_for_action
from jalon.access.regards import INSTRUMENT, SOI, find_regards, is_open, mix
from jalon.actions import envoi
from jalon.actions.echeance import cancel, schedule
from jalon.actions.miroir import refresh_mirror
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.actions.qualification import require_qualified
from jalon.actions.questionnaire import propose_questionnaire
from jalon.actions.regards_lien import DEMANDE, RAPPEL, address_fingerprint, ask, forget_mails, seal_link
from jalon.actions.repli import fold_journal
from jalon.domain import regards as domain
from jalon.domain.adresse import normalize
from jalon.domain.bilan import CLOSED
from jalon.domain.jours import end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import RECIPIENT
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import AccesEmployeur, Bilan, Echeance, Personne, Piece, Regards, Repondant
from jalon.vault import piece_key
from jalon.vault.pieces.regards import AdresseRepondant, CadreRegards, Invite

# The clock that tells her that the last day is over.
CLOCK = "regards_fin"


@transaction.atomic
def propose_regards(*, bilan: Bilan, by: Personne, now: datetime) -> Regards:
    """Opens nothing yet: she may now choose whom she asks, or nobody. Her own sheet comes with it."""
    access.require(Action.PROPOSE_QUESTIONNAIRE, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    known = find_regards(bilan)
    if known is not None:
        return known
    instrument = instrument_of(bilan.organisme_id, INSTRUMENT)
    assert instrument is not None
    require_qualified(bilan, instrument, by, now)
    propose_questionnaire(bilan=bilan, code=SOI, by=by, now=now)
    made = Regards.objects.create(bilan=bilan, version=instrument.version, propose_le=now)
    record(Nom.REGARDS_PROPOSES, bilan, by=by, now=now, faits={"version": instrument.version})
    return made


@transaction.atomic
def frame_regards(
    *,
    bilan: Bilan,
    signature: str,
    mot: str,
    explicite: bool,
    dernier_jour: date | None,
    by: Personne,
    now: datetime,
) -> Regards:
    """How she presents herself, what she adds, whether her page names the bilan, and until when; may be changed while it runs."""
    bilan, regards = _mine(bilan, by)
    found = domain.cadre_obstacles(dernier_jour, local_day(bilan, now))
    if not signature.strip():
        found.append(
            Obstacle(
                "Dites sous quel nom vous demandez : sans nom, personne ne répondrait.",
                code="signature",
                field="signature",
            )
        )
    elif not domain.is_signature(signature):
        found.append(
            Obstacle(
                "Ce nom part dans un courriel : des lettres, des espaces, des traits d’union, quatre mots au plus.",
                code="signature",
                field="signature",
            )
        )
    if found:
        raise Refused(found)
    assert dernier_jour is not None
    content = CadreRegards(signature=" ".join(signature.split()), mot=mot, explicite=explicite)
    write_piece(bilan, content, by=by, now=now)
    first = regards.dernier_jour is None
    regards.dernier_jour = dernier_jour
    regards.save(update_fields=["dernier_jour"])
    schedule(
        CLOCK,
        end_of_day(dernier_jour, zone(bilan.fuseau)) + timedelta(hours=8),
        organisme=bilan.organisme,
        bilan=bilan,
    )
    if first:
        record(Nom.REGARDS_OUVERTS, bilan, by=by, now=now, faits={"jusqu_au": dernier_jour})
    return regards


@transaction.atomic
def invite_repondant(
    *, bilan: Bilan, nom: str, groupe: str, adresse: str, by: Personne, now: datetime
) -> Repondant:
    """By her, one by one. The address is sealed under a key that belongs to that respondent alone."""
    bilan, regards = _mine(bilan, by)
    _require_open(bilan, regards, now)
    found = []
    if not nom.strip():
        found.append(Obstacle("Donnez un nom : vous seul·e le verrez.", code="nom", field="nom"))
    if groupe not in set(domain.Groupe):
        found.append(Obstacle("Choisissez un groupe.", code="groupe", field="groupe"))
    if not domain.is_plausible(adresse):
        found.append(Obstacle("Cette adresse n’est pas complète.", code="adresse", field="adresse"))
    print_ = address_fingerprint(regards.pk, adresse)
    found += domain.invite_obstacles(
        adresse,
        invitees=regards.repondants.count(),
        deja=regards.repondants.filter(adresse_empreinte=print_).exists(),
        sienne=bilan.beneficiaire.email or "",
        employeur=AccesEmployeur.objects.filter(bilan=bilan).values_list("courriel", flat=True),
        cabinet=_team(bilan),
    )
    if found:
        raise Refused(found)
    row = Repondant(regards=regards, groupe=groupe, adresse_empreinte=print_, invite_le=now)
    row.lien_empreinte = seal_link(row.pk)
    row.save(force_insert=True)
    coffre().create_keys([piece_key(row.pk)])
    write_piece(bilan, Invite(nom=nom.strip()), by=by, now=now, reference=str(row.pk))
    seal_under_own_key(bilan, row, AdresseRepondant(adresse=normalize(adresse)), now=now)
    ask(row, bilan, DEMANDE, now=now)
    record(Nom.REPONDANT_INVITE, bilan, by=by, now=now, faits={"groupe": groupe})
    transaction.on_commit(partial(refresh_mirror, now))
    return row


def _team(bilan: Bilan) -> Iterable[str]:
    rows = bilan.organisme.membres.filter(jusqu_au=None).values_list("personne__email", flat=True)
    return [email for email in rows if email]


@transaction.atomic
def forget_repondant(*, bilan: Bilan, repondant_id: Any, by: Personne, now: datetime) -> None:
    """She takes an invitation back: with it goes whatever that person may have written, read by nobody."""
    bilan, regards = _mine(bilan, by)
    row = regards.repondants.filter(pk=repondant_id).first()
    if row is None:
        raise Refused(Obstacle("Cette invitation n’est plus là.", code="absent"))
    Piece.objects.filter(bilan=bilan, nature="invite", reference=str(row.pk)).delete()
    erase_own_key(bilan, [row.pk], now=now)
    row.delete()
    record(Nom.REPONDANT_OUBLIE, bilan, by=by, now=now, faits={"groupe": row.groupe})


@transaction.atomic
def remind_repondants(*, bilan: Bilan, by: Personne, now: datetime) -> None:
    """To those who have not answered, whoever they are: she is not told which, nor how many."""
    bilan, regards = _mine(bilan, by)
    _require_open(bilan, regards, now)
    waiting = list(regards.repondants.filter(repondu_le=None, retire_le=None))
    last = regards.rappele_le or max((r.invite_le for r in waiting), default=None)
    found = domain.remind_obstacles(
        regards.rappels,
        local_day(bilan, last) if last else None,
        local_day(bilan, now),
        attend=bool(waiting),
    )
    if found:
        raise Refused(found)
    for row in waiting:
        ask(row, bilan, RAPPEL, now=now)
    regards.rappels += 1
    regards.rappele_le = now
    regards.save(update_fields=["rappels", "rappele_le"])
    record(Nom.REGARDS_RAPPELES, bilan, by=by, now=now, faits={"rang": regards.rappels})


@transaction.atomic
def close_regards(*, bilan: Bilan, by: Personne, now: datetime) -> Piece:
    """The one moment at which answers are opened. What comes out is frozen: nothing can be asked of them again."""
    bilan, regards = _mine(bilan, by)
    own = Piece.objects.filter(bilan=bilan, nature="resultat", reference=SOI).first()
    found = domain.closing_obstacles(
        regards.repondants.filter(repondu_le__isnull=False).count(), soi=own is not None
    )
    if found:
        raise Refused(found)
    mixed = mix(regards, open_for_action(own) if own else None)
    if mixed is None:
        raise Refused(domain.closing_obstacles(0, soi=True))
    piece = write_piece(bilan, mixed, by=by, now=now)
    _scatter(bilan, regards, now=now)
    regards.clos_le, regards.reponses = now, mixed.reponses
    regards.save(update_fields=["clos_le", "reponses"])
    record(
        Nom.REGARDS_CLOS,
        bilan,
        by=by,
        now=now,
        faits={"reponses": mixed.reponses, "groupes": len(mixed.cellules)},
    )
    envoi.enqueue("dossier_a_lire", personne=bilan.consultant, bilan=bilan, now=now)
    return piece


@transaction.atomic
def abandon_regards(*, bilan: Bilan, by: Personne, now: datetime) -> None:
    """She would rather not: everything goes, read by nobody. It can be proposed again."""
    bilan, regards = _mine(bilan, by)
    _scatter(bilan, regards, now=now)
    Piece.objects.filter(bilan=bilan, nature="regards_cadre").delete()
    regards.delete()
    record(Nom.REGARDS_ABANDONNES, bilan, by=by, now=now)


@transaction.atomic
def restitute_regards(*, bilan: Bilan, by: Personne, now: datetime) -> Piece:
    """«Restitué le…»: explained first, then read by the person in her space."""
    access.require(Action.RESTITUTE, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    piece = Piece.objects.select_for_update().filter(bilan=bilan, nature="regards").first()
    if piece is None:
        raise Refused(Obstacle("Il n’y a pas encore de résultat à restituer.", RECIPIENT, code="absent"))
    if piece.restitue_le is None:
        content = replace(open_for_action(piece), restitue_le=local_day(bilan, now).isoformat())
        piece = write_piece(bilan, content, by=by, now=now)
        piece.restitue_le = now
        piece.save(update_fields=["restitue_le"])
        record(Nom.REGARDS_RESTITUES, bilan, by=by, now=now)
    return piece


@transaction.atomic
def comment_regards(*, bilan: Bilan, commentaire: str, by: Personne, now: datetime) -> Piece:
    access.require(Action.ANSWER_QUESTIONNAIRE, by, bilan)
    bilan = lock_bilan(bilan)
    piece = Piece.objects.select_for_update().filter(bilan=bilan, nature="regards").first()
    if piece is None or piece.restitue_le is None:
        raise Refused(
            Obstacle("Ce résultat ne vous a pas encore été restitué.", RECIPIENT, code="restitution")
        )
    return write_piece(
        bilan, replace(open_for_action(piece), commentaire_personne=commentaire), by=by, now=now
    )


def tell_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """The last day is over: she reads in her space what she can do now. The mail says nothing of it."""
    assert echeance.bilan is not None
    bilan = lock_bilan(echeance.bilan)
    regards = find_regards(bilan)
    if regards is not None and regards.clos_le is None and bilan.etat not in CLOSED:
        envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)


def forget_regards(bilan: Bilan, *, now: datetime) -> None:
    """With the content of the bilan: the caller destroys the keys, here goes what has none."""
    forget_mails(bilan)
    cancel(CLOCK, now=now, bilan=bilan)
    Regards.objects.filter(bilan=bilan).delete()


def seal_under_own_key(bilan: Bilan, row: Repondant, contenu: Any, *, now: datetime) -> None:
    """Create or replace a piece of this respondent, under the key that is hers alone. No author: nobody of ours wrote it."""
    kept = Piece.objects.filter(bilan=bilan, nature=contenu.kind, reference=str(row.pk)).first()
    piece = kept or Piece(
        bilan=bilan,
        nature=contenu.kind,
        reference=str(row.pk),
        tiroir="",
        cle=piece_key(row.pk),
        revision=0,
        cree_le=now,
    )
    piece.revision += 1
    piece.modifie_le = now
    piece.chiffre = coffre().seal(contenu, key_id=piece.cle, piece_id=piece.pk, revision=piece.revision)
    piece.save()


def erase_own_key(bilan: Bilan, repondants: Iterable[Any], *, now: datetime) -> None:
    """Address and answers, here and in every copy: the key goes once the rows are surely gone."""
    ids = [str(pk) for pk in repondants]
    Piece.objects.filter(bilan=bilan, nature__in=["regard", "adresse"], reference__in=ids).delete()
    for pk in ids:
        forget_mails(bilan, pk)
    keys = [piece_key(pk) for pk in ids]

    def destroy() -> None:
        coffre().destroy_keys(keys)
        refresh_mirror(now)
        fold_journal()

    if keys:
        transaction.on_commit(destroy)


def _scatter(bilan: Bilan, regards: Regards, *, now: datetime) -> None:
    erase_own_key(bilan, regards.repondants.values_list("pk", flat=True), now=now)
    Piece.objects.filter(bilan=bilan, nature="invite").delete()
    regards.repondants.all().delete()
    forget_mails(bilan)
    cancel(CLOCK, now=now, bilan=bilan)


def _mine(bilan: Bilan, by: Personne) -> tuple[Bilan, Regards]:
    """Her own, still running, locked."""
    access.require(Action.INVITE_REPONDANTS, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    regards = find_regards(bilan)
    if regards is None:
        raise Refused(Obstacle("Cette façon de faire ne vous a pas été proposée.", code="absent"))
    if regards.clos_le is not None:
        raise Refused(
            Obstacle("Les réponses sont déjà mêlées : plus rien n’y change.", domain.SOURCE, code="clos")
        )
    return bilan, regards


def _require_open(bilan: Bilan, regards: Regards, now: datetime) -> None:
    if not is_open(regards, local_day(bilan, now)):
        raise Refused(
            Obstacle(
                "Choisissez d’abord jusqu’à quel jour on peut répondre."
                if regards.dernier_jour is None
                else "Le dernier jour est passé : prolongez, ou mêlez les réponses reçues.",
                code="jour",
            )
        )
