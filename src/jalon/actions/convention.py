"""The convention between three (R. 6313-8): a project, transmitted by the employer, ten days of the employee, silence = refusal.

A refusal and a silence become one state: «non conclue». Nobody is told which, because it is no fault and has no reason.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import envoi, lien_employeur
from jalon.actions.echeance import cancel, schedule
from jalon.actions.piece import lock_bilan
from jalon.actions.signature import call_next, close_circuit
from jalon.domain.convention import EtatConvention, Statut, periods, read_delai
from jalon.domain.francais import jour_complet
from jalon.domain.jours import Territoire, end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.signature import EtatCircuit, Qualite
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Circuit, Convention, Echeance, Engagement, Personne, Signataire

TRIPARTITE = "Code du travail, art. R. 6313-8"
# After the employee's answer, the others still have time to sign. Ours, not the law's.
_AFTER = timedelta(days=30)


@transaction.atomic
def transmit_convention(
    *, convention: Convention, by: Personne, now: datetime, transmise_le: datetime | None = None
) -> Convention:
    """The employer's own act, from its space; or noted by the cabinet when it was done on paper, with its moment."""
    access.require(Action.TRANSMIT_CONVENTION, by, convention.bilan)
    bilan = lock_bilan(convention.bilan)
    convention = (
        Convention.objects.select_for_update().select_related("circuit__document").get(pk=convention.pk)
    )
    moment = transmise_le or now
    found = _transmission_obstacles(convention, bilan, by, moment, now, on_paper=transmise_le is not None)
    if found:
        raise Refused(found)
    periode = periods([moment], fuseau=zone(bilan.fuseau), territoire=Territoire(bilan.territoire))[0]
    convention.etat = EtatConvention.TRANSMISE
    convention.transmise_le, convention.transmise_par = moment, by
    convention.dernier_jour, convention.fin_le = periode.dernier_jour, periode.fin
    convention.save()
    circuit = convention.circuit
    circuit.bilan = bilan
    later = end_of_day(periode.dernier_jour + _AFTER, zone(bilan.fuseau))
    circuit.expire_le = max(circuit.expire_le, later)
    circuit.save(update_fields=["expire_le"])
    schedule(
        "signature_fin",
        circuit.expire_le,
        organisme=bilan.organisme,
        bilan=bilan,
        reference=str(circuit.pk),
    )
    schedule(
        "convention_silence",
        periode.fin,
        organisme=bilan.organisme,
        bilan=bilan,
        reference=str(convention.pk),
    )
    record(
        Nom.CONVENTION_TRANSMISE,
        bilan,
        by=by,
        now=now,
        faits={
            "convention": convention.pk,
            "transmise_le": moment,
            "dernier_jour": periode.dernier_jour,
            "sur_papier": transmise_le is not None,
        },
    )
    call_next(circuit, now)
    return convention


def _transmission_obstacles(
    convention: Convention, bilan: Bilan, by: Personne, moment: datetime, now: datetime, *, on_paper: bool
) -> list[Obstacle]:
    if convention.etat != EtatConvention.PROJET:
        return [
            Obstacle(
                "Ce projet a déjà été transmis : le délai court et ne se déplace pas."
                if convention.etat != EtatConvention.NON_CONCLUE
                else "Ce projet n’a pas été conclu. Un nouveau projet peut être établi, puis transmis : il ouvre un nouveau délai.",
                TRIPARTITE,
                code="transmise",
            )
        ]
    if convention.circuit.etat != EtatCircuit.OUVERT:
        return [Obstacle("Ce projet n’est plus à signer : établissez-en un nouveau.", code="clos")]
    found = []
    if on_paper and _is_employer(by):
        found.append(Obstacle("Transmettez ici même : la date est celle de votre geste.", code="date"))
    if moment > now:
        found.append(
            Obstacle(
                "Cette date de transmission est dans l’avenir. Notez le jour où l’employeur a remis le projet.",
                TRIPARTITE,
                code="date_future",
                field="transmise_le",
            )
        )
    if moment < convention.etablie_le:
        found.append(
            Obstacle(
                "Cette date de transmission est antérieure au projet : il n’existait pas encore.",
                TRIPARTITE,
                code="date_anterieure",
                field="transmise_le",
            )
        )
    return found


def _is_employer(by: Personne) -> bool:
    return hasattr(by, "acces_employeur")


# What the signature engine asks of this kind of document.


def holds_back(circuit: Circuit, signataire: Signataire) -> bool:
    """The employee hears of it when the employer has transmitted it, not when the cabinet drafts it."""
    return signataire.qualite == Qualite.BENEFICIAIRE and circuit.convention.etat == EtatConvention.PROJET


def obstacles(circuit: Circuit, signataire: Signataire, *, now: datetime) -> list[Obstacle]:
    convention = circuit.convention
    if signataire.qualite != Qualite.BENEFICIAIRE or circuit.etat != EtatCircuit.OUVERT:
        return []
    if convention.etat == EtatConvention.PROJET:
        return [
            Obstacle(
                "Votre employeur ne vous a pas encore transmis ce projet : votre délai n’a pas commencé.",
                TRIPARTITE,
                code="non_transmise",
            )
        ]
    assert convention.transmise_le is not None
    delai = read_delai(
        [convention.transmise_le],
        fuseau=ZoneInfo(circuit.bilan.fuseau),
        now=now,
        territoire=Territoire(circuit.bilan.territoire),
    )
    if delai.statut == Statut.EN_COURS:
        return []
    return [
        Obstacle(
            f"Le délai pour signer s’est terminé le {jour_complet(delai.periode.dernier_jour)} à minuit. Le silence vaut "
            "refus de conclure, et une signature tardive ne change rien : votre employeur peut transmettre un nouveau projet, "
            "qui ouvre un nouveau délai.",
            TRIPARTITE,
            code="hors_delai",
        )
    ]


def signed(circuit: Circuit, signataire: Signataire, *, by: Personne, now: datetime) -> None:
    if signataire.qualite != Qualite.BENEFICIAIRE:
        return
    convention = circuit.convention
    convention.etat, convention.acceptee_le = EtatConvention.ACCEPTEE, signataire.signe_le
    convention.save(update_fields=["etat", "acceptee_le"])
    cancel("convention_silence", now=now, bilan=circuit.bilan, reference=str(convention.pk))
    record(Nom.CONVENTION_ACCEPTEE, circuit.bilan, by=by, now=now, faits={"convention": convention.pk})


def complete(circuit: Circuit, *, by: Personne, now: datetime) -> None:
    convention = circuit.convention
    convention.etat, convention.conclue_le = EtatConvention.CONCLUE, now
    convention.save(update_fields=["etat", "conclue_le"])
    record(Nom.CONVENTION_CONCLUE, circuit.bilan, by=by, now=now, faits={"convention": convention.pk})
    # Where the rules of the start read it (BC-13).
    row = Engagement.objects.filter(bilan=circuit.bilan, voie=circuit.bilan.financement)
    row.update(conclu_le=now)
    lien_employeur.tell_signed(circuit.bilan, now=now)


def closed(circuit: Circuit, *, by: Personne, now: datetime) -> None:
    """Refused, lapsed or taken back: the same word for everybody."""
    convention = circuit.convention
    convention.etat, convention.close_le = EtatConvention.NON_CONCLUE, now
    convention.save(update_fields=["etat", "close_le"])
    cancel("convention_silence", now=now, bilan=circuit.bilan, reference=str(convention.pk))
    record(Nom.CONVENTION_NON_CONCLUE, circuit.bilan, by=by, now=now, faits={"convention": convention.pk})


def lapse_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """24:00 of the tenth day where the bilan is: the silence is a refusal to conclude."""
    convention = Convention.objects.select_related("circuit", "bilan").get(pk=echeance.reference)
    bilan = lock_bilan(convention.bilan)
    circuit = (
        Circuit.objects.select_for_update(of=("self",))
        .select_related("document", "convention")
        .get(pk=convention.circuit_id)
    )
    circuit.bilan = bilan
    if circuit.etat != EtatCircuit.OUVERT or circuit.convention.etat != EtatConvention.TRANSMISE:
        return
    close_circuit(circuit, by=by, now=now)
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    lien_employeur.tell_signed(bilan, now=now)
