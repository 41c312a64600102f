"""The weights of the matching: fixed, published, chosen once on ROME 4.0 version 60, never learnt from a person.

How they were found, and what each choice gave, is in docs/decisions/2026-11-22-rapprochement.md.
"""

from __future__ import annotations

# What makes a fiche resemble a profile, each part standardised over all fiches.
ITEMS = 1.0  # shared items, with their macro-compétence and sous-catégorie
METIER = 1.0  # words of titles, appellations and definitions
MOTS = 1.0  # words of the skills' labels
# The share, by rarity, of the skills a person ticked that the occupation holds. A fiche compared has none.
COUVERTURE = 25.0
# Facts of the fiche itself.
TETE = 3.5  # head of a historical family: the general occupation before its specialities
NIVEAU = 0.6  # same managerial level as the occupation one comes from
# What the official lists of other fiches add.
LISTES = 12.0
FAMILLE = 3.0

# Which fiches count as neighbours, whose official lists are reused.
VOISINS = 60
V_ITEMS = 0.08
V_METIER = 0.16
V_MOTS = 0.08
V_CONTEXTES = 0.16
V_MACROS = 0.12
V_DOMAINE = 0.2
V_GRAND_DOMAINE = 0.2
V_NIVEAU = 0.1
V_PARENT = 0.4

# An occupation that is in the official lists of more than this share of the others is watched…
REPERE = 0.015
# … and is among the first ten of a profile only if this share of the fiches, at most, are nearer to it.
PLAFOND = 0.04
PREMIERS = 10
