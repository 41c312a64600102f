# language: fr
Fonctionnalité: Un « bilan professionnel d'orientation », hors du cadre légal
  Il est possible de proposer autre chose qu'un bilan de compétences. Ce n'en est alors pas un : ni son nom, ni son
  financement, ni son certificat. Le secret et la destruction, eux, restent les mêmes.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante

  Scénario: Son nom ne s'emprunte pas
    Quand Claire crée hors du cadre légal un parcours « Bilan de compétences d'orientation »
    Alors l'acte est refusé, avec l'article L. 6313-1
    Quand Claire crée hors du cadre légal un parcours « Bilan professionnel d’orientation jeunes »
    Alors l'acte est accepté

  Plan du scénario: Aucun fonds réservé aux bilans ne le paie
    Quand Maud ouvre pour Ana un bilan professionnel d'orientation payé par « <voie> »
    Alors l'acte est refusé : « hors du cadre légal »
    Et Ana n'a pas de dossier

    Exemples:
      | voie            |
      | cpf_hors_temps  |
      | cpf_sur_temps   |
      | opco            |
      | france_travail  |

  Scénario: La personne sait avant de commencer que ce n'est pas un bilan de compétences
    Soit Ana, qui paie elle-même un bilan professionnel d'orientation et n'a pas encore donné son accord
    Quand Ana lit la page de son accord
    Alors la page dit « Elle ne porte pas le nom de bilan de compétences et ne peut pas être payée par le CPF »

  Scénario: À la fin, pas de certificat de réalisation, mais la même destruction
    Soit Ana, qui a terminé un bilan professionnel d'orientation
    Quand Maud veut émettre un certificat de réalisation
    Alors le certificat est refusé, avec l'article L. 6313-1
    Et le dossier d'Ana ne contient aucun certificat
    Et son contenu est détruit, et le procès-verbal le dit
