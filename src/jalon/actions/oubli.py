"""What stands beside the content in plain columns and dies with it: links, days of what was asked and promised, clocks left running."""

from datetime import datetime

from jalon.actions.echeance import cancel
from jalon.actions.regards import forget_regards
from jalon.records.models import Bilan, Passage, Promesse, Tache


def forget_beside(bilan: Bilan, now: datetime) -> None:
    bilan.seances.exclude(visio_lien="").update(visio_lien="")
    forget_regards(bilan, now=now)
    cancel("tache_rappel", now=now, bilan=bilan)
    Tache.objects.filter(bilan=bilan).delete()
    Promesse.objects.filter(bilan=bilan).delete()
    Passage.objects.filter(seance__bilan=bilan).delete()
