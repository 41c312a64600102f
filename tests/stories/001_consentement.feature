# language: fr
Fonctionnalité: Commencer librement, en sachant ce que l'on commence
  Avant de dire oui, la personne lit ce qu'un bilan est et ce qu'il n'est pas. Dire non n'est ni une faute, ni à expliquer.
  Son travail entre les séances compte dans la durée, à part des entretiens.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante

  Plan du scénario: La personne lit ce que le bilan n'est pas
    Soit Ana, qui a son espace et n'a pas encore donné son accord
    Quand Ana ouvre la page de son accord
    Alors la page dit « Ce que ce n’est pas »
    Et la page dit « <ce que ce n'est pas> »

    Exemples:
      | ce que ce n'est pas                                                  |
      | une aide pour régler un conflit avec votre employeur                 |
      | une formation : il ne donne ni diplôme ni certification              |
      | une validation des acquis de l’expérience                            |
      | une aide à la recherche d’emploi, ni à l’écriture d’un CV            |
      | un reclassement externe                                              |
      | une évaluation professionnelle                                       |
      | du coaching ou du développement personnel                            |
      | une préparation à la retraite                                        |

  Scénario: Sans l'accord de la personne, rien ne commence
    Soit Ana, qui a son espace et n'a pas encore donné son accord
    Quand Claire veut commencer la phase préliminaire
    Alors l'acte est refusé, avec l'article L. 6313-4
    Quand Claire veut donner l'accord à la place d'Ana
    Alors la page n'existe pas pour cette personne
    Quand Ana donne son accord, au texte qu'elle a lu
    Et le jour de sa première séance arrive
    Et Claire commence la phase préliminaire
    Alors l'acte est accepté

  Scénario: Refuser n'est pas une faute, et personne ne demande pourquoi
    Soit Ana, dont l'employeur « Ateliers du Port » propose un bilan, et qui hésite
    Quand Ana ne donne pas suite
    Alors le dossier est « Non conclu », sans aucune raison
    Et l'employeur n'a reçu aucun courriel
    Et le contenu du dossier est détruit

  Scénario: Reprendre son accord arrête tout, et détruit ce qui a été écrit
    Soit Ana, qui a suivi 3 séances sur huit
    Quand Ana reprend son accord
    Alors le dossier est « Arrêté », sans aucune raison
    Quand 2 jours passent
    Alors le contenu du dossier est détruit

  Scénario: Le travail personnel est compté à part
    Soit Ana, qui a suivi 2 séances sur huit
    Quand Ana note 1 h 30 de travail personnel faite hier
    Alors les entretiens comptent 4 h, comme avant
    Et le travail personnel compte 1 h 30 de plus, signé d'elle seule
