"""Calendars: what a person reads or publishes elsewhere, her private feed, and what she lets them say. Never a title of theirs."""

import uuid

from django.db import models
from django.db.models import F, Q

from jalon.domain.calendrier import Intitule, SensAgenda, TypeAgenda
from jalon.records.models.personne import Personne
from jalon.records.models.seance import Seance


class ReglageAgenda(models.Model):
    """What one person's appointments say outside, and whether they come by mail. Without this row: «Rendez-vous», and no mail."""

    personne = models.OneToOneField(
        Personne, on_delete=models.CASCADE, primary_key=True, related_name="reglage_agenda"
    )
    intitule = models.CharField(
        max_length=16, choices=[(i.value, i.label) for i in Intitule], default=Intitule.RENDEZ_VOUS
    )
    avec_lieu = models.BooleanField(default=True)
    invitations = models.BooleanField(default=False)


class FluxAgenda(models.Model):
    """A private address that a telephone subscribes to. Only the fingerprint of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="flux_agenda")
    empreinte = models.CharField(max_length=64, unique=True)
    cree_le = models.DateTimeField()
    revoque_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["cree_le", "id"]


class AgendaExterne(models.Model):
    """A calendar kept elsewhere: read for its busy hours, or written to. Its address and its password are sealed together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="agendas_externes")
    sens = models.CharField(max_length=12, choices=[(s.value, s.label) for s in SensAgenda])
    genre = models.CharField(max_length=8, choices=[(t.value, t.label) for t in TypeAgenda])
    secret = models.BinaryField()
    cree_le = models.DateTimeField()
    # The last time that it answered; what is known of it is of that age.
    lu_le = models.DateTimeField(null=True, blank=True)
    prochain_le = models.DateTimeField()
    essais = models.PositiveSmallIntegerField(default=0)
    erreur = models.CharField(max_length=40, blank=True)
    version = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["cree_le", "id"]
        indexes = [models.Index(fields=["sens", "prochain_le"])]


class PlageOccupee(models.Model):
    """Taken elsewhere, from one instant to another. Nothing says by what."""

    agenda = models.ForeignKey(AgendaExterne, on_delete=models.CASCADE, related_name="plages")
    debut = models.DateTimeField()
    fin = models.DateTimeField()

    class Meta:
        ordering = ["debut", "id"]
        constraints = [models.CheckConstraint(name="plage_occupee_in_order", condition=Q(fin__gt=F("debut")))]
        indexes = [models.Index(fields=["agenda", "debut"])]


class Publication(models.Model):
    """One appointment in one calendar elsewhere: what is there, and which version of it."""

    agenda = models.ForeignKey(AgendaExterne, on_delete=models.CASCADE, related_name="publications")
    seance = models.ForeignKey(Seance, on_delete=models.CASCADE, related_name="publications")
    version = models.CharField(max_length=200, blank=True)
    # A fingerprint of what was written there; empty once taken away.
    empreinte = models.CharField(max_length=64, blank=True)
    publiee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agenda", "seance"], name="publication_une_fois")]
