"""The employer's way in: one link for one dossier, and only where the route gives it a part. No account of the cabinet."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.records.models.bilan import Bilan
from jalon.records.models.personne import Personne


class AccesEmployeur(models.Model):
    """`personne` stands for whoever acts for the employer in this dossier; without an address it enters nowhere else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="acces_employeur")
    # Copied, so that the database itself refuses a row on a route where the employer has no part (BC-18).
    voie = models.CharField(max_length=24, choices=[(f.value, f.label) for f in Financement])
    personne = models.OneToOneField(Personne, on_delete=models.PROTECT, related_name="acces_employeur")
    fonction = models.CharField(max_length=100, blank=True)
    courriel = models.EmailField()
    # Of the link's secret; sending it again replaces it.
    empreinte = models.CharField(max_length=64, unique=True)
    ouvert_le = models.DateTimeField()
    ouvert_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    entre_le = models.DateTimeField(null=True, blank=True)
    clos_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-ouvert_le", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bilan"], condition=Q(clos_le=None), name="acces_employeur_un_seul_ouvert"
            ),
            models.CheckConstraint(
                name="acces_employeur_only_where_a_party",
                condition=Q(voie__in=sorted(f.value for f in WITH_EMPLOYER)),
            ),
        ]
