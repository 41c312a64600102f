"""What a provider of bilans must hold about personal data: its register (RGPD art. 30) and a draft of its impact analysis (art. 35).

Written for bilans, filled with the cabinet's identity and the durations of the law of the day; to be read over and signed by
whoever is responsible: nobody can do that in her place.
"""

from __future__ import annotations

from dataclasses import dataclass

from jalon.documents.livre import Chapitre, Morceau, render_feuille


@dataclass(frozen=True)
class Responsable:
    """The controller: the cabinet. The durations come from the law of that day."""

    nom: str
    adresse: str
    siren: str
    representant: str
    contact: str
    jour: str
    annees_accord: int
    annees_preuve: int
    annees_comptable: int
    annees_prospect: int
    mois_journaux: int
    mois_reponse: int
    heures_violation: int


def _fiche(titre: str, *lignes: tuple[str, str]) -> Chapitre:
    return Chapitre(titre, (Morceau("", "", lignes),))


_EQUIPE = "La personne, la consultante ou le consultant qui l’accompagne, et le remplaçant nommé. Personne d’autre : ni la direction, ni le secrétariat, ni qui tient la machine."
_ADMIN = "La personne, la consultante ou le consultant, le secrétariat et la direction du cabinet."


def render_registre(qui: Responsable) -> str:
    """One sheet for each processing, as article 30 lists what a sheet says."""
    securite = (
        "Mesures de sécurité",
        "Chiffrement de chaque contenu sous une clé propre à l’accompagnement ; second facteur pour l’équipe ; journal des lectures, "
        "lisible par la personne ; chaîne d’événements infalsifiable ; sauvegardes chiffrées sans les clés ; destruction par la clé.",
    )
    chapters = [
        _fiche(
            "Responsable du traitement",
            ("Organisme", f"{qui.nom}, {qui.adresse}. SIREN {qui.siren}."),
            ("Représenté par", qui.representant),
            ("Contact pour les droits", qui.contact),
            (
                "Sous-traitants",
                "À compléter : hébergeur de la machine, service d’envoi des courriels, service de visioconférence. Pour chacun : le contrat de "
                "l’article 28 et le pays. Aucun transfert hors de l’Union européenne n’est nécessaire.",
            ),
        ),
        _fiche(
            "1. Conduire les bilans : le contenu",
            (
                "Finalité",
                "Analyser compétences, aptitudes et motivations, définir un projet (Code du travail, art. L. 6313-4).",
            ),
            (
                "Base légale",
                "Contrat ou mesures précontractuelles (RGPD, art. 6, § 1 b), avec le consentement exigé par l’art. L. 6313-4.",
            ),
            (
                "Personnes concernées",
                "Les bénéficiaires ; les tiers qu’ils citent ou qu’ils invitent à donner leur regard.",
            ),
            (
                "Catégories de données",
                "Réponses, résultats, notes, portefeuille, projets, messages, fichiers, synthèse. Données sensibles seulement si la personne les écrit, "
                "avec son accord exprès (art. 9, § 2 a) ; les adaptations utiles, jamais le diagnostic.",
            ),
            (
                "Destinataires",
                _EQUIPE
                + " Le conseil en évolution professionnelle, à la demande de la personne ; tout autre tiers, avec son accord.",
            ),
            (
                "Durée",
                "Jusqu’au terme de l’action, jour même de la destruction (art. R. 6313-7). Exceptions : accord écrit fondé sur la nécessité d’un "
                f"suivi, ou synthèse communiquée au conseil en évolution professionnelle, {qui.annees_accord} ans au plus.",
            ),
            securite,
        ),
        _fiche(
            "2. Administrer les dossiers",
            (
                "Finalité",
                "Prouver que l’action a eu lieu, convoquer, établir les papiers, répondre aux contrôles (art. L. 6362-6).",
            ),
            ("Base légale", "Contrat (art. 6, § 1 b) et obligation légale (art. 6, § 1 c)."),
            ("Personnes concernées", "Les bénéficiaires, les interlocuteurs chez l’employeur, l’équipe."),
            (
                "Catégories de données",
                "Identité, coordonnées, financement, dates et durées des séances, signatures, consentements, décisions. Aucun contenu.",
            ),
            (
                "Destinataires",
                _ADMIN
                + " L’employeur ou le financeur : convention, présence, certificat, et rien d’autre. Les agents de contrôle.",
            ),
            (
                "Durée",
                f"{qui.annees_preuve} ans après le terme, ou plus longtemps si une obligation propre à la pièce l’impose.",
            ),
            securite,
        ),
        _fiche(
            "3. Facturer et tenir la comptabilité",
            ("Finalité", "Devis, contrats, factures, encaissements, bilan pédagogique et financier."),
            ("Base légale", "Obligation légale (art. 6, § 1 c)."),
            ("Personnes concernées", "Les bénéficiaires et les payeurs."),
            ("Catégories de données", "Identité, montants, dates, payeurs."),
            (
                "Destinataires",
                "La direction, le secrétariat, l’expert-comptable, l’administration fiscale et la Caisse des dépôts pour le CPF.",
            ),
            ("Durée", f"{qui.annees_comptable} ans pour les pièces comptables."),
        ),
        _fiche(
            "4. Répondre aux premiers contacts",
            ("Finalité", "Rappeler, proposer un entretien préalable gratuit."),
            ("Base légale", "Mesures précontractuelles (art. 6, § 1 b)."),
            ("Personnes concernées", "Les personnes qui écrivent ou appellent."),
            ("Catégories de données", "Nom, téléphone ou courriel, créneau, premier message (chiffré)."),
            (
                "Destinataires",
                "L’équipe du cabinet ; le message, pour les consultantes et consultants seuls.",
            ),
            (
                "Durée",
                f"Effacement par lui-même faute de suite, au plus tard {qui.annees_prospect} ans après le dernier contact.",
            ),
        ),
        _fiche(
            "5. Proposer un entretien de suivi",
            (
                "Finalité",
                "Faire le point six mois après le terme, un an si la personne le souhaite (art. R. 6313-4, 3° c).",
            ),
            ("Base légale", "Consentement (art. 6, § 1 a), séparé des autres, retirable d’un geste."),
            ("Personnes concernées", "Les bénéficiaires qui ont accepté."),
            (
                "Catégories de données",
                "Coordonnées ; ce qui s’écrit pendant l’entretien, sous une clé qui meurt avec lui.",
            ),
            ("Destinataires", _EQUIPE),
            ("Durée", "Jusqu’à l’entretien ; son contenu est détruit à sa clôture."),
        ),
        _fiche(
            "6. Entraide entre personnes accompagnées",
            (
                "Finalité",
                "Permettre à une personne en cours de bilan d’écrire à une autre, qui a terminé le sien.",
            ),
            ("Base légale", "Consentement (art. 6, § 1 a), jamais une condition."),
            ("Personnes concernées", "Les volontaires, et celles et ceux qui leur écrivent."),
            ("Catégories de données", "Prénom, sujets choisis ; messages chiffrés. Jamais d’adresse."),
            ("Destinataires", "Les deux correspondants."),
            (
                "Durée",
                "Retrait immédiat ; deux ans sans confirmation ; messages détruits avec le dossier de qui les a demandés.",
            ),
        ),
        _fiche(
            "7. Mesurer et améliorer",
            ("Finalité", "Statistiques d’issue, satisfaction, démarche qualité."),
            ("Base légale", "Intérêt légitime (art. 6, § 1 f) ; obligation de qualité (art. L. 6316-1)."),
            ("Personnes concernées", "Les bénéficiaires, sans qu’aucun puisse être retrouvé."),
            (
                "Catégories de données",
                "Compteurs par trimestre, écrits au moment de la destruction, publiés à partir de cinq personnes.",
            ),
            ("Destinataires", "Le cabinet, l’auditeur, le public pour ce qui est publié."),
            ("Durée", "Sans limite : ce ne sont plus des données personnelles."),
        ),
        _fiche(
            "8. Faire fonctionner et protéger le service",
            ("Finalité", "Ouvrir les comptes, tracer les lectures, sauvegarder, vérifier."),
            ("Base légale", "Obligation de sécurité (art. 32) et intérêt légitime."),
            ("Personnes concernées", "Toutes celles qui ont un compte."),
            ("Catégories de données", "Identifiants de connexion, journaux sans contenu, événements."),
            (
                "Destinataires",
                "La personne pour ce qui la concerne ; qui tient la machine, sans accès au contenu.",
            ),
            (
                "Durée",
                f"Journaux techniques : {qui.mois_journaux} mois. Événements : avec le dossier administratif.",
            ),
        ),
    ]
    return render_feuille(
        titre="Registre des activités de traitement",
        chapeau=f"{qui.nom}. RGPD, article 30. Édité le {qui.jour}. À relire, compléter et dater.",
        chapitres=chapters,
    )


def render_aipd(qui: Responsable) -> str:
    """A draft: the description and the risks are those of every bilan; the decision is the cabinet's."""
    risks = (
        (
            "Quelqu’un lit le contenu sans en avoir le droit",
            "Gravité importante : doutes, santé, projet de départ connu d’un employeur.",
            "Clés par accompagnement et par tiroir ; deux lecteurs seulement ; second facteur ; journal lu par la personne ; page masquée d’un geste ; "
            "courriels neutres, sans le mot « bilan ».",
            "Vraisemblance limitée. Reste : l’appareil de la personne, et qui tiendrait à la fois la machine et la clé maîtresse.",
        ),
        (
            "Le contenu survit à la destruction",
            "Gravité importante : il pourrait resurgir des années après.",
            "Destruction par la clé, le jour du terme ; clé d’époque renouvelée ; sauvegardes sans clés ; copie des clés rafraîchie, son retard étant dit à la "
            "personne ; reprise après panne ; alarme que personne ne peut masquer ; procès-verbal.",
            "Vraisemblance négligeable si la copie des clés est branchée chaque nuit.",
        ),
        (
            "Le contenu est altéré ou perdu avant la fin",
            "Gravité limitée : le travail est à refaire.",
            "Chiffrement authentifié ; sauvegarde nocturne essayée par une restauration ; dossier emportable à tout moment, avec ses empreintes.",
            "Vraisemblance limitée.",
        ),
        (
            "La personne n’est pas libre de ses choix",
            "Gravité importante : salariés, personnes en recherche d’emploi, sont dans un rapport inégal.",
            "Consentement donné seul, avant tout envoi ; rien de coché d’avance ; effets dits avant chaque geste ; arrêt sans motif ; trois décisions séparées ; "
            "l’employeur n’a qu’une page, sans contenu.",
            "Vraisemblance limitée. Reste : la pression hors du logiciel, dont le premier entretien doit parler.",
        ),
        (
            "Un profil décide à la place de la personne",
            "Gravité limitée.",
            "Aucune décision automatique ; questionnaires décrits, avec leur fidélité et ce qu’ils ne mesurent pas ; restitution par un professionnel avant tout usage ; "
            "commentaire de la personne attaché au résultat.",
            "Vraisemblance négligeable.",
        ),
        (
            "Des tiers sont décrits sans le savoir",
            "Gravité limitée : collègues, proches, regards croisés.",
            "Prénoms seulement, conseillés dans les formulaires ; regards mêlés à partir de trois réponses ; même destruction.",
            "Vraisemblance limitée.",
        ),
    )
    chapters = [
        _fiche(
            "Pourquoi cette analyse",
            (
                "Obligation",
                "La liste de la CNIL (délibération n° 2018-327) vise les traitements établissant des profils de personnes à des fins de gestion des "
                "ressources humaines. Deux critères au moins sont réunis : évaluation, personnes vulnérables, données très personnelles.",
            ),
            ("Responsable", f"{qui.nom}, {qui.adresse}. Représenté par {qui.representant}."),
            (
                "Version",
                f"Projet édité le {qui.jour}. À relire avec le délégué à la protection des données, s’il y en a un.",
            ),
        ),
        _fiche(
            "Ce qui est fait des données",
            (
                "Nature",
                "Entretiens, questionnaires, portefeuille, synthèse ; séparés en deux coffres : le dossier administratif, gardé comme preuve, et le contenu, chiffré et détruit.",
            ),
            (
                "Cycle de vie",
                "Premier contact, entretien préalable, consentement, trois phases (art. R. 6313-4), terme, destruction le jour même, suivi six mois après si la personne l’a voulu.",
            ),
            (
                "Supports",
                "La machine du cabinet ou de son hébergeur ; un trousseau de clés à part ; une copie des clés sur un autre support ; des sauvegardes chiffrées.",
            ),
        ),
        _fiche(
            "Nécessité et proportion",
            (
                "Finalité",
                "Fixée par la loi (art. L. 6313-4) ; les questions ont un lien direct et nécessaire avec l’objet (al. 2).",
            ),
            (
                "Minimisation",
                "Ni numéro de sécurité sociale, ni diagnostic, ni motif d’arrêt ou d’absence. Aucun mot de contenu dans un courriel, un journal, une adresse ou un nom de fichier.",
            ),
            ("Durées", f"Le jour du terme ; {qui.annees_accord} ans au plus sous accord écrit."),
            (
                "Information et droits",
                f"Espace personnel : lire, corriger, effacer, emporter, s’opposer, se plaindre. Réponse sous {qui.mois_reponse} mois, suivie par une échéance.",
            ),
            ("Sous-traitance", "À compléter : hébergeur, courriels, visioconférence, et leurs contrats."),
        ),
        Chapitre(
            "Risques pour les personnes",
            tuple(
                Morceau(
                    title,
                    "",
                    (("Gravité", severity), ("Mesures", measures), ("Ce qui reste", left)),
                )
                for title, severity, measures, left in risks
            ),
        ),
        _fiche(
            "Ce que le cabinet doit faire de son côté",
            (
                "À vérifier",
                "Clé maîtresse gardée à part de la machine ; copie des clés sur un support débranché le jour ; disque chiffré des postes ; écrans verrouillés ; "
                "entretien mené dans un lieu où l’on n’entend pas ; charte signée par l’équipe.",
            ),
            (
                "En cas de violation",
                f"CNIL dans les {qui.heures_violation} heures ; personnes informées si le risque est élevé (RGPD, art. 33 et 34).",
            ),
        ),
        _fiche(
            "Décision",
            ("Avis des personnes concernées", "À compléter."),
            ("Conclusion", "À compléter : risques acceptés, mesures à ajouter, date de la prochaine revue."),
            ("Signature", f"{qui.representant}, le"),
        ),
    ]
    return render_feuille(
        titre="Analyse d’impact relative à la protection des données",
        chapeau=f"{qui.nom}. RGPD, article 35. Projet propre aux bilans de compétences, édité le {qui.jour}.",
        chapitres=chapters,
    )
