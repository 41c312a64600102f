"""The cabinet's own exercises and its shelf of resources: nothing of anybody accompanied."""

import uuid

from django.db import models

from jalon.records.models.organisme import Organisme
from jalon.records.models.personne import Personne


class ExercicePropre(models.Model):
    """The very file that was deposited, one row a version. Somebody's own until it is shared with the cabinet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="exercices")
    auteur = models.ForeignKey(Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    partage = models.BooleanField(default=False)
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    titre = models.CharField(max_length=300)
    contenu = models.TextField()
    empreinte = models.CharField(max_length=64)
    depose_le = models.DateTimeField()
    retire_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["titre", "depose_le", "id"]
        constraints = [
            models.UniqueConstraint(
                name="exercice_one_row_a_version", fields=["organisme", "code", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class RessourceCabinet(models.Model):
    """A site, a guide, a video that the trade knows: picked from here for a bilan, where it is copied as content."""

    class Genre(models.TextChoices):
        SITE = "site", "Site"
        GUIDE = "guide", "Guide"
        VIDEO = "video", "Vidéo"
        LIVRE = "livre", "Livre ou article"
        LIEU = "lieu", "Lieu ou service"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="etagere")
    auteur = models.ForeignKey(Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    partagee = models.BooleanField(default=False)
    genre = models.CharField(max_length=8, choices=Genre)
    titre = models.CharField(max_length=200)
    adresse = models.URLField(max_length=500, blank=True)
    pourquoi = models.CharField(max_length=1000, blank=True)
    modifiee_le = models.DateTimeField()
    retiree_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["titre", "id"]

    def __str__(self) -> str:
        return self.titre
