"""What each kind of content is called in plain French: in the procès-verbal, the access log and the take-away folder."""

LABELS: dict[str, str] = {
    "demande": "Analyse de la demande",
    "objectifs": "Objectifs",
    "reponses": "Réponses à un questionnaire",
    "resultat": "Résultats d’un questionnaire",
    "recap": "Compte rendu de séance",
    "note": "Notes personnelles du consultant",
    "carnet": "Carnet personnel",
    "projet": "Projet",
    "conclusions": "Conditions et moyens",
    "plan": "Plan d’action",
    "synthese": "Synthèse",
    "suivi": "Compte rendu de suivi",
    "message": "Message",
    "fichier": "Fichier",
    "brouillon": "Brouillon",
    "document": "Document de synthèse, fichier remis",
    "propos": "Premier message",
}
