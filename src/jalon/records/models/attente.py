"""Who waits for a place with somebody: in the order of arrival, erased with the contact."""

from django.db import models

from jalon.records.models.contact import Contact
from jalon.records.models.personne import Personne


class Attente(models.Model):
    contact = models.OneToOneField(
        Contact, on_delete=models.CASCADE, primary_key=True, related_name="attente"
    )
    # None: with anybody.
    consultant = models.ForeignKey(
        Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    inscrite_le = models.DateTimeField()
    proposee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["inscrite_le", "contact"]
