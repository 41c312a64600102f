"""What a bilan is and is not, in our own words: the same on every public page."""

from jalon.domain.parcours import Phase

# In our own words, what each phase is for (R. 6313-4).
PHASES = {
    Phase.PRELIMINAIRE: "Vous dites ce qui vous amène. Vous décidez ensemble de ce que vous cherchez, et de la façon de vous y prendre.",
    Phase.INVESTIGATION: "Vous regardez votre parcours, ce que vous savez faire, ce qui compte pour vous. Un projet se dessine, ou plusieurs, et vous les confrontez au réel.",
    Phase.CONCLUSIONS: "Vous faites vôtres les résultats, vous recensez ce qui aidera et ce qui gênera, vous posez les étapes avec leurs dates. Une synthèse écrite vous est remise, à vous seul·e.",
}
# What a bilan is not: said before anybody pays for something else.
PAS_CELA = (
    ("Un arbitrage avec votre employeur", "Il ne règle pas un conflit au travail."),
    ("Une formation", "Il ne délivre ni diplôme ni certification. Il peut vous amener à en viser une."),
    ("Une validation des acquis", "Aucune VAE ne s’y fait. Il peut vous donner envie d’en entreprendre une."),
    ("Une aide à la recherche d’emploi", "On n’y rédige ni CV ni lettre de candidature."),
    ("Un reclassement", "Il ne vous place pas dans un autre poste."),
    ("Une évaluation pour quelqu’un d’autre", "Personne d’autre que vous n’en reçoit les résultats."),
    ("Du coaching ou du développement personnel", "Le travail porte sur votre vie professionnelle."),
    ("Un stage de bien-être, ou une préparation à la retraite", "D’autres professionnels savent faire cela."),
)
