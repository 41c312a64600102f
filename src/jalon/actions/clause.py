"""The cabinet's own clauses and its logo: added to its papers, never in the place of a legal mention."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.domain.annonce import misleading
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Clause, Logo, Organisme, Personne
from jalon.vault import FichierRefuse
from jalon.vault.reception import accept_file

# The papers that have room for them.
GENRES = (
    "programme",
    "livret_accueil",
    "devis",
    "contrat_individuel",
    "convention",
    "fiche_engagement",
    "charte",
    "planning",
)
MAX = 8
LARGEUR, HAUTEUR = 480, 160


@transaction.atomic
def write_clauses(
    *, organisme: Organisme, genre: str, clauses: Sequence[tuple[str, str]], by: Personne, now: datetime
) -> None:
    """All those of one paper at once, in their order; an empty row is left out. What was issued does not change."""
    access.require(Action.MANAGE_CABINET, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    kept = [(titre.strip(), texte.strip()) for titre, texte in clauses if titre.strip() or texte.strip()]
    found = _obstacles(genre, kept)
    if found:
        raise Refused(found)
    Clause.objects.filter(organisme=organisme, genre=genre).delete()
    Clause.objects.bulk_create(
        Clause(organisme=organisme, genre=genre, titre=titre, texte=texte, ordre=rank, modifiee_le=now)
        for rank, (titre, texte) in enumerate(kept)
    )
    record(Nom.CLAUSES_MODIFIEES, organisme, by=by, now=now, faits={"genre": genre, "nombre": len(kept)})


def _obstacles(genre: str, kept: list[tuple[str, str]]) -> list[Obstacle]:
    if genre not in GENRES:
        return [Obstacle("Ce papier n’a pas de place pour une clause.", code="genre")]
    found: list[Obstacle] = []
    if len(kept) > MAX:
        found.append(Obstacle(f"{MAX} clauses au plus par papier : regroupez-les.", code="nombre"))
    for rank, (titre, texte) in enumerate(kept, 1):
        if not titre or not texte:
            found.append(Obstacle(f"La clause {rank} a besoin d’un titre et d’un texte.", code="clause"))
        if len(titre) > 120 or len(texte) > 4000:
            found.append(
                Obstacle(
                    f"La clause {rank} est trop longue : 120 caractères pour le titre, 4 000 pour le texte.",
                    code="longueur",
                )
            )
        found += [o for o in misleading(f"{titre}\n{texte}") if o.refuses]
    return found


@transaction.atomic
def deposit_logo(*, organisme: Organisme, fichier: bytes, nom: str, by: Personne, now: datetime) -> Logo:
    """Drawn anew and made small: pixels only, nothing of what rode along."""
    access.require(Action.MANAGE_CABINET, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    try:
        accepted = accept_file(fichier, nom)
    except FichierRefuse as refusal:
        raise Refused(Obstacle(refusal.phrase, code="fichier", field="logo")) from None
    if accepted.type_mime not in ("image/png", "image/jpeg"):
        raise Refused(Obstacle("Un logo se dépose en PNG ou en JPEG.", code="fichier", field="logo"))
    # Slow to load: no page waits for it at its start.
    from PIL import Image

    with Image.open(BytesIO(accepted.data)) as image:
        image.thumbnail((LARGEUR, HAUTEUR))
        out = BytesIO()
        image.convert("RGBA").save(out, "PNG", optimize=True)
    logo, _ = Logo.objects.update_or_create(
        organisme=organisme,
        defaults={"octets": out.getvalue(), "type_mime": "image/png", "depose_le": now},
    )
    record(Nom.LOGO_CHANGE, organisme, by=by, now=now, faits={"present": True})
    return logo


@transaction.atomic
def remove_logo(*, organisme: Organisme, by: Personne, now: datetime) -> None:
    access.require(Action.MANAGE_CABINET, by, organisme)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    if Logo.objects.filter(organisme=organisme).delete()[0]:
        record(Nom.LOGO_CHANGE, organisme, by=by, now=now, faits={"present": False})
