"""Run the clock beside the pages: échéances, mails, and the night's work. Several may run; each thing is done once."""

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jalon.actions.exploitation import ExploitationRefusee, in_service, require_ready
from jalon.jobs.boucle import Boucle
from jalon.records.copie import CopieRefusee
from jalon.vault import ErreurCoffre


class Command(BaseCommand):
    # It serves no page: a mistake in one must not stop the clock.
    requires_system_checks: list[str] = []
    help = "Fait ce qui est échu, envoie les courriels, et fait chaque nuit le ménage et la sauvegarde."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repos", type=float, default=5.0, help="secondes entre deux tours")
        parser.add_argument("--une-fois", action="store_true", help="un seul tour, puis s’arrêter")

    def handle(self, *args: Any, **options: Any) -> None:
        loop = Boucle(rest=options["repos"])
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: loop.stop())
        try:
            require_ready()
            with in_service():
                if options["une_fois"]:
                    loop.turn()
                    loop.settle()
                else:
                    loop.run()
        except (ExploitationRefusee, ErreurCoffre, CopieRefusee) as refusal:
            self.stderr.write(refusal.phrase)
            sys.exit(2)
