"""Former beneficiaries who accept to be asked by others: a purpose of its own, left in one gesture."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.records.models.bilan import Bilan
from jalon.records.models.organisme import Organisme
from jalon.records.models.personne import Personne


class Ressource(models.Model):
    """One person who agreed, and the subjects she ticked herself. Withdrawing deletes the row, and what hangs on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="ressources")
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="ressources")
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="ressources")
    sujets = models.JSONField(default=list)
    rejoint_le = models.DateTimeField()

    class Meta:
        ordering = ["rejoint_le", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisme", "personne"], name="ressource_une_par_cabinet")
        ]


class MiseEnRelation(models.Model):
    """A beneficiary asks one of them; their words are pieces of the asker's bilan, and die with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ressource = models.ForeignKey(Ressource, on_delete=models.CASCADE, related_name="relations")
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="relations")
    demandee_le = models.DateTimeField()
    close_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-demandee_le", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ressource", "bilan"], condition=Q(close_le=None), name="relation_une_en_cours"
            )
        ]
