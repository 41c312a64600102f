# language: fr
Fonctionnalité: Vingt-quatre heures au plus, à un rythme et dans une taille qui conviennent
  Le guide d'un prestataire annonce huit entretiens de deux heures et huit heures de travail personnel, puis détaille
  des phases dont la somme fait vingt-six heures. La somme se calcule ; elle ne se recopie pas.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante

  Scénario: Huit entretiens de deux heures et huit heures de travail personnel
    Quand Claire crée un parcours « Bilan en dix semaines » de
      | phase         | nature            | nombre | minutes |
      | preliminaire  | accompagnement    | 1      | 120     |
      | investigation | accompagnement    | 4      | 120     |
      | investigation | travail_personnel | 1      | 300     |
      | conclusions   | accompagnement    | 3      | 120     |
      | conclusions   | travail_personnel | 1      | 180     |
    Alors l'acte est accepté
    Et le parcours compte 24 h, dont 16 h d'entretiens

  Scénario: Les vingt-six heures du guide
    Quand Claire crée un parcours « Bilan du guide » de
      | phase         | nature            | nombre | minutes |
      | preliminaire  | accompagnement    | 1      | 120     |
      | investigation | accompagnement    | 4      | 120     |
      | investigation | travail_personnel | 1      | 420     |
      | conclusions   | accompagnement    | 3      | 120     |
      | conclusions   | travail_personnel | 1      | 180     |
    Alors l'acte est refusé, avec l'article L. 6313-4
    Et l'acte est refusé : « Ce parcours compte 26 h »
    Et l'acte est refusé : « Retirez 2 h »
    Et aucun parcours « Bilan du guide » n'existe

  Scénario: Une séance de trop
    Soit Ana, qui a suivi toutes ses séances et approuvé sa synthèse
    Quand Claire prévoit encore une séance d'une heure
    Alors l'acte est refusé : « il ne peut pas dépasser 24 heures »

  Scénario: Une personne qui se fatigue a des séances d'une heure
    Soit Ana, dont le parcours est fait de séances d'une heure
    Alors ses 16 entretiens durent chacun une heure, et font 16 h
    Et Ana les lit dans son agenda

  Plan du scénario: Une personne qui voit mal reçoit sa synthèse en gros caractères
    Soit Ana, qui a suivi toutes ses séances et approuvé sa synthèse
    Quand Ana choisit un texte de <taille> points
    Et Claire remet la synthèse à Ana
    Alors la synthèse est imprimée en <taille> points

    Exemples:
      | taille |
      | 16     |
      | 18     |
      | 20     |

  Scénario: La synthèse et ses trois rubriques, relues par la personne
    Soit Ana, qui a suivi ses séances et attend sa synthèse
    Quand Claire écrit les circonstances, les compétences et le projet, puis propose la synthèse
    Alors Ana lit les trois rubriques
    Quand Claire veut remettre la synthèse sans attendre
    Alors l'acte est refusé, avec l'article L. 6313-4
    Quand Ana écrit son désaccord et approuve le texte
    Et Claire remet la synthèse à Ana
    Alors l'acte est accepté
    Et le désaccord d'Ana figure dans sa synthèse

  Scénario: Garder des documents, mais pas plus longtemps que la loi ne le permet
    Soit Ana, dont la synthèse est remise et la fin annoncée dans deux jours
    Quand Ana demande de garder sa synthèse 37 mois, pour un suivi
    Alors l'acte est refusé, avec l'article R. 6313-7
    Quand Ana demande de garder sa synthèse 12 mois, sans dire que c'est pour un suivi
    Alors l'acte est refusé, avec l'article R. 6313-7
    Quand Ana demande de garder sa synthèse 36 mois, pour un suivi
    Alors l'acte est accepté
