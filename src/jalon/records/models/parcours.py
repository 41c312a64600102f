"""A parcours: what a cabinet offers, phase by phase. Its hours are computed from its lines, never typed."""

import uuid

from django.db import models

from jalon.domain.parcours import Nature, Phase, TypeAction
from jalon.records.models.organisme import Organisme


class Parcours(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="parcours")
    intitule = models.CharField("intitulé", max_length=200)
    type_action = models.CharField(
        max_length=16, choices=[(t.value, t.label) for t in TypeAction], default=TypeAction.BILAN
    )
    prix = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    semaines = models.PositiveSmallIntegerField("étalement en semaines", default=10)
    actif = models.BooleanField(default=True)
    cree_le = models.DateTimeField()

    class Meta:
        ordering = ["intitule", "id"]

    def __str__(self) -> str:
        return self.intitule


class Ligne(models.Model):
    """So many moments of so many minutes, in one phase. Belongs to a parcours (the offer) or to a bilan (what was agreed)."""

    parcours = models.ForeignKey(
        Parcours, on_delete=models.CASCADE, null=True, blank=True, related_name="lignes"
    )
    bilan = models.ForeignKey(
        "records.Bilan", on_delete=models.CASCADE, null=True, blank=True, related_name="lignes"
    )
    ordre = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(max_length=16, choices=[(p.value, p.label) for p in Phase])
    nature = models.CharField(max_length=24, choices=[(n.value, n.label) for n in Nature])
    nombre = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField()
    collectif = models.BooleanField(default=False)

    class Meta:
        ordering = ["ordre", "id"]
        constraints = [
            models.CheckConstraint(
                name="ligne_belongs_to_one",
                condition=models.Q(parcours=None, bilan__isnull=False)
                | models.Q(parcours__isnull=False, bilan=None),
            )
        ]
