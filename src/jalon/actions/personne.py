"""What a person is called and how she is reached, how the pages look for her, and the end of her account."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.compte import is_open
from jalon.actions.compte import end_all_sessions, keep_address, tell_chains, warn_person
from jalon.actions.echeance import schedule
from jalon.actions.invitation import invite
from jalon.actions.piece import lock_bilan
from jalon.domain.adresse import normalize
from jalon.domain.bilan import CLOSED, RUNNING
from jalon.domain.decision import Choix
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import SECRECY
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import (
    Bilan,
    CodePapier,
    Decision,
    Echeance,
    Envoi,
    Invitation,
    Personne,
    ReglageAgenda,
    Ressource,
    Suivi,
)

_THEMES = {"systeme": "auto", "clair": "clair", "sombre": "sombre"}
# When something still stands in the way of the erasure, look again later.
_LATER = timedelta(days=30)


def choose_display(*, by: Personne, taille: str, theme: str, calme: bool, titres_complets: bool) -> None:
    """No event: a comfort of the person's own, which concerns nobody else."""
    by.taille_texte = taille
    by.theme = _THEMES[theme]
    by.calme = calme
    by.titres_clairs = titres_complets
    by.save(update_fields=["taille_texte", "theme", "calme", "titres_clairs"])


@transaction.atomic
def update_profile(*, by: Personne, prenom: str, nom: str, telephone: str, now: datetime) -> None:
    """One's own name and telephone, as they will stand on the next papers; what was issued does not change."""
    personne = Personne.objects.select_for_update().get(pk=by.pk)
    wanted = {"prenom": prenom.strip(), "nom": nom.strip(), "telephone": telephone.strip()}
    if not wanted["nom"]:
        raise Refused(Obstacle("Il faut un nom\u00a0: il figure sur vos documents.", code="nom", field="nom"))
    changed = [field for field, value in wanted.items() if getattr(personne, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(personne, field, wanted[field])
        setattr(by, field, wanted[field])
    personne.save(update_fields=changed)
    for bilan in personne.bilans.exclude(etat__in=CLOSED).order_by("ouvert_le", "id"):
        record(Nom.BILAN_MODIFIE, lock_bilan(bilan), by=by, now=now, faits={"champs": changed})


def address_is_taken(adresse: str, *, by: Personne) -> bool:
    adresse = normalize(adresse)
    return (
        Personne.objects.filter(email__iexact=adresse).exclude(pk=by.pk).exists()
        or EmailAddress.objects.filter(email=adresse).exclude(user_id=by.pk).exists()
    )


@transaction.atomic
def change_address(*, by: Personne, adresse: str, now: datetime) -> None:
    """The page has proved the new address by a code. The old one is told: a theft of the account must show."""
    adresse = normalize(adresse)
    if address_is_taken(adresse, by=by):
        raise Refused(_taken())
    personne = Personne.objects.select_for_update().get(pk=by.pk)
    former = personne.email or ""
    personne.email = by.email = adresse
    personne.save(update_fields=["email"])
    keep_address(personne)
    if former == adresse:
        return
    Invitation.objects.filter(personne=personne, utilisee_le=None).delete()
    tell_chains(Nom.ADRESSE_CHANGEE, personne, by=by, now=now)
    if former:
        warn_person(personne, "adresse", now=now, adresse=former)


@transaction.atomic
def correct_address(*, bilan: Bilan, by: Personne, adresse: str, now: datetime) -> None:
    """The cabinet notes or corrects the beneficiary's address, as long as she has not entered.

    Once the account is open, or something is written in any of her dossiers, the address is the key to the content: only
    the person changes it, or whoever writes the address in her place would receive her login codes.
    """
    access.require(Action.MANAGE_DOSSIER, by, bilan)
    bilan = lock_bilan(bilan)
    personne = Personne.objects.select_for_update().get(pk=bilan.beneficiaire_id)
    if is_open(personne):
        raise Refused(
            Obstacle(
                "Cette personne est déjà entrée dans son espace\u00a0: elle seule peut changer l’adresse qui l’ouvre. "
                "Si elle a perdu cette adresse, remettez-lui des codes sur papier\u00a0; elle la changera une fois entrée.",
                code="deja_ouvert",
                field="email",
            )
        )
    adresse = normalize(adresse)
    if (personne.email or "") == adresse:
        return
    if has_something_to_read(personne):
        raise Refused(
            Obstacle(
                "L’adresse électronique ouvre l’espace de la personne, où il y a maintenant quelque chose à lire\u00a0: "
                "elle seule peut la changer, depuis son compte.",
                SECRECY,
                code="adresse_ouverte",
                field="email",
            )
        )
    if adresse and address_is_taken(adresse, by=personne):
        raise Refused(_taken())
    was_invited = Invitation.objects.filter(personne=personne, utilisee_le=None).exists()
    Invitation.objects.filter(personne=personne).delete()
    personne.email = adresse or None
    personne.save(update_fields=["email"])
    record(Nom.BILAN_MODIFIE, bilan, by=by, now=now, faits={"champs": ["email"]})
    if was_invited and adresse and access.can(Action.INVITE_BENEFICIAIRE, by, bilan):
        invite(personne=personne, by=by, bilan=bilan, now=now)


def has_something_to_read(personne: Personne) -> bool:
    """In any of her dossiers: one account opens them all."""
    return any(is_written_in(bilan) for bilan in personne.bilans.all())


def is_written_in(bilan: Bilan) -> bool:
    """Begun, or something of it lives."""
    return (
        bilan.etat in RUNNING
        or bilan.pieces.exists()
        or (bilan.etat not in CLOSED and bilan.consentements.exists())
    )


def _taken() -> Obstacle:
    return Obstacle(
        "Cette adresse ouvre déjà l’espace d’une autre personne\u00a0: donnez une adresse qui soit à elle seule.",
        code="adresse_prise",
        field="email",
    )


def erase_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """The person is named by the échéance's reference, or is the beneficiary of its bilan.

    Too early (a dossier runs, something is kept under an agreement, a follow-up waits): planned again.
    """
    if echeance.reference:
        personne = Personne.objects.select_for_update().filter(pk=echeance.reference).first()
    elif echeance.bilan is not None:
        personne = Personne.objects.select_for_update().get(pk=echeance.bilan.beneficiaire_id)
    else:
        personne = None
    if personne is None or personne.efface_le is not None or personne.est_systeme:
        return
    if personne.membres.filter(jusqu_au=None).exists():
        return  # she works here: her account lives with her place in the team
    if not may_be_erased(personne, now):
        schedule(
            echeance.nom,
            now + _LATER,
            organisme=echeance.organisme,
            bilan=echeance.bilan,
            reference=echeance.reference,
        )
        return
    erase(personne, by=by, now=now)


def may_be_erased(personne: Personne, now: datetime) -> bool:
    """No dossier that runs, no content that lives, nothing kept under an agreement, no follow-up to come, no promise to answer
    others."""
    if personne.ressources.exists():
        return False
    for bilan in personne.bilans.prefetch_related("decisions", "suivis").all():
        if bilan.etat not in CLOSED:
            return False
        if bilan.contenu_detruit_le is None and (bilan.pieces.exists() or bilan.fichiers.exists()):
            return False
        if any(_is_kept(decision, bilan, now) for decision in bilan.decisions.all()):
            return False
        if any(suivi.etat in (Suivi.Etat.PROPOSE, Suivi.Etat.OUVERT) for suivi in bilan.suivis.all()):
            return False
    return not Echeance.objects.filter(
        bilan__beneficiaire=personne,
        nom__in=["suivi_invitation", "suivi_fin", "destruction", "conservation_fin"],
        faite_le=None,
        annulee_le=None,
    ).exists()


def _is_kept(decision: Decision, bilan: Bilan, now: datetime) -> bool:
    return (
        decision.choix == Choix.CONSERVER
        and decision.retire_le is None
        and decision.detruit_le is None
        and (decision.conserve_jusqu_au is None or decision.conserve_jusqu_au >= local_day(bilan, now))
    )


@transaction.atomic
def erase(personne: Personne, *, by: Personne, now: datetime) -> None:
    """The account ends. The row stays, empty, because proofs name it by its id (rule COMPTE of `personal_data`)."""
    tell_chains(Nom.COMPTE_EFFACE, personne, by=by, now=now)
    end_all_sessions(personne)
    Authenticator.objects.filter(user_id=personne.pk).delete()
    EmailAddress.objects.filter(user_id=personne.pk).delete()
    Invitation.objects.filter(personne=personne).delete()
    Ressource.objects.filter(personne=personne).delete()
    CodePapier.objects.filter(personne=personne).delete()
    # Her private addresses lead nowhere any more, and what opened her calendars is gone.
    personne.flux_agenda.all().delete()
    personne.agendas_externes.all().delete()
    ReglageAgenda.objects.filter(personne=personne).delete()
    waiting = Envoi.objects.filter(personne=personne, envoye_le=None, abandonne_le=None)
    waiting.update(abandonne_le=now, erreur="compte_efface")
    Envoi.objects.filter(personne=personne).update(adresse="", donnees={})
    personne.email = None
    personne.prenom = personne.nom = personne.telephone = ""
    personne.taille_texte, personne.theme = Personne.Taille.NORMAL, Personne.Theme.AUTO
    personne.calme = personne.titres_clairs = personne.is_active = False
    personne.last_login = None
    personne.set_unusable_password()
    personne.efface_le = now
    personne.save()
