"""What the person gives to read to somebody outside, by name, and the headings that a cabinet adds to its synthesis."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.domain.partage import Destinataire, Fin, Finalite, Partageable
from jalon.domain.synthese import Rubrique
from jalon.records.models.bilan import Bilan
from jalon.records.models.document import DocumentEmis
from jalon.records.models.organisme import Organisme
from jalon.records.models.personne import Personne


class Partage(models.Model):
    """The written agreement, and the link that it opens. `personne` stands for the reader, who has no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="partages")
    destinataire = models.CharField(max_length=12, choices=[(d.value, d.label) for d in Destinataire])
    finalite = models.CharField(max_length=20, choices=[(f.value, f.label) for f in Finalite])
    personne = models.OneToOneField(Personne, on_delete=models.PROTECT, related_name="partage")
    structure = models.CharField(max_length=120, blank=True)
    courriel = models.EmailField()
    # Of the link's secret, which is kept nowhere.
    empreinte = models.CharField(max_length=64, unique=True)
    # The data key of the shared copies, and of nothing else; empty once it is destroyed.
    cle = models.CharField(max_length=80, blank=True)
    accord_version = models.CharField(max_length=10)
    accord_empreinte = models.CharField(max_length=64)
    accorde_le = models.DateTimeField()
    fin_le = models.DateTimeField()
    entre_le = models.DateTimeField(null=True, blank=True)
    clos_le = models.DateTimeField(null=True, blank=True)
    motif_fin = models.CharField(max_length=12, choices=[(f.value, f.label) for f in Fin], blank=True)

    class Meta:
        ordering = ["-accorde_le", "id"]
        constraints = [
            models.CheckConstraint(
                name="partage_over_has_its_reason",
                condition=Q(clos_le=None, motif_fin="") | (Q(clos_le__isnull=False) & ~Q(motif_fin="")),
            ),
        ]
        indexes = [models.Index(fields=["bilan"], condition=Q(clos_le=None), name="partage_open")]


class CopiePartagee(models.Model):
    """One sealed document encrypted again under the share's own key: its death touches nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partage = models.ForeignKey(Partage, on_delete=models.CASCADE, related_name="copies")
    document = models.ForeignKey(DocumentEmis, on_delete=models.PROTECT, related_name="partages")
    genre = models.CharField(max_length=32, choices=[(p.value, p.label) for p in Partageable])
    objet = models.CharField(max_length=64, blank=True)
    cle = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["genre", "id"]
        constraints = [models.UniqueConstraint(fields=["partage", "document"], name="copie_partagee_unique")]


class SousRubrique(models.Model):
    """A heading that the cabinet adds under one of the three of the synthesis; it can neither remove nor replace them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="sous_rubriques")
    rubrique = models.CharField(max_length=20, choices=[(r.value, r.label) for r in Rubrique])
    titre = models.CharField(max_length=120)
    ordre = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rubrique", "ordre", "id"]
