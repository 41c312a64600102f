"""Situations by traits: `BilanFactory(en_cours=True)`. They write rows directly; journeys use the real actions."""

import uuid
from datetime import UTC, date, datetime, timedelta

import factory

from jalon.domain.bilan import Etat
from jalon.domain.parcours import Nature, Phase
from jalon.records.models import (
    AccesEmployeur,
    Bilan,
    Consentement,
    Engagement,
    Lieu,
    Ligne,
    Membre,
    Organisme,
    Parcours,
    Personne,
    Seance,
)

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


class PersonneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Personne

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    prenom = factory.Sequence(lambda n: ("Ana", "Zoé", "Idris", "Maëlle")[n % 4])
    nom = factory.Sequence(lambda n: f"Exemple{n}")
    cree_le = NOW


class OrganismeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisme

    nom = "Cap & Jalons"
    siren = "552100554"
    siret = "55210055400013"
    representant = "Ana Exemple"
    adresse = "3 rue du Port"
    code_postal = "44000"
    ville = "Nantes"
    nda = "52440000044"
    nda_region = "Pays de la Loire"
    regime_tva = "exonere"
    # Without a certificate for this category, no public funding (L. 6316-1).
    qualiopi_bilans = True
    qualiopi_numero = "Q-44-0001"
    qualiopi_obtenu_le = date(2025, 1, 15)
    qualiopi_expire_le = date(2028, 1, 14)
    ouvert_le = NOW


class LieuFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lieu

    organisme = factory.SubFactory(OrganismeFactory)
    nom = "Bureau du port"
    adresse = "3 rue du Port, 44000 Nantes"
    accessibilite = "De plain-pied"


class MembreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membre

    organisme = factory.SubFactory(OrganismeFactory)
    personne = factory.SubFactory(PersonneFactory)
    role = "consultant"
    depuis = date(2025, 1, 1)


LIGNES = [
    (Phase.PRELIMINAIRE, Nature.ACCOMPAGNEMENT, 1, 120),
    (Phase.INVESTIGATION, Nature.ACCOMPAGNEMENT, 4, 120),
    (Phase.INVESTIGATION, Nature.TRAVAIL_PERSONNEL, 1, 300),
    (Phase.CONCLUSIONS, Nature.ACCOMPAGNEMENT, 3, 120),
    (Phase.CONCLUSIONS, Nature.TRAVAIL_PERSONNEL, 1, 180),
]


class ParcoursFactory(factory.django.DjangoModelFactory):
    """16 h of interviews + 8 h of personal work."""

    class Meta:
        model = Parcours
        skip_postgeneration_save = True

    organisme = factory.SubFactory(OrganismeFactory)
    intitule = "Bilan en dix semaines"
    prix = 1600
    cree_le = NOW

    @factory.post_generation
    def lignes(self, create, extracted, **kwargs):
        for i, (phase, nature, nombre, minutes) in enumerate(LIGNES if extracted is None else extracted):
            Ligne.objects.create(
                parcours=self, ordre=i, phase=phase, nature=nature, nombre=nombre, minutes=minutes
            )


class BilanFactory(factory.django.DjangoModelFactory):
    """In preparation, its funding settled; `en_cours=True`: preliminary phase begun with consent; `en_investigation`,
    `en_conclusions`. `engage=False`: nothing is settled of who pays."""

    class Meta:
        model = Bilan

    class Params:
        en_cours = False
        en_investigation = False
        en_conclusions = False

    id = factory.LazyFunction(uuid.uuid4)
    numero = factory.Sequence(lambda n: f"2026-{n:04d}")
    organisme = factory.SubFactory(OrganismeFactory)
    beneficiaire = factory.SubFactory(PersonneFactory)
    consultant = factory.SubFactory(PersonneFactory)
    parcours = factory.LazyAttribute(lambda o: ParcoursFactory(organisme=o.organisme))
    financement = "cpf_hors_temps"
    ouvert_le = NOW

    @classmethod
    def _create(cls, model_class, *args, engage=True, **kwargs):
        from jalon.access.coffre import coffre
        from jalon.vault import tiroir_keys

        bilan = super()._create(model_class, *args, **kwargs)
        Membre.objects.get_or_create(
            organisme=bilan.organisme,
            personne=bilan.consultant,
            role="consultant",
            defaults={"depuis": date(2025, 1, 1)},
        )
        for ligne in bilan.parcours.lignes.all():
            ligne.pk, ligne.parcours, ligne.bilan = None, None, bilan
            ligne.save()
        coffre().create_keys(key for key in tiroir_keys(bilan.pk) if not key.endswith("entretien_suivi"))
        if bilan.etat != Etat.PREPARATION:
            ConsentementFactory(bilan=bilan)
        if engage:
            EngagementFactory(bilan=bilan)
        return bilan

    @factory.lazy_attribute
    def etat(self):
        if self.en_conclusions:
            return Etat.CONCLUSIONS
        if self.en_investigation:
            return Etat.INVESTIGATION
        return Etat.PRELIMINAIRE if self.en_cours else Etat.PREPARATION

    preliminaire_le = factory.LazyAttribute(lambda o: NOW if o.etat != Etat.PREPARATION else None)
    investigation_le = factory.LazyAttribute(
        lambda o: NOW if o.etat in (Etat.INVESTIGATION, Etat.CONCLUSIONS) else None
    )
    conclusions_le = factory.LazyAttribute(lambda o: NOW if o.etat == Etat.CONCLUSIONS else None)


class ConsentementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consentement

    bilan = factory.SubFactory(BilanFactory)
    donne_le = NOW
    canal = "ecran"
    saisi_par = factory.LazyAttribute(lambda o: o.bilan.beneficiaire)
    texte_version = "1"
    texte_empreinte = "0" * 64


class EngagementFactory(factory.django.DjangoModelFactory):
    """Settled and concluded a month ago: its route stands in nobody's way."""

    class Meta:
        model = Engagement

    bilan = factory.SubFactory(BilanFactory, engage=False)
    voie = factory.LazyAttribute(lambda o: o.bilan.financement)
    droit_le = date(2026, 1, 30)
    prix_centimes = 160_000

    @factory.lazy_attribute
    def conclu_le(self):
        return None if self.voie.startswith("cpf") else NOW - timedelta(days=32)

    @factory.lazy_attribute
    def cpf_proposition_le(self):
        return date(2026, 1, 30) if self.voie.startswith("cpf") else None

    @factory.lazy_attribute
    def cpf_acceptation_le(self):
        return date(2026, 2, 2) if self.voie.startswith("cpf") else None

    @factory.lazy_attribute
    def cpf_entree_declaree_le(self):
        started = self.voie.startswith("cpf") and self.bilan.preliminaire_le
        return self.bilan.preliminaire_le.date() if started else None


class SeanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seance

    bilan = factory.SubFactory(BilanFactory, en_cours=True)
    consultant = factory.LazyAttribute(lambda o: o.bilan.consultant)
    phase = Phase.PRELIMINAIRE
    nature = Nature.ACCOMPAGNEMENT
    modalite = "presentiel"
    debut = NOW
    fin = factory.LazyAttribute(lambda o: o.debut + timedelta(hours=2))


class AccesEmployeurFactory(factory.django.DjangoModelFactory):
    """Whoever acts for the employer in one dossier: a person without address, known by this link alone."""

    class Meta:
        model = AccesEmployeur

    bilan = factory.SubFactory(BilanFactory, financement="plan", employeur_nom="Dupont SA")
    voie = factory.LazyAttribute(lambda o: o.bilan.financement)
    personne = factory.SubFactory(PersonneFactory, email=None, prenom="Denis", nom="Dupont")
    fonction = "Responsable des ressources humaines"
    courriel = factory.Sequence(lambda n: f"rh{n}@dupont.example")
    empreinte = factory.Sequence(lambda n: f"{n:064x}")
    ouvert_le = NOW
    ouvert_par = factory.LazyAttribute(lambda o: o.bilan.consultant)
