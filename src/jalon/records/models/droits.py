"""What the person asks for by right, and her pauses: dates and codes. What she has to say about it is said elsewhere."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.domain.droits import Issue, Nature, Objet
from jalon.records.models.bilan import Bilan
from jalon.records.models.personne import Personne


class DemandeDroit(models.Model):
    """One request: RGPD art. 15 to 21, a change of consultant, a complaint. Answered before `repondre_avant`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="demandes_droit")
    nature = models.CharField(max_length=16, choices=[(n.value, n.label) for n in Nature])
    objet = models.CharField(max_length=16, choices=[(o.value, o.label) for o in Objet], blank=True)
    souhaite = models.ForeignKey(Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recue_le = models.DateTimeField()
    repondre_avant = models.DateField()
    prolongee_le = models.DateTimeField(null=True, blank=True)
    repondue_le = models.DateTimeField(null=True, blank=True)
    repondue_par = models.ForeignKey(
        Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    issue = models.CharField(max_length=12, choices=[(i.value, i.label) for i in Issue], blank=True)

    class Meta:
        ordering = ["-recue_le", "id"]
        constraints = [
            models.CheckConstraint(
                name="demande_droit_answered_has_its_issue",
                condition=Q(repondue_le=None, issue="") | (Q(repondue_le__isnull=False) & ~Q(issue="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["repondre_avant"], condition=Q(repondue_le=None), name="demande_droit_waiting"
            ),
        ]


class Pause(models.Model):
    """The person rests; the clocks that are ours wait for her, those of the law do not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="pauses")
    demandee_le = models.DateTimeField()
    reprise_prevue_le = models.DateField(null=True, blank=True)
    terme_repousse_de = models.PositiveSmallIntegerField(default=0)
    reprise_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-demandee_le", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bilan"], condition=Q(reprise_le=None), name="pause_une_en_cours"
            ),
        ]
