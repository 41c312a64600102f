# language: fr
Fonctionnalité: Se renseigner, se rencontrer, et ne rien laisser derrière soi
  Avant de payer, la personne lit une offre entière et honnête, regarde si un bilan lui convient, et prend un moment
  pour en parler, le soir ou le samedi s'il le faut. Si cela s'arrête là, son nom disparaît.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante

  Plan du scénario: Une offre qui trompe n'est pas publiée
    Soit la page d'une offre, entière et encore en brouillon
    Quand Claire écrit « <ce qu'elle écrit> » dans les objectifs, et publie
    Alors l'acte est refusé, avec l'article <article>
    Et ce qu'elle a écrit est encore là
    Et le public ne voit pas cette offre

    Exemples:
      | ce qu'elle écrit                    | article    |
      | Un bilan 100 % CPF                  | L. 6323-7  |
      | Un bilan gratuit                    | L. 6352-13 |
      | Un centre agréé par l’État          | L. 6352-12 |
      | Votre bilan est obligatoire         | L. 6313-4  |

  Scénario: Une offre à laquelle il manque quelque chose n'est pas publiée, et dit quoi
    Soit la page d'une offre, entière et encore en brouillon
    Quand Claire efface le délai d'accès, et publie
    Alors l'acte est refusé : « Il manque le délai entre une demande et la première séance »
    Quand Claire écrit un délai de 12 jours, et publie
    Alors l'acte est accepté
    Et le public lit le prix, la durée, les lieux et le médiateur

  Scénario: L'offre disparaît d'elle-même quand elle n'est plus entière
    Soit une offre publiée
    Quand le cabinet n'a plus de médiateur
    Alors le public ne voit pas cette offre

  Scénario: Qui souffre est d'abord orienté vers qui peut l'aider
    Quand une personne dit qu'elle est à bout
    Alors la page dit « Prenez d’abord soin de vous »
    Et la page dit « santé au travail »
    Et rien n'a été enregistré

  Scénario: Prendre un moment un samedi, sans compte, avec la personne que l'on choisit
    Soit Claire, qui reçoit le mardi soir et le samedi matin
    Quand Nour prend un moment le samedi avec Claire, par téléphone
    Alors Nour reçoit un courriel qui ne dit rien de sa démarche
    Et Claire voit ce moment dans son agenda
    Quand Nour déplace son rendez-vous au mardi soir, par son lien
    Alors le samedi est de nouveau libre
    Et Claire ne peut pas prévoir de séance à ce moment-là

  Scénario: Un même moment n'est jamais donné deux fois
    Soit Claire, qui reçoit le mardi soir et le samedi matin
    Quand Nour prend un moment le samedi avec Claire, par téléphone
    Et une autre personne veut le même moment
    Alors l'acte est refusé : « Ce moment vient d’être pris »

  Plan du scénario: Ce qui s'arrête à l'entretien ne garde aucun nom
    Soit Claire, qui reçoit le mardi soir et le samedi matin
    Quand Nour prend un moment le samedi avec Claire, par téléphone
    Alors le nom de Nour est quelque part
    Quand l'entretien est passé, et que Claire note « <issue> »
    Alors le nom de Nour n'est plus nulle part

    Exemples:
      | issue               |
      | autre_professionnel |
      | sans_suite          |

  Scénario: Annuler par son lien efface tout, sans rien demander
    Soit Claire, qui reçoit le mardi soir et le samedi matin
    Quand Nour prend un moment le samedi avec Claire, par téléphone
    Et Nour annule par son lien, et demande que tout soit effacé
    Alors le nom de Nour n'est plus nulle part
    Et le samedi est de nouveau libre

  Scénario: Ce qui ne devient rien s'efface tout seul, au jour dit
    Soit Claire, qui reçoit le mardi soir et le samedi matin
    Quand Nour prend un moment le samedi avec Claire, par téléphone
    Et 1100 jours passent
    Alors le nom de Nour n'est plus nulle part
