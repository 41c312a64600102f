"""The doors of public offers: the page as everybody reads it, the same for its author before it is published, the results beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404

from jalon.access import Action, can
from jalon.access.cabinet import Offre as OffreDeParcours
from jalon.access.cabinet import list_lieux, today, vitrine_facts
from jalon.access.cabinet import offre as read_parcours
from jalon.domain.financement import Financement
from jalon.domain.obstacle import Obstacle
from jalon.domain.offre import advertising_mention
from jalon.domain.offre_publique import TEXTES, Annonce, page_obstacles, said_obstacles
from jalon.domain.parcours import TypeAction
from jalon.domain.resultat import Genre, Resultat
from jalon.domain.seance import Modalite
from jalon.law import law_on
from jalon.records.models import (
    Lieu,
    Membre,
    OffrePublique,
    Organisme,
    Parcours,
    Personne,
    ResultatPublie,
)


@dataclass(frozen=True)
class PageOffre:
    """One page with everything that it shows, and what keeps it from being shown."""

    offre: OffrePublique
    parcours: OffreDeParcours
    lieux: Sequence[Lieu]
    consultants: Sequence[Membre]
    resultats: Sequence[ResultatPublie]
    mention: str
    obstacles: Sequence[Obstacle]
    remarques: Sequence[Obstacle]

    @property
    def organisme(self) -> Organisme:
        return self.offre.organisme

    @property
    def publiable(self) -> bool:
        return not self.obstacles

    @property
    def visible(self) -> bool:
        """Published, and still whole: what the cabinet loses elsewhere takes the page away by itself."""
        return self.offre.publiee_le is not None and self.publiable

    @property
    def modalites(self) -> list[Modalite]:
        return [m for m in Modalite if m in self.offre.modalites]

    @property
    def financements(self) -> list[Financement]:
        return [f for f in Financement if f in self.offre.financements]


def list_pages(organisme: Organisme, now: datetime) -> list[PageOffre]:
    """The pages that everybody may read, in the order in which they were written."""
    found = _rows().filter(organisme=organisme, publiee_le__isnull=False).order_by("cree_le", "id")
    shared = _Shared(organisme, now)
    return [page for page in (shared.page(one) for one in found) if page.visible]


def get_page(adresse: str, now: datetime) -> PageOffre:
    """A published page by its address, or 404."""
    found = _rows().filter(adresse=adresse, publiee_le__isnull=False).first()
    if found is None:
        raise Http404
    page = _Shared(found.organisme, now).page(found)
    if not page.visible:
        raise Http404
    return page


def read_page(offre: OffrePublique, now: datetime) -> PageOffre:
    """For its author: whatever its state."""
    return _Shared(offre.organisme, now).page(offre)


def list_own_pages(
    personne: Personne, organisme: Organisme, now: datetime
) -> list[tuple[Parcours, PageOffre | None]]:
    """Each parcours that is offered with its page, if one was written."""
    if not can(Action.VIEW_CABINET, personne, organisme):
        raise Http404
    shared = _Shared(organisme, now)
    written = {one.parcours_id: one for one in _rows().filter(organisme=organisme).order_by("cree_le", "id")}
    found = organisme.parcours.order_by("-actif", "type_action", "intitule", "id")
    return [
        (one, shared.page(written[one.pk]) if one.pk in written else None)
        for one in found
        if one.actif or one.pk in written
    ]


def get_offre(personne: Personne, organisme: Organisme, parcours_id: Any) -> OffrePublique:
    """The page of this parcours for its author: the row, or a new one that nobody has saved yet; 404 for others."""
    if not can(Action.MANAGE_PARCOURS, personne, organisme):
        raise Http404
    try:
        parcours = organisme.parcours.prefetch_related("lignes").get(pk=parcours_id)
    except (Parcours.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None
    found = _rows().filter(parcours=parcours).first()
    return found or OffrePublique(organisme=organisme, parcours=parcours)


def list_resultats(organisme: Organisme) -> list[ResultatPublie]:
    return list(organisme.resultats.order_by("genre", "-au", "id"))


def get_resultat(personne: Personne, organisme: Organisme, resultat_id: Any) -> ResultatPublie:
    if not can(Action.MANAGE_PARCOURS, personne, organisme):
        raise Http404
    try:
        return organisme.resultats.select_related("organisme").get(pk=resultat_id)
    except (ResultatPublie.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None


def resultat_facts(row: ResultatPublie) -> Resultat:
    return Resultat(Genre(row.genre), row.favorables, row.reponses, row.effectif, row.du, row.au, row.methode)


def annonce(offre: OffrePublique, now: datetime) -> Annonce:
    return _Shared(offre.organisme, now).annonce(offre)


def _rows() -> Any:
    return OffrePublique.objects.select_related("organisme", "parcours").prefetch_related("parcours__lignes")


class _Shared:
    """What all pages of one cabinet have in common, read once: a list costs the same for one page as for ten."""

    def __init__(self, organisme: Organisme, now: datetime) -> None:
        self.organisme = organisme
        self.jour = today(organisme, now)
        self.law = law_on(self.jour)
        self.lieux = list_lieux(organisme)
        self.consultants = list(
            organisme.membres.filter(role=Membre.Role.CONSULTANT, jusqu_au=None, personne__is_active=True)
            .select_related("personne")
            .order_by("personne__nom", "id")
        )
        self.resultats = list_resultats(organisme)

    def annonce(self, offre: OffrePublique) -> Annonce:
        parcours = read_parcours(offre.parcours)
        shown = [
            *((f"La présentation de {m.personne.nom_complet}", m.presentation) for m in self.consultants)
        ]
        shown += [(f"L’accessibilité du lieu « {lieu.nom} »", lieu.accessibilite) for lieu in self.lieux]
        expires = self.organisme.qualiopi_expire_le
        return Annonce(
            intitule=offre.parcours.intitule,
            type_action=TypeAction(offre.parcours.type_action),
            actif=offre.parcours.actif,
            lignes=parcours.lignes,
            textes={name: getattr(offre, name) for name in TEXTES},
            modalites=frozenset(Modalite(one) for one in offre.modalites),
            financements=frozenset(Financement(one) for one in offre.financements),
            delai_jours=offre.delai_jours,
            resultats=len(self.resultats),
            sans_resultat=offre.sans_resultat,
            certifie=self.organisme.qualiopi_bilans and expires is not None and expires >= self.jour,
            vitrine=vitrine_facts(self.organisme, self.lieux, self.consultants, offre.parcours.prix),
            ailleurs=tuple(shown),
        )

    def page(self, offre: OffrePublique) -> PageOffre:
        facts = self.annonce(offre)
        return PageOffre(
            offre=offre,
            parcours=read_parcours(offre.parcours),
            lieux=self.lieux if Modalite.PRESENTIEL in facts.modalites else [],
            consultants=self.consultants,
            resultats=[] if facts.hors_cadre else self.resultats,
            mention=advertising_mention(self.organisme.nda, self.law),
            obstacles=[o for o in page_obstacles(facts, self.law, self.jour) if o.refuses],
            remarques=[o for o in said_obstacles(facts) if not o.refuses],
        )
