"""Who pays what for one bilan, under which day's law, and what was concluded. Amounts in cents, never a float.

BC-18: outside the routes to which the employer is a party, no row may name one; the database itself refuses it.
"""

import uuid

from django.db import models
from django.db.models import Q

from jalon.domain.cpf import Exemption, Financeur
from jalon.domain.engagement import CPF, MotifSortie, Poste, Precedent
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.retractation import Lieu
from jalon.records.models.bilan import Bilan

_VOIES = [(f.value, f.label) for f in Financement]
_AVEC_EMPLOYEUR = sorted(f.value for f in WITH_EMPLOYER)
_CPF = sorted(f.value for f in CPF)
_EMPLOYEUR = Financeur.EMPLOYEUR.value


def choices(labelled: object) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in labelled]  # type: ignore[attr-defined]


class Engagement(models.Model):
    """One a bilan. `voie` is the route for which it was settled: another route starts it again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.OneToOneField(Bilan, on_delete=models.CASCADE, related_name="engagement")
    voie = models.CharField(max_length=24, choices=_VOIES)
    # The day of the law that gave the figures.
    droit_le = models.DateField()
    prix_centimes = models.PositiveIntegerField(null=True, blank=True)
    debut_prevu_le = models.DateField(null=True, blank=True)
    fin_prevue_le = models.DateField(null=True, blank=True)
    # How much of the interviews is on working time; asked only where the employer is a party.
    minutes_sur_temps = models.PositiveSmallIntegerField(null=True, blank=True)
    # The five-year gap: what the person declares (D. 6323-6).
    precedent = models.CharField(max_length=12, blank=True, choices=choices(Precedent))
    precedent_le = models.DateField(null=True, blank=True)
    precedent_financeur = models.CharField(max_length=20, blank=True, choices=choices(Financeur))
    # What she can call upon, as she reads it on her account.
    droits_centimes = models.PositiveIntegerField(null=True, blank=True)
    dotation_centimes = models.PositiveIntegerField(null=True, blank=True)
    exemption = models.CharField(max_length=24, blank=True, choices=choices(Exemption))
    participation_payeur = models.CharField(max_length=12, blank=True)
    cpf_dossier = models.CharField(max_length=40, blank=True)
    cpf_demande_le = models.DateField(null=True, blank=True)
    cpf_proposition_le = models.DateField(null=True, blank=True)
    cpf_acceptation_le = models.DateField(null=True, blank=True)
    cpf_entree_declaree_le = models.DateField(null=True, blank=True)
    cpf_sortie_declaree_le = models.DateField(null=True, blank=True)
    cpf_sortie_motif = models.CharField(max_length=16, blank=True, choices=choices(MotifSortie))
    cpf_realisation = models.PositiveSmallIntegerField(null=True, blank=True)
    # The writing that the route wants, once every party has signed it.
    conclu_le = models.DateTimeField(null=True, blank=True)
    lieu_conclusion = models.CharField(max_length=20, choices=choices(Lieu), default=Lieu.DISTANCE)
    information_omise = models.BooleanField(default=False)
    information_le = models.DateField(null=True, blank=True)
    # She asked to start before the end of the withdrawal period (L. 221-25 C. conso.).
    demande_expresse_le = models.DateTimeField(null=True, blank=True)
    retracte_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # What the platform still waits for: never the thousands that are declared.
            models.Index(
                fields=["bilan"],
                condition=Q(voie__in=_CPF, cpf_sortie_declaree_le=None),
                name="engagement_to_declare",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="engagement_cpf_facts_only_on_the_cpf",
                condition=Q(voie__in=_CPF)
                | Q(
                    droits_centimes=None,
                    dotation_centimes=None,
                    exemption="",
                    participation_payeur="",
                    cpf_dossier="",
                    cpf_demande_le=None,
                    cpf_proposition_le=None,
                    cpf_acceptation_le=None,
                    cpf_entree_declaree_le=None,
                    cpf_sortie_declaree_le=None,
                ),
            ),
            models.CheckConstraint(
                name="engagement_employer_only_where_a_party",
                condition=Q(voie__in=_AVEC_EMPLOYEUR)
                | (
                    Q(minutes_sur_temps=None)
                    & ~Q(participation_payeur=_EMPLOYEUR)
                    & ~Q(exemption=Exemption.ABONDEMENT_EMPLOYEUR.value)
                ),
            ),
            models.CheckConstraint(
                name="engagement_withdrawn_only_once_concluded",
                condition=Q(retracte_le=None) | Q(conclu_le__isnull=False),
            ),
            models.CheckConstraint(
                name="engagement_ends_after_it_begins",
                condition=Q(debut_prevu_le=None)
                | Q(fin_prevue_le=None)
                | Q(fin_prevue_le__gte=models.F("debut_prevu_le")),
            ),
        ]


class Part(models.Model):
    """One amount of the price and who pays it; several payers on one dossier, in the order of the funds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="parts")
    ordre = models.PositiveSmallIntegerField()
    # Copied, so that the database can refuse an employer where none may be named.
    voie = models.CharField(max_length=24, choices=_VOIES)
    poste = models.CharField(max_length=16, choices=choices(Poste))
    payeur = models.CharField(max_length=20, choices=choices(Financeur))
    # To whom the invoice goes: since 2026-10-01 an OPCO reimburses the employer rather than pay the cabinet.
    debiteur = models.CharField(max_length=20, choices=choices(Financeur))
    montant_centimes = models.PositiveIntegerField()
    nom = models.CharField(max_length=200, blank=True)
    siren = models.CharField(max_length=9, blank=True)
    reference = models.CharField(max_length=64, blank=True)
    accord_le = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["ordre"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "ordre"], name="part_one_a_rank"),
            models.CheckConstraint(
                name="part_employer_only_where_a_party",
                condition=Q(voie__in=_AVEC_EMPLOYEUR) | ~(Q(payeur=_EMPLOYEUR) | Q(debiteur=_EMPLOYEUR)),
            ),
        ]


class Versement(models.Model):
    """An instalment of a person who pays herself: foreseen by the contract, then received, never before its day (L. 6353-6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="versements")
    rang = models.PositiveSmallIntegerField()
    prevu_le = models.DateField(null=True, blank=True)
    montant_centimes = models.PositiveIntegerField()
    recu_le = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["rang"]
        constraints = [models.UniqueConstraint(fields=["engagement", "rang"], name="versement_one_a_rank")]
