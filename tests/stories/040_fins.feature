# language: fr
Fonctionnalité: Les cinq manières de finir
  Chacune finit par une destruction prouvée ; ce que la personne a emporté, lui, reste à elle et se relit sans nous.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante

  Scénario: La fin ordinaire
    Soit Ana, dont la synthèse est remise et la fin annoncée dans deux jours
    Quand Ana emporte son dossier
    Et le dernier jour annoncé est passé
    Alors son mot n'est plus nulle part chez Claire
    Mais son dossier emporté le dit encore, et ses empreintes sont justes
    Et le procès-verbal est dans les papiers d'Ana
    Quand six mois passent, Ana ayant accepté qu'on lui écrive
    Et qu'Ana ouvre l'entretien de suivi et y rouvre son propre dossier
    Alors elle y relit son mot, et Claire n'en voit rien
    Quand Claire clôt l'entretien de suivi en décidant « cep »
    Alors son mot n'est plus nulle part chez Claire

  Scénario: La fin avec un accord écrit, puis la fin de l'accord
    Soit Ana, dont la synthèse est remise et la fin annoncée dans deux jours
    Quand Ana accepte par écrit de garder ses « projets » pendant 3 mois
    Et le dernier jour annoncé est passé
    Alors il ne reste que des pièces de « projets »
    Quand 100 jours passent
    Alors il ne reste rien du contenu d'Ana

  Scénario: La synthèse pour le conseil en évolution professionnelle
    Soit Ana, dont la synthèse est remise et la fin annoncée dans deux jours
    Quand Ana demande que sa synthèse soit communiquée à son conseiller en évolution professionnelle
    Et le dernier jour annoncé est passé
    Alors il ne reste que des pièces de « synthese »
    Et elle est gardée 36 mois au plus

  Scénario: L'abandon
    Soit Ana, qui a suivi 3 séances sur huit
    Quand Ana emporte son dossier
    Et qu'Ana arrête l'accompagnement, sans dire pourquoi
    Et que la journée se termine
    Alors il ne reste rien du contenu d'Ana
    Et son dossier emporté le dit encore, et ses empreintes sont justes
    Et aucun motif n'est écrit nulle part

  Scénario: L'accord retiré
    Soit Ana, dont la synthèse est remise et la fin annoncée dans deux jours
    Quand Ana accepte par écrit de garder ses « synthese » pendant 12 mois
    Et qu'Ana accepte par écrit de garder ses « projets » pendant 12 mois
    Et le dernier jour annoncé est passé
    Et qu'Ana retire son accord sur « synthese »
    Alors il ne reste que des pièces de « projets »
    Et un second procès-verbal le prouve
