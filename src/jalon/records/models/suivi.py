"""The follow-up interview six months later: it works although nothing was kept."""

import uuid

from django.db import models

from jalon.domain.suivi import Suite
from jalon.records.models.bilan import Bilan


class Suivi(models.Model):
    class Etat(models.TextChoices):
        PROPOSE = "propose", "Proposé"
        OUVERT = "ouvert", "Ouvert"
        CLOS = "clos", "Clos"
        DECLINE = "decline", "Non souhaité"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="suivis")
    prevu_le = models.DateField()
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.PROPOSE)
    propose_le = models.DateTimeField(null=True, blank=True)
    ouvert_le = models.DateTimeField(null=True, blank=True)
    clos_le = models.DateTimeField(null=True, blank=True)
    # Months after the term: the first, and the second when the person wished one.
    mois = models.PositiveSmallIntegerField(default=6)
    # What was decided together at the end, from a closed list.
    suite = models.CharField(max_length=16, choices=[(s.value, s.label) for s in Suite], blank=True)

    class Meta:
        ordering = ["prevu_le", "id"]
