"""What is due today in a cabinet, and why, the riskiest first. Each look is bounded: a page never pays for ten thousand dossiers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalon.access import MATRIX, Action, Role, allowed_actions, cabinet_roles, list_bilans
from jalon.access.a_faire_engagement import Scope, read_engagement_due
from jalon.access.a_faire_signature import read_signatures_due
from jalon.access.a_traiter import ATraiter, Famille, Rang
from jalon.access.conservation import overdue_since
from jalon.access.droits import read_droits_due
from jalon.access.echeance import OUVERTES, PRINCIPALES, intitule, moment, source
from jalon.access.exploitation import EtatSauvegarde, backup_state, mails_given_up
from jalon.domain.bilan import RUNNING, Etat
from jalon.domain.jours import local_day, zone
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance
from jalon.records.models import Bilan, Contact, Echeance, Emargement, Organisme, Personne, Seance

_AT_MOST = 10
_SOON = timedelta(days=7)
_INVITED_SINCE = timedelta(days=3)
_SIGNED_WITHIN = timedelta(days=1)
_LOOKS_BACK = timedelta(days=120)
_UNANSWERED = timedelta(days=2)
_CERTIFICATE = timedelta(days=90)
# Somebody has to do these, and the row that says so stays until it is done: the clock itself is not told twice.
DEVOIRS = ("cpf_reponse", "cpf_entree", "cpf_sortie")


@dataclass(frozen=True)
class Journee:
    a_traiter: list[ATraiter]
    peut: frozenset[Action]
    sauvegarde: EtatSauvegarde | None

    @property
    def alarmes(self) -> list[ATraiter]:
        return [one for one in self.a_traiter if one.rang == Rang.ALARME]

    @property
    def reste(self) -> list[ATraiter]:
        return [one for one in self.a_traiter if one.rang != Rang.ALARME]


def read_journee(personne: Personne, organisme: Organisme, now: datetime) -> Journee:
    """Everything that this person may see: a consultant her own dossiers, the administration all of them."""
    visible = list_bilans(Action.MANAGE_DOSSIER, personne).filter(organisme=organisme)
    may = allowed_actions(personne, organisme)
    scope = _scope(personne, organisme)
    found = [
        *_overdue_destructions(visible, now),
        *_clocks(visible, organisme, now, with_contacts=Action.VIEW_CONTACTS in may),
        *_seances(visible, now),
        *_invitations(visible, now),
        *_mails(visible, organisme, now),
        *read_engagement_due(scope, now),
        *read_signatures_due(scope, now),
        *read_droits_due(personne, organisme, now),
    ]
    if Action.VIEW_CONTACTS in may:
        found += _contacts(organisme, now)
    if Action.MANAGE_CABINET in may:
        found += _certificate(organisme, now)
    state = backup_state(now) if Action.VIEW_EXPLOITATION in may else None
    return Journee(sorted(found, key=ATraiter.risk), may, state)


def _scope(personne: Personne, organisme: Organisme) -> Scope:
    """The same dossiers as `list_bilans`, as a condition that a join can carry: an index is used, whatever their number."""
    held = cabinet_roles(personne, organisme.pk)
    whole = MATRIX[Action.MANAGE_DOSSIER] & held

    def reach(prefix: str) -> Q:
        found = Q(**{f"{prefix}organisme": organisme})
        if whole:
            return found
        # Leaving the cabinet ends the access: the link to the bilan alone is not enough.
        return found & Q(**{f"{prefix}consultant": personne if Role.CONFRERE in held else None})

    return reach


def _overdue_destructions(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    """BC-10: closed, and something still lives past the day on which the law wants it dead. Nobody can hide this."""
    rows = visible.filter(
        etat__in=[Etat.TERMINE, Etat.ABANDONNE, Etat.NON_CONCLU],
        contenu_detruit_le=None,
        termine_le__isnull=False,
    ).order_by("termine_le")[:_AT_MOST]
    found = []
    for bilan in rows:
        last = overdue_since(bilan, now)
        if last is not None:
            found.append(
                ATraiter(
                    Rang.ALARME,
                    f"Le contenu du dossier {bilan.numero} devrait déjà être détruit",
                    "La destruction n’est pas achevée. Elle est reprise d’elle-même ; si cette alerte demeure, "
                    "prévenez qui tient la machine.",
                    "dossier",
                    bilan.pk,
                    last,
                    "Code du travail, art. R. 6313-7",
                    Famille.DELAIS,
                )
            )
    return found


def _clocks(
    visible: QuerySet[Bilan], organisme: Organisme, now: datetime, *, with_contacts: bool
) -> list[ATraiter]:
    mine = Q(bilan__in=visible)
    if with_contacts:
        mine |= Q(contact__organisme=organisme)
    rows = (
        Echeance.objects.filter(OUVERTES, mine, organisme=organisme, echoit_le__lt=now + _SOON)
        .filter(Q(essais__gt=0) | Q(nom__in=PRINCIPALES))
        .exclude(nom__in=DEVOIRS, essais=0)
        .select_related("bilan")
        .order_by("echoit_le", "id")[: 2 * _AT_MOST]
    )
    found = []
    for one in rows:
        about = f" : dossier {one.bilan.numero}" if one.bilan else ""
        failed = one.essais > 0
        late = one.echoit_le < now
        found.append(
            ATraiter(
                Rang.EN_RETARD if failed or late else Rang.BIENTOT,
                f"{intitule(one)}{about}",
                _why_clock(one, failed, late),
                "dossier" if one.bilan_id else "contact",
                one.bilan_id or one.contact_id,
                moment(one, one.bilan.fuseau if one.bilan else organisme.fuseau),
                source(one),
                Famille.DELAIS,
            )
        )
    return found


def _why_clock(one: Echeance, failed: bool, late: bool) -> str:
    if failed and one.nom == "terme":
        return (
            "Ce jour est passé et il manque encore quelque chose pour terminer : la page du dossier dit quoi."
        )
    if failed:
        return f"{one.essais} essai{'s' if one.essais > 1 else ''} sans succès. Un nouvel essai aura lieu de lui-même."
    return "En attente du prochain passage de l’horloge." if late else "Se fera de soi-même ce jour-là."


def _seances(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    """Held and not signed by both, or past and never said to be held."""

    def signed(qualite: str) -> Exists:
        return Exists(Emargement.objects.filter(seance=OuterRef("pk"), qualite=qualite))

    running = visible.filter(etat__in=RUNNING)
    rows = (
        Seance.objects.filter(bilan__in=running, debut__gte=now - _LOOKS_BACK, fin__lt=now - _SIGNED_WITHIN)
        .annotate(par_elle=signed("beneficiaire"), par_lui=signed("consultant"))
        .filter(
            Q(etat=EtatSeance.PREVUE)
            | Q(etat=EtatSeance.TENUE)
            & (Q(par_elle=False) | Q(par_lui=False) & ~Q(nature=Nature.TRAVAIL_PERSONNEL))
        )
        .select_related("bilan")
        .order_by("debut", "id")[:_AT_MOST]
    )
    found = []
    for seance in rows:
        held = seance.etat == EtatSeance.TENUE
        missing = [
            who
            for who, done in (
                ("la personne", seance.par_elle),
                ("la personne qui accompagne", seance.par_lui),
            )
            if not done
        ]
        found.append(
            ATraiter(
                Rang.A_FAIRE,
                f"Séance {'à signer' if held else 'à noter comme tenue'} : dossier {seance.bilan.numero}",
                f"Il manque la signature de : {', '.join(missing)}."
                if held
                else "Son heure est passée, et rien ne dit si elle a eu lieu.",
                "dossier",
                seance.bilan_id,
                seance.debut,
                "Preuve des heures suivies (Code du travail, art. L. 6362-6)",
                Famille.SIGNATURES,
            )
        )
    return found


def _invitations(visible: QuerySet[Bilan], now: datetime) -> list[ATraiter]:
    rows = (
        visible.filter(
            etat=Etat.PREPARATION,
            ouvert_le__lt=now - _INVITED_SINCE,
            beneficiaire__last_login=None,
            beneficiaire__email__isnull=False,
        )
        .select_related("beneficiaire")
        .order_by("ouvert_le", "id")[:_AT_MOST]
    )
    return [
        ATraiter(
            Rang.A_FAIRE,
            f"Invitation sans suite : {bilan.beneficiaire.nom_complet}, dossier {bilan.numero}",
            "La personne n’est pas encore entrée dans son espace. Appelez-la, ou renvoyez l’invitation.",
            "dossier",
            bilan.pk,
            bilan.ouvert_le,
            famille=Famille.PERSONNES,
        )
        for bilan in rows
    ]


def _mails(visible: QuerySet[Bilan], organisme: Organisme, now: datetime) -> list[ATraiter]:
    rows = (
        mails_given_up(organisme)
        .filter(Q(bilan__in=visible) | Q(bilan=None), abandonne_le__gt=now - _LOOKS_BACK)
        .exclude(erreur="compte_efface")
        .select_related("bilan")[:_AT_MOST]
    )
    return [
        ATraiter(
            Rang.EN_RETARD,
            f"Un courriel n’a pas pu partir{' : dossier ' + one.bilan.numero if one.bilan else ''}",
            "Vérifiez l’adresse avec la personne, par téléphone.",
            "courriel",
            None,
            one.abandonne_le,
            famille=Famille.COURRIELS,
        )
        for one in rows
    ]


def _contacts(organisme: Organisme, now: datetime) -> list[ATraiter]:
    rows = (
        Contact.objects.filter(organisme=organisme, issue=Contact.Issue.EN_COURS, entretien_tenu_le=None)
        .filter(Q(entretien_le__lt=now) | Q(entretien_le=None, recu_le__lt=now - _UNANSWERED))
        .order_by("recu_le", "id")[:_AT_MOST]
    )
    return [
        ATraiter(
            Rang.A_FAIRE,
            f"Entretien préalable à conclure : {one.nom_complet}"
            if one.entretien_le
            else f"Contact sans réponse : {one.nom_complet}",
            "Dites ce qui en est sorti : un dossier s’ouvre, ou tout s’efface."
            if one.entretien_le
            else "Proposez un entretien préalable, gratuit et sans engagement, ou effacez ce contact.",
            "contact",
            one.pk,
            one.entretien_le or one.recu_le,
            famille=Famille.PERSONNES,
        )
        for one in rows
    ]


def _certificate(organisme: Organisme, now: datetime) -> list[ATraiter]:
    """BC-35: when it ends, public money ends with it."""
    ends = organisme.qualiopi_expire_le
    today = local_day(now, zone(organisme.fuseau))
    if ends is None or ends > today + _CERTIFICATE:
        return []
    over = ends < today
    return [
        ATraiter(
            Rang.EN_RETARD if over else Rang.BIENTOT,
            "Le certificat Qualiopi a expiré" if over else "Le certificat Qualiopi expire bientôt",
            "Sans certificat valable, plus aucun dossier ne peut être payé par le CPF, un OPCO ou France Travail.",
            "qualite",
            None,
            ends,
            "Code du travail, art. L. 6316-1",
            Famille.PAPIERS,
        )
    ]
