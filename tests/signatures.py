"""A dossier whose employer is a party, ready for its convention, and the gestures by which people sign."""

import re
from datetime import date, timedelta

from django.core import mail
from tests.factories import BilanFactory, LieuFactory, MembreFactory, SeanceFactory

from jalon.actions.employeur import open_employeur
from jalon.actions.papiers import issue_papier
from jalon.actions.porte_signature import Geste
from jalon.actions.signature import send_signing_code, sign_document
from jalon.domain.signature import Moyen
from jalon.records.models import Engagement, Part, Versement

TRACE = "M10 20" + "".join(f"L{20 + 7 * i} {30 + (i * 13) % 90}" for i in range(30))
DEBUT, FIN = date(2026, 4, 20), date(2026, 7, 3)


def settled(now, *, financement="plan", prix=160_000, lieu="distance", **autres):
    """In preparation, its funding settled, its séances foreseen, somebody to sign for the cabinet."""
    with_employer = financement in ("plan", "reclassement", "opco", "cpf_sur_temps")
    named = {"employeur_nom": "Ateliers Larzul", "employeur_siren": "732829320"} if with_employer else {}
    bilan = BilanFactory(financement=financement, engage=False, **{**named, **autres})
    organisme = bilan.organisme
    organisme.referent_handicap, organisme.referent_handicap_contact = "Yannick Le Bris", "02 00 00 00 00"
    organisme.mediateur, organisme.telephone = "Médiation d’exemple", "02 00 00 00 00"
    organisme.save()
    MembreFactory(organisme=organisme, role="responsable", depuis=date(2024, 1, 1))
    organisme.membres.filter(role="consultant").update(presentation="Psychologue du travail.")
    row = Engagement.objects.create(
        bilan=bilan,
        voie=financement,
        droit_le=now.date(),
        prix_centimes=prix,
        debut_prevu_le=DEBUT,
        fin_prevue_le=FIN,
        lieu_conclusion=lieu,
    )
    payer = "employeur" if financement in ("plan", "reclassement") else "personne"
    if prix:
        Part.objects.create(
            engagement=row,
            ordre=0,
            voie=financement,
            poste="prise_en_charge" if payer == "employeur" else "reste",
            payeur=payer,
            debiteur=payer,
            montant_centimes=prix,
        )
    if financement == "personnel":
        for rang, cents in enumerate((48_000, 56_000, 56_000)):
            Versement.objects.create(engagement=row, rang=rang, montant_centimes=cents)
    place = LieuFactory(organisme=organisme)
    SeanceFactory(bilan=bilan, debut=now + timedelta(days=60), lieu=place)
    return bilan


def responsable(bilan):
    return bilan.organisme.membres.get(role="responsable").personne


def with_link(bilan, now, **autres):
    said = {"prenom": "Denis", "nom": "Larzul", "fonction": "DRH", "courriel": "denis@larzul.example"}
    return open_employeur(bilan=bilan, by=bilan.consultant, now=now, **{**said, **autres})


def project(bilan, now):
    """The project of convention, sent to its three signatories."""
    with_link(bilan, now)
    issue_papier(bilan=bilan, genre="convention", by=bilan.consultant, now=now)
    return bilan.conventions.get(etat="projet")


def place_of(circuit, qualite):
    return circuit.signataires.select_related("circuit__bilan", "circuit__document", "personne").get(
        qualite=qualite
    )


def last_code():
    """The code of the last mail that brings one."""
    for sent in reversed(mail.outbox):
        found = re.search(r"\b(\d{4}-\d{4})\b", sent.body)
        if found:
            return found.group(1)
    raise AssertionError("no code was sent")


def sign_by_code(circuit, qualite, now, django_capture):
    one = place_of(circuit, qualite)
    with django_capture(execute=True):
        send_signing_code(signataire=one, by=one.personne, now=now)
    return sign_document(
        signataire=one,
        geste=Geste(Moyen.CODE, code=last_code()),
        empreinte_vue=circuit.empreinte,
        by=one.personne,
        now=now,
    )


def sign_by_drawing(circuit, qualite, now):
    one = place_of(circuit, qualite)
    return sign_document(
        signataire=one,
        geste=Geste(Moyen.DESSIN, trace=TRACE),
        empreinte_vue=circuit.empreinte,
        by=one.personne,
        now=now,
    )
