"""Jalon: bilans de compétences, from the first phone call to the proven destruction of the documents."""
