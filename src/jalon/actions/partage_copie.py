"""The copies that a share gives to read: encrypted again under its own key, and forgotten with it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from jalon.access.coffre import coffre
from jalon.actions.echeance import cancel
from jalon.domain.partage import Destinataire, Fin
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, CopiePartagee, DemandeCep, DocumentEmis, Partage, Personne


@dataclass
class Ended:
    """The keys and files of shares that are over: what their destruction must take."""

    cles: set[str] = field(default_factory=set)
    objets: list[str] = field(default_factory=list)


def copy_under_own_key(partage: Partage, document: DocumentEmis) -> CopiePartagee:
    """The very bytes that were sealed, under another key. The share's key must exist."""
    vault = coffre()
    pdf = vault.objects.load(document.objet, key_id=document.cle, context=str(document.pk))
    copie = CopiePartagee(partage=partage, document=document, genre=document.genre, cle=partage.cle)
    copie.objet = vault.objects.new_id()
    vault.objects.store(copie.objet, bytes(pdf), key_id=partage.cle, context=str(copie.pk))
    copie.save(force_insert=True)
    return copie


def close_share(partage: Partage, fin: Fin, *, by: Personne | None, now: datetime) -> Ended:
    """From this commit on no door opens it; its key and files go to the destruction that the caller begins."""
    partage.clos_le, partage.motif_fin = now, fin
    partage.save(update_fields=["clos_le", "motif_fin"])
    cancel("partage_fin", now=now, bilan=partage.bilan, reference=str(partage.pk))
    record(
        Nom.PARTAGE_CLOS, partage.bilan, by=by, now=now, faits={"partage": partage.pk, "fin": str(fin.value)}
    )
    files = partage.copies.exclude(objet="").values_list("objet", flat=True)
    return Ended({partage.cle} - {""}, list(files))


def end_shares(bilan: Bilan, *, by: Personne | None = None, now: datetime) -> Ended:
    """With the bilan's documents go the copies given to read; only the CEP operator's stays, while its synthesis may be kept."""
    kept = DemandeCep.objects.filter(bilan=bilan, conserve_jusqu_au__isnull=False, detruite_le=None).exists()
    found = Ended()
    for partage in Partage.objects.select_for_update().filter(bilan=bilan, clos_le=None):
        if kept and partage.destinataire == Destinataire.CEP:
            continue
        partage.bilan = bilan
        ended = close_share(partage, Fin.DESTRUCTION, by=by, now=now)
        found.cles |= ended.cles
        found.objets += ended.objets
    return found


def forget_copies(cles: Collection[str]) -> None:
    """The keys are destroyed: no row names them nor their files any more."""
    CopiePartagee.objects.filter(cle__in=cles).update(objet="", cle="")
    Partage.objects.filter(cle__in=cles).update(cle="")


def forget_unreadable(known: Collection[str], *, now: datetime, drill: bool) -> None:
    """After a restore: a share whose key did not come back was over, whatever the older rows say."""
    for partage in Partage.objects.exclude(cle="").select_related("bilan"):
        if partage.cle in known:
            continue
        for objet in partage.copies.exclude(objet="").values_list("objet", flat=True):
            if not drill:
                coffre().objects.delete(objet)
        if partage.clos_le is None:
            Partage.objects.filter(pk=partage.pk).update(clos_le=now, motif_fin=Fin.DESTRUCTION)
            cancel("partage_fin", now=now, bilan=partage.bilan, reference=str(partage.pk))
        forget_copies([partage.cle])
