"""Events: facts only, chained, and refused any change by the database itself."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories import BilanFactory

from jalon.records.evenements import Nom, broken_chains, record, write_daily_root
from jalon.records.models import Evenement

pytestmark = pytest.mark.django_db


def test_the_chain_is_a_line_and_a_change_behind_the_triggers_shows(now):
    from jalon.records import triggers

    bilan = BilanFactory()
    record(Nom.BILAN_OUVERT, bilan, by=bilan.consultant, now=now)
    record(Nom.BILAN_COMMENCE, bilan, by=bilan.consultant, now=now, faits={"minutes": 1440})
    assert broken_chains() == []
    with connection.cursor() as cursor:
        for statement in triggers.statements(connection.vendor, install=False):
            cursor.execute(statement)
        cursor.execute("UPDATE records_evenement SET nom = 'bilan.termine' WHERE numero = 1")
        for statement in triggers.statements(connection.vendor, install=True):
            cursor.execute(statement)
    assert len(broken_chains()) == 1


@pytest.mark.parametrize("sql", ["UPDATE records_evenement SET nom = 'x'", "DELETE FROM records_evenement"])
def test_the_database_refuses_to_change_or_delete_an_event(now, sql):
    bilan = BilanFactory()
    record(Nom.BILAN_OUVERT, bilan, by=None, now=now)
    cursor = connection.cursor()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        cursor.execute(sql)
    assert Evenement.objects.filter(nom="bilan.ouvert").count() == 1


@pytest.mark.parametrize("words", ["Je veux changer de métier", "deux mots", "é", 1.5, b"x"])
def test_an_event_refuses_words(now, words):
    bilan = BilanFactory()
    record(Nom.BILAN_MODIFIE, bilan, by=None, now=now, faits={"code": "cpf_hors_temps"})
    with pytest.raises(ValueError, match="never words"):
        record(Nom.BILAN_MODIFIE, bilan, by=None, now=now, faits={"code": words})


def test_the_daily_root_counts_all_chains_and_is_written_once(now):
    first = BilanFactory()
    second = BilanFactory(organisme=first.organisme)
    for bilan in (first, second, second):
        record(Nom.BILAN_MODIFIE, bilan, by=None, now=now)
    root = write_daily_root(now.date(), now)
    assert (root.chaines, root.evenements) == (2, 3)
    record(Nom.BILAN_MODIFIE, first, by=None, now=now)
    assert write_daily_root(now.date(), now).empreinte == root.empreinte
