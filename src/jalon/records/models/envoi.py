"""The outbox: mails to send, as a kind and identifiers. The text is made at the moment of sending, and is neutral."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.records.models.bilan import Bilan
from jalon.records.models.organisme import Organisme
from jalon.records.models.personne import Personne


class Envoi(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(
        Organisme, on_delete=models.CASCADE, null=True, blank=True, related_name="envois"
    )
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, null=True, blank=True, related_name="envois")
    personne = models.ForeignKey(
        Personne, on_delete=models.CASCADE, null=True, blank=True, related_name="envois"
    )
    adresse = models.EmailField(blank=True)
    genre = models.CharField(max_length=40)
    # Identifiers, dates and sealed one-time secrets only.
    donnees = models.JSONField(default=dict)
    cree_le = models.DateTimeField()
    prochain_essai_le = models.DateTimeField()
    essais = models.PositiveSmallIntegerField(default=0)
    envoye_le = models.DateTimeField(null=True, blank=True)
    abandonne_le = models.DateTimeField(null=True, blank=True)
    erreur = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["cree_le", "id"]
        indexes = [
            models.Index(
                fields=["prochain_essai_le"],
                condition=Q(envoye_le=None, abandonne_le=None),
                name="envoi_open_by_date",
            )
        ]
