"""What is due: each clock is a row with an instant; when it falls due an action runs, once."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.records.models.bilan import Bilan
from jalon.records.models.contact import Contact
from jalon.records.models.organisme import Organisme


class Echeance(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="echeances")
    bilan = models.ForeignKey(
        Bilan, on_delete=models.CASCADE, null=True, blank=True, related_name="echeances"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="echeances"
    )
    nom = models.CharField(max_length=40)
    reference = models.CharField(max_length=64, blank=True)
    echoit_le = models.DateTimeField()
    faite_le = models.DateTimeField(null=True, blank=True)
    annulee_le = models.DateTimeField(null=True, blank=True)
    essais = models.PositiveSmallIntegerField(default=0)
    prochain_essai_le = models.DateTimeField(null=True, blank=True)
    # The kind of the failure only (an exception's class): messages may quote content.
    erreur = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["echoit_le", "id"]
        indexes = [
            models.Index(
                fields=["echoit_le"],
                condition=Q(faite_le=None, annulee_le=None),
                name="echeance_open_by_date",
            ),
            models.Index(fields=["bilan", "echoit_le"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["bilan", "nom", "reference"],
                condition=Q(faite_le=None, annulee_le=None),
                name="echeance_open_once",
            )
        ]
