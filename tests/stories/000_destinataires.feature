# language: fr
Fonctionnalité: Qui reçoit quoi, et ce qui est détruit
  La personne est seule destinataire de ses résultats et de sa synthèse. Qui paie ne reçoit que la feuille d'émargement.
  À la fin, tout est détruit ; ce qu'elle demande par écrit de garder l'est un temps, puis est détruit aussi.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante

  Scénario: L'employeur qui paie ne reçoit que la présence
    Soit Ana, dont le plan de développement de l'employeur « Ateliers du Port » paie le bilan, synthèse remise
    Quand Maud émet la feuille d'émargement
    Alors la feuille nomme « Ateliers du Port », Ana et ses 16 h d'entretiens
    Et la feuille ne contient aucun mot de ce qui s'est dit
    Mais Maud ne peut ouvrir ni la synthèse, ni les questionnaires, ni les messages d'Ana

  Scénario: Hors du temps de travail, l'employeur n'a même pas de nom
    Quand Maud ouvre un dossier « CPF, hors temps de travail » en nommant l'employeur
    Alors l'acte est refusé : « retirez son nom du dossier »
    Et aucun dossier n'est ouvert

  Scénario: La synthèse est remise à la personne, et à elle seule
    Soit Ana, qui a suivi toutes ses séances et approuvé sa synthèse
    Quand Claire remet la synthèse
    Alors Ana ouvre sa synthèse scellée
    Mais ni Maud ni Yannick, consultant, ne peuvent l'ouvrir
    Et aucun courriel envoyé ne contient le mot « bilan »

  Scénario: Après le dernier entretien, tout est détruit
    Soit Ana, dont la synthèse est remise et la fin annoncée dans deux jours
    Et Ana lit dans son espace le mot qu'elle a confié
    Quand le dernier jour annoncé est passé
    Alors ce mot n'est plus nulle part, ni dans la base, ni dans un fichier
    Et Ana et Claire lisent le procès-verbal de la destruction, sans contenu
    Et la chaîne des preuves est entière

  Scénario: Ce qui est gardé par accord écrit est détruit à la fin de l'accord
    Soit Ana, dont la synthèse est remise et la fin annoncée dans deux jours
    Quand Ana demande par écrit que sa synthèse soit gardée 6 mois, parce que sa situation a besoin d'un suivi
    Alors l'acte est accepté
    Quand le dernier jour annoncé est passé
    Alors seule la synthèse d'Ana est encore lisible
    Quand 190 jours passent
    Alors la synthèse d'Ana est détruite elle aussi
