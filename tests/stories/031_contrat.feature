# language: fr
Fonctionnalité: Payer soi-même, sans se presser
  Le contrat vient d'abord. Puis un délai pour changer d'avis, sans argent. Puis trente pour cent au plus.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante
    Et Ana, dont le dossier est ouvert avec le financement « personnel »

  Scénario: Un premier versement trop grand
    Quand Maud règle le financement à 1600 €, avec un premier versement de 480,01 €
    Alors l'acte est refusé, avec l'article L. 6353-6
    Quand Maud règle le financement à 1600 €, avec un premier versement de 480 €
    Alors l'acte est accepté

  Scénario: Rien avant le contrat, rien avant la fin du délai, et les quatorze jours finissent à minuit
    Quand Maud règle le financement à 1600 €
    Et Ana consent
    Et Claire veut commencer
    Alors l'acte est refusé, avec l'article L. 6353-3
    Quand Maud note un premier versement
    Alors l'acte est refusé, avec l'article L. 6353-3
    Quand le contrat est signé à distance
    Alors Ana lit « mardi 17 mars 2026 »
    Et Ana lit « Renoncer au contrat ici »
    Quand Claire veut commencer
    Alors l'acte est refusé, avec l'article L. 6353-5
    Quand Maud note un premier versement
    Alors l'acte est refusé, avec l'article L. 6353-6
    Quand le 18 mars arrive
    Et Maud note un premier versement
    Alors l'acte est accepté
    Quand Claire veut commencer
    Alors l'acte est accepté

  Scénario: Elle renonce en ligne, le dernier jour, sans dire pourquoi
    Quand Maud règle le financement à 1600 €
    Et le contrat est signé à distance
    Et le 17 mars arrive
    Et Ana renonce au contrat en ligne
    Alors l'acte est accepté
    Et Ana lit « Vous avez renoncé au contrat »
    Et un accusé de réception scellé est dans ses papiers
    Quand Maud note un premier versement
    Alors l'acte est refusé : « rien n’est à recevoir »
    Quand Ana consent
    Et Claire veut commencer
    Alors l'acte est refusé : « renoncé au contrat »

  Scénario: Un jour trop tard
    Quand Maud règle le financement à 1600 €
    Et le contrat est signé à distance
    Et le 18 mars arrive
    Et Ana renonce au contrat en ligne
    Alors l'acte est refusé, avec l'article L. 221-18
    Et Ana ne lit pas « Renoncer au contrat ici »

  Scénario: Commencer sans attendre, parce qu'elle le demande elle-même
    Quand Maud règle le financement à 1600 €
    Et le contrat est signé à distance
    Et Ana consent
    Et Ana demande à commencer sans attendre
    Et Claire veut commencer
    Alors l'acte est accepté
    Quand Ana renonce au contrat en ligne
    Alors l'acte est accepté
    Et l'accompagnement est arrêté
