"""A person as something to compare: past jobs, skills that were ticked, and words of her own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from jalon.metiers.index.construction import (
    bag_of_contexts,
    bag_of_items,
    bag_of_labels,
    bag_of_macros,
    bag_of_words,
)
from jalon.metiers.index.moteur import Moteur, Profil, Query
from jalon.metiers.referentiel import SKILLS, Item

# A skill that was ticked counts fully; what a past job supposes, half: not everybody did all of her fiche.
TICKED, SUPPOSED = 1.0, 0.5
# Labels of skills are not written as definitions are: their words say something of the job, but less.
LABELS_AS_WORDS = 0.5


def build_profil(
    moteur: Moteur,
    metiers: Collection[int],
    items: Sequence[Item],
    mots: str = "",
    restes: Mapping[int, Sequence[Item]] | None = None,
) -> Profil:
    """`restes`: of the past jobs of which she refused some skills, the items that remain."""
    bags = _bags(items)
    left = {fiche: _bags(kept) for fiche, kept in (restes or {}).items()}
    supposed = SUPPOSED if items else 1.0
    queries: dict[str, Query] = {}
    for name, canal in moteur.canaux.items():
        parts: list[tuple[Query, float]] = [
            (
                canal.of_bag(left[fiche][name]) if fiche in left and name in bags else canal.of_fiche(fiche),
                supposed,
            )
            for fiche in sorted(metiers)
        ]
        if name in bags:
            parts.append((canal.of_bag(bags[name]), TICKED))
        if name == "metier":
            parts.append((canal.of_bag(bags["mots"]), LABELS_AS_WORDS))
        if mots and name in ("metier", "mots"):
            parts.append((canal.of_bag(bag_of_words([mots])), TICKED))
        found = canal.merge([part for part in parts if part[0]]) if any(query for query, _ in parts) else []
        if found:
            queries[name] = found
    held = {item.code_ogr: 1.0 for item in items if item.nature in SKILLS}
    return Profil(queries, frozenset(metiers), held)


def _bags(items: Sequence[Item]) -> dict[str, dict[str, float]]:
    return {
        "items": bag_of_items(items),
        "mots": bag_of_labels(items),
        "contextes": bag_of_contexts(items),
        "macros": bag_of_macros(items),
    }
