"""First contacts: people who asked, before any dossier. Erased by themselves when nothing follows."""

import uuid

from django.db import models

from jalon.records.models.organisme import Organisme
from jalon.records.models.personne import Personne


class Contact(models.Model):
    class Canal(models.TextChoices):
        TELEPHONE = "telephone", "Téléphone"
        FORMULAIRE = "formulaire", "Formulaire du site"
        COURRIEL = "courriel", "Courriel"
        VISITE = "visite", "Visite"

    class Issue(models.TextChoices):
        EN_COURS = "en_cours", "En cours"
        SUITE = "suite", "Un dossier a été ouvert"
        AUTRE = "autre_professionnel", "Orientation vers un autre professionnel"
        SANS_SUITE = "sans_suite", "Sans suite"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="contacts")
    canal = models.CharField(max_length=16, choices=Canal)
    prenom = models.CharField("prénom", max_length=100, blank=True)
    nom = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    # May we leave a message? A family or an employer may pick up.
    rappel_discret = models.BooleanField(default=True)
    recu_le = models.DateTimeField()
    effacement_le = models.DateField()
    issue = models.CharField(max_length=24, choices=Issue, default=Issue.EN_COURS)
    entretien_le = models.DateTimeField(null=True, blank=True)
    entretien_modalite = models.CharField(max_length=16, blank=True)
    entretien_consultant = models.ForeignKey(
        Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entretien_tenu_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recu_le", "id"]

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}".strip() or "Personne sans nom"
