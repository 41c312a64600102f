"""The doors of the cabinet: its settings, its places, its team, its offer, and what of all this everybody may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404

from jalon.access import Action, can
from jalon.domain.jours import local_day, zone
from jalon.domain.obstacle import Obstacle
from jalon.domain.offre import Vitrine, advertising_mention, publication_obstacles
from jalon.domain.parcours import Heures, TypeAction, sum_lignes
from jalon.domain.parcours import Ligne as LigneFacts
from jalon.law import law_on
from jalon.records.evenements import Nom
from jalon.records.faits import ligne_facts
from jalon.records.models import Evenement, Invitation, Lieu, Membre, Organisme, Parcours, Personne

_M = TypeVar("_M", Lieu, Membre, Parcours)


def open_cabinet() -> Organisme | None:
    """The cabinet that this installation shows to everybody: the first that was opened."""
    return Organisme.objects.order_by("ouvert_le").first()


def today(organisme: Organisme, now: datetime) -> date:
    return local_day(now, zone(organisme.fuseau))


# Places


def list_lieux(organisme: Organisme, *, actifs: bool = True) -> list[Lieu]:
    found = organisme.lieux.order_by("-actif", "nom", "id")
    return list(found.filter(actif=True) if actifs else found)


def get_lieu(action: Action, personne: Personne, lieu_id: Any) -> Lieu:
    return _own(action, personne, Lieu, lieu_id)


# Team


@dataclass(frozen=True)
class Equipier:
    """One person of the team with all her roles."""

    personne: Personne
    roles: tuple[Membre, ...]
    invitee: bool
    invitation_expire_le: datetime | None

    @property
    def est_consultant(self) -> bool:
        return any(m.role == Membre.Role.CONSULTANT for m in self.roles)

    @property
    def presentation(self) -> Membre | None:
        return next((m for m in self.roles if m.role == Membre.Role.CONSULTANT), None)


def list_equipe(organisme: Organisme) -> list[Equipier]:
    """Two queries, whatever the size of the team; whoever was invited and never entered is shown as such."""
    rows = list(
        organisme.membres.filter(jusqu_au=None)
        .select_related("personne")
        .order_by("personne__nom", "personne__prenom", "depuis", "id")
    )
    waiting = {
        one.personne_id: one.expire_le
        for one in Invitation.objects.filter(
            personne__in=[m.personne_id for m in rows], utilisee_le=None
        ).order_by("creee_le")
    }
    team: dict[Any, list[Membre]] = {}
    for row in rows:
        team.setdefault(row.personne_id, []).append(row)
    return [
        Equipier(
            roles[0].personne,
            tuple(roles),
            invitee=pk in waiting and roles[0].personne.last_login is None,
            invitation_expire_le=waiting.get(pk),
        )
        for pk, roles in team.items()
    ]


def list_consultants(organisme: Organisme) -> list[Personne]:
    return list(
        Personne.objects.filter(
            membres__organisme=organisme,
            membres__role=Membre.Role.CONSULTANT,
            membres__jusqu_au=None,
            is_active=True,
        )
        .only("prenom", "nom")
        .order_by("nom", "prenom", "id")
    )


def get_membre(action: Action, personne: Personne, membre_id: Any) -> Membre:
    found = _own(action, personne, Membre, membre_id)
    if found.jusqu_au is not None:
        raise Http404
    return found


def get_equipier(action: Action, personne: Personne, organisme: Organisme, personne_id: Any) -> Personne:
    """Somebody of the team, by her id."""
    if not can(action, personne, organisme):
        raise Http404
    found = Personne.objects.filter(
        pk=personne_id, membres__organisme=organisme, membres__jusqu_au=None
    ).first()
    if found is None:
        raise Http404
    return found


# Offer


@dataclass(frozen=True)
class Offre:
    """A parcours with its hours, which are computed."""

    parcours: Parcours
    lignes: tuple[LigneFacts, ...]
    heures: Heures

    @property
    def hors_cadre(self) -> bool:
        return self.parcours.type_action == TypeAction.HORS_CADRE


def offre(parcours: Parcours) -> Offre:
    lignes = tuple(ligne_facts(ligne) for ligne in parcours.lignes.all())
    return Offre(parcours, lignes, sum_lignes(lignes))


def list_offres(organisme: Organisme, *, actifs: bool = True) -> list[Offre]:
    found = organisme.parcours.prefetch_related("lignes").order_by("-actif", "type_action", "intitule", "id")
    return [offre(parcours) for parcours in (found.filter(actif=True) if actifs else found)]


def get_parcours(action: Action, personne: Personne, parcours_id: Any) -> Parcours:
    return _own(action, personne, Parcours, parcours_id)


# What is settled, and what is not yet


@dataclass(frozen=True)
class Etape:
    code: str
    faite: bool


# In the order in which a first start walks through them.
ETAPES = ("identite", "declaration", "qualite", "lieux", "equipe", "referents", "cadre", "offre")


def list_etapes(organisme: Organisme) -> list[Etape]:
    """A step is done once it holds what it is for, or once somebody has saved it as it is."""
    mine = Organisme.objects.filter(pk=organisme.pk).annotate(
        a_un_lieu=Exists(Lieu.objects.filter(organisme=OuterRef("pk"))),
        a_un_consultant=Exists(
            Membre.objects.filter(organisme=OuterRef("pk"), role=Membre.Role.CONSULTANT, jusqu_au=None)
        ),
        a_une_offre=Exists(Parcours.objects.filter(organisme=OuterRef("pk"))),
    )
    lieu, consultant, offre_faite = mine.values_list("a_un_lieu", "a_un_consultant", "a_une_offre").get()
    there = {
        "identite": bool(organisme.adresse and organisme.ville),
        "declaration": bool(organisme.nda),
        "qualite": organisme.qualiopi_obtenu_le is not None,
        "lieux": lieu,
        "equipe": consultant,
        "referents": bool(organisme.referent_handicap),
        "cadre": bool(organisme.nom_neutre),
        "offre": offre_faite,
    }
    saved = set() if all(there.values()) else _saved_sections(organisme)
    return [Etape(code, there[code] or code in saved) for code in ETAPES]


def _saved_sections(organisme: Organisme) -> set[str]:
    found = Evenement.objects.filter(chaine=organisme.pk, nom=Nom.CABINET_MODIFIE)
    return {event["section"] for event in found.values_list("faits", flat=True) if "section" in event}


# What everybody may read


@dataclass(frozen=True)
class VitrinePublique:
    organisme: Organisme
    offres: Sequence[Offre]
    lieux: Sequence[Lieu]
    consultants: Sequence[Membre]
    mention: str
    manques: Sequence[Obstacle]

    @property
    def publiable(self) -> bool:
        return not self.manques


def read_vitrine(organisme: Organisme, now: datetime) -> VitrinePublique:
    """The public page: complete, or nothing of the offer is shown. A price without its conditions would mislead."""
    offres = list_offres(organisme)
    lieux = list_lieux(organisme)
    consultants = list(
        organisme.membres.filter(role=Membre.Role.CONSULTANT, jusqu_au=None, personne__is_active=True)
        .select_related("personne")
        .order_by("personne__nom", "id")
    )
    prices: list[Decimal] = [o.parcours.prix for o in offres if o.parcours.prix is not None]
    facts = vitrine_facts(organisme, lieux, consultants, min(prices, default=None))
    return VitrinePublique(
        organisme=organisme,
        # A parcours without its price is not shown.
        offres=[o for o in offres if o.parcours.prix is not None],
        lieux=lieux,
        consultants=consultants,
        mention=advertising_mention(organisme.nda, law_on(today(organisme, now))),
        manques=publication_obstacles(facts),
    )


def vitrine_facts(
    organisme: Organisme, lieux: Sequence[Lieu], consultants: Sequence[Membre], prix: Decimal | None
) -> Vitrine:
    return Vitrine(
        prix=prix,
        telephone=organisme.telephone,
        courriel=organisme.courriel,
        lieux=len(lieux),
        lieux_decrits=sum(1 for lieu in lieux if lieu.accessibilite),
        consultants=len(consultants),
        nda=organisme.nda,
        referent_handicap=organisme.referent_handicap,
        mediateur=organisme.mediateur,
        regime_tva=organisme.regime_tva,
    )


def _own(action: Action, personne: Personne, model: type[_M], pk: Any) -> _M:
    """A thing of a cabinet in which this person may do this; 404 otherwise."""
    try:
        found = model._default_manager.select_related("organisme").get(pk=pk)
    except (model.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None
    if not can(action, personne, found.organisme):
        raise Http404
    return found
