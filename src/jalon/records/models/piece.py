"""Pieces: every word of content, as ciphertext only. Plain columns hold identifiers and dates."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.records.models.bilan import Bilan
from jalon.records.models.contact import Contact
from jalon.records.models.personne import Personne


class Piece(models.Model):
    """One typed piece of content. `reference` is an identifier (instrument code, séance id, own id), never words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, null=True, blank=True, related_name="pieces")
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="pieces"
    )
    nature = models.CharField(max_length=32)
    reference = models.CharField(max_length=100, default="", blank=True)
    tiroir = models.CharField(max_length=20, blank=True)
    cle = models.CharField(max_length=80)
    revision = models.PositiveIntegerField(default=1)
    chiffre = models.BinaryField()
    auteur = models.ForeignKey(Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    cree_le = models.DateTimeField()
    modifie_le = models.DateTimeField()
    partage_le = models.DateTimeField(null=True, blank=True)
    valide_beneficiaire_le = models.DateTimeField(null=True, blank=True)
    valide_consultant_le = models.DateTimeField(null=True, blank=True)
    restitue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["cree_le", "id"]
        constraints = [
            models.UniqueConstraint(fields=["bilan", "nature", "reference"], name="piece_unique_in_bilan"),
            models.CheckConstraint(
                name="piece_belongs_to_one",
                condition=Q(bilan=None, contact__isnull=False) | Q(bilan__isnull=False, contact=None),
            ),
        ]


class Revision(models.Model):
    """An earlier state of a piece, under the same key: dies with it."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="revisions")
    numero = models.PositiveIntegerField()
    chiffre = models.BinaryField()
    auteur = models.ForeignKey(Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    enregistree_le = models.DateTimeField()

    class Meta:
        ordering = ["-numero"]
        constraints = [models.UniqueConstraint(fields=["piece", "numero"], name="revision_unique")]


class Fichier(models.Model):
    """An encrypted file in the objects folder. Its name, type and description are content: they live in `fiche`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="fichiers")
    fiche = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="fichier")
    objet = models.CharField(max_length=64, unique=True)
    tiroir = models.CharField(max_length=20)
    cle = models.CharField(max_length=80)
    octets = models.PositiveBigIntegerField()
    depose_par = models.ForeignKey(
        Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    depose_le = models.DateTimeField()
