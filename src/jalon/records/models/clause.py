"""What a cabinet adds to its papers: its own clauses and its logo. The legal mentions are ours and cannot be touched."""

import uuid

from django.db import models

from jalon.records.models.organisme import Organisme


class Clause(models.Model):
    """Printed at the end of a paper, under its own heading, never inside a legal mention."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="clauses")
    genre = models.CharField(max_length=32)
    titre = models.CharField(max_length=120)
    texte = models.CharField(max_length=4000)
    ordre = models.PositiveSmallIntegerField(default=0)
    modifiee_le = models.DateTimeField()

    class Meta:
        ordering = ["genre", "ordre", "id"]


class Logo(models.Model):
    """Drawn anew from what was handed in: pixels only, small."""

    organisme = models.OneToOneField(
        Organisme, on_delete=models.CASCADE, related_name="logo", primary_key=True
    )
    octets = models.BinaryField()
    type_mime = models.CharField(max_length=20)
    depose_le = models.DateTimeField()
