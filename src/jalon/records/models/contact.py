"""First contacts: people who asked, before any dossier. Erased by themselves when nothing follows."""

import uuid

from django.db import models
from django.db.models import F, Q

from jalon.records.models.organisme import Lieu, Organisme
from jalon.records.models.personne import Personne


class Contact(models.Model):
    class Canal(models.TextChoices):
        TELEPHONE = "telephone", "Téléphone"
        FORMULAIRE = "formulaire", "Formulaire du site"
        COURRIEL = "courriel", "Courriel"
        VISITE = "visite", "Visite"
        RENDEZ_VOUS = "rendez_vous", "Rendez-vous pris en ligne"

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
    entretien_fin = models.DateTimeField(null=True, blank=True)
    entretien_modalite = models.CharField(max_length=16, blank=True)
    entretien_consultant = models.ForeignKey(
        Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entretien_lieu = models.ForeignKey(
        Lieu, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entretien_confirme_le = models.DateTimeField(null=True, blank=True)
    entretien_tenu_le = models.DateTimeField(null=True, blank=True)
    # The link by which the person confirms, moves or cancels: only its fingerprint is kept.
    lien_empreinte = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-recu_le", "id"]
        constraints = [
            models.CheckConstraint(
                name="contact_entretien_has_its_end",
                condition=Q(entretien_le=None, entretien_fin=None)
                | Q(
                    entretien_le__isnull=False,
                    entretien_fin__isnull=False,
                    entretien_fin__gt=F("entretien_le"),
                ),
            ),
            # Whatever a lock might miss: nobody meets two persons at once.
            models.UniqueConstraint(
                fields=["entretien_consultant", "entretien_le"],
                condition=Q(issue="en_cours", entretien_tenu_le=None),
                name="contact_entretien_once",
            ),
            models.UniqueConstraint(
                fields=["lien_empreinte"], condition=~Q(lien_empreinte=""), name="contact_lien_unique"
            ),
        ]
        indexes = [models.Index(fields=["entretien_consultant", "entretien_le"])]

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}".strip() or "Personne sans nom"
