"""People: who signs in, by which means, and how they want the pages to be."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class PersonneManager(BaseUserManager["Personne"]):
    def create(self, **fields: Any) -> "Personne":
        password = fields.pop("password", None)
        person = self.model(**fields)
        person.set_password(password)  # None: no password, the person enters by code or passkey
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Personne":
        return self.get(email__iexact=username)


class Personne(AbstractBaseUser):
    """Anybody with an account. What a person may do comes from her roles, never from a flag here."""

    class Taille(models.TextChoices):
        NORMAL = "normal", "Normale"
        T16 = "16", "16 points"
        T18 = "18", "18 points"
        T20 = "20", "20 points"

    class Theme(models.TextChoices):
        AUTO = "auto", "Comme mon appareil"
        CLAIR = "clair", "Clair"
        SOMBRE = "sombre", "Sombre"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A person without e-mail enters with paper codes.
    email = models.EmailField("adresse électronique", null=True, blank=True, default=None)
    prenom = models.CharField("prénom", max_length=100, blank=True)
    nom = models.CharField("nom", max_length=100, blank=True)
    telephone = models.CharField("téléphone", max_length=30, blank=True)
    taille_texte = models.CharField(max_length=8, choices=Taille, default=Taille.NORMAL)
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.AUTO)
    calme = models.BooleanField("affichage calme", default=False)
    # Page titles and mails say nothing of a bilan unless the person asked for it.
    titres_clairs = models.BooleanField("titres explicites", default=False)
    est_systeme = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)  # type: ignore[misc]
    cree_le = models.DateTimeField()
    efface_le = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PersonneManager] = PersonneManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="personne_email_unique")]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}".strip() or "Personne sans nom"

    @property
    def is_staff(self) -> bool:
        """Django's word, kept for libraries: nobody has its admin here."""
        return False


class Invitation(models.Model):
    """A link that opens an account once. Only the fingerprint of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="invitations")
    empreinte = models.CharField(max_length=64, unique=True)
    creee_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    utilisee_le = models.DateTimeField(null=True, blank=True)


class CodePapier(models.Model):
    """A one-time code printed on paper, for a person without e-mail or telephone."""

    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="codes_papier")
    numero = models.PositiveSmallIntegerField()
    empreinte = models.CharField(max_length=128)
    cree_le = models.DateTimeField()
    utilise_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["personne", "numero", "cree_le"], name="code_papier_unique")
        ]
