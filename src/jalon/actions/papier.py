"""Issue administrative papers: rendered once, sealed, frozen with their fingerprint, their template and the law's day."""

import base64
import hashlib
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.cachet import seal_pdf
from jalon.actions.piece import lock_bilan
from jalon.documents import TAILLES, Document, render, template_version
from jalon.documents.certificat_realisation.data import CertificatRealisation
from jalon.documents.emargement.data import Emargement as FeuilleEmargement
from jalon.documents.emargement.data import SeanceEmargee
from jalon.documents.papier import Cabinet, Papier, Signature
from jalon.domain.bilan import certified_minutes
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Nature, Phase, TypeAction
from jalon.domain.seance import EtatSeance, Modalite
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.faits import bilan_facts, local_day, seance_facts
from jalon.records.models import Bilan, DocumentEmis, Emargement, Logo, Organisme, Personne, Seance

_PREFIXES = {
    "emargement": "EMA",
    "certificat_realisation": "CER",
    "proces_verbal": "DES",
    "attestation_remise": "REM",
    "accuse_retractation": "RET",
    "synthese": "SYN",
    "extrait": "EXT",
    "resultats_detailles": "RES",
    "programme": "PRG",
    "livret_accueil": "LIV",
    "devis": "DEV",
    "contrat_individuel": "CTR",
    "convention": "CNV",
    "fiche_engagement": "FEN",
    "charte": "CHA",
    "planning": "PLA",
    "demande_absence": "ABS",
    "convocation": "CVC",
    "information_methodes": "INF",
    "consentement": "CON",
    "preuve_signature": "SIG",
}


def cabinet_of(organisme: Organisme) -> Cabinet:
    declared = bool(organisme.nda and organisme.nda_region)
    lines = (organisme.adresse, f"{organisme.code_postal} {organisme.ville}".strip())
    return Cabinet(
        nom=organisme.nom,
        adresse=tuple(line for line in lines if line),
        siret=organisme.siret,
        numero_declaration=organisme.nda if declared else "",
        region_declaration=organisme.nda_region if declared else "",
        courriel=organisme.courriel,
        telephone=organisme.telephone,
        logo=_logo(organisme),
    )


def _logo(organisme: Organisme) -> bytes:
    """The pixels inside an SVG, which the templates read as text."""
    found = Logo.objects.filter(organisme=organisme).first()
    if found is None:
        return b""
    octets = bytes(found.octets)
    # Width and height stand at fixed places of a PNG (ISO 15948, 11.2.2).
    width, height = (int.from_bytes(octets[i : i + 4], "big") for i in (16, 20))
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
        f'<image {size} href="data:image/png;base64,{base64.b64encode(octets).decode()}"/></svg>'
    ).encode()


def next_numero(genre: str, organisme: Organisme, year: int) -> str:
    """`CER-2026-0001`: without a gap within a year, inside the transaction that holds the bilan."""
    start = f"{_PREFIXES[genre]}-{year}-"
    Organisme.objects.select_for_update().get(pk=organisme.pk)
    last = (
        DocumentEmis.objects.filter(organisme=organisme, numero__startswith=start).order_by("-numero").first()
    )
    rank = int(last.numero.removeprefix(start).split("-")[0]) + 1 if last else 1
    return f"{start}{rank:04d}"


def frame(genre: str, bilan: Bilan, now: datetime, *, copie_de: str = "", numero: str = "") -> Papier:
    day = local_day(bilan, now)
    return Papier(
        cabinet=cabinet_of(bilan.organisme),
        numero=numero or next_numero(genre, bilan.organisme, day.year),
        emis_le=day,
        fuseau=bilan.fuseau,
        droit_du=day,
        copie_de=copie_de,
    )


def freeze(
    genre: str,
    data: Document,
    bilan: Bilan,
    *,
    by: Personne | None,
    now: datetime,
    reason: str,
    taille: str = "normal",
    a_signer: bool = False,
) -> DocumentEmis:
    """Render, seal and keep: never rendered again. `a_signer`: the seal waits for the last signature."""
    if taille not in TAILLES:
        raise Refused(Obstacle("Cette taille de texte n’existe pas.", code="taille", field="taille"))
    pdf = render(genre, data, taille=taille, horodatage=now)
    if not a_signer:
        pdf = seal_pdf(pdf, bilan.organisme, now=now, reason=reason)
    issued = DocumentEmis.objects.create(
        organisme=bilan.organisme,
        bilan=bilan,
        genre=genre,
        numero=data.papier.numero,
        taille=taille,
        emis_le=now,
        droit_du=local_day(bilan, now),
        modele_version=template_version(genre),
        empreinte=hashlib.sha256(pdf).hexdigest(),
        octets=pdf,
    )
    record(
        Nom.DOCUMENT_EMIS,
        bilan,
        by=by,
        now=now,
        faits={
            "genre": genre,
            "numero": issued.numero,
            "empreinte": issued.empreinte,
            "modele": issued.modele_version,
        },
    )
    return issued


def _held(bilan: Bilan) -> list[Seance]:
    """Séances with their signatures, the follow-up aside: it comes after the term."""
    rows = bilan.seances.filter(etat=EtatSeance.TENUE).exclude(phase=Phase.SUIVI)
    return list(
        rows.select_related("lieu", "consultant").prefetch_related("emargements__personne").order_by("debut")
    )


def _signature(seance: Seance, qualite: str) -> Signature | None:
    for signed in seance.emargements.all():
        if signed.qualite == qualite:
            return Signature(
                nom=signed.personne.nom_complet,
                qualite=Emargement.Qualite(qualite).label,
                signe_le=signed.signe_le,
                moyen=Emargement.Maniere(signed.maniere).label,
                empreinte=signed.empreinte,
            )
    return None


@transaction.atomic
def issue_emargement(*, bilan: Bilan, by: Personne, now: datetime, taille: str = "normal") -> DocumentEmis:
    access.require(Action.ISSUE_PAPIERS, by, bilan)
    bilan = lock_bilan(bilan)
    held = _held(bilan)
    if not held:
        raise Refused(Obstacle("Aucune séance n’a encore été tenue : il n’y a rien à émarger.", code="vide"))
    rows = []
    for seance in held:
        facts = seance_facts(seance)
        rows.append(
            SeanceEmargee(
                debut=seance.debut_reel or seance.debut,
                fin=seance.fin_reelle or seance.fin,
                minutes=facts.minutes,
                modalite=Modalite(seance.modalite),
                phase=Phase(seance.phase),
                nature=Nature(seance.nature),
                consultant=seance.consultant.nom_complet,
                lieu=seance.lieu.nom if seance.lieu else "",
                collectif=seance.collectif,
                signature_beneficiaire=_signature(seance, "beneficiaire"),
                signature_consultant=_signature(seance, "consultant"),
            )
        )
    data = FeuilleEmargement(
        papier=frame("emargement", bilan, now),
        beneficiaire=bilan.beneficiaire.nom_complet,
        consultant=bilan.consultant.nom_complet,
        intitule=bilan.parcours.intitule,
        debut=local_day(bilan, rows[0].debut),
        fin=local_day(bilan, rows[-1].fin),
        seances=tuple(rows),
        employeur=_employer(bilan),
    )
    return freeze("emargement", data, bilan, by=by, now=now, reason="Feuille d’émargement", taille=taille)


@transaction.atomic
def issue_certificat(*, bilan: Bilan, by: Personne, now: datetime, taille: str = "normal") -> DocumentEmis:
    """Hours really followed and signed; refused above the law's limit and outside the legal frame (BC-03, BC-42)."""
    access.require(Action.ISSUE_PAPIERS, by, bilan)
    bilan = lock_bilan(bilan)
    day = local_day(bilan, now)
    law = law_on(day)
    minutes = certified_minutes(bilan_facts(bilan), law)
    held = [s for s in _held(bilan) if seance_facts(s).signee]
    if not minutes or not held:
        raise Refused(Obstacle("Aucune heure n’est encore signée : il n’y a rien à certifier.", code="vide"))
    data = CertificatRealisation(
        papier=frame("certificat_realisation", bilan, now),
        representant_legal=bilan.organisme.representant or bilan.organisme.nom,
        qualite_representant="Représentant légal",
        beneficiaire=bilan.beneficiaire.nom_complet,
        intitule=bilan.parcours.intitule,
        debut=local_day(bilan, held[0].debut_reel or held[0].debut),
        fin=local_day(bilan, held[-1].fin_reelle or held[-1].fin),
        minutes_suivies=minutes,
        duree_max_heures=int(law.bilan_competences.duree_max_heures.value),
        conservation_annees=int(
            law.conservation.certificat_realisation_annees_apres_fin_annee_paiement.value
        ),
        fait_a=bilan.organisme.ville or "—",
        fait_le=day,
        type_action=TypeAction(bilan.type_action),
        employeur=_employer(bilan),
    )
    return freeze(
        "certificat_realisation",
        data,
        bilan,
        by=by,
        now=now,
        reason="Certificat de réalisation",
        taille=taille,
    )


def _employer(bilan: Bilan) -> str:
    """Named only where the route gives it a part (BC-18)."""
    return bilan.employeur_nom if Financement(bilan.financement) in WITH_EMPLOYER else ""
