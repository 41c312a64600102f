"""The employer's space: one link for one dossier, dates and papers, never a word of content."""
