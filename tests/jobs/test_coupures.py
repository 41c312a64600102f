"""The worker killed outright, in the middle of a clock and of a mail: nothing is done twice, nothing is lost."""

import pytest
from tests.maison import Maison, cut_off, wait_for

# A clock whose handler writes, then waits to be killed when it is told to.
CLOCK = """
import json, time
from pathlib import Path
from jalon.actions import echeance
from jalon.records.models import Echeance, Envoi
from jalon.actions.envoi import enqueue
from tests.jobs import test_coupures
echeance.HANDLERS["terme_rappel"] = "tests.jobs.test_coupures:remind"
"""
SETUP = (
    CLOCK
    + """
from tests.factories import BilanFactory
from jalon.records.models import Bilan
bilan = Bilan.objects.first() or BilanFactory(en_cours=True)
Envoi.objects.all().delete()
Echeance.objects.all().delete()
echeance.schedule("terme_rappel", now, organisme=bilan.organisme, bilan=bilan, reference="7")
"""
)
RUN_CLOCK = (
    CLOCK
    + """
tally = echeance.run_due(now)
print(json.dumps({
    "faites": len(tally.faites), "en_echec": len(tally.en_echec),
    "faite": Echeance.objects.filter(faite_le__isnull=False).count(),
    "envois": Envoi.objects.count(),
}))
"""
)
MAIL_SETUP = """
from jalon.records.models import Envoi
Envoi.objects.all().delete()
from tests.factories import BilanFactory
from jalon.actions.envoi import enqueue
from jalon.records.models import Bilan
bilan = Bilan.objects.first() or BilanFactory(en_cours=True)
enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
"""
RUN_MAIL = """
import json
from django.conf import settings
settings.EMAIL_BACKEND = "tests.courrier_lent.Backend"
from jalon.actions import courrier
from jalon.records.models import Envoi
later = now + timedelta(seconds=int(os.environ.get("PLUS_TARD", "0")))
tally = courrier.send_due(later)
print(json.dumps({"envoyes": len(tally.envoyes), "restent": Envoi.objects.filter(envoye_le=None).count()}))
"""


def remind(*, echeance, by, now):
    """Writes in the clock's own transaction, then says so and waits."""
    import os
    import time
    from pathlib import Path

    from jalon.actions.envoi import enqueue

    enqueue("dossier_a_lire", personne=echeance.bilan.beneficiaire, bilan=echeance.bilan, now=now)
    if os.environ.get("ATTENDRE"):
        Path(os.environ["ATTENDRE"]).touch()
        time.sleep(120)


@pytest.fixture(scope="module")
def maison(tmp_path_factory):
    return Maison.ready(tmp_path_factory.mktemp("coupures") / "maison")


def test_a_clock_cut_off_in_the_middle_leaves_nothing_and_is_done_once(maison, tmp_path):
    maison.python(SETUP)
    middle = tmp_path / "au-milieu"
    worker = maison.start(RUN_CLOCK, ATTENDRE=str(middle))
    wait_for(middle)
    cut_off(worker)
    once = {"faites": 1, "en_echec": 0, "faite": 1, "envois": 1}
    assert maison.python(RUN_CLOCK) == once
    assert maison.python(RUN_CLOCK) == {**once, "faites": 0}


@pytest.mark.parametrize("moment", ["avant", "apres"])
def test_a_mail_cut_off_waits_for_the_lease_and_reaches_the_person_once(maison, tmp_path, moment):
    """Before the server accepted it, the mail leaves once. After, it leaves again under the name by which it is known."""
    maison.python(MAIL_SETUP)
    box, middle = tmp_path / "boite", tmp_path / "au-milieu"
    worker = maison.start(RUN_MAIL, BOITE=str(box), ATTENDRE=str(middle), MOMENT=moment)
    wait_for(middle)
    cut_off(worker)
    # Another worker at the same moment leaves it to whoever took it: nobody knows yet that it died.
    assert maison.python(RUN_MAIL, BOITE=str(box)) == {"envoyes": 0, "restent": 1}
    assert maison.python(RUN_MAIL, BOITE=str(box), PLUS_TARD="600") == {"envoyes": 1, "restent": 0}
    received = box.read_text().split()
    assert len(received) == (1 if moment == "avant" else 2)
    assert len(set(received)) == 1
