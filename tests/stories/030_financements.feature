# language: fr
Fonctionnalité: Chaque manière de payer a son chemin, et rien ne commence avant
  Qui paie décide de qui peut savoir, de ce qui se signe et du jour où l'accompagnement peut commencer.
  Chaque chiffre dit d'où il vient, et chaque refus dit son article.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante

  Scénario: Le CPF hors du temps de travail : onze jours ouvrés, et pas un mot à l'employeur
    Soit Ana, dont le dossier est ouvert avec le financement « cpf_hors_temps »
    Quand Maud règle le financement à 1650 € sans dire si un bilan a déjà été financé
    Alors l'acte est refusé, avec l'article D. 6323-6
    Quand Maud règle le financement à 1650 €
    Alors l'acte est accepté
    Et la page du financement dit « 1 546,80 € »
    Et la page du financement dit « D. 6323-1 A »
    Quand Maud note la demande, la proposition et la confirmation d'aujourd'hui
    Et Ana consent
    Et Claire veut commencer
    Alors l'acte est refusé : « jeudi 19 mars 2026 »
    Quand le 19 mars arrive
    Et Claire veut commencer
    Alors l'acte est accepté
    Et aucune ligne du dossier ne nomme un employeur

  Scénario: Le CPF sur le temps de travail : l'employeur peut payer une part
    Soit Ana, dont le dossier est ouvert avec le financement « cpf_sur_temps » et l'employeur « Atelier du Quai »
    Quand Maud règle le financement à 1900 €, dont 300 € de l'employeur
    Alors l'acte est accepté
    Et la page du financement dit « abondement de l’employeur »

  Scénario: Un employeur ne peut rien payer là où il n'a rien à savoir
    Soit Ana, dont le dossier est ouvert avec le financement « cpf_hors_temps »
    Quand Maud règle le financement à 1650 €, dont 300 € de l'employeur
    Alors l'acte est refusé : « Ce choix n’est plus proposé »
    Et aucune ligne du dossier ne nomme un employeur

  Plan du scénario: Le plan et le congé de reclassement attendent trois signatures
    Soit Ana, dont le dossier est ouvert avec le financement « <voie> » et l'employeur « Atelier du Quai »
    Quand Maud règle le financement à 1800 €
    Et Ana consent
    Et Claire veut commencer
    Alors l'acte est refusé, avec l'article R. 6313-8
    Quand la convention est signée par les trois
    Et Claire veut commencer
    Alors l'acte est accepté

    Exemples:
      | voie         |
      | plan         |
      | reclassement |

  Scénario: Une indépendante et son fonds : une convention à deux, jamais un simple devis
    Soit Ana, dont le dossier est ouvert avec le financement « opco »
    Quand Maud règle le financement à 1800 €, dont 1800 € de son fonds
    Et Ana consent
    Et Claire veut commencer
    Alors l'acte est refusé, avec l'article R. 6313-8
    Quand Maud note la convention signée sur papier
    Et Maud note l'accord du financeur
    Et Claire veut commencer
    Alors l'acte est accepté

  Plan du scénario: Un accord qui n'est pas arrivé se dit, et passe avec une raison
    Soit Ana, dont le dossier est ouvert avec le financement « <voie> »
    Quand Maud règle le financement à 1800 €, sans financeur
    Alors l'acte est refusé : « Dites ce que prend en charge le financeur »
    Quand Maud règle le financement à 1800 €, dont 1800 € de « <voie> »
    Et Ana consent
    Et Claire veut commencer
    Alors l'acte est refusé : « Accord de prise en charge non reçu »
    Quand Maud note l'accord du financeur
    Et Claire veut commencer
    Alors l'acte est accepté

    Exemples:
      | voie           |
      | france_travail |
      | agefiph        |

  Scénario: Un employeur public paie, et la personne n'a rien à payer
    Soit Ana, dont le dossier est ouvert avec le financement « agent_public » et l'employeur « Régie d'exemple »
    Quand Maud règle le financement à 1800 €
    Alors Ana lit « Vous n’avez rien à payer »
    Quand Ana consent
    Et Maud note l'accord du financeur
    Et Claire veut commencer
    Alors l'acte est accepté

  Scénario: Sans certificat, pas d'argent public
    Soit Ana, dont le dossier est ouvert avec le financement « cpf_hors_temps »
    Quand le certificat du cabinet est perdu
    Et Maud règle le financement à 1650 €
    Alors l'acte est refusé, avec l'article L. 6316-1
