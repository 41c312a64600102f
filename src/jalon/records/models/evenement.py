"""Events: facts and identifiers, append-only, chained by hash within a chain (a bilan, or the cabinet)."""

from django.db import models


class Evenement(models.Model):
    chaine = models.UUIDField()
    numero = models.PositiveIntegerField()
    nom = models.CharField(max_length=48)
    par = models.UUIDField(null=True, blank=True)
    le = models.DateTimeField()
    faits = models.JSONField(default=dict)
    precedente = models.CharField(max_length=64, blank=True)
    empreinte = models.CharField(max_length=64)

    class Meta:
        ordering = ["chaine", "numero"]
        constraints = [models.UniqueConstraint(fields=["chaine", "numero"], name="evenement_chain_is_a_line")]
        indexes = [models.Index(fields=["le"])]


class Racine(models.Model):
    """The daily root over the heads of all chains: a chain that was cut or lost shows."""

    jour = models.DateField(unique=True)
    chaines = models.PositiveIntegerField()
    evenements = models.PositiveBigIntegerField()
    empreinte = models.CharField(max_length=64)
    calculee_le = models.DateTimeField()

    class Meta:
        ordering = ["jour"]
