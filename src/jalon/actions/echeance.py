"""Clocks: plan, cancel, and do what is due, once. Each name has one handler, an ordinary action called as `systeme`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.db import transaction
from django.db.models import Q

from jalon import access
from jalon.records.models import Bilan, Contact, Echeance, Organisme, Personne

Handler = Callable[..., None]

# name → "module:function"; the function takes (echeance, by, now). Imported when first needed.
HANDLERS: dict[str, str] = {
    "contact_effacement": "jalon.actions.contact:erase_when_due",
    "entretien_rappel": "jalon.actions.reservation:remind_when_due",
    "terme_rappel": "jalon.actions.terme:remind_when_due",
    "terme": "jalon.actions.terme:finish_when_due",
    "destruction": "jalon.actions.destruction:destroy_when_due",
    "conservation_fin": "jalon.actions.destruction:end_of_agreement_when_due",
    "partage_fin": "jalon.actions.partage:end_when_due",
    "rappel_personnel": "jalon.actions.rappel:remind_when_due",
    "enquete_rappel": "jalon.actions.enquete:remind_when_due",
    "suivi_invitation": "jalon.actions.suivi:invite_when_due",
    "suivi_fin": "jalon.actions.suivi:close_when_due",
    "seance_rappel": "jalon.actions.rappel_seance:remind_when_due",
    "tache_rappel": "jalon.actions.tache:remind_when_due",
    "retractation": "jalon.actions.contrat:close_when_due",
    "cpf_reponse": "jalon.actions.cpf:tell_when_due",
    "cpf_confirmation": "jalon.actions.cpf:lapse_when_due",
    "cpf_onze_jours": "jalon.actions.cpf:tell_when_due",
    "cpf_entree": "jalon.actions.cpf:tell_when_due",
    "cpf_sortie": "jalon.actions.cpf:tell_when_due",
    "compte_effacement": "jalon.actions.personne:erase_when_due",
    "signature_fin": "jalon.actions.signature:expire_when_due",
    "signature_sceau": "jalon.actions.signature_sceau:seal_when_due",
    "convention_silence": "jalon.actions.convention:lapse_when_due",
    "cachet_fin": "jalon.actions.cachet:warn_when_due",
    "absence_silence": "jalon.actions.absence:accept_when_due",
    "droit_reponse": "jalon.actions.droits:remind_when_due",
    "reseau_fin": "jalon.actions.reseau:leave_when_due",
    "pause_fin": "jalon.actions.pause:end_when_due",
    "regards_fin": "jalon.actions.regards:tell_when_due",
}
MAX_TRIES = 8
_BATCH = 200


def schedule(
    nom: str,
    echoit_le: datetime,
    *,
    organisme: Organisme,
    bilan: Bilan | None = None,
    contact: Contact | None = None,
    reference: str = "",
) -> Echeance:
    """One open échéance per name and reference: planning it again moves it."""
    if nom not in HANDLERS:
        raise ValueError(f"no handler for {nom!r}")
    open_one = Echeance.objects.filter(
        organisme=organisme,
        bilan=bilan,
        contact=contact,
        nom=nom,
        reference=reference,
        faite_le=None,
        annulee_le=None,
    ).first()
    if open_one is None:
        return Echeance.objects.create(
            organisme=organisme,
            bilan=bilan,
            contact=contact,
            nom=nom,
            reference=reference,
            echoit_le=echoit_le,
        )
    if open_one.echoit_le != echoit_le:
        open_one.echoit_le = echoit_le
        open_one.prochain_essai_le = None
        open_one.essais = 0
        open_one.save(update_fields=["echoit_le", "prochain_essai_le", "essais"])
    return open_one


def cancel(
    nom: str,
    *,
    now: datetime,
    bilan: Bilan | None = None,
    contact: Contact | None = None,
    reference: str | None = None,
) -> int:
    """Close the open ones of this name without doing them."""
    found = Echeance.objects.filter(nom=nom, bilan=bilan, contact=contact, faite_le=None, annulee_le=None)
    if reference is not None:
        found = found.filter(reference=reference)
    return found.update(annulee_le=now)


@dataclass
class Tally:
    """What one pass did: the ids and names, never a reason that could quote content."""

    faites: list[dict[str, Any]] = field(default_factory=list)
    en_echec: list[dict[str, Any]] = field(default_factory=list)


def run_due(now: datetime, *, stop: Callable[[], bool] = lambda: False) -> Tally:
    """Do everything that is due at `now`, oldest first, each in its own transaction, each once. `stop` is asked between two."""
    tally = Tally()
    by = access.systeme()
    tried: set[Any] = set()
    while True:
        due = list(
            Echeance.objects.filter(faite_le=None, annulee_le=None, echoit_le__lte=now)
            .filter(Q(prochain_essai_le=None) | Q(prochain_essai_le__lte=now))
            .exclude(pk__in=tried)
            .order_by("echoit_le", "id")
            .values_list("pk", flat=True)[:_BATCH]
        )
        if not due:
            return tally
        for pk in due:
            if stop():
                return tally
            tried.add(pk)
            _run_one(pk, by, now, tally)


def _run_one(pk: Any, by: Personne, now: datetime, tally: Tally) -> None:
    said: dict[str, Any] = {"id": str(pk)}
    try:
        with transaction.atomic():
            one = (
                Echeance.objects.select_for_update(of=("self",), skip_locked=True)
                .select_related("organisme")
                .filter(pk=pk, faite_le=None, annulee_le=None)
                .first()
            )
            if one is None:
                return
            said |= {
                "nom": one.nom,
                "bilan": str(one.bilan_id) if one.bilan_id else None,
                "echoit_le": one.echoit_le,
            }
            one.faite_le = now
            one.save(update_fields=["faite_le"])
            _handler(one.nom)(echeance=one, by=by, now=now)
        tally.faites.append(said)
    except Exception as failure:  # one clock that fails must not stop the others
        kind = type(failure).__name__
        one = Echeance.objects.filter(pk=pk).first()
        if one is not None:
            one.essais += 1
            one.erreur = kind
            one.prochain_essai_le = now + timedelta(minutes=min(2**one.essais, 360))
            one.save(update_fields=["essais", "erreur", "prochain_essai_le"])
        tally.en_echec.append({**said, "erreur": kind})


def _handler(nom: str) -> Handler:
    module, function = HANDLERS[nom].split(":")
    found: Handler = getattr(import_module(module), function)
    return found
