"""Do the import that a page asked for, if there is one. Run by the worker, in a process of its own."""

from typing import Any

from django.core.management.base import BaseCommand

from jalon import access
from jalon.actions import clock
from jalon.actions.referentiel import carry_out


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Importe le référentiel demandé depuis la page des métiers."

    def handle(self, *args: Any, **options: Any) -> None:
        ended = carry_out(by=access.systeme(), now=clock.now)
        if ended is not None:
            self.stdout.write(f"{ended.kind} {ended.version or '-'} : {ended.etat}")
