"""What a story needs: a cabinet opened by the real acts, people who enter by real pages, and time that passes."""

import shutil
import subprocess
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.stories.temps import Temps

from jalon.actions.courrier import send_due
from jalon.actions.echeance import run_due
from jalon.demonstration.cabinet import Maison, open_house
from jalon.demonstration.deroule import play, run_until
from jalon.demonstration.histoire import Histoire, Piste
from jalon.demonstration.semaine import creneau
from jalon.demonstration.vie import Vie
from jalon.records.models import Bilan, DocumentEmis, Personne

# What Ana says: the word that must never be found outside the vault.
SECRET = "XMARQUEX"
ANA = {
    "prenom": "Ana",
    "nom": "Tessier",
    "metier": "libraire",
    "ville": "Angers",
    "consultant": 0,
    "demande": f"Je vends des livres et je voudrais en faire. {SECRET}",
    "reformulation": f"Passer de la vente à la fabrication. {SECRET}",
    "principal": Piste("Relieuse", f"Ouvrir un atelier. {SECRET}"),
    "alternatif": Piste("Médiatrice du livre", "En bibliothèque."),
    "competences": f"Conseiller, organiser, tenir un budget. {SECRET}",
}


class Recit:
    """One story: its cabinet, its people, what was last answered."""

    def __init__(self) -> None:
        self.reponse = None
        self._clients: dict[str, Client] = {}
        self._bilan = None

    @property
    def now(self) -> datetime:
        return Temps.moment

    @cached_property
    def maison(self) -> Maison:
        return open_house(self.now - timedelta(days=430))

    def vivre(self, *, sans: tuple[str, ...] = (), **more) -> Bilan:
        """Ana's life up to now, or to `arret`: every step is an act of the product, at its own moment. `sans`: not these."""
        life = Vie(Histoire(**{**ANA, **more}), self.maison, creneau(1), self.now)
        play([one for one in life.pas() if one.nom not in sans], self.now)
        self._bilan = life.actes.bilan.pk
        return self.bilan

    @property
    def bilan(self) -> Bilan:
        return Bilan.objects.select_related("organisme", "beneficiaire", "consultant").get(pk=self._bilan)

    def suivre(self, bilan: Bilan) -> None:
        self._bilan = bilan.pk

    def passer(self, jusqu_a: datetime) -> None:
        """Time passes; the product's clock does what falls due, each at its minute."""
        run_until(jusqu_a)
        Temps.moment = jusqu_a
        run_due(jusqu_a)
        send_due(jusqu_a)

    # People and pages

    def personne(self, prenom: str) -> Personne:
        return Personne.objects.get(prenom=prenom)

    def client(self, prenom: str) -> Client:
        if prenom not in self._clients:
            client = Client()
            client.force_login(self.personne(prenom), backend="django.contrib.auth.backends.ModelBackend")
            session = client.session
            session["second_facteur_pose"] = True
            session.save()
            self._clients[prenom] = client
        return self._clients[prenom]

    def lire(self, qui: str, page: str, *args) -> str:
        """The page as this person reads it, or the proof that she cannot."""
        self.reponse = self.client(qui).get(reverse(page, args=args or [self._bilan]))
        return self.texte

    def envoyer(self, qui: str, page: str, /, *args, **champs) -> int:
        self.reponse = self.client(qui).post(reverse(page, args=args or [self._bilan]), champs)
        return self.reponse.status_code

    def envoyer_au_cabinet(self, qui: str, page: str, /, **champs) -> int:
        """To a page of the cabinet, which concerns no dossier."""
        self.reponse = self.client(qui).post(reverse(page), champs)
        return self.reponse.status_code

    @property
    def texte(self) -> str:
        """With ordinary spaces, as a reader would repeat it."""
        return self.reponse.content.decode(errors="replace").replace("\u00a0", " ").replace("&#x27;", "'")

    def papier(self, genre: str) -> DocumentEmis:
        return DocumentEmis.objects.filter(bilan=self._bilan, genre=genre).latest("emis_le")

    def texte_du_papier(self, genre: str, dossier: Path) -> str:
        """What the paper says, read by another program."""
        if not shutil.which("pdftotext"):
            pytest.skip("pdftotext (poppler-utils) is not installed")
        file = dossier / "papier.pdf"
        file.write_bytes(bytes(self.papier(genre).octets))
        done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
        return done.stdout.decode().replace("\u00a0", " ")
