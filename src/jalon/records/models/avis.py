"""What people thought of it, counted without whose: ballots wait sealed and mixed, and leave by five at least."""

import uuid

from django.db import models

from jalon.domain.avis import LOT
from jalon.records.models.organisme import Organisme


class Urne(models.Model):
    """The ballots of one sheet that wait: a sealed sum of them, never one beside another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="urnes")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    chiffre = models.BinaryField()

    class Meta:
        ordering = ["instrument", "version"]
        constraints = [
            models.UniqueConstraint(fields=["organisme", "instrument", "version"], name="urne_unique")
        ]


class Depouillement(models.Model):
    """Several ballots counted together: how many gave each answer to each closed question. A quarter is its only date."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="depouillements")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    trimestre = models.CharField(max_length=7)
    bulletins = models.PositiveSmallIntegerField()
    comptes = models.JSONField(default=dict)

    class Meta:
        ordering = ["instrument", "version", "trimestre", "id"]
        constraints = [
            models.CheckConstraint(
                name="depouillement_never_of_a_few", condition=models.Q(bulletins__gte=LOT)
            )
        ]
