"""The text to which the person consents: frozen by version, so that the proof says what was read."""

import hashlib

VERSION = "2026-1"

CE_QUE_C_EST = (
    "Un bilan de compétences sert à analyser vos compétences, vos aptitudes et vos motivations, pour définir un projet "
    "professionnel et, s’il y a lieu, un projet de formation.",
    "Il comprend trois phases : préliminaire, investigation, conclusions. Il dure vingt-quatre heures au plus.",
    "Il ne se fait qu’avec votre accord. Refuser n’est ni une faute ni un motif de licenciement.",
    "Les questions posées ont un lien direct et nécessaire avec ce travail. Vous y répondez de bonne foi.",
    "Les résultats détaillés et le document de synthèse sont pour vous. Personne d’autre ne les reçoit sans votre accord.",
    "Les personnes qui vous accompagnent sont tenues au secret professionnel.",
    "À la fin, tout ce qui a été écrit pour ce travail est détruit, sauf ce que vous demandez par écrit de garder.",
)
# What it is not (page of Mon Compte Formation on the bilan de compétences).
CE_QUE_CE_N_EST_PAS = (
    "une aide pour régler un conflit avec votre employeur",
    "une formation : il ne donne ni diplôme ni certification",
    "une validation des acquis de l’expérience",
    "une aide à la recherche d’emploi, ni à l’écriture d’un CV ou d’une lettre",
    "un reclassement externe",
    "une évaluation professionnelle",
    "du coaching ou du développement personnel",
    "un stage de bien-être",
    "une préparation à la retraite",
)
ENGAGEMENT = "J’ai lu ces lignes. Je consens librement à commencer, et personne ne m’y a obligé."


def text() -> str:
    return "\n".join((*CE_QUE_C_EST, *CE_QUE_CE_N_EST_PAS, ENGAGEMENT))


def fingerprint() -> str:
    """Sha256 of the text of this version."""
    return hashlib.sha256(f"{VERSION}\n{text()}".encode()).hexdigest()
