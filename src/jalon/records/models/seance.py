"""Séances: when, where, how long, signed by both. Never what was said."""

import uuid

from django.db import models
from django.db.models import F, Q

from jalon.domain.issue import Issue
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import EtatSeance, Modalite
from jalon.records.models.bilan import Bilan
from jalon.records.models.organisme import Lieu
from jalon.records.models.personne import Personne
from jalon.records.models.tache import Tache


class Seance(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="seances")
    consultant = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="seances")
    phase = models.CharField(max_length=16, choices=[(p.value, p.label) for p in Phase])
    nature = models.CharField(max_length=24, choices=[(n.value, n.label) for n in Nature])
    modalite = models.CharField(max_length=16, choices=[(m.value, m.label) for m in Modalite])
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, null=True, blank=True, related_name="seances")
    # Sealed under a key of the installation (`actions.visio`): the address of a room is half of its secret.
    visio_lien = models.TextField(blank=True)
    collectif = models.BooleanField(default=False)
    debut = models.DateTimeField()
    fin = models.DateTimeField()
    debut_reel = models.DateTimeField(null=True, blank=True)
    fin_reelle = models.DateTimeField(null=True, blank=True)
    salle = models.ForeignKey(
        "records.Salle", on_delete=models.PROTECT, null=True, blank=True, related_name="seances"
    )
    atelier = models.ForeignKey(
        "records.Atelier", on_delete=models.PROTECT, null=True, blank=True, related_name="seances"
    )
    # What calendars elsewhere compare: one more at each change that they must know.
    sequence = models.PositiveIntegerField(default=0)
    modifiee_le = models.DateTimeField(null=True, blank=True)
    etat = models.CharField(
        max_length=16, choices=[(e.value, e.label) for e in EtatSeance], default=EtatSeance.PREVUE
    )

    # The person said by the link of her reminder that she comes.
    confirmee_le = models.DateTimeField(null=True, blank=True)
    # Why it did not take place: what it leaves of the hours and of the money depends on it.
    issue = models.CharField(max_length=16, choices=[(i.value, i.label) for i in Issue], blank=True)

    # Of personal work only: the task on which this time was spent.
    tache = models.ForeignKey(Tache, on_delete=models.SET_NULL, null=True, blank=True, related_name="temps")

    class Meta:
        ordering = ["debut", "id"]
        constraints = [
            models.CheckConstraint(name="seance_ends_after_it_starts", condition=Q(fin__gt=F("debut"))),
            models.CheckConstraint(
                name="seance_held_has_its_times",
                condition=~Q(etat=EtatSeance.TENUE)
                | Q(debut_reel__isnull=False, fin_reelle__isnull=False, fin_reelle__gt=F("debut_reel")),
            ),
            models.CheckConstraint(
                name="seance_suivi_if_and_only_if",
                condition=Q(phase=Phase.SUIVI, nature=Nature.SUIVI)
                | (~Q(phase=Phase.SUIVI) & ~Q(nature=Nature.SUIVI)),
            ),
        ]
        indexes = [models.Index(fields=["consultant", "debut"]), models.Index(fields=["bilan", "debut"])]


class Passage(models.Model):
    """One stretch of accompanied time while a séance goes on: from the start, or the end of a pause, to the next stop.

    Held here and not in a browser, so that another device shows the same time. Erased once the real times are noted.
    """

    seance = models.ForeignKey(Seance, on_delete=models.CASCADE, related_name="passages")
    debut = models.DateTimeField()
    fin = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["debut", "id"]
        constraints = [
            models.CheckConstraint(
                name="passage_ends_after_it_starts", condition=Q(fin=None) | Q(fin__gte=F("debut"))
            ),
            models.UniqueConstraint(fields=["seance"], condition=Q(fin=None), name="passage_one_at_a_time"),
        ]


class Emargement(models.Model):
    """One signature of one person on the facts of one séance: the fingerprint covers what was signed."""

    class Qualite(models.TextChoices):
        BENEFICIAIRE = "beneficiaire", "Bénéficiaire"
        CONSULTANT = "consultant", "Consultant"

    class Maniere(models.TextChoices):
        ECRAN = "ecran", "Dans son espace"
        SEANCE = "seance", "Sur place, par code remis"
        PAPIER = "papier", "Sur papier, recopiée"
        DISTANCE = "distance", "À distance, par code"
        DIFFERE = "differe", "Sur son appareil, sans réseau, envoyée ensuite"

    seance = models.ForeignKey(Seance, on_delete=models.CASCADE, related_name="emargements")
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    qualite = models.CharField(max_length=16, choices=Qualite)
    maniere = models.CharField(max_length=8, choices=Maniere)
    signe_le = models.DateTimeField()
    empreinte = models.CharField(max_length=64)

    class Meta:
        ordering = ["signe_le", "id"]
        constraints = [models.UniqueConstraint(fields=["seance", "qualite"], name="emargement_une_fois")]
