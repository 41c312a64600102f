"""Documents that were issued: frozen bytes, fingerprint, template version, the law's day. Never rendered again."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.records.models.bilan import Bilan
from jalon.records.models.organisme import Organisme


class DocumentEmis(models.Model):
    """An administrative paper keeps its bytes here; one with content (the synthesis) only as an encrypted object."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="documents")
    bilan = models.ForeignKey(
        Bilan, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    genre = models.CharField(max_length=32)
    numero = models.CharField(max_length=30)
    taille = models.CharField(max_length=8, default="normal")
    copie_de = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    emis_le = models.DateTimeField()
    droit_du = models.DateField()
    modele_version = models.CharField(max_length=20)
    empreinte = models.CharField(max_length=64)
    octets = models.BinaryField(null=True, blank=True)
    objet = models.CharField(max_length=64, blank=True)
    tiroir = models.CharField(max_length=20, blank=True)
    cle = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["emis_le", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisme", "numero"], name="document_numero_unique"),
            models.CheckConstraint(
                name="document_content_is_encrypted",
                condition=~Q(genre__in=["synthese", "resultats_detailles", "extrait"]) | Q(octets=None),
            ),
        ]
