"""`jalon demo`: make the demonstration cabinet in an empty data folder."""

import gc
from typing import Any

from django.core.management.base import BaseCommand

from jalon.actions import clock
from jalon.demonstration.chargement import DejaChargee, load


class Command(BaseCommand):
    help = "Charge le cabinet de démonstration dans un dossier de données vide."

    def handle(self, *args: Any, **options: Any) -> None:
        gc.freeze()
        gc.disable()  # a short life with many small objects: collecting them costs more than it frees
        try:
            made = load(clock.now())
        except DejaChargee:
            self.stdout.write("Un cabinet est déjà ouvert ici : rien n’a été chargé.")
            return
        finally:
            gc.enable()
            gc.unfreeze()
        if options["verbosity"]:
            self.stdout.write(
                f"Le cabinet Rive & Sillage est prêt : {made.dossiers} dossiers, {made.prospects} premiers contacts."
            )
