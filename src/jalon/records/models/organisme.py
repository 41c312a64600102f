"""The cabinet: its legal identity, its places, its people."""

import uuid

from django.db import models

from jalon.domain.tva import RegimeTva
from jalon.records.models.personne import Personne


class Organisme(models.Model):
    """A prestataire de bilans de compétences."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nom = models.CharField(max_length=200)
    siren = models.CharField("SIREN", max_length=9)
    siret = models.CharField("SIRET", max_length=14)
    representant = models.CharField("représentant légal", max_length=200, blank=True)
    adresse = models.CharField(max_length=200, blank=True)
    code_postal = models.CharField(max_length=10, blank=True)
    ville = models.CharField(max_length=100, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    courriel = models.EmailField(blank=True)
    # What mails and calendars show as sender: must say nothing of a bilan.
    nom_neutre = models.CharField("nom d'expéditeur neutre", max_length=100, blank=True)
    nda = models.CharField("numéro de déclaration d'activité", max_length=11, blank=True)
    nda_region = models.CharField("préfet de région", max_length=100, blank=True)
    regime_tva = models.CharField(
        "TVA", max_length=10, choices=[(r.value, r.label) for r in RegimeTva], blank=True
    )
    qualiopi_numero = models.CharField(max_length=60, blank=True)
    qualiopi_certificateur = models.CharField(max_length=120, blank=True)
    qualiopi_bilans = models.BooleanField("catégorie « bilans de compétences »", default=False)
    qualiopi_obtenu_le = models.DateField(null=True, blank=True)
    qualiopi_expire_le = models.DateField(null=True, blank=True)
    referent_handicap = models.CharField(max_length=200, blank=True)
    referent_handicap_contact = models.CharField(max_length=200, blank=True)
    mediateur = models.CharField("médiateur de la consommation", max_length=200, blank=True)
    mediateur_site = models.URLField(blank=True)
    # Working days within which a message is answered: told to the person before she writes.
    reponse_jours = models.PositiveSmallIntegerField("réponse aux messages, en jours ouvrés", default=2)
    autres_activites = models.BooleanField(default=False)
    organisation_identifiee = models.CharField(max_length=1000, blank=True)
    fuseau = models.CharField(max_length=64, default="Europe/Paris")
    territoire = models.CharField(max_length=32, default="metropole")
    ouvert_le = models.DateTimeField()

    def __str__(self) -> str:
        return self.nom

    @property
    def expediteur(self) -> str:
        return self.nom_neutre or "Votre espace personnel"


class Lieu(models.Model):
    """A place where séances are held, with its accessibility told honestly."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="lieux")
    nom = models.CharField(max_length=100)
    adresse = models.CharField(max_length=300)
    accessibilite = models.CharField(max_length=1000, blank=True)
    actif = models.BooleanField(default=True)

    class Meta:
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom


class Membre(models.Model):
    """One role of one person in one cabinet; an independent consultant simply has them all."""

    class Role(models.TextChoices):
        RESPONSABLE = "responsable", "Responsable"
        ASSISTANT = "assistant", "Assistant ou assistante"
        CONSULTANT = "consultant", "Consultant ou consultante"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="membres")
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="membres")
    role = models.CharField(max_length=16, choices=Role)
    presentation = models.CharField(max_length=2000, blank=True)
    # Of a consultant: how many bilans at most at a time. The people she accompanies know it.
    plafond = models.PositiveSmallIntegerField(null=True, blank=True)
    depuis = models.DateField()
    jusqu_au = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["depuis", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisme", "personne", "role"],
                condition=models.Q(jusqu_au=None),
                name="membre_un_role_une_fois",
            )
        ]
