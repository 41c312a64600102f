"""What a consultant is qualified for: administrative rows, noted by the responsable on her proofs."""

import uuid

from django.db import models
from django.db.models import F, Q

from jalon.records.models.organisme import Membre


class Qualification(models.Model):
    """`intitule` is compared with what the sheet of an instrument demands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membre = models.ForeignKey(Membre, on_delete=models.CASCADE, related_name="qualifications")
    intitule = models.CharField(max_length=120)
    obtenue_le = models.DateField()
    expire_le = models.DateField(null=True, blank=True)
    notee_le = models.DateTimeField()

    class Meta:
        ordering = ["intitule", "obtenue_le", "id"]
        constraints = [
            models.CheckConstraint(
                name="qualification_ends_after_it_began",
                condition=Q(expire_le=None) | Q(expire_le__gte=F("obtenue_le")),
            )
        ]
