"""When a consultant receives: her rules, her week as a whole, and the days that are not like the others. Told in one event each time.

What is already booked stays as it is: closing a morning moves nobody, and the page says who is still expected.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.disponibilite import may_manage
from jalon.actions.occupation import lock_agenda
from jalon.domain.disponibilite import Plage, plage_obstacles
from jalon.domain.jours import FuseauInconnu, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import (
    Disponibilite,
    Lieu,
    Membre,
    Organisme,
    Personne,
    PlageExceptionnelle,
    PlageHebdomadaire,
)

PLAGES_MAX = 30
REGLES = (
    "ouverte",
    "fuseau",
    "duree_minutes",
    "tampon_minutes",
    "preavis_heures",
    "horizon_jours",
    "par_jour",
    "par_semaine",
    "seances_par_jour",
    "seances_par_semaine",
    "capacite",
    "jours_feries",
    "telephone",
    "visio_lien",
)


@transaction.atomic
def write_disponibilite(
    *,
    organisme: Organisme,
    consultant: Personne,
    regles: Mapping[str, Any],
    by: Personne,
    now: datetime,
) -> Disponibilite:
    organisme = _open(organisme, consultant, by)
    if set(regles) - set(REGLES):
        raise ValueError("unknown rules")
    found, _ = Disponibilite.objects.get_or_create(organisme=organisme, consultant=consultant)
    for name, value in regles.items():
        setattr(found, name, value)
    _check(found)
    found.save()
    _record(organisme, consultant, "regles", by, now)
    return found


@transaction.atomic
def write_semaine(
    *, organisme: Organisme, consultant: Personne, plages: Sequence[Plage], by: Personne, now: datetime
) -> None:
    """The whole week at once: what is no longer in it is gone."""
    organisme = _open(organisme, consultant, by)
    places = {str(lieu.pk): lieu for lieu in organisme.lieux.filter(actif=True)}
    found = plage_obstacles(plages, frozenset(places))
    if len(plages) > PLAGES_MAX:
        found.append(Obstacle(f"{PLAGES_MAX} plages au plus : réunissez-en.", code="plages"))
    if found:
        raise Refused(found)
    organisme.plages.filter(consultant=consultant).delete()
    PlageHebdomadaire.objects.bulk_create(
        PlageHebdomadaire(
            organisme=organisme,
            consultant=consultant,
            jour=one.jour,
            debut=one.debut,
            fin=one.fin,
            lieu=places.get(one.lieu),
            a_distance=one.a_distance,
        )
        for one in plages
    )
    _record(organisme, consultant, "semaine", by, now)


@transaction.atomic
def add_exception(
    *,
    organisme: Organisme,
    consultant: Personne | None,
    ouverte: bool,
    du: date,
    au: date,
    by: Personne,
    now: datetime,
    debut: time | None = None,
    fin: time | None = None,
    lieu: Lieu | None = None,
    a_distance: bool = True,
) -> PlageExceptionnelle:
    """Closed or open on certain days. Without a consultant, for everybody: the cabinet or one of its places closes."""
    organisme = _open(organisme, consultant, by)
    found = []
    if au < du:
        found.append(Obstacle("La fin est avant le début.", code="jours", field="au"))
    if (debut is None) != (fin is None):
        found.append(
            Obstacle("Donnez les deux heures, ou aucune pour la journée entière.", code="heures", field="fin")
        )
    elif debut is not None and fin is not None and fin <= debut:
        found.append(Obstacle("La fin doit être après le début.", code="heures", field="fin"))
    if ouverte and (debut is None or consultant is None):
        found.append(
            Obstacle("Pour ouvrir, dites de quelle heure à quelle heure.", code="heures", field="debut")
        )
    if ouverte and lieu is None and not a_distance:
        found.append(
            Obstacle("Dites où : choisissez un lieu, ou cochez « À distance ».", code="ou", field="lieu")
        )
    if lieu is not None and lieu.organisme_id != organisme.pk:
        found.append(Obstacle("Ce lieu n’est pas un lieu du cabinet.", code="lieu", field="lieu"))
    if found:
        raise Refused(found)
    one = PlageExceptionnelle.objects.create(
        organisme=organisme,
        consultant=consultant,
        lieu=lieu,
        ouverte=ouverte,
        du=du,
        au=au,
        debut=debut,
        fin=fin,
        a_distance=a_distance,
    )
    _record(organisme, consultant, "exception", by, now)
    return one


@transaction.atomic
def remove_exception(*, exception: PlageExceptionnelle, by: Personne, now: datetime) -> None:
    organisme = _open(exception.organisme, exception.consultant, by)
    exception.delete()
    _record(organisme, exception.consultant, "exception", by, now)


def _open(organisme: Organisme, consultant: Personne | None, by: Personne) -> Organisme:
    """Whose hours these are decides who may write them."""
    access.require(Action.MANAGE_DISPONIBILITES, by, organisme)
    if not may_manage(by, organisme, consultant.pk if consultant is not None else None):
        raise PermissionDenied(Action.MANAGE_DISPONIBILITES.value)
    if consultant is not None:
        lock_agenda(consultant.pk)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    if (
        consultant is not None
        and not organisme.membres.filter(
            personne=consultant, role=Membre.Role.CONSULTANT, jusqu_au=None
        ).exists()
    ):
        raise Refused(Obstacle("Cette personne ne conduit pas de bilans ici.", code="consultant"))
    return organisme


def _check(rules: Disponibilite) -> None:
    found = []
    bounds = (
        ("duree_minutes", 15, 120, "La durée va de 15 minutes à 2 heures."),
        ("tampon_minutes", 0, 120, "Le répit va de 0 à 120 minutes."),
        ("preavis_heures", 0, 24 * 14, "Le préavis va de 0 à 336 heures."),
        ("horizon_jours", 1, 180, "Les rendez-vous se prennent de 1 à 180 jours à l’avance."),
    )
    for name, low, high, sentence in bounds:
        if not low <= getattr(rules, name) <= high:
            found.append(Obstacle(sentence, code=name, field=name))
    for name in ("par_jour", "par_semaine", "seances_par_jour", "seances_par_semaine", "capacite"):
        value = getattr(rules, name)
        if value is not None and value < 1:
            found.append(
                Obstacle(
                    "Un au moins ; pour n’en prendre aucun, fermez la prise de rendez-vous.",
                    code=name,
                    field=name,
                )
            )
    if rules.fuseau:
        try:
            zone(rules.fuseau)
        except FuseauInconnu:
            found.append(Obstacle("Ce fuseau horaire n’est pas connu.", code="fuseau", field="fuseau"))
    if found:
        raise Refused(found)


def _record(
    organisme: Organisme, consultant: Personne | None, partie: str, by: Personne, now: datetime
) -> None:
    record(
        Nom.DISPONIBILITE_MODIFIEE,
        organisme,
        by=by,
        now=now,
        faits={"consultant": consultant.pk if consultant else None, "partie": partie},
    )
