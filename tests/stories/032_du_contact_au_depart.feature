# language: fr
Fonctionnalité: Du premier appel au droit de commencer, en douze pages au plus
  Le temps d'une assistante se compte en pages. Chaque page ouverte et chaque geste envoyé compte pour un.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante

  Scénario: Un dossier payé par le CPF
    Quand Maud note l'appel d'Ana, ouvre son dossier et règle son financement
    Et Maud note la demande, la proposition et la confirmation au jour où elles se font
    Et Ana consent dans son espace
    Et le premier jour possible arrive
    Alors le dossier peut commencer
    Et Maud n'a ouvert que 12 pages au plus
