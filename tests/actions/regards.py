"""What several tests of the looks of others do again and again."""

import random
from datetime import date

from jalon.actions import questionnaire, repondant
from jalon.actions import regards as acts
from jalon.actions.regards_lien import token
from jalon.instruments import Genre, get

JUSQU_AU = date(2026, 3, 20)
QUI = (("pairs", 3), ("proches", 2))


def sheet(seed, words=True):
    """One respondent's answers, different from the others'."""
    draw = random.Random(seed)
    return {
        q.code: draw.randint(1, 5) if q.genre == Genre.ECHELLE else f"Mot {q.code} {seed}"
        for q in get("regards_360").questions
        if words or q.genre == Genre.ECHELLE
    }


def proposed(bilan, now):
    acts.propose_regards(bilan=bilan, by=bilan.consultant, now=now)
    acts.frame_regards(
        bilan=bilan,
        signature="Nadia Kessel",
        mot="Merci d’avance",
        explicite=False,
        dernier_jour=JUSQU_AU,
        by=bilan.beneficiaire,
        now=now,
    )
    return bilan


def invite(bilan, now, *who, start=0):
    rows = []
    for group, number in who or QUI:
        for _ in range(number):
            rank = start + len(rows)
            rows.append(
                acts.invite_repondant(
                    bilan=bilan,
                    nom=f"XNOM{rank}X",
                    groupe=group,
                    adresse=f"xadresse{rank}x@exemple.fr",
                    by=bilan.beneficiaire,
                    now=now,
                )
            )
    return rows


def answer(row, now, said=None):
    return repondant.answer_regard(jeton=token(row.pk), reponses=said or sheet(str(row.pk)), now=now)


def own_sheet(bilan, now):
    said = {q.code: 3 for q in get("regards_soi").questions}
    questionnaire.save_reponses(
        bilan=bilan, code="regards_soi", reponses=said, by=bilan.beneficiaire, now=now, finish=True
    )
