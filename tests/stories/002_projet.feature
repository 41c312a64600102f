# language: fr
Fonctionnalité: Du premier échange au suivi, six mois plus tard
  Un premier entretien gratuit, sans engagement. Un projet et un plan B. Six mois après, un entretien, même si rien n'a été gardé.

  Contexte:
    Soit le cabinet de Claire, consultante et responsable, et de Maud, assistante

  Scénario: Le premier entretien est gratuit, et n'engage à rien
    Soit Zoé, qui a appelé le cabinet et dit pourquoi
    Quand Maud fixe un entretien avec Claire et que l'entretien a lieu
    Et Claire note qu'il n'y a pas de suite
    Alors il ne reste rien de Zoé, ni son nom, ni ce qu'elle a dit
    Et aucune heure n'a été comptée

  Scénario: Le premier entretien ne compte dans aucune heure du bilan
    Soit Ana, qui a donné son accord
    Alors aucune heure du bilan n'est faite
    Et le contact d'Ana n'a plus de nom, et ce qu'elle avait dit est détruit

  Scénario: L'investigation se termine avec un projet ou une alternative
    Soit Ana, qui a suivi ses cinq premières séances sans encore écrire de projet
    Quand Claire veut ouvrir les conclusions
    Alors l'acte est refusé, avec l'article R. 6313-4
    Quand Ana écrit son projet « Relieuse » et son plan B « Médiatrice du livre »
    Et Claire ouvre les conclusions
    Alors l'acte est accepté
    Et Claire lit le projet et le plan B d'Ana

  Scénario: L'entretien de suivi a lieu six mois après, bien que rien n'ait été gardé
    Soit Ana, qui a terminé il y a plus de six mois et accepté d'être recontactée
    Alors Ana a reçu une invitation qui ne dit pas de quoi il s'agit
    Et il ne reste aucun contenu de son bilan
    Quand Claire ouvre l'entretien de suivi et écrit le compte rendu
    Alors Ana lit le compte rendu dans son espace
    Quand Claire clôt l'entretien de suivi
    Alors le compte rendu est détruit à son tour

  Scénario: Qui n'a pas accepté d'être recontacté n'est pas invité
    Soit Ana, qui a terminé il y a plus de six mois et n'a pas souhaité être recontactée
    Alors Ana n'a reçu aucune invitation à un suivi
