"""One's own calendars: what they say, the private feed, those kept elsewhere. Each person for herself; nobody for another."""

import secrets
import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from jalon.access import is_member
from jalon.access.agenda import Acces, fingerprint_of, read_reglage, seal_acces
from jalon.actions.annonce import invite
from jalon.actions.compte import tell_chains
from jalon.actions.miroir import refresh_mirror
from jalon.actions.sortie import SortieRefusee, check_address
from jalon.domain.agenda_mots import RAISONS
from jalon.domain.calendrier import Intitule, SensAgenda, TypeAgenda
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance
from jalon.records.evenements import Nom
from jalon.records.models import AgendaExterne, FluxAgenda, Personne, ReglageAgenda, Seance

FLUX_MAX, AGENDAS_MAX = 5, 6


@transaction.atomic
def write_reglage(
    *, by: Personne, intitule: Intitule, avec_lieu: bool, invitations: bool, now: datetime
) -> ReglageAgenda:
    """Asking for mails, she gets those of what is already fixed."""
    found = read_reglage(by)
    begins = invitations and not found.invitations
    found.intitule, found.avec_lieu, found.invitations = intitule, avec_lieu, invitations
    found.save()
    AgendaExterne.objects.filter(personne=by, sens=SensAgenda.PUBLICATION).update(prochain_le=now)
    tell_chains(Nom.AGENDA_MODIFIE, by, by=by, now=now, partie="reglage")
    if begins:
        coming = Seance.objects.filter(bilan__beneficiaire=by, debut__gt=now, etat=EtatSeance.PREVUE).exclude(
            nature=Nature.TRAVAIL_PERSONNEL
        )
        for seance in coming.select_related("bilan__organisme").order_by("debut", "id")[:60]:
            invite(seance, by, "agenda_invitation", now)
    return found


@transaction.atomic
def open_flux(*, by: Personne, now: datetime) -> str:
    """The secret end of a new private address, shown once: only its fingerprint is kept."""
    Personne.objects.select_for_update().get(pk=by.pk)
    if FluxAgenda.objects.filter(personne=by, revoque_le=None).count() >= FLUX_MAX:
        raise Refused(
            Obstacle(f"{FLUX_MAX} adresses au plus : fermez celles qui ne servent plus.", code="flux")
        )
    token = secrets.token_urlsafe(32)
    FluxAgenda.objects.create(personne=by, empreinte=fingerprint_of(token), cree_le=now)
    tell_chains(Nom.AGENDA_MODIFIE, by, by=by, now=now, partie="flux")
    return token


@transaction.atomic
def revoke_flux(*, flux: FluxAgenda, by: Personne, now: datetime) -> None:
    _mine(flux.personne_id, by)
    FluxAgenda.objects.filter(pk=flux.pk, revoque_le=None).update(revoque_le=now)
    tell_chains(Nom.AGENDA_MODIFIE, by, by=by, now=now, partie="flux_ferme")


@transaction.atomic
def add_agenda(
    *,
    by: Personne,
    sens: SensAgenda,
    genre: TypeAgenda,
    adresse: str,
    now: datetime,
    utilisateur: str = "",
    mot_de_passe: str = "",
) -> AgendaExterne:
    """For who works in a cabinet. Nothing is asked of the network here: the worker goes, and the page says what it found."""
    if not is_member(by):
        raise PermissionDenied("agenda")
    found = []
    try:
        where = check_address(adresse.strip())
    except SortieRefusee as refused:
        found.append(Obstacle(RAISONS[refused.code], code=refused.code, field="adresse"))
    if sens == SensAgenda.PUBLICATION and genre != TypeAgenda.CALDAV:
        found.append(
            Obstacle(
                "Une adresse ICS se lit seulement : pour y inscrire vos rendez-vous, donnez une collection CalDAV.",
                code="genre",
                field="genre",
            )
        )
    if genre == TypeAgenda.CALDAV and not utilisateur:
        found.append(
            Obstacle("Donnez le nom d’utilisateur de cette collection.", code="acces", field="utilisateur")
        )
    if AgendaExterne.objects.filter(personne=by).count() >= AGENDAS_MAX:
        found.append(Obstacle(f"{AGENDAS_MAX} agendas au plus : retirez-en un.", code="nombre"))
    if found:
        raise Refused(found)
    pk = uuid.uuid4()
    made = AgendaExterne.objects.create(
        id=pk,
        personne=by,
        sens=sens,
        genre=genre,
        secret=seal_acces(pk, Acces(where.geturl(), utilisateur, mot_de_passe)),
        cree_le=now,
        prochain_le=now,
    )
    tell_chains(Nom.AGENDA_MODIFIE, by, by=by, now=now, partie="agenda_ajoute")
    # Its key may just have been made.
    transaction.on_commit(lambda: refresh_mirror(now))
    return made


@transaction.atomic
def remove_agenda(*, agenda: AgendaExterne, by: Personne, now: datetime) -> None:
    """Its address, its password and what was read of it are gone at once. What we wrote there stays there: its owner keeps it."""
    _mine(agenda.personne_id, by)
    agenda.delete()
    tell_chains(Nom.AGENDA_MODIFIE, by, by=by, now=now, partie="agenda_retire")


@transaction.atomic
def ask_again(*, agenda: AgendaExterne, by: Personne, now: datetime) -> None:
    """Without waiting for its turn."""
    _mine(agenda.personne_id, by)
    AgendaExterne.objects.filter(pk=agenda.pk).update(prochain_le=now, essais=0)


def _mine(owner: object, by: Personne) -> None:
    if owner != by.pk:
        raise PermissionDenied("agenda")
