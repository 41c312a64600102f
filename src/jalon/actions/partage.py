"""Give to read, or stop giving: a named reader, sealed documents, a purpose, an end; the person's written agreement (L. 6313-4 al. 3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.coffre import coffre
from jalon.access.partage import find_share, link_fingerprint
from jalon.actions import code_unique, secret
from jalon.actions.decision import ask_cep
from jalon.actions.destruction import carry_on
from jalon.actions.echeance import schedule
from jalon.actions.envoi import enqueue
from jalon.actions.partage_copie import Ended, close_share, copy_under_own_key
from jalon.actions.piece import lock_bilan
from jalon.domain import partage as rules
from jalon.domain.bilan import CLOSED
from jalon.domain.jours import end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.partage import Accord, Destinataire, DocumentNomme, Fin, Finalite, Partageable
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import (
    Bilan,
    DemandeCep,
    Destruction,
    DocumentEmis,
    Echeance,
    Membre,
    Partage,
    Personne,
)
from jalon.vault import piece_key

_PURPOSE = "lien-partage"


@dataclass(frozen=True)
class Demande:
    """What the person fills in: to whom, what for, until when, which sealed documents."""

    destinataire: Destinataire
    prenom: str
    nom: str
    structure: str
    courriel: str
    finalite: Finalite
    fin: date
    documents: tuple[Any, ...]


def read_accord(*, bilan: Bilan, demande: Demande, by: Personne, now: datetime) -> Accord:
    """The text that she agrees to, before anything is written; or every obstacle."""
    access.require(Action.SHARE_DOCUMENTS, by, bilan)
    return _accord(bilan, demande, _documents(bilan, demande.documents), now)


@transaction.atomic
def share_documents(*, bilan: Bilan, demande: Demande, accord: str, by: Personne, now: datetime) -> Partage:
    """`accord`: the fingerprint of the very text that she was shown. Her copy is made under a key of its own, the link sent."""
    access.require(Action.SHARE_DOCUMENTS, by, bilan)
    bilan = lock_bilan(bilan)
    documents = _documents(bilan, demande.documents)
    text = _accord(bilan, demande, documents, now)
    if accord != text.empreinte():
        raise Refused(
            Obstacle(
                "Le texte de l’accord a changé depuis que vous l’avez lu : relisez-le avant de le donner.",
                rules.SOURCE,
                code="accord",
            )
        )
    if demande.destinataire == Destinataire.CEP and not DemandeCep.objects.filter(bilan=bilan).exists():
        # From here the law keeps this one document, and it alone, for the operator (R. 6313-7).
        ask_cep(bilan=bilan, operateur=(demande.structure or text.nom)[:200], by=by, now=now)
    partage = Partage(
        bilan=bilan,
        destinataire=demande.destinataire,
        finalite=demande.finalite,
        personne=Personne.objects.create(
            email=None, prenom=demande.prenom.strip(), nom=demande.nom.strip(), cree_le=now
        ),
        structure=demande.structure.strip(),
        courriel=text.courriel,
        accord_version=rules.TEXTE_VERSION,
        accord_empreinte=accord,
        accorde_le=now,
        fin_le=end_of_day(demande.fin, zone(bilan.fuseau)),
    )
    partage.cle = piece_key(partage.pk)
    partage.empreinte = link_fingerprint(token(partage))
    coffre().create_keys([partage.cle])
    partage.save(force_insert=True)
    for document in documents:
        copy_under_own_key(partage, document)
    schedule(
        "partage_fin",
        partage.fin_le,
        organisme=bilan.organisme,
        bilan=bilan,
        reference=str(partage.pk),
    )
    record(
        Nom.PARTAGE_ACCORDE,
        bilan,
        by=by,
        now=now,
        faits={
            "partage": partage.pk,
            "destinataire": str(demande.destinataire.value),
            "finalite": str(demande.finalite.value),
            "documents": [d.numero for d in documents],
            "fin": demande.fin,
            "accord": accord,
            "texte": rules.TEXTE_VERSION,
        },
    )
    _send_link(partage, now)
    return partage


def _documents(bilan: Bilan, wanted: Sequence[Any]) -> list[DocumentEmis]:
    """Of this bilan, sealed, still alive; anything else is as if it had not been named."""
    return list(
        DocumentEmis.objects.filter(
            bilan=bilan, pk__in=list(wanted), genre__in=[g.value for g in Partageable]
        )
        .exclude(objet="")
        .order_by("genre", "emis_le", "id")
    )


def _accord(bilan: Bilan, demande: Demande, documents: list[DocumentEmis], now: datetime) -> Accord:
    courriel = demande.courriel.strip().lower()
    day = local_day(bilan, now)
    cep = DemandeCep.objects.filter(bilan=bilan).first()
    found = rules.obstacles(
        destinataire=demande.destinataire,
        genres=[Partageable(d.genre) for d in documents],
        fin=demande.fin,
        aujourd_hui=day,
        courriel=courriel,
        adresse_personne=(bilan.beneficiaire.email or "").lower(),
        adresses_cabinet=_addresses(bilan),
        clos=bilan.etat in CLOSED,
        cep=cep is not None,
    )
    if not demande.nom.strip():
        found.append(Obstacle("Donnez le nom de la personne qui lira.", code="nom", field="nom"))
    last = cep.conserve_jusqu_au if cep is not None else None
    if demande.destinataire == Destinataire.CEP and last is not None and demande.fin > last:
        found.append(
            Obstacle(
                "La synthèse ne peut pas être gardée plus longtemps pour le conseil en évolution professionnelle : choisissez "
                "un jour plus proche.",
                "Code du travail, art. R. 6313-7",
                code="fin_cep",
                field="fin",
            )
        )
    if found:
        raise Refused(tuple(found))
    return Accord(
        personne=bilan.beneficiaire.nom_complet,
        destinataire=demande.destinataire,
        nom=f"{demande.prenom.strip()} {demande.nom.strip()}".strip(),
        structure=demande.structure.strip(),
        courriel=courriel,
        finalite=demande.finalite,
        documents=tuple(DocumentNomme(Partageable(d.genre), d.numero) for d in documents),
        fin=demande.fin,
        cabinet=bilan.organisme.nom,
    )


def _addresses(bilan: Bilan) -> Collection[str]:
    team = Membre.objects.filter(organisme=bilan.organisme, jusqu_au=None)
    return {str(email).lower() for email in team.values_list("personne__email", flat=True) if email}


def token(partage: Partage) -> str:
    """Made from a secret of this installation: written again in each mail, kept nowhere."""
    return secret.fingerprint(_PURPOSE, str(partage.pk), partage.accorde_le.isoformat())


def _send_link(partage: Partage, now: datetime) -> None:
    enqueue(
        "partage_lien",
        adresse=partage.courriel,
        bilan=partage.bilan,
        now=now,
        donnees={
            "jeton_partage": secret.seal_text(token(partage)),
            "jusqu_au": local_day(partage.bilan, partage.fin_le).isoformat(),
        },
    )


def revoke_share(*, partage: Partage, by: Personne, now: datetime) -> None:
    """At once, without a reason: no door opens it from this commit on, then its key is destroyed."""
    access.require(Action.SHARE_DOCUMENTS, by, partage.bilan)
    _end(partage, Fin.RETRAIT, "retrait_partage", by=by, now=now)


def end_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    partage = Partage.objects.select_related("bilan").filter(pk=echeance.reference).first()
    if partage is not None:
        _end(partage, Fin.DATE, "fin_partage", by=by, now=now)


@transaction.atomic
def _end(partage: Partage, fin: Fin, motif: str, *, by: Personne, now: datetime) -> None:
    bilan = lock_bilan(partage.bilan)
    partage = Partage.objects.select_for_update().get(pk=partage.pk)
    if partage.clos_le is not None:
        return
    partage.bilan = bilan
    begun = _begin_destruction(bilan, close_share(partage, fin, by=by, now=now), motif, by=by, now=now)
    transaction.on_commit(partial(carry_on, begun.pk, by=by, now=now))


def _begin_destruction(bilan: Bilan, ended: Ended, motif: str, *, by: Personne, now: datetime) -> Destruction:
    """In the register, so that no restore brings the key back."""
    begun = Destruction.objects.create(
        bilan=bilan,
        motif=motif,
        cles=sorted(ended.cles),
        objets=ended.objets,
        categories={"partage": len(ended.objets)},
        commencee_le=now,
    )
    record(Nom.DESTRUCTION_COMMENCEE, bilan, by=by, now=now, faits={"destruction": begun.pk, "motif": motif})
    return begun


def send_reading_code(*, token: str, now: datetime) -> Partage | None:
    """To the address that the person gave, whoever asks; an unknown link sends nothing."""
    partage = find_share(token, now=now)
    if partage is None:
        return None
    with transaction.atomic():
        code_unique.send_code(
            "code_partage",
            partage=partage,
            adresse=partage.courriel,
            bilan=lock_bilan(partage.bilan),
            now=now,
        )
    return partage


def enter(*, token: str, code: str, now: datetime) -> Partage:
    """Each entry is an event that the person reads in her journal."""
    partage = find_share(token, now=now)
    if partage is None:
        raise Refused(Obstacle("Ce lien n’ouvre plus rien.", code="lien"))
    code_unique.use_code(code, partage=partage, now=now)
    with transaction.atomic():
        bilan = lock_bilan(partage.bilan)
        partage = Partage.objects.select_for_update().select_related("personne").get(pk=partage.pk)
        if partage.clos_le is not None:
            raise Refused(Obstacle("Ce lien n’ouvre plus rien.", code="lien"))
        partage.bilan = bilan
        partage.entre_le = partage.entre_le or now
        partage.save(update_fields=["entre_le"])
        record(Nom.PARTAGE_ENTRE, bilan, by=partage.personne, now=now, faits={"partage": partage.pk})
    return partage
