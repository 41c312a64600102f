"""The page of an offer that everybody may read, and the results that the cabinet publishes: the public information of a provider."""

import uuid

from django.db import models
from django.db.models import F, Q

from jalon.domain.resultat import Genre
from jalon.records.models.organisme import Organisme
from jalon.records.models.parcours import Parcours


class OffrePublique(models.Model):
    """What a person must be able to read before she commits herself. Hours, phases and price are the parcours' own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="offres")
    parcours = models.OneToOneField(Parcours, on_delete=models.CASCADE, related_name="offre")
    # The end of the page's address: chosen by us, once, without the word that a browser's history should not show.
    adresse = models.SlugField(max_length=80, unique=True)
    accroche = models.CharField(max_length=300, blank=True)
    objectifs = models.CharField(max_length=3000, blank=True)
    public = models.CharField(max_length=1000, blank=True)
    prerequis = models.CharField(max_length=500, blank=True)
    deroulement = models.CharField(max_length=2000, blank=True)
    methodes = models.CharField(max_length=3000, blank=True)
    evaluation = models.CharField(max_length=2000, blank=True)
    adaptation = models.CharField(max_length=2000, blank=True)
    modalites = models.JSONField(default=list)
    financements = models.JSONField(default=list)
    delai_jours = models.PositiveSmallIntegerField(null=True, blank=True)
    contact_nom = models.CharField(max_length=200, blank=True)
    sans_resultat = models.BooleanField(default=False)
    # The tab and the search engines say what it is: the cabinet's choice, no by default.
    titre_explicite = models.BooleanField(default=False)
    cree_le = models.DateTimeField()
    modifie_le = models.DateTimeField()
    publiee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["cree_le", "id"]


class ResultatPublie(models.Model):
    """One figure with all that makes it honest: on whom, how many answered, when, and how it was counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="resultats")
    genre = models.CharField(max_length=24, choices=[(g.value, g.label) for g in Genre])
    # Out of those who answered.
    favorables = models.PositiveIntegerField()
    reponses = models.PositiveIntegerField()
    effectif = models.PositiveIntegerField()
    du = models.DateField()
    au = models.DateField()
    methode = models.CharField(max_length=500, blank=True)
    note_le = models.DateTimeField()

    class Meta:
        ordering = ["genre", "-au", "id"]
        constraints = [
            models.CheckConstraint(
                name="resultat_counts_fit",
                condition=Q(favorables__lte=F("reponses"), reponses__lte=F("effectif")),
            ),
            models.CheckConstraint(name="resultat_days_in_order", condition=Q(au__gte=F("du"))),
        ]
