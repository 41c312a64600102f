"""How journeys ended, without whose: a count by quarter, raised at the moment when the content dies."""

from django.db import models

from jalon.records.models.organisme import Organisme


class Compteur(models.Model):
    """No identifier, no day: nothing here leads back to a dossier. Shown only from a number of people on (`domain.compteur`)."""

    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="compteurs")
    trimestre = models.CharField(max_length=7)
    mesure = models.CharField(max_length=24)
    valeur = models.CharField(max_length=24)
    nombre = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["trimestre", "mesure", "valeur"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisme", "trimestre", "mesure", "valeur"], name="compteur_unique"
            )
        ]
