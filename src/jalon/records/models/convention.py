"""The two opposite clocks with the employer: ten days of the employee, thirty days of the employer."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.domain.absence import Reponse
from jalon.domain.convention import VIVANTES, EtatConvention
from jalon.records.models.bilan import Bilan
from jalon.records.models.personne import Personne
from jalon.records.models.signature import Circuit


class Convention(models.Model):
    """One project of convention between three (R. 6313-8). Refused and lapsed are one state: nobody learns which."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="conventions")
    circuit = models.OneToOneField(Circuit, on_delete=models.PROTECT, related_name="convention")
    etat = models.CharField(
        max_length=12, choices=[(e.value, e.label) for e in EtatConvention], default=EtatConvention.PROJET
    )
    etablie_le = models.DateTimeField()
    # The employer's own act, or what the cabinet saw of it on paper: never the moment of our draft.
    transmise_le = models.DateTimeField(null=True, blank=True)
    transmise_par = models.ForeignKey(
        Personne, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dernier_jour = models.DateField(null=True, blank=True)
    # 24:00 of the last day, in the bilan's time zone: outside.
    fin_le = models.DateTimeField(null=True, blank=True)
    acceptee_le = models.DateTimeField(null=True, blank=True)
    conclue_le = models.DateTimeField(null=True, blank=True)
    close_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-etablie_le", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bilan"], condition=Q(etat__in=VIVANTES), name="convention_un_seul_projet"
            ),
            models.CheckConstraint(
                name="convention_state_has_its_dates",
                condition=Q(
                    etat=EtatConvention.PROJET,
                    transmise_le=None,
                    acceptee_le=None,
                    conclue_le=None,
                    close_le=None,
                )
                | Q(
                    etat=EtatConvention.TRANSMISE,
                    transmise_le__isnull=False,
                    fin_le__isnull=False,
                    acceptee_le=None,
                    conclue_le=None,
                    close_le=None,
                )
                | Q(
                    etat=EtatConvention.ACCEPTEE,
                    transmise_le__isnull=False,
                    acceptee_le__isnull=False,
                    conclue_le=None,
                    close_le=None,
                )
                | Q(
                    etat=EtatConvention.CONCLUE,
                    acceptee_le__isnull=False,
                    conclue_le__isnull=False,
                    close_le=None,
                )
                | Q(etat=EtatConvention.NON_CONCLUE, conclue_le=None, close_le__isnull=False),
            ),
        ]


class Absence(models.Model):
    """The employee's request to be away on working time (L. 6323-17, D. 6323-4), and the employer's answer or silence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="absences")
    debut = models.DateField()
    fin = models.DateField()
    demandee_le = models.DateTimeField()
    # Receipt opens the thirty days: the employer's entry in its space, or the day the letter was handed over.
    recue_le = models.DateTimeField(null=True, blank=True)
    recue_sur_papier = models.BooleanField(default=False)
    dernier_jour = models.DateField(null=True, blank=True)
    fin_le = models.DateTimeField(null=True, blank=True)
    reponse = models.CharField(
        max_length=10, choices=[(r.value, r.label) for r in Reponse], default=Reponse.ATTENDUE
    )
    repondue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-demandee_le", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bilan"], condition=Q(reponse=Reponse.ATTENDUE), name="absence_une_seule_en_attente"
            ),
            models.CheckConstraint(
                name="absence_answered_has_its_date",
                condition=Q(reponse=Reponse.ATTENDUE, repondue_le=None)
                | (~Q(reponse=Reponse.ATTENDUE) & Q(repondue_le__isnull=False)),
            ),
        ]
