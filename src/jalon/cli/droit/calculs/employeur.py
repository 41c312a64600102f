"""Calculations in which the employer has a part: the convention and the leave of absence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jalon.cli.droit.entree import Champs, EntreeRefusee, Illisible, a_day, an_instant, law_of
from jalon.cli.droit.reponse import Answer, answer
from jalon.domain.absence import preavis, reponse
from jalon.domain.convention import read_delai
from jalon.domain.jours import Calendrier
from jalon.law import law_on


def convention(data: Any) -> Answer:
    champs = Champs(data, "transmissions fuseau territoire signee_le refusee_le maintenant")
    transmissions = _instants(champs, "transmissions")
    fuseau, territoire = champs.fuseau(), champs.territoire()
    signee_le, refusee_le = champs.may("signee_le", an_instant), champs.may("refusee_le", an_instant)
    maintenant = champs.need("maintenant", an_instant)
    if signee_le and refusee_le:
        raise champs.refuse("refusee_le", "une convention ne peut pas être à la fois signée et refusée")
    with law_of("transmissions"):
        delai = read_delai(
            transmissions,
            fuseau=fuseau,
            territoire=territoire,
            signee_le=signee_le,
            refusee_le=refusee_le,
            now=maintenant,
        )
        return answer(
            delai.law.bilan_competences.convention_delai_jours,
            Calendrier(territoire, delai.law).source,
            dernier_jour=delai.periode.dernier_jour,
            fin=delai.periode.fin,
            dernier_jour_non_ouvre=delai.dernier_jour_non_ouvre,
            statut=delai.statut,
            acte_hors_delai=delai.acte_hors_delai,
        )


def _instants(champs: Champs, name: str) -> list[datetime]:
    values = champs.need(name, lambda value: value)
    if not isinstance(values, list) or not values:
        raise champs.refuse(name, "une liste non vide d'instants est attendue")
    found = []
    for index, value in enumerate(values):
        try:
            found.append(an_instant(value))
        except Illisible as error:
            raise EntreeRefusee(str(error), f"{name}[{index}]") from error
    return found


def absence(data: Any) -> Answer:
    champs = Champs(data, "debut fin demandee_le recue_le repondue_le")
    debut, fin = champs.need("debut", a_day), champs.need("fin", a_day)
    demandee_le, recue_le = champs.may("demandee_le", a_day), champs.may("recue_le", a_day)
    repondue_le = champs.may("repondue_le", a_day)
    if fin < debut:
        raise champs.refuse("fin", "la fin précède le début")
    if demandee_le and recue_le and recue_le < demandee_le:
        raise champs.refuse("recue_le", "la réception précède la demande")
    if recue_le and repondue_le and repondue_le < recue_le:
        raise champs.refuse("repondue_le", "la réponse précède la réception")
    with law_of("debut"):
        law = law_on(debut)
        notice = preavis(debut, fin, law)
    with law_of("recue_le"):
        reply = reponse(recue_le, repondue_le, law_on(recue_le)) if recue_le else None
    return answer(
        notice.jours,
        law.absence_cpf.silence,
        preavis_jours=notice.jours.value,
        demande_au_plus_tard=notice.demande_au_plus_tard,
        preavis_respecte=notice.respected_by(demandee_le) if demandee_le else None,
        reponse_au_plus_tard=reply.au_plus_tard if reply else None,
        acceptee_par_silence_a_partir_du=reply.acceptee_par_silence_a_partir_du if reply else None,
    )
