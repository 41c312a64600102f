"""The detailed results gathered for the person alone (L. 6313-4 al. 3): what was restituted, and what is still missing."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.coffre import tiroir_key
from jalon.access.resultats import Reunis, read_reunis
from jalon.actions.papier import frame
from jalon.actions.papier_contenu import issue_content, size_for
from jalon.actions.piece import lock_bilan, require_content_open
from jalon.documents.papier import Papier, passages_of
from jalon.documents.resultats_detailles.data import EchelleLue, QuestionnaireRestitue, ResultatsDetailles
from jalon.domain.francais import nombre
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import RECIPIENT
from jalon.records.evenements import Nom
from jalon.records.models import Bilan, DocumentEmis, Personne


@transaction.atomic
def gather_resultats(*, bilan: Bilan, by: Personne, now: datetime) -> DocumentEmis:
    """One sealed paper; gathered again later, a new one with its own number and date."""
    access.require(Action.READ_RESULTATS_DETAILLES, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    found = read_reunis(by, bilan, now=now)
    if not found.restitues:
        raise Refused(
            Obstacle(
                "Aucun résultat ne vous a encore été restitué : il n’y a rien à réunir.",
                RECIPIENT,
                code="restitution",
            )
        )
    issued, _ = issue_content(
        "resultats_detailles",
        _paper(bilan, found, frame("resultats_detailles", bilan, now)),
        bilan,
        tiroir="travail",
        cle=tiroir_key(bilan.pk, "travail"),
        by=by,
        now=now,
        reason="Résultats détaillés",
        taille=size_for(by),
        nom=Nom.RESULTATS_REUNIS,
    )
    return issued


def _paper(bilan: Bilan, found: Reunis, papier: Papier) -> ResultatsDetailles:
    return ResultatsDetailles(
        papier=papier,
        beneficiaire=bilan.beneficiaire.nom_complet,
        consultant=bilan.consultant.nom_complet,
        questionnaires=tuple(
            QuestionnaireRestitue(
                titre=one.titre,
                version=one.contenu.version_instrument or "1",
                restitue_le=date.fromisoformat(one.contenu.restitue_le),
                echelles=scales(one.contenu.echelles),
                etalonnage=one.contenu.etalonnage,
                commentaire=passages_of(one.contenu.commentaire_personne),
            )
            for one in found.restitues
        ),
        manques=found.manques,
    )


def scales(echelles: Sequence[Any]) -> tuple[EchelleLue, ...]:
    return tuple(
        EchelleLue(
            nom=e.nom or e.code,
            resultat=_figure(e),
            reponses=_answers(e),
            lecture=e.lecture,
        )
        for e in echelles
    )


def _figure(e: Any) -> str:
    """«4,3 sur 5, à 0,4 près»; the place in a norm when one was used. Empty when too few questions were answered."""
    if e.moyenne is None:
        return ""
    said = _number(e.moyenne)
    if e.maximum is not None:
        said += f" sur {_number(e.maximum)}"
    if e.demi_bande is not None:
        said += f", à {_number(e.demi_bande)} près"
    if e.rang_percentile is not None:
        said += f" ; rang {nombre(round(e.rang_percentile))} sur 100 dans la table citée"
    return said


def _number(value: float) -> str:
    exact = round(Decimal(str(value)), 1)
    return nombre(exact, 0 if exact == exact.to_integral_value() else 1)


def _answers(e: Any) -> str:
    return f"{e.n} {'réponses' if e.n > 1 else 'réponse'} sur {e.n_items}" if e.n_items else ""
