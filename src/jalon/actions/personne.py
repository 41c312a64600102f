"""What a person chooses for herself: how the pages look and speak."""

from jalon.records.models import Personne

_THEMES = {"systeme": "auto", "clair": "clair", "sombre": "sombre"}


def choose_display(*, by: Personne, taille: str, theme: str, calme: bool, titres_complets: bool) -> None:
    """No event: a comfort of the person's own, which concerns nobody else."""
    by.taille_texte = taille
    by.theme = _THEMES[theme]
    by.calme = calme
    by.titres_clairs = titres_complets
    by.save(update_fields=["taille_texte", "theme", "calme", "titres_clairs"])
