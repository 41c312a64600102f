"""The papers before a bilan: which ones this dossier may have, what each still misses, and their issue, signed where they must be."""

from jalon.actions.papiers.emission import issue_papier, issue_papiers
from jalon.actions.papiers.offre import A_SIGNER, GENRES, PapierPossible, list_possible

__all__ = ["A_SIGNER", "GENRES", "PapierPossible", "issue_papier", "issue_papiers", "list_possible"]
