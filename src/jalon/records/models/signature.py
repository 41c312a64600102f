"""Who signs which very bytes, in which order, how and when. What a hand drew, or a scanned page, lives in the vault."""

import uuid

from django.db import models
from django.db.models import Q

from jalon.domain.signature import EtatCircuit, Moyen, Qualite
from jalon.records.models.bilan import Bilan
from jalon.records.models.document import DocumentEmis
from jalon.records.models.organisme import Organisme
from jalon.records.models.personne import Personne


class Circuit(models.Model):
    """One issued document to be signed: `empreinte` is of the exact bytes that each signatory had under her eyes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="circuits")
    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="circuits")
    document = models.OneToOneField(DocumentEmis, on_delete=models.PROTECT, related_name="circuit")
    empreinte = models.CharField(max_length=64)
    # By which door the signatures come: ours, or an outside provider's.
    porte = models.CharField(max_length=20, default="jalon")
    etat = models.CharField(
        max_length=12, choices=[(e.value, e.label) for e in EtatCircuit], default=EtatCircuit.OUVERT
    )
    ouvert_le = models.DateTimeField()
    ouvert_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    expire_le = models.DateTimeField()
    complet_le = models.DateTimeField(null=True, blank=True)
    scelle_le = models.DateTimeField(null=True, blank=True)
    clos_le = models.DateTimeField(null=True, blank=True)
    # The same bytes, sealed after the last signature, with the file of evidence inside.
    scelle = models.OneToOneField(
        DocumentEmis, on_delete=models.PROTECT, null=True, blank=True, related_name="circuit_scelle"
    )
    preuve = models.OneToOneField(
        DocumentEmis, on_delete=models.PROTECT, null=True, blank=True, related_name="circuit_preuve"
    )

    class Meta:
        ordering = ["-ouvert_le", "id"]
        constraints = [
            models.CheckConstraint(
                name="circuit_state_has_its_dates",
                condition=Q(etat=EtatCircuit.OUVERT, complet_le=None, scelle_le=None, clos_le=None)
                | Q(etat=EtatCircuit.COMPLET, complet_le__isnull=False, scelle_le=None, clos_le=None)
                | Q(
                    etat=EtatCircuit.SCELLE,
                    complet_le__isnull=False,
                    scelle_le__isnull=False,
                    scelle__isnull=False,
                    clos_le=None,
                )
                | Q(etat=EtatCircuit.SANS_SUITE, scelle_le=None, clos_le__isnull=False),
            )
        ]


class Signataire(models.Model):
    """One person, in one quality, at one rank. Same rank: in any order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circuit = models.ForeignKey(Circuit, on_delete=models.CASCADE, related_name="signataires")
    rang = models.PositiveSmallIntegerField()
    qualite = models.CharField(max_length=16, choices=[(q.value, q.label) for q in Qualite])
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="signatures")
    # When her turn came, and she was told.
    demande_le = models.DateTimeField(null=True, blank=True)
    moyen = models.CharField(max_length=8, blank=True, choices=[(m.value, m.label) for m in Moyen])
    signe_le = models.DateTimeField(null=True, blank=True)
    # A signature on paper is entered by somebody, later.
    recopie_le = models.DateTimeField(null=True, blank=True)
    recopie_par = models.ForeignKey(
        Personne, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # A refusal has a date and never a reason (L. 6313-4, al. 2).
    refuse_le = models.DateTimeField(null=True, blank=True)
    # Of the document, of who signed, how and when: any later change shows.
    empreinte = models.CharField(max_length=64, blank=True)
    # Facts of the evidence: masked address, identifier of the key, fingerprint of the drawing or of the scan.
    temoin = models.JSONField(default=dict, blank=True)
    objet = models.CharField(max_length=64, blank=True)
    cle = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["rang", "qualite", "id"]
        constraints = [
            models.UniqueConstraint(fields=["circuit", "qualite"], name="signataire_une_qualite_une_fois"),
            models.CheckConstraint(
                name="signataire_signed_has_its_proof",
                condition=Q(signe_le=None, moyen="", empreinte="")
                | (Q(signe_le__isnull=False, refuse_le=None) & ~Q(moyen="") & ~Q(empreinte="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["personne"],
                condition=Q(signe_le=None, refuse_le=None),
                name="signataire_waiting",
            )
        ]


class CodeUnique(models.Model):
    """A one-time code sent to an address: to sign one document or one séance, or to enter by an employer's or a reader's link. Only its print is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signataire = models.ForeignKey(
        Signataire, on_delete=models.CASCADE, null=True, blank=True, related_name="codes"
    )
    acces = models.ForeignKey(
        "records.AccesEmployeur", on_delete=models.CASCADE, null=True, blank=True, related_name="codes"
    )
    partage = models.ForeignKey(
        "records.Partage", on_delete=models.CASCADE, null=True, blank=True, related_name="codes"
    )
    # Whose presence the code attests: on somebody else's device, in the room or at a distance.
    seance = models.ForeignKey(
        "records.Seance", on_delete=models.CASCADE, null=True, blank=True, related_name="codes"
    )
    empreinte = models.CharField(max_length=64)
    cree_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    essais = models.PositiveSmallIntegerField(default=0)
    utilise_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-cree_le", "id"]
        constraints = [
            models.CheckConstraint(
                name="code_unique_serves_one_purpose",
                condition=Q(signataire=None, acces__isnull=False, partage=None, seance=None)
                | Q(signataire__isnull=False, acces=None, partage=None, seance=None)
                | Q(signataire=None, acces=None, partage__isnull=False, seance=None)
                | Q(signataire=None, acces=None, partage=None, seance__isnull=False),
            )
        ]
