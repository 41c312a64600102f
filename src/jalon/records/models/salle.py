"""Rooms of a place, when the place is open, and the moments that several people live together."""

import uuid

from django.db import models
from django.db.models import F, Q

from jalon.domain.parcours import Phase
from jalon.domain.seance import Modalite
from jalon.records.models.organisme import Lieu, Organisme
from jalon.records.models.personne import Personne


class Salle(models.Model):
    """One door behind which one thing happens at a time. A place without rooms has as many as it needs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lieu = models.ForeignKey(Lieu, on_delete=models.CASCADE, related_name="salles")
    nom = models.CharField(max_length=100)
    places = models.PositiveSmallIntegerField(default=2)
    fauteuil = models.BooleanField("accessible en fauteuil roulant", default=False)
    accessibilite = models.CharField(max_length=1000, blank=True)
    actif = models.BooleanField(default=True)

    class Meta:
        ordering = ["nom", "id"]
        constraints = [
            models.CheckConstraint(name="salle_holds_two_at_least", condition=Q(places__gte=2)),
        ]


class HoraireLieu(models.Model):
    """The place is open then, every week. Without such rows it is open whenever somebody receives there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lieu = models.ForeignKey(Lieu, on_delete=models.CASCADE, related_name="horaires")
    jour = models.PositiveSmallIntegerField()
    debut = models.TimeField()
    fin = models.TimeField()

    class Meta:
        ordering = ["jour", "debut", "id"]
        constraints = [
            models.CheckConstraint(
                name="horaire_lieu_in_order", condition=Q(fin__gt=F("debut"), jour__lte=6)
            ),
        ]


class Atelier(models.Model):
    """A moment of group: each participant has a séance of her own in it, and sees nobody else's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="ateliers")
    consultant = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="ateliers")
    phase = models.CharField(max_length=16, choices=[(p.value, p.label) for p in Phase])
    modalite = models.CharField(max_length=16, choices=[(m.value, m.label) for m in Modalite])
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, null=True, blank=True, related_name="ateliers")
    salle = models.ForeignKey(Salle, on_delete=models.PROTECT, null=True, blank=True, related_name="ateliers")
    debut = models.DateTimeField()
    fin = models.DateTimeField()
    places = models.PositiveSmallIntegerField()
    annule_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["debut", "id"]
        constraints = [
            models.CheckConstraint(name="atelier_in_order", condition=Q(fin__gt=F("debut"))),
            models.CheckConstraint(name="atelier_is_for_several", condition=Q(places__gte=2)),
        ]
        indexes = [models.Index(fields=["consultant", "debut"])]
