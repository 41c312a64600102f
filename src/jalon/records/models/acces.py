"""The access log: who opened which kind of content of whom, in which hour. Readable by the person concerned."""

from django.db import models

from jalon.records.models.bilan import Bilan
from jalon.records.models.personne import Personne


class Acces(models.Model):
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="acces")
    lecteur = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=32)
    heure = models.DateTimeField()

    class Meta:
        ordering = ["-heure", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bilan", "lecteur", "nature", "heure"], name="acces_one_row_an_hour"
            )
        ]
