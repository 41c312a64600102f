"""The pages of occupations that several spaces share: search, fiches, proposals, tracks, portfolio."""
