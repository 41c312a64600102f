"""Papers that hold content: rendered, sealed, and kept as an encrypted object only; the row has no word of them."""

import hashlib
from datetime import datetime

from jalon.access.coffre import coffre
from jalon.actions.cachet import seal_pdf
from jalon.documents import TAILLES, Document, render, template_version
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, DocumentEmis, Personne


def issue_content(
    genre: str,
    data: Document,
    bilan: Bilan,
    *,
    tiroir: str,
    cle: str,
    by: Personne,
    now: datetime,
    reason: str,
    taille: str,
    first: DocumentEmis | None = None,
    nom: Nom = Nom.DOCUMENT_EMIS,
) -> tuple[DocumentEmis, bytes]:
    """`tiroir` and `cle` say with what it dies. The caller has checked the right and holds the bilan's row."""
    pdf = seal_pdf(
        render(genre, data, taille=taille, horodatage=now), bilan.organisme, now=now, reason=reason
    )
    vault = coffre()
    issued = DocumentEmis(
        organisme=bilan.organisme,
        bilan=bilan,
        genre=genre,
        numero=data.papier.numero,
        taille=taille,
        copie_de=first,
        emis_le=now,
        droit_du=local_day(bilan, now),
        modele_version=template_version(genre),
        empreinte=hashlib.sha256(pdf).hexdigest(),
        objet=vault.objects.new_id(),
        tiroir=tiroir,
        cle=cle,
    )
    vault.objects.store(issued.objet, pdf, key_id=issued.cle, context=str(issued.pk))
    issued.save(force_insert=True)
    record(
        nom,
        bilan,
        by=by,
        now=now,
        faits={"genre": genre, "numero": issued.numero, "empreinte": issued.empreinte, "taille": taille},
    )
    return issued, pdf


def size_for(personne: Personne) -> str:
    """The size that the person chose for her pages is the size of her papers."""
    chosen = personne.taille_texte
    return chosen if chosen in TAILLES else "normal"
