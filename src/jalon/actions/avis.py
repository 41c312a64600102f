"""Opinions counted without whose: a ballot is summed with those that wait, under the installation's own key, and leaves with four others."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jalon.actions import secret
from jalon.domain.avis import Attente, drop, is_ripe, quarter_of
from jalon.instruments import Instrument
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Depouillement, Organisme, Urne

_PURPOSE = "avis"


def drop_ballot(bilan: Bilan, instrument: Instrument, reponses: Mapping[str, Any], *, now: datetime) -> None:
    """Inside the act that finishes the sheet. Nothing of it names the bilan, the person or the day."""
    ballot = instrument.comptees(reponses)
    if not ballot:
        return
    # Two that finish at once wait for each other, and no ballot is lost.
    Organisme.objects.select_for_update().get(pk=bilan.organisme_id)
    about: dict[str, Any] = {
        "organisme_id": bilan.organisme_id,
        "instrument": instrument.code,
        "version": instrument.version,
    }
    urne = Urne.objects.filter(**about).first()
    waiting = drop(_open(urne) if urne else Attente(), ballot)
    if not is_ripe(waiting):
        sealed = secret.seal_bytes(json.dumps(waiting.to_json()).encode(), _PURPOSE)
        Urne.objects.update_or_create(**about, defaults={"chiffre": sealed})
        return
    if urne is not None:
        urne.delete()
    Depouillement.objects.create(
        **about,
        trimestre=quarter_of(local_day(bilan, now)),
        bulletins=waiting.bulletins,
        comptes=waiting.comptes,
    )


def _open(urne: Urne) -> Attente:
    said = json.loads(secret.open_bytes(bytes(urne.chiffre), _PURPOSE))
    return Attente(said["bulletins"], said["comptes"])
