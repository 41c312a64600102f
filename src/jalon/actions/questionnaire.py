"""Questionnaires: proposed by the consultant, answered by the person alone, scored, and restituted before any other use."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.pieces import open_for_action
from jalon.actions import envoi
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.domain.cotation import EchelleCle, score
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import RECIPIENT
from jalon.instruments import Genre, Instrument, Question, get
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Personne, Piece
from jalon.vault.pieces.reponses import Reponses
from jalon.vault.pieces.resultat import EchelleObtenue, Resultat

Valeur = str | int | list[str] | None


@transaction.atomic
def propose_questionnaire(*, bilan: Bilan, code: str, by: Personne, now: datetime) -> Piece:
    """An empty sheet of the newest version, which it keeps; proposing it again changes nothing."""
    access.require(Action.PROPOSE_QUESTIONNAIRE, by, bilan)
    bilan = lock_bilan(bilan)
    instrument = _instrument(code)
    known = Piece.objects.filter(bilan=bilan, nature="reponses", reference=code).first()
    if known is not None:
        return known
    sheet = Reponses(instrument=code, version_instrument=instrument.version, reponses={}, termine=False)
    piece = write_piece(bilan, sheet, by=by, now=now, reference=code)
    record(
        Nom.QUESTIONNAIRE_PROPOSE,
        bilan,
        by=by,
        now=now,
        faits={"instrument": code, "version": instrument.version},
    )
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return piece


@transaction.atomic
def save_reponses(
    *,
    bilan: Bilan,
    code: str,
    reponses: Mapping[str, Valeur],
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
    finish: bool = False,
) -> Piece:
    """Keep what was answered so far (autosave, another page, another device): questions not named keep their answer.

    On paper the consultant enters them, and only she; never over a sheet that the person has begun on her screen, since
    handing it over would give the consultant to read what was not finished. `finish` hands the sheet over: it is scored at once.
    """
    on_paper = by.pk != bilan.beneficiaire_id
    access.require(Action.ENTER_REPONSES_PAPIER if on_paper else Action.ANSWER_QUESTIONNAIRE, by, bilan)
    bilan = lock_bilan(bilan)
    piece = Piece.objects.select_for_update().filter(bilan=bilan, nature="reponses", reference=code).first()
    if piece is None:
        raise Refused(Obstacle("Ce questionnaire n’a pas été proposé.", code="absent"))
    sheet: Reponses = open_for_action(piece)
    if sheet.termine:
        raise Refused(
            Obstacle("Ce questionnaire est terminé : vos réponses ne changent plus.", code="termine")
        )
    if on_paper:
        _refuse_taking_over(bilan, piece, sheet, reponses)
    instrument = _instrument(code, sheet.version_instrument)
    kept = {**sheet.reponses, **_checked(instrument, reponses)}
    kept = {key: value for key, value in kept.items() if value not in (None, "", [])}
    content = replace(sheet, reponses=kept, termine=finish)
    piece = write_piece(bilan, content, by=by, now=now, reference=code, base_revision=base_revision)
    if finish:
        piece.valide_beneficiaire_le = now
        piece.save(update_fields=["valide_beneficiaire_le"])
        record(
            Nom.QUESTIONNAIRE_TERMINE,
            bilan,
            by=by,
            now=now,
            faits={"instrument": code, "version": sheet.version_instrument, "papier": on_paper},
        )
        _score(bilan, instrument, kept, by, now)
        envoi.enqueue("dossier_a_lire", personne=bilan.consultant, bilan=bilan, now=now)
    return piece


@transaction.atomic
def restitute(*, bilan: Bilan, code: str, by: Personne, now: datetime) -> Piece:
    """«Restitué le…»: from now on the person reads her result, and it can be quoted."""
    access.require(Action.RESTITUTE, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    piece = Piece.objects.select_for_update().filter(bilan=bilan, nature="resultat", reference=code).first()
    if piece is None:
        raise Refused(Obstacle("Il n’y a pas encore de résultat à restituer.", RECIPIENT, code="absent"))
    if piece.restitue_le is None:
        content = replace(open_for_action(piece), restitue_le=local_day(bilan, now).isoformat())
        piece = write_piece(bilan, content, by=by, now=now, reference=code)
        piece.restitue_le = now
        piece.save(update_fields=["restitue_le"])
        record(Nom.RESULTAT_RESTITUE, bilan, by=by, now=now, faits={"instrument": code})
    return piece


@transaction.atomic
def comment_resultat(*, bilan: Bilan, code: str, commentaire: str, by: Personne, now: datetime) -> Piece:
    """The person's own words on her result, disagreement included."""
    access.require(Action.ANSWER_QUESTIONNAIRE, by, bilan)
    bilan = lock_bilan(bilan)
    piece = Piece.objects.select_for_update().filter(bilan=bilan, nature="resultat", reference=code).first()
    if piece is None or piece.restitue_le is None:
        raise Refused(
            Obstacle("Ce résultat ne vous a pas encore été restitué.", RECIPIENT, code="restitution")
        )
    content = replace(open_for_action(piece), commentaire_personne=commentaire)
    return write_piece(bilan, content, by=by, now=now, reference=code)


def _refuse_taking_over(bilan: Bilan, piece: Piece, sheet: Reponses, answers: Mapping[str, Valeur]) -> None:
    if sheet.reponses and piece.auteur_id == bilan.beneficiaire_id:
        raise Refused(
            Obstacle(
                "La personne a commencé à répondre dans son espace\u00a0: ses réponses sont à elle tant qu’elle ne les a pas "
                "terminées. Demandez-lui d’y ajouter celles du papier, ou de vider ce qu’elle y a écrit.",
                RECIPIENT,
                code="commence",
            )
        )
    if not any(value not in (None, "", []) for value in answers.values()):
        raise Refused(
            Obstacle(
                "Aucune réponse n’est recopiée\u00a0: il en faut une au moins pour terminer le questionnaire.",
                code="vide",
            )
        )


def _score(
    bilan: Bilan, instrument: Instrument, answers: Mapping[str, Valeur], by: Personne, now: datetime
) -> None:
    if not instrument.echelles:
        return
    bounds = {}
    for question in instrument.questions:
        values = [m.valeur for m in question.modalites if m.valeur is not None]
        if values:
            bounds[question.code] = (min(values), max(values))
    numbers = {code: value for code, value in answers.items() if isinstance(value, int)}
    scales = []
    for scale in instrument.echelles:
        note = score(EchelleCle(scale.code, scale.items, scale.inverses, scale.minimum), numbers, bounds)
        low, high = bounds[scale.items[0]]
        scales.append(
            EchelleObtenue(
                code=scale.code,
                nom=scale.nom,
                valeur=note.somme,
                n=note.n,
                n_items=len(scale.items),
                moyenne=note.moyenne,
                minimum=float(low),
                maximum=float(high),
                lecture=scale.lecture,
            )
        )
    result = Resultat(
        instrument=instrument.code, version_instrument=instrument.version, echelles=tuple(scales)
    )
    write_piece(bilan, result, by=by, now=now, reference=instrument.code)


def _instrument(code: str, version: str | None = None) -> Instrument:
    found = get(code, version)
    if found is None:
        raise Refused(Obstacle("Ce questionnaire n’existe pas.", code="instrument"))
    return found


def _checked(instrument: Instrument, answers: Mapping[str, Valeur]) -> dict[str, Valeur]:
    """Unknown questions and answers out of range are refused by their name; nothing is kept then."""
    found: list[Obstacle] = []
    kept: dict[str, Valeur] = {}
    for code, value in answers.items():
        question = instrument.question(code)
        if question is None:
            found.append(
                Obstacle("Cette question n’existe pas dans ce questionnaire.", code="question", field=code)
            )
            continue
        if value in (None, "", []):
            kept[code] = None
            continue
        valid = _valid(question, value)
        if valid is None:
            found.append(
                Obstacle("Cette réponse n’est pas une de celles proposées.", code="reponse", field=code)
            )
        else:
            kept[code] = valid
    if found:
        raise Refused(tuple(found))
    return kept


def _valid(question: Question, value: Valeur) -> Valeur:
    codes = {m.code: m for m in question.modalites}
    if question.genre == Genre.TEXTE:
        return value if isinstance(value, str) else None
    if question.genre == Genre.CHOIX_MULTIPLE:
        chosen = [value] if isinstance(value, str) else value
        return chosen if isinstance(chosen, list) and all(code in codes for code in chosen) else None
    modality = codes.get(str(value))
    if modality is None:
        return None
    return modality.valeur if question.genre == Genre.ECHELLE else modality.code
