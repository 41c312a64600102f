"""Questionnaires: proposed by the consultant, answered by the person alone, scored, and restituted before any other use."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.instruments import instrument_of, norms_of
from jalon.access.pieces import Lue, open_for_action
from jalon.actions import envoi
from jalon.actions.avis import drop_ballot
from jalon.actions.notation import scored
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.actions.qualification import require_qualified
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.questionnaire import code_of, missing_first, moment_of, reference_of, sensitive_obstacle
from jalon.domain.regles import RECIPIENT
from jalon.instruments import Genre, Instrument, Moment, Question
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Personne, Piece
from jalon.vault.pieces.reponses import Reponses

SUIVI = "entretien_suivi"
AT_SIX_MONTHS = ("point_de_depart", "suivi_six_mois")
Valeur = str | int | list[str] | None


@transaction.atomic
def propose_questionnaire(*, bilan: Bilan, code: str, by: Personne, now: datetime, moment: str = "") -> Piece:
    """An empty sheet of the newest version, which it keeps; proposing it again changes nothing.

    `moment`: a sheet that can be repeated is asked again, of the version of the first one, so that both compare.
    """
    access.require(Action.PROPOSE_QUESTIONNAIRE, by, bilan)
    bilan = lock_bilan(bilan)
    instrument = _instrument(bilan, code)
    asked = moment or (Moment.DEPART if instrument.moments else "")
    if (
        instrument.pour != "personne"
        or (asked and asked not in instrument.moments)
        or moment == Moment.SIX_MOIS
    ):
        raise Refused(Obstacle("Ce questionnaire ne se propose pas ainsi.", code="instrument"))
    require_qualified(bilan, instrument, by, now)
    reference = reference_of(code, moment)
    if reference != code:
        instrument = _version_of_the_first(bilan, code)
    known = Piece.objects.filter(bilan=bilan, nature="reponses", reference=reference).first()
    if known is not None:
        return known
    sheet = Reponses(instrument=code, version_instrument=instrument.version, reponses={}, termine=False)
    # An opinion on the cabinet lies with her notebook: whoever conducts the bilan has no key to it in her role.
    tiroir = "carnet" if instrument.anonyme else None
    piece = write_piece(bilan, sheet, by=by, now=now, reference=reference, tiroir=tiroir)
    record(
        Nom.QUESTIONNAIRE_PROPOSE,
        bilan,
        by=by,
        now=now,
        faits=_about(reference, instrument.version),
    )
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return piece


def propose_at_six_months(bilan: Bilan, *, by: Personne, now: datetime) -> None:
    """With the follow-up that opens, in its own tiroir: the starting point once more, and where things stand. The caller holds the lock.

    What was asked before may be destroyed: these sheets need nothing that was kept.
    """
    for code in AT_SIX_MONTHS:
        instrument = _instrument(bilan, code)
        reference = reference_of(code, Moment.SIX_MOIS)
        if Piece.objects.filter(bilan=bilan, nature="reponses", reference=reference).exists():
            continue
        sheet = Reponses(instrument=code, version_instrument=instrument.version, reponses={}, termine=False)
        write_piece(bilan, sheet, by=by, now=now, reference=reference, tiroir=SUIVI, suivi=True)
        record(Nom.QUESTIONNAIRE_PROPOSE, bilan, by=by, now=now, faits=_about(reference, instrument.version))


def _version_of_the_first(bilan: Bilan, code: str) -> Instrument:
    first = Piece.objects.filter(
        bilan=bilan, nature="reponses", reference=code, valide_beneficiaire_le__isnull=False
    ).first()
    if first is None:
        raise Refused(missing_first(code))
    return _instrument(bilan, code, open_for_action(first).version_instrument)


def _about(reference: str, version: str) -> dict[str, str]:
    about = {"instrument": code_of(reference), "version": version}
    return {**about, "moment": moment_of(reference)} if moment_of(reference) else about


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
    accord_sensible: bool | None = None,
) -> Lue:
    """Keep what was answered so far (autosave, another page, another device): questions not named keep their answer.

    On paper the consultant enters them, and only she; never over a sheet that the person has begun on her screen, since
    handing it over would give the consultant to read what was not finished. `finish` hands the sheet over: it is scored at once.

    `code` is the sheet's reference. `accord_sensible` gives, or takes back, the explicit consent to its sensitive questions: what
    was answered to them goes with it.
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
    instrument = _instrument(bilan, code_of(code), sheet.version_instrument)
    if on_paper and instrument.anonyme:
        raise Refused(
            Obstacle(
                "Cet avis n’est lu par personne du cabinet : seule la personne y répond, dans son espace.",
                RECIPIENT,
                code="anonyme",
            )
        )
    agreed = sheet.accord_sensible if accord_sensible is None else accord_sensible
    kept = {**sheet.reponses, **checked(instrument, reponses, agreed)}
    kept = {key: value for key, value in kept.items() if value not in (None, "", [])}
    if not agreed:
        kept = {key: value for key, value in kept.items() if not _is_sensitive(instrument, key)}
    content = replace(sheet, reponses=kept, termine=finish, accord_sensible=agreed)
    piece = write_piece(
        bilan,
        content,
        by=by,
        now=now,
        reference=code,
        base_revision=base_revision,
        lue=Lue(piece, sheet),
        suivi=piece.tiroir == SUIVI,
    )
    if agreed != sheet.accord_sensible:
        name = Nom.ACCORD_SENSIBLE if agreed else Nom.ACCORD_SENSIBLE_RETIRE
        record(name, bilan, by=by, now=now, faits=_about(code, sheet.version_instrument))
    if finish:
        piece.valide_beneficiaire_le = now
        piece.save(update_fields=["valide_beneficiaire_le"])
        record(
            Nom.QUESTIONNAIRE_TERMINE,
            bilan,
            by=by,
            now=now,
            faits={**_about(code, sheet.version_instrument), "papier": on_paper},
        )
        if instrument.a_resultat:
            result = scored(instrument, kept, norms_of(bilan.organisme_id, instrument))
            in_follow_up = piece.tiroir == SUIVI
            tiroir = SUIVI if in_follow_up else None
            write_piece(bilan, result, by=by, now=now, reference=code, tiroir=tiroir, suivi=in_follow_up)
        if instrument.decompte:
            drop_ballot(bilan, instrument, kept, now=now)
        if not instrument.anonyme:
            envoi.enqueue("dossier_a_lire", personne=bilan.consultant, bilan=bilan, now=now)
    return Lue(piece, content)


@transaction.atomic
def restitute(*, bilan: Bilan, code: str, by: Personne, now: datetime) -> Piece:
    """«Restitué le…»: from now on the person reads her result, and it can be quoted."""
    access.require(Action.RESTITUTE, by, bilan)
    bilan = lock_bilan(bilan)
    piece = Piece.objects.select_for_update().filter(bilan=bilan, nature="resultat", reference=code).first()
    suivi = piece is not None and piece.tiroir == SUIVI
    require_content_open(bilan, suivi=suivi)
    if piece is None:
        raise Refused(Obstacle("Il n’y a pas encore de résultat à restituer.", RECIPIENT, code="absent"))
    if piece.restitue_le is None:
        held = open_for_action(piece)
        require_qualified(bilan, _instrument(bilan, code_of(code), held.version_instrument), by, now)
        content = replace(held, restitue_le=local_day(bilan, now).isoformat())
        piece = write_piece(bilan, content, by=by, now=now, reference=code, suivi=suivi)
        piece.restitue_le = now
        piece.save(update_fields=["restitue_le"])
        record(
            Nom.RESULTAT_RESTITUE,
            bilan,
            by=by,
            now=now,
            faits=_about(code, content.version_instrument),
        )
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
    return write_piece(bilan, content, by=by, now=now, reference=code, suivi=piece.tiroir == SUIVI)


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


def _is_sensitive(instrument: Instrument, code: str) -> bool:
    question = instrument.question(code)
    return question is not None and question.sensible


def _instrument(bilan: Bilan, code: str, version: str | None = None) -> Instrument:
    found = instrument_of(bilan.organisme_id, code, version)
    if found is None:
        raise Refused(Obstacle("Ce questionnaire n’existe pas.", code="instrument"))
    return found


def checked(instrument: Instrument, answers: Mapping[str, Valeur], agreed: bool) -> dict[str, Valeur]:
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
        if question.sensible and not agreed:
            found.append(sensitive_obstacle(code))
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
    if question.genre == Genre.CLASSEMENT:
        ranked = [code for code in value if code] if isinstance(value, list) else None
        ranks = ranked is not None and len(ranked) <= question.rangs and len(set(ranked)) == len(ranked)
        return ranked if ranks and ranked is not None and all(code in codes for code in ranked) else None
    modality = codes.get(str(value))
    if modality is None:
        return None
    return modality.valeur if question.genre == Genre.ECHELLE else modality.code
