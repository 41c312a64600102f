"""When somebody receives: weekly hours at a place or at a distance, exceptions, and the rules of booking. Rows only."""

import uuid

from django.db import models
from django.db.models import F, Q

from jalon.records.models.organisme import Lieu, Organisme
from jalon.records.models.personne import Personne


class Disponibilite(models.Model):
    """How one consultant lets herself be booked in one cabinet. Without this row nobody books by herself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="disponibilites")
    consultant = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="disponibilites")
    ouverte = models.BooleanField("rendez-vous en ligne ouverts", default=False)
    # Empty: the cabinet's own.
    fuseau = models.CharField(max_length=64, blank=True)
    duree_minutes = models.PositiveSmallIntegerField(default=45)
    tampon_minutes = models.PositiveSmallIntegerField(default=15)
    preavis_heures = models.PositiveSmallIntegerField(default=24)
    horizon_jours = models.PositiveSmallIntegerField(default=42)
    par_jour = models.PositiveSmallIntegerField(null=True, blank=True)
    par_semaine = models.PositiveSmallIntegerField(null=True, blank=True)
    # Séances of the parcours, and dossiers in parallel: her own ceiling.
    seances_par_jour = models.PositiveSmallIntegerField(null=True, blank=True)
    seances_par_semaine = models.PositiveSmallIntegerField(null=True, blank=True)
    capacite = models.PositiveSmallIntegerField(null=True, blank=True)
    jours_feries = models.BooleanField("reçoit les jours fériés", default=False)
    telephone = models.BooleanField("par téléphone", default=True)
    visio_lien = models.URLField("salle de visio", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisme", "consultant"], name="disponibilite_une_fois"),
            models.CheckConstraint(name="disponibilite_has_a_length", condition=Q(duree_minutes__gte=15)),
        ]


class PlageHebdomadaire(models.Model):
    """Every week from this hour to that one, on the clock of the wall. Without a place: at a distance only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="plages")
    consultant = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="plages")
    # 0: Monday.
    jour = models.PositiveSmallIntegerField()
    debut = models.TimeField()
    fin = models.TimeField()
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, null=True, blank=True, related_name="plages")
    a_distance = models.BooleanField(default=True)

    class Meta:
        ordering = ["jour", "debut", "id"]
        constraints = [
            models.CheckConstraint(name="plage_ends_after_it_starts", condition=Q(fin__gt=F("debut"))),
            models.CheckConstraint(name="plage_is_a_day_of_the_week", condition=Q(jour__lte=6)),
            models.CheckConstraint(
                name="plage_somewhere_or_at_a_distance", condition=Q(lieu__isnull=False) | Q(a_distance=True)
            ),
        ]


class PlageExceptionnelle(models.Model):
    """Closed or open on certain days, whatever the week says. Without a consultant it holds for a place, or for the cabinet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="exceptions")
    consultant = models.ForeignKey(
        Personne, on_delete=models.PROTECT, null=True, blank=True, related_name="exceptions"
    )
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, null=True, blank=True, related_name="exceptions")
    ouverte = models.BooleanField(default=False)
    du = models.DateField()
    au = models.DateField()
    # Without hours: the whole day.
    debut = models.TimeField(null=True, blank=True)
    fin = models.TimeField(null=True, blank=True)
    a_distance = models.BooleanField(default=True)

    class Meta:
        ordering = ["du", "debut", "id"]
        constraints = [
            models.CheckConstraint(name="exception_days_in_order", condition=Q(au__gte=F("du"))),
            models.CheckConstraint(
                name="exception_hours_in_order",
                condition=Q(debut=None, fin=None)
                | Q(debut__isnull=False, fin__isnull=False, fin__gt=F("debut")),
            ),
            models.CheckConstraint(
                name="exception_open_has_hours_and_somebody",
                condition=Q(ouverte=False) | Q(debut__isnull=False, consultant__isnull=False),
            ),
        ]
