"""Write and check the chained events. The closed list of their names, and what a fact may be."""

import hashlib
import json
import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from jalon.records.models import Bilan, Evenement, Organisme, Personne, Racine

GENESIS = "0" * 64
# A fact is an identifier, a code's word, a number, a date or yes/no. Anything with a space or an accent is words.
_CODE = re.compile(r"^[A-Za-z0-9_.:+/-]{0,80}$")


class Nom(models.TextChoices):
    """Every event there is, with the sentence that the person reads in her journal."""

    CABINET_OUVERT = "cabinet.ouvert", "Le cabinet a été ouvert"
    CABINET_MODIFIE = "cabinet.modifie", "Les réglages du cabinet ont changé"
    REFERENTIEL_DEMANDE = "referentiel.demande", "L’import d’un référentiel a été demandé"
    REFERENTIEL_IMPORTE = "referentiel.importe", "Un référentiel a été importé"
    REFERENTIEL_REFUSE = "referentiel.refuse", "L’import d’un référentiel a été refusé"
    REFERENTIEL_CHOISI = "referentiel.choisi", "La version du jour d’un référentiel a été choisie"
    INSTALLATION_RESTAUREE = "installation.restauree", "Les données ont été remises depuis une sauvegarde"
    MEMBRE_AJOUTE = "membre.ajoute", "Une personne a rejoint l’équipe"
    MEMBRE_RETIRE = "membre.retire", "Une personne a quitté l’équipe"
    LIEU_AJOUTE = "lieu.ajoute", "Un lieu a été ajouté"
    LIEU_MODIFIE = "lieu.modifie", "Un lieu a été modifié"
    PARCOURS_CREE = "parcours.cree", "Un parcours a été créé"
    PARCOURS_MODIFIE = "parcours.modifie", "Un parcours a été modifié"
    OFFRE_MODIFIEE = "offre.modifiee", "La page publique d’une offre a été écrite"
    OFFRE_PUBLIEE = "offre.publiee", "Une offre a été publiée"
    OFFRE_RETIREE = "offre.retiree", "Une offre n’est plus publiée"
    RESULTAT_NOTE = "resultat.note", "Un résultat publié a été noté"
    RESULTAT_RETIRE = "resultat.retire", "Un résultat publié a été retiré"
    DISPONIBILITE_MODIFIEE = "disponibilite.modifiee", "Des disponibilités ont changé"
    SALLE_MODIFIEE = "salle.modifiee", "Une salle, ou les heures d’un lieu, ont changé"
    ATELIER_PREVU = "atelier.prevu", "Un moment de groupe a été prévu"
    ATELIER_ANNULE = "atelier.annule", "Un moment de groupe a été annulé"
    ATTENTE_INSCRITE = "attente.inscrite", "Une personne attend une place"
    ATTENTE_RETIREE = "attente.retiree", "Une personne n’attend plus de place"
    AGENDA_MODIFIE = "agenda.modifie", "Vos réglages d’agenda ont changé"
    CONTACT_RECU = "contact.recu", "Un premier contact a été reçu"
    CONTACT_MODIFIE = "contact.modifie", "Un contact a été mis à jour"
    CONTACT_EFFACE = "contact.efface", "Un contact sans suite a été effacé"
    ENTRETIEN_FIXE = "entretien.fixe", "L’entretien préalable a été fixé"
    ENTRETIEN_DEPLACE = "entretien.deplace", "L’entretien préalable a été déplacé"
    ENTRETIEN_CONFIRME = "entretien.confirme", "L’entretien préalable a été confirmé"
    ENTRETIEN_ANNULE = "entretien.annule", "L’entretien préalable a été annulé"
    ENTRETIEN_CONCLU = "entretien.conclu", "L’entretien préalable a eu lieu"
    BILAN_OUVERT = "bilan.ouvert", "Votre dossier a été ouvert"
    BILAN_MODIFIE = "bilan.modifie", "Votre dossier a été modifié"
    ENGAGEMENT_REGLE = "engagement.regle", "Le financement a été réglé"
    ENGAGEMENT_OUBLIE = "engagement.oublie", "Le financement a changé : il est à régler de nouveau"
    ACCORD_RECU = "accord.recu", "L’accord d’un financeur a été noté"
    CPF_DEMANDE = "cpf.demande", "Votre demande sur Mon Compte Formation a été notée"
    CPF_PROPOSITION = "cpf.proposition", "Une proposition de commande vous a été faite"
    CPF_ACCEPTATION = "cpf.acceptation", "Votre commande est confirmée"
    CPF_CADUQUE = "cpf.caduque", "La proposition de commande est tombée, sans réponse"
    CPF_ENTREE = "cpf.entree", "Votre entrée a été déclarée"
    CPF_SORTIE = "cpf.sortie", "Votre sortie a été déclarée"
    CONTRAT_CONCLU = "contrat.conclu", "Le contrat a été signé"
    CONTRAT_ANTICIPE = "contrat.anticipe", "Vous avez demandé à commencer sans attendre"
    CONTRAT_RENONCE = "contrat.renonce", "Vous avez renoncé au contrat"
    VERSEMENT_RECU = "versement.recu", "Un versement a été reçu"
    DELAI_PASSE = "delai.passe", "Un délai est arrivé à son terme"
    INVITATION_ENVOYEE = "invitation.envoyee", "Une invitation vous a été envoyée"
    COMPTE_OUVERT = "compte.ouvert", "Vous avez ouvert votre espace"
    CODES_PAPIER_REMIS = "codes_papier.remis", "Des codes sur papier vous ont été remis"
    CODE_PAPIER_UTILISE = (
        "code_papier.utilise",
        "Un de vos codes sur papier a servi à entrer dans votre espace",
    )
    ADRESSE_CHANGEE = "adresse.changee", "L’adresse électronique qui ouvre votre espace a changé"
    SECOND_FACTEUR_RETIRE = "second_facteur.retire", "La seconde vérification d’un compte a été remise à zéro"
    CONSENTEMENT_DONNE = "consentement.donne", "Vous avez donné votre consentement"
    CONSENTEMENT_RETIRE = "consentement.retire", "Vous avez retiré votre consentement"
    BILAN_NON_CONCLU = "bilan.non_conclu", "L’accompagnement n’a pas été conclu"
    BILAN_COMMENCE = "bilan.commence", "La phase préliminaire a commencé"
    DEMANDE_CONVENUE = "demande.convenue", "L’analyse de la demande a été convenue"
    OBJECTIFS_CONVENUS = "objectifs.convenus", "Les objectifs ont été convenus"
    PRELIMINAIRE_CLOSE = "preliminaire.close", "La phase préliminaire a été close par l’un des deux"
    BILAN_INVESTIGATION = "bilan.investigation", "L’investigation a commencé"
    BILAN_ROUVERT = "bilan.rouvert", "Retour à la phase préliminaire"
    BILAN_CONCLUSIONS = "bilan.conclusions", "Les conclusions ont commencé"
    TERME_ANNONCE = "terme.annonce", "La date de fin a été annoncée"
    TERME_RAPPELE = "terme.rappele", "La date de fin a été rappelée"
    BILAN_TERMINE = "bilan.termine", "L’accompagnement est terminé"
    BILAN_ABANDONNE = "bilan.abandonne", "L’accompagnement a été arrêté"
    SEANCE_PREVUE = "seance.prevue", "Une séance a été prévue"
    SEANCE_DEPLACEE = "seance.deplacee", "Une séance a été déplacée"
    SEANCE_ANNULEE = "seance.annulee", "Une séance a été annulée"
    SEANCE_ABSENCE = "seance.absence", "Une absence a été notée"
    SEANCE_TENUE = "seance.tenue", "Une séance a eu lieu"
    SEANCE_SIGNEE = "seance.signee", "Une séance a été signée"
    SEANCE_CONFIRMEE = "seance.confirmee", "Une séance a été confirmée par la personne"
    SEANCE_CORRIGEE = "seance.corrigee", "Les horaires d’une séance signée ont été corrigés"
    QUESTIONNAIRE_PROPOSE = "questionnaire.propose", "Un questionnaire vous a été proposé"
    QUESTIONNAIRE_TERMINE = "questionnaire.termine", "Un questionnaire a été rempli"
    ACCORD_SENSIBLE = "accord_sensible.donne", "Vous avez accepté les questions sensibles d’un questionnaire"
    ACCORD_SENSIBLE_RETIRE = (
        "accord_sensible.retire",
        "Vous avez retiré votre accord aux questions sensibles d’un questionnaire",
    )
    RESULTAT_RESTITUE = "resultat.restitue", "Un résultat vous a été restitué"
    SEANCE_COMMENCEE = "seance.commencee", "Le temps d’une séance a commencé à être compté"
    SEANCE_PAUSE = "seance.pause", "Le temps d’une séance s’est arrêté"
    SEANCE_REPRISE = "seance.reprise", "Le temps d’une séance a repris"
    TACHE_DONNEE = "tache.donnee", "Un travail entre les séances a été proposé"
    TACHE_MODIFIEE = "tache.modifiee", "Un travail entre les séances a été modifié"
    TACHE_COMMENCEE = "tache.commencee", "Vous avez commencé un travail"
    TACHE_RENDUE = "tache.rendue", "Vous avez rendu un travail"
    TACHE_RELUE = "tache.relue", "Un travail que vous avez rendu a été lu"
    TACHE_RETIREE = "tache.retiree", "Un travail entre les séances a été retiré"
    ETAGERE_ECRITE = "etagere.ecrite", "Une ressource a été posée sur votre étagère"
    PROMESSE_TENUE = "promesse.tenue", "Un engagement pris en séance est tenu"
    PROMESSE_ROUVERTE = "promesse.rouverte", "Un engagement pris en séance est de nouveau à tenir"
    REGARDS_PROPOSES = "regards.proposes", "Vous pouvez demander le regard d’autres personnes"
    REGARDS_OUVERTS = "regards.ouverts", "Vous avez réglé votre demande de regards"
    REPONDANT_INVITE = "repondant.invite", "Vous avez invité quelqu’un à vous donner son regard"
    REPONDANT_OUBLIE = "repondant.oublie", "Vous avez retiré une invitation"
    REPONDANT_REPONDU = "repondant.repondu", "Quelqu’un que vous avez invité a répondu"
    REPONDANT_RETIRE = "repondant.retire", "Quelqu’un que vous avez invité s’est retiré"
    REGARDS_RAPPELES = "regards.rappeles", "Vous avez relancé ceux qui n’ont pas répondu"
    REGARDS_CLOS = "regards.clos", "Les regards ont été mêlés, chaque réponse a été détruite"
    REGARDS_ABANDONNES = "regards.abandonnes", "Vous avez renoncé aux regards, tout a été détruit"
    REGARDS_RESTITUES = "regards.restitues", "Les regards des autres vous ont été restitués"
    QUALIFICATION_NOTEE = "qualification.notee", "Une qualification a été notée"
    QUALIFICATION_RETIREE = "qualification.retiree", "Une qualification a été retirée"
    CELLULE_MONTREE = "cellule.montree", "Ce qui sera dit à la cellule de reclassement a été montré"
    CELLULE_INFORMEE = (
        "cellule.informee",
        "La cellule de reclassement a été informée des formations proposées",
    )
    RECAP_PARTAGE = "recap.partage", "Un compte rendu de séance a été partagé"
    RECAP_CORRIGE = "recap.corrige", "Vous avez corrigé un compte rendu"
    VIE_ECRITE = "vie.ecrite", "Vous avez écrit sur votre vie, pour vous"
    VIE_PARTAGEE = "vie.partagee", "Vous avez partagé ce que vous aviez écrit sur votre vie"
    VIE_REPRISE = "vie.reprise", "Vous avez repris ce que vous aviez partagé de votre vie"
    EXPERIENCE_ECRITE = "experience.ecrite", "Une expérience a été écrite"
    REALISATION_ECRITE = "realisation.ecrite", "Une réalisation a été écrite"
    COMPETENCE_ECRITE = "competence.ecrite", "Une compétence a été écrite"
    PISTE_GARDEE = "piste.gardee", "Une piste de métier a été gardée"
    PISTE_ECARTEE = "piste.ecartee", "Une piste de métier a été écartée"
    PISTE_RETENUE = "piste.retenue", "Une piste de métier est devenue un projet"
    ECART_ECRIT = "ecart.ecrit", "Ce qui manque pour une piste a été écrit"
    PROJET_ECRIT = "projet.ecrit", "Un projet a été écrit"
    FORMATION_ECRITE = "formation.ecrite", "Des pistes de formation ont été écrites"
    COMPARAISON_ECRITE = "comparaison.ecrite", "Des projets ont été comparés"
    ENQUETE_ECRITE = "enquete.ecrite", "Une enquête métier a été écrite"
    ESSAI_ECRIT = "essai.ecrit", "Un essai en situation réelle a été écrit"
    PORTEFEUILLE_EXPORTE = "portefeuille.exporte", "Vous avez exporté votre portefeuille"
    PLAN_ECRIT = "plan.ecrit", "Le plan d’action a été écrit"
    SYNTHESE_PROPOSEE = "synthese.proposee", "La synthèse vous a été proposée à la relecture"
    SYNTHESE_VALIDEE = "synthese.validee", "Vous avez approuvé la synthèse"
    SYNTHESE_CORRIGEE = "synthese.corrigee", "Vous avez corrigé la synthèse"
    SYNTHESE_COMMENTEE = "synthese.commentee", "Un paragraphe de la synthèse a été commenté"
    TRAME_MODIFIEE = "trame.modifiee", "La trame de synthèse du cabinet a changé"
    SYNTHESE_REMISE = "synthese.remise", "La synthèse vous a été remise"
    FICHIER_DEPOSE = "fichier.depose", "Un fichier a été déposé"
    PIECE_EFFACEE = "piece.effacee", "Un document a été effacé à votre demande"
    DECISION_PRISE = "decision.prise", "Vous avez décidé du sort d’un document"
    DECISION_RETIREE = "decision.retiree", "Vous avez retiré un accord de conservation"
    CEP_DEMANDE = "cep.demande", "Vous avez demandé la communication de la synthèse au CEP"
    RESULTATS_REUNIS = "resultats.reunis", "Vos résultats détaillés ont été réunis pour vous"
    EXTRAIT_SCELLE = "extrait.scelle", "Vous avez scellé un extrait que vous avez composé"
    PARTAGE_ACCORDE = (
        "partage.accorde",
        "Vous avez donné un document à lire à une personne que vous avez nommée",
    )
    PARTAGE_ENTRE = "partage.entre", "La personne à qui vous avez donné à lire est entrée avec son code"
    PARTAGE_CLOS = "partage.clos", "Un document n’est plus donné à lire"
    RAPPELS_CHOISIS = "rappels.choisis", "Vous avez choisi les rappels à recevoir"
    RAPPELS_ARRETES = "rappels.arretes", "Vous avez arrêté les rappels"
    DOSSIER_EMPORTE = "dossier.emporte", "Vous avez emporté votre dossier"
    DOSSIER_REPRIS = "dossier.repris", "Vous avez repris un dossier emporté"
    REPRIS_PARTAGE = "repris.partage", "Vous avez partagé, ou cessé de partager, un contenu repris"
    REPRIS_RECOPIE = "repris.recopie", "Vous avez recopié un contenu repris dans votre travail"
    DROIT_DEMANDE = "droit.demande", "Vous avez fait une demande au cabinet"
    DROIT_PROLONGE = "droit.prolonge", "Le délai de réponse à votre demande a été prolongé"
    DROIT_REPONDU = "droit.repondu", "Le cabinet a répondu à votre demande"
    DROIT_RETIRE = "droit.retire", "Vous avez retiré votre demande"
    PAUSE_PRISE = "pause.prise", "Vous avez pris une pause"
    PAUSE_FINIE = "pause.finie", "La pause est finie"
    RESEAU_REJOINT = "reseau.rejoint", "Vous acceptez que d’autres personnes vous écrivent"
    RESEAU_QUITTE = "reseau.quitte", "Vous n’êtes plus joignable par d’autres personnes"
    RELATION_DEMANDEE = "relation.demandee", "Vous avez écrit à une personne déjà accompagnée"
    DOCUMENT_EMIS = "document.emis", "Un document administratif a été établi"
    SIGNATURE_DEMANDEE = "signature.demandee", "Un document a été envoyé à la signature"
    SIGNATURE_CODE = "signature.code", "Un code de signature a été envoyé"
    SIGNATURE_DONNEE = "signature.donnee", "Un document a été signé"
    SIGNATURE_PAPIER = "signature.papier", "Une signature sur papier a été numérisée"
    SIGNATURE_REFUSEE = "signature.refusee", "Un document n’a pas été signé"
    SIGNATURE_CLOSE = "signature.close", "Un document n’est plus à signer"
    SIGNATURE_SCELLEE = "signature.scellee", "Un document signé par tous a été scellé"
    EMPLOYEUR_OUVERT = "employeur.ouvert", "Un lien a été envoyé à l’employeur, pour ce dossier seul"
    EMPLOYEUR_ENTRE = "employeur.entre", "L’employeur a ouvert son lien"
    EMPLOYEUR_FERME = "employeur.ferme", "Le lien de l’employeur a été fermé"
    CONVENTION_ETABLIE = "convention.etablie", "Un projet de convention a été établi"
    CONVENTION_TRANSMISE = "convention.transmise", "L’employeur a transmis le projet de convention"
    CONVENTION_ACCEPTEE = "convention.acceptee", "Vous avez signé la convention"
    CONVENTION_CONCLUE = "convention.conclue", "La convention est conclue"
    CONVENTION_NON_CONCLUE = "convention.non_conclue", "La convention n’est pas conclue"
    ABSENCE_DEMANDEE = "absence.demandee", "Vous avez demandé une autorisation d’absence"
    ABSENCE_RECUE = "absence.recue", "L’employeur a reçu la demande d’absence"
    ABSENCE_REPONDUE = "absence.repondue", "L’employeur a répondu à la demande d’absence"
    ABSENCE_ACQUISE = "absence.acquise", "L’absence est acquise : l’employeur n’a pas répondu dans le délai"
    ABSENCE_RETIREE = "absence.retiree", "Vous avez retiré la demande d’absence"
    CACHET_APPORTE = "cachet.apporte", "Le certificat du cachet a été remplacé"
    CLAUSES_MODIFIEES = "clauses.modifiees", "Les clauses propres du cabinet ont changé"
    INSTRUMENT_DEPOSE = "instrument.depose", "Un questionnaire du cabinet a été déposé"
    INSTRUMENT_RETIRE = "instrument.retire", "Un questionnaire du cabinet n’est plus proposé"
    EXERCICE_DEPOSE = "exercice.depose", "Un exercice du cabinet a été déposé"
    EXERCICE_PARTAGE = "exercice.partage", "Un exercice a été partagé avec le cabinet"
    EXERCICE_RETIRE = "exercice.retire", "Un exercice du cabinet n’est plus proposé"
    ETAGERE_MODIFIEE = "etagere.modifiee", "L’étagère du cabinet a changé"
    PLAFOND_FIXE = "plafond.fixe", "Le nombre d’accompagnements menés à la fois a été fixé"
    ETALONNAGE_DEPOSE = "etalonnage.depose", "Une table d’étalonnage a été déposée"
    ETALONNAGE_RETIRE = "etalonnage.retire", "Une table d’étalonnage a été retirée"
    LOGO_CHANGE = "logo.change", "Le logo du cabinet a changé"
    DESTRUCTION_COMMENCEE = "documents.destruction_commencee", "La destruction a commencé"
    DOCUMENTS_DETRUITS = "documents.destroyed", "Les documents ont été détruits"
    SUIVI_PROPOSE = "suivi.propose", "Un entretien de suivi vous a été proposé"
    SUIVI_OUVERT = "suivi.ouvert", "L’entretien de suivi a été ouvert"
    SUIVI_CLOS = "suivi.clos", "L’entretien de suivi est clos, ce qu’il contenait est détruit"
    SUIVI_DECLINE = "suivi.decline", "L’entretien de suivi n’est pas souhaité"
    RECONTACT_CHOISI = "recontact.choisi", "Vous avez choisi d’être recontacté ou non"
    COMPTE_EFFACE = "compte.efface", "Le compte a été effacé"


def record(
    nom: Nom,
    about: Bilan | Organisme,
    *,
    by: Personne | None,
    now: datetime,
    faits: dict[str, Any] | None = None,
) -> Evenement:
    """Append one event to the chain of a bilan or of a cabinet; call it inside the action's transaction.

    The chain's owner must be locked by the caller (`select_for_update`), or two writers would fork the line: the
    unique constraint then refuses the second.
    """
    chaine = about.pk
    last = (
        Evenement.objects.filter(chaine=chaine).order_by("-numero").values_list("numero", "empreinte").first()
    )
    numero, precedente = (last[0] + 1, last[1]) if last else (1, GENESIS)
    event = Evenement(
        chaine=chaine,
        numero=numero,
        nom=Nom(nom).value,
        par=by.pk if by else None,
        le=now.astimezone(UTC),
        faits={key: _fact(key, value) for key, value in (faits or {}).items()},
        precedente=precedente,
    )
    event.empreinte = fingerprint(event)
    event.save(force_insert=True)
    return event


def fingerprint(event: Evenement) -> str:
    body = [
        str(event.chaine),
        event.numero,
        event.nom,
        str(event.par) if event.par else "",
        event.le.astimezone(UTC).isoformat(timespec="microseconds"),
        event.faits,
        event.precedente,
    ]
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _fact(key: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _CODE.match(value):
        return str(value)
    if isinstance(value, list | tuple):
        return [_fact(key, v) for v in value]
    if isinstance(value, dict):
        return {str(k): _fact(key, v) for k, v in value.items()}
    raise ValueError(f"An event holds facts and identifiers, never words: {key!r} is refused.")


def broken_chains() -> list[str]:
    """Sentences, one for each chain whose line is cut or altered. Read row by row: any number of events."""
    found: list[str] = []
    chaine, expected, previous = None, 1, GENESIS
    for event in Evenement.objects.order_by("chaine", "numero").iterator(chunk_size=2000):
        if event.chaine != chaine:
            chaine, expected, previous = event.chaine, 1, GENESIS
        if event.numero != expected or event.precedente != previous or event.empreinte != fingerprint(event):
            found.append(
                f"Chaîne {event.chaine} : l’événement {event.numero} a été modifié ou son prédécesseur manque."
            )
        expected, previous = event.numero + 1, event.empreinte
    return found


def write_daily_root(jour: date, now: datetime) -> Racine:
    """The root of one day over the heads of all chains, written once."""
    digest = hashlib.sha256()
    chains = events = 0
    heads = (
        Evenement.objects.filter(le__lte=now)
        .order_by("chaine", "-numero")
        .values_list("chaine", "numero", "empreinte")
        .iterator(chunk_size=2000)
    )
    last = None
    for chaine, numero, empreinte in heads:
        if chaine == last:
            continue
        last = chaine
        chains += 1
        events += numero
        digest.update(f"{chaine}:{numero}:{empreinte}\n".encode())
    root, _ = Racine.objects.get_or_create(
        jour=jour,
        defaults={
            "chaines": chains,
            "evenements": events,
            "empreinte": digest.hexdigest(),
            "calculee_le": now,
        },
    )
    return root
