"""The cabinet's own instruments and norm tables: the very file that was deposited, one row a version. Nothing of anybody's answers."""

import uuid

from django.db import models

from jalon.records.models.organisme import Organisme


class InstrumentPropre(models.Model):
    """A version never changes: answers keep theirs. `retire_le`: no longer proposed, still read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="instruments")
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    titre = models.CharField(max_length=300)
    contenu = models.TextField()
    empreinte = models.CharField(max_length=64)
    depose_le = models.DateTimeField()
    retire_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code", "depose_le", "id"]
        constraints = [
            models.UniqueConstraint(
                name="instrument_one_row_a_version", fields=["organisme", "code", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class TableEtalonnage(models.Model):
    """Norms of one instrument and version, named by their sample. The last one that is not withdrawn is read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="etalonnages")
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    nom = models.CharField(max_length=300)
    contenu = models.TextField()
    empreinte = models.CharField(max_length=64)
    depose_le = models.DateTimeField()
    retire_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code", "version", "-depose_le", "id"]

    def __str__(self) -> str:
        return self.nom
