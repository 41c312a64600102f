"""How the appointments of a cabinet are kept, and how a person wants to be reminded of hers."""

from django.db import models
from django.db.models import Q

from jalon.domain.rappel_seance import SILENCE_DEBUT, SILENCE_FIN, Canal, Formule
from jalon.domain.visio import AVANCE_MINUTES, Fournisseur
from jalon.records.models.organisme import Organisme
from jalon.records.models.personne import Personne

PREAVIS_HEURES = 48


class ReglageSeances(models.Model):
    """The cabinet's own visio server, how early its door opens, and until when an appointment is moved freely.

    Without this row: pasted links only, a door that opens a quarter of an hour before, two days' notice.
    """

    organisme = models.OneToOneField(
        Organisme, on_delete=models.CASCADE, primary_key=True, related_name="reglage_seances"
    )
    visio = models.CharField(
        max_length=8, choices=[(f.value, f.label) for f in Fournisseur], default=Fournisseur.LIEN
    )
    visio_adresse = models.URLField(blank=True)
    visio_identifiant = models.CharField(max_length=100, blank=True)
    # Sealed under a key of the installation: a copy of the database makes no room.
    visio_secret = models.BinaryField(null=True, blank=True)
    visio_avance = models.PositiveSmallIntegerField(default=AVANCE_MINUTES)
    visio_telephone = models.CharField(max_length=30, blank=True)
    preavis_heures = models.PositiveSmallIntegerField(default=PREAVIS_HEURES)


class ReglageRappels(models.Model):
    """When, by which means and in which neutral words a person is reminded. Without this row: by mail, the evening before."""

    personne = models.OneToOneField(
        Personne, on_delete=models.CASCADE, primary_key=True, related_name="reglage_rappels"
    )
    canal = models.CharField(
        max_length=8, choices=[(c.value, c.label) for c in Canal], default=Canal.COURRIEL
    )
    avances = models.JSONField(default=list)
    formule = models.CharField(
        max_length=16, choices=[(f.value, f.label) for f in Formule], default=Formule.RENDEZ_VOUS
    )
    silence_debut = models.PositiveSmallIntegerField(default=SILENCE_DEBUT)
    silence_fin = models.PositiveSmallIntegerField(default=SILENCE_FIN)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reglage_rappels_silence_is_hours",
                condition=Q(silence_debut__lte=23, silence_fin__lte=23),
            )
        ]
