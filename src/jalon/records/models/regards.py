"""The looks of others (360°): one round a bilan, one row a person invited. Names, addresses and answers are pieces; no row here says who.

Both rows die with the content of the bilan; those of respondents as soon as the round is closed.
"""

import uuid

from django.db import models
from django.db.models import Q

from jalon.domain.regards import SEUIL, Groupe
from jalon.records.models.bilan import Bilan


class Regards(models.Model):
    """Proposed by the consultant, led by the person alone. The database refuses one that is closed on fewer than three answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.OneToOneField(Bilan, on_delete=models.CASCADE, related_name="regards")
    version = models.CharField(max_length=20)
    propose_le = models.DateTimeField()
    dernier_jour = models.DateField(null=True, blank=True)
    rappels = models.PositiveSmallIntegerField(default=0)
    rappele_le = models.DateTimeField(null=True, blank=True)
    clos_le = models.DateTimeField(null=True, blank=True)
    reponses = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="regards_closed_from_the_threshold_on",
                condition=Q(clos_le=None, reponses=None)
                | Q(clos_le__isnull=False, reponses__gte=SEUIL, dernier_jour__isnull=False),
            )
        ]


class Repondant(models.Model):
    """One person invited. Her address and her answers are under the one key `piece/<id>`, which dies when she withdraws."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regards = models.ForeignKey(Regards, on_delete=models.CASCADE, related_name="repondants")
    groupe = models.CharField(max_length=12, choices=[(g.value, g.label) for g in Groupe])
    # Both made with a secret of this installation: neither the address nor the link can be found again from them.
    adresse_empreinte = models.CharField(max_length=64)
    lien_empreinte = models.CharField(max_length=64, unique=True)
    invite_le = models.DateTimeField()
    repondu_le = models.DateTimeField(null=True, blank=True)
    retire_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["invite_le", "id"]
        constraints = [
            models.UniqueConstraint(fields=["regards", "adresse_empreinte"], name="repondant_once"),
            models.CheckConstraint(
                name="repondant_withdrawn_has_no_answer", condition=Q(retire_le=None) | Q(repondu_le=None)
            ),
        ]
