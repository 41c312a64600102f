"""What is asked between séances: days and minutes only. What it says, and what the person made of it, are encrypted pieces."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.records.models.bilan import Bilan
from jalon.records.models.personne import Personne


class Tache(models.Model):
    """Its two pieces bear its identifier: `tache` (what is asked) and `rendu` (what the person made of it).

    The time really spent is in the ledger of personal hours and nowhere else: séances whose `tache` this is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="taches")
    donnee_par = models.ForeignKey(
        Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    donnee_le = models.DateTimeField()
    minutes_prevues = models.PositiveSmallIntegerField(null=True, blank=True)
    pour_le = models.DateField(null=True, blank=True)
    commencee_le = models.DateTimeField(null=True, blank=True)
    rendue_le = models.DateTimeField(null=True, blank=True)
    # The consultant has read what was handed in; empty again when the person changes it.
    relue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["donnee_le", "id"]
        constraints = [
            models.CheckConstraint(
                name="tache_read_once_handed_in", condition=Q(relue_le=None) | Q(rendue_le__isnull=False)
            )
        ]
        indexes = [
            models.Index(
                fields=["bilan", "rendue_le"], condition=Q(relue_le=None), name="tache_still_to_look_at"
            )
        ]
