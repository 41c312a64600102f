"""The cabinet's own instruments and norm tables: a file is read whole before it is kept; what was kept never changes."""

import hashlib
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.instruments import instrument_of
from jalon.domain.obstacle import Obstacle, Refused
from jalon.instruments import Instrument, InstrumentRefuse, bank, order_of, read_bytes, read_norms
from jalon.records.evenements import Nom, record
from jalon.records.models import InstrumentPropre, Organisme, Personne, TableEtalonnage

LIEN_NECESSAIRE = "Code du travail, art. L. 6313-4, al. 3"


@transaction.atomic
def deposit_instrument(
    *, organisme: Organisme, nom_fichier: str, octets: bytes, by: Personne, now: datetime
) -> InstrumentPropre:
    """A new instrument, or a new version of one. The file stands as it came: it can be taken back out the same."""
    access.require(Action.MANAGE_INSTRUMENTS, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    try:
        instrument = read_bytes(octets, nom_fichier)
    except InstrumentRefuse as refused:
        raise Refused(Obstacle(f"{refused}.", LIEN_NECESSAIRE, code="fichier", field="fichier")) from None
    _check_free(organisme, instrument)
    row = InstrumentPropre.objects.create(
        organisme=organisme,
        code=instrument.code,
        version=instrument.version,
        titre=instrument.titre[:300],
        contenu=octets.decode("utf-8-sig"),
        empreinte=hashlib.sha256(octets).hexdigest(),
        depose_le=now,
    )
    record(Nom.INSTRUMENT_DEPOSE, organisme, by=by, now=now, faits={"instrument": row.code, "objet": row.pk})
    return row


def _check_free(organisme: Organisme, instrument: Instrument) -> None:
    if instrument.code in bank():
        raise _refuse(
            f"Le code « {instrument.code} » est celui d’un questionnaire fourni\u00a0: donnez-lui un autre code, par "
            f"exemple « {instrument.code}_cabinet »."
        )
    known = InstrumentPropre.objects.filter(organisme=organisme, code=instrument.code)
    versions = list(known.values_list("version", flat=True))
    if instrument.version in versions:
        raise _refuse(
            f"La version {instrument.version} est déjà là, et des réponses peuvent en dépendre\u00a0: changez le numéro "
            "de version dans le fichier."
        )
    newest = max(versions, key=order_of, default=None)
    if newest is not None and order_of(instrument.version) < order_of(newest):
        raise _refuse(
            f"La version {newest} est déjà là\u00a0: une nouvelle version porte un numéro plus grand."
        )


def _refuse(sentence: str) -> Refused:
    return Refused(Obstacle(sentence, code="version", field="fichier"))


@transaction.atomic
def withdraw_instrument(*, instrument: InstrumentPropre, by: Personne, now: datetime) -> None:
    """No longer proposed. Sheets that hold it keep it."""
    access.require(Action.MANAGE_INSTRUMENTS, by, instrument.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=instrument.organisme_id)
    row = InstrumentPropre.objects.get(pk=instrument.pk)
    if row.retire_le is not None:
        return
    row.retire_le = now
    row.save(update_fields=["retire_le"])
    record(Nom.INSTRUMENT_RETIRE, organisme, by=by, now=now, faits={"instrument": row.code, "objet": row.pk})


@transaction.atomic
def deposit_norms(
    *, organisme: Organisme, nom_fichier: str, octets: bytes, by: Personne, now: datetime
) -> TableEtalonnage:
    """Read against the instrument that it names: from then on results of that version name it."""
    access.require(Action.MANAGE_INSTRUMENTS, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    try:
        said = read_norms(octets, nom_fichier)
        instrument = instrument_of(organisme.pk, said.instrument, said.version)
        if instrument is None:
            raise InstrumentRefuse(
                nom_fichier,
                "instrument",
                f"« {said.instrument} », version {said.version}, n’est pas dans la banque",
                1,
            )
        read_norms(octets, nom_fichier, instrument)
    except InstrumentRefuse as refused:
        raise Refused(Obstacle(f"{refused}.", code="fichier", field="fichier")) from None
    row = TableEtalonnage.objects.create(
        organisme=organisme,
        code=said.instrument,
        version=said.version,
        nom=said.nom[:300],
        contenu=octets.decode("utf-8-sig"),
        empreinte=hashlib.sha256(octets).hexdigest(),
        depose_le=now,
    )
    record(Nom.ETALONNAGE_DEPOSE, organisme, by=by, now=now, faits={"instrument": row.code, "objet": row.pk})
    return row


@transaction.atomic
def withdraw_norms(*, table: TableEtalonnage, by: Personne, now: datetime) -> None:
    """Results to come no longer use it; those already explained keep its name and its figures."""
    access.require(Action.MANAGE_INSTRUMENTS, by, table.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=table.organisme_id)
    row = TableEtalonnage.objects.get(pk=table.pk)
    if row.retire_le is not None:
        return
    row.retire_le = now
    row.save(update_fields=["retire_le"])
    record(Nom.ETALONNAGE_RETIRE, organisme, by=by, now=now, faits={"instrument": row.code, "objet": row.pk})
