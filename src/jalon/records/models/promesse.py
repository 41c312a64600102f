"""What was promised in a séance: who, by when, kept or not. The words stay in the recap, encrypted, under the same identifier."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.records.models.bilan import Bilan
from jalon.records.models.personne import Personne
from jalon.records.models.seance import Seance


class Promesse(models.Model):
    class Qui(models.TextChoices):
        BENEFICIAIRE = "beneficiaire", "La personne"
        CONSULTANT = "consultant", "Le consultant ou la consultante"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="promesses")
    seance = models.ForeignKey(Seance, on_delete=models.CASCADE, related_name="promesses")
    qui = models.CharField(max_length=16, choices=Qui)
    pour_le = models.DateField(null=True, blank=True)
    # The recap is shared: from then on the person sees it too.
    partagee = models.BooleanField(default=False)
    tenue_le = models.DateTimeField(null=True, blank=True)
    tenue_par = models.ForeignKey(
        Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = [models.F("pour_le").asc(nulls_last=True), "id"]
        indexes = [
            models.Index(fields=["bilan", "pour_le"], condition=Q(tenue_le=None), name="promesse_to_keep")
        ]
