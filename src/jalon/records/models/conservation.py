"""What the person decides of each document, and the proof that the rest was destroyed."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.domain.decision import Choix, Ensemble
from jalon.records.models.bilan import Bilan


class Decision(models.Model):
    """For one set of documents: destroyed at the term (by default), or kept under a written agreement (R. 6313-7)."""

    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="decisions")
    ensemble = models.CharField(max_length=24, choices=[(e.value, e.label) for e in Ensemble])
    choix = models.CharField(max_length=12, choices=[(c.value, c.label) for c in Choix])
    decide_le = models.DateTimeField()
    # The agreement: its ground is the need of a follow-up, its length at most the law's.
    fonde_sur_suivi = models.BooleanField(default=False)
    duree_mois = models.PositiveSmallIntegerField(null=True, blank=True)
    conserve_jusqu_au = models.DateField(null=True, blank=True)
    retire_le = models.DateTimeField(null=True, blank=True)
    detruit_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ensemble", "decide_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["bilan", "ensemble"], condition=Q(retire_le=None), name="decision_une_en_cours"
            ),
            models.CheckConstraint(
                name="decision_kept_only_on_its_ground",
                condition=~Q(choix=Choix.CONSERVER) | Q(fonde_sur_suivi=True, duree_mois__isnull=False),
            ),
        ]


class DemandeCep(models.Model):
    """The person asked that the synthesis be communicated to the CEP operator (L. 6313-4 al. 3)."""

    bilan = models.OneToOneField(Bilan, on_delete=models.CASCADE, related_name="demande_cep")
    operateur = models.CharField(max_length=200)
    demandee_le = models.DateTimeField()
    conserve_jusqu_au = models.DateField(null=True, blank=True)
    detruite_le = models.DateTimeField(null=True, blank=True)


class Destruction(models.Model):
    """The register: what was begun, with which keys, and when it was done. Replayed after a restore, before any login."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="destructions")
    motif = models.CharField(max_length=24)
    cles = models.JSONField()
    objets = models.JSONField(default=list)
    categories = models.JSONField(default=dict)
    commencee_le = models.DateTimeField()
    faite_le = models.DateTimeField(null=True, blank=True)
    epoque_avant = models.PositiveIntegerField(null=True, blank=True)
    epoque_apres = models.PositiveIntegerField(null=True, blank=True)
    empreinte_avant = models.CharField(max_length=64, blank=True)
    empreinte_apres = models.CharField(max_length=64, blank=True)
    miroir_rafraichi_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["commencee_le", "id"]
        # The copy of the keys must still follow these: looked for at each destruction, however many are done.
        indexes = [
            models.Index(
                fields=["faite_le"], condition=Q(miroir_rafraichi_le=None), name="destruction_copy_to_follow"
            )
        ]
