"""`manage.py comptes`: who one can be in the demonstration, told at the start."""

from typing import Any

from django.core.management.base import BaseCommand

from jalon.domain.bilan import Etat
from jalon.records.models import Membre, Organisme

_STAGES = (Etat.PREPARATION, Etat.PRELIMINAIRE, Etat.INVESTIGATION, Etat.CONCLUSIONS, Etat.TERMINE)


class Command(BaseCommand):
    help = "Liste les comptes de la démonstration : l’équipe, et une personne à chaque étape."

    def handle(self, *args: Any, **options: Any) -> None:
        organisme = Organisme.objects.order_by("ouvert_le").first()
        if organisme is None:
            return
        held: dict[Any, list[str]] = {}
        for membre in (
            organisme.membres.filter(jusqu_au=None)
            .select_related("personne")
            .order_by("personne__cree_le", "id")
        ):
            held.setdefault(membre.personne, []).append(Membre.Role(membre.role).label)
        rows = [(person, ", ".join(roles)) for person, roles in held.items()]
        for etat in _STAGES:
            one = (
                organisme.bilans.filter(etat=etat, beneficiaire__email__isnull=False)
                .select_related("beneficiaire")
                .first()
            )
            if one is not None:
                rows.append((one.beneficiaire, f"Bénéficiaire, {etat.label.lower()}"))
        self.stdout.write("Comptes, à prendre en un clic sur la page /demonstration/ :")
        for person, said in rows:
            self.stdout.write(f"  {person.nom_complet:<22} {person.email or '(codes sur papier)':<42} {said}")
