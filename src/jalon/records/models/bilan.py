"""The bilan: the administrative dossier, kept as proof. What is said in it lives encrypted, in pieces."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.domain.bilan import Etat
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.parcours import TypeAction
from jalon.records.models.organisme import Lieu, Organisme
from jalon.records.models.parcours import Parcours
from jalon.records.models.personne import Personne


def _state_has_its_dates(*pairs: tuple[Etat, str]) -> Q:
    """From each state on, the date at which it was entered is there; before it, it is not."""
    condition = Q()
    for i, (_, field) in enumerate(pairs):
        reached = [state for state, _ in pairs[i:]]
        before = [Etat.PREPARATION, Etat.NON_CONCLU, *(state for state, _ in pairs[:i])]
        condition &= (
            Q(etat__in=reached, **{f"{field}__isnull": False})
            | Q(etat__in=before, **{f"{field}__isnull": True})
            | Q(etat=Etat.ABANDONNE)
        )
    return condition


class Bilan(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    numero = models.CharField(max_length=20)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="bilans")
    beneficiaire = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="bilans")
    consultant = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="bilans_suivis")
    substitut = models.ForeignKey(
        Personne, on_delete=models.PROTECT, null=True, blank=True, related_name="bilans_substitut"
    )
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="bilans")
    type_action = models.CharField(
        max_length=16, choices=[(t.value, t.label) for t in TypeAction], default=TypeAction.BILAN
    )
    financement = models.CharField(max_length=24, choices=[(f.value, f.label) for f in Financement])
    # Only where the route names an employer: refused elsewhere by the action (BC-18).
    employeur_nom = models.CharField(max_length=200, blank=True)
    employeur_siren = models.CharField(max_length=9, blank=True)
    # Where the séances usually are: the planner proposes it, each séance may be elsewhere.
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, null=True, blank=True, related_name="bilans")
    fuseau = models.CharField(max_length=64, default="Europe/Paris")
    territoire = models.CharField(max_length=32, default="metropole")

    etat = models.CharField(
        max_length=16, choices=[(e.value, e.label) for e in Etat], default=Etat.PREPARATION
    )
    ouvert_le = models.DateTimeField()
    preliminaire_le = models.DateTimeField(null=True, blank=True)
    preliminaire_clos_beneficiaire_le = models.DateTimeField(null=True, blank=True)
    preliminaire_clos_consultant_le = models.DateTimeField(null=True, blank=True)
    investigation_le = models.DateTimeField(null=True, blank=True)
    conclusions_le = models.DateTimeField(null=True, blank=True)
    terme_prevu_le = models.DateField(null=True, blank=True)
    termine_le = models.DateTimeField(null=True, blank=True)
    synthese_remise_le = models.DateTimeField(null=True, blank=True)
    emporte_le = models.DateTimeField(null=True, blank=True)
    destruction_commencee_le = models.DateTimeField(null=True, blank=True)
    contenu_detruit_le = models.DateTimeField(null=True, blank=True)
    # The person agreed to be written to again: distinct from keeping documents.
    recontact_accepte_le = models.DateTimeField(null=True, blank=True)
    # And once more a year after the end, if she wishes it.
    recontact_un_an = models.BooleanField(default=False)

    class Meta:
        ordering = ["-ouvert_le", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisme", "numero"], name="bilan_numero_unique"),
            models.CheckConstraint(
                name="bilan_state_has_its_dates",
                condition=_state_has_its_dates(
                    (Etat.PRELIMINAIRE, "preliminaire_le"),
                    (Etat.INVESTIGATION, "investigation_le"),
                    (Etat.CONCLUSIONS, "conclusions_le"),
                    (Etat.TERMINE, "termine_le"),
                ),
            ),
            models.CheckConstraint(
                name="bilan_abandoned_has_its_term",
                condition=~Q(etat=Etat.ABANDONNE) | Q(termine_le__isnull=False),
            ),
            # BC-18: the action refuses it with its article; here nobody can write it at all.
            models.CheckConstraint(
                name="bilan_employer_only_where_a_party",
                condition=Q(financement__in=sorted(f.value for f in WITH_EMPLOYER))
                | Q(employeur_nom="", employeur_siren=""),
            ),
            models.CheckConstraint(
                name="bilan_destroyed_only_after_its_term",
                condition=Q(contenu_detruit_le=None)
                | Q(
                    etat__in=[Etat.TERMINE, Etat.ABANDONNE, Etat.NON_CONCLU],
                    destruction_commencee_le__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["organisme", "etat"]),
            models.Index(fields=["consultant", "etat"]),
            # What still lives, to be followed or destroyed: few rows among thousands.
            models.Index(
                fields=["organisme", "termine_le"],
                condition=Q(contenu_detruit_le=None),
                name="bilan_still_alive",
            ),
            # The last finished ones, for the papers that follow an end.
            models.Index(
                fields=["organisme", "termine_le"],
                condition=Q(etat=Etat.TERMINE),
                name="bilan_finished_by_date",
            ),
        ]

    def __str__(self) -> str:
        return self.numero


class Consentement(models.Model):
    """Given by the beneficiary alone (L. 6313-4 al. 2); on paper, entered by the consultant, never by the assistant."""

    class Canal(models.TextChoices):
        ECRAN = "ecran", "À l'écran"
        PAPIER = "papier", "Sur papier, recopié par le consultant"

    bilan = models.ForeignKey(Bilan, on_delete=models.CASCADE, related_name="consentements")
    donne_le = models.DateTimeField()
    canal = models.CharField(max_length=8, choices=Canal)
    saisi_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    texte_version = models.CharField(max_length=20)
    texte_empreinte = models.CharField(max_length=64)
    retire_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bilan"], condition=Q(retire_le=None), name="consentement_un_seul_en_cours"
            )
        ]
