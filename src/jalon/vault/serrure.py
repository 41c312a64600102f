"""The file of the epoch key, and the lock that lets one process at a time change it.

A new epoch key is written beside the old one (`epoque.cle.suivante`); the ring's transaction then names the new
epoch; then the old file is overwritten and replaced. Cut anywhere, one of the two files is the ring's: it is kept.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jalon.vault import disque
from jalon.vault.epoque import AutreCle, Epoque, EpoqueFermee
from jalon.vault.erreurs import CoffreRefuse
from jalon.vault.trousseau import Etat

COURANTE = "epoque.cle"
SUIVANTE = "epoque.cle.suivante"
VERROU = "trousseau.verrou"


class Serrure:
    def __init__(self, home: Path) -> None:
        self.courante = home / COURANTE
        self.suivante = home / SUIVANTE
        self._verrou = home / VERROU
        self._held = threading.local()

    @contextmanager
    def held(self) -> Iterator[None]:
        """One writer among all processes. The kernel lets go by itself when a process dies."""
        if getattr(self._held, "depth", 0):
            yield
            return
        fd = os.open(self._verrou, os.O_RDWR | os.O_CREAT, disque.PRIVATE)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            self._held.depth = 1
            yield
        finally:
            self._held.depth = 0
            os.close(fd)

    def open(self, etat: Etat, master: bytes) -> Epoque | None:
        """The epoch key that this ring names; None when a renewal is going on under our eyes: read the ring again.

        The current file is looked at twice, for the next one may take its name between two looks.
        """
        sealed = False
        for path in (self.courante, self.suivante, self.courante):
            fermee = read(path)
            if fermee is None or (fermee.trousseau, fermee.numero) != (etat.identifiant, etat.epoque):
                continue
            try:
                epoque = fermee.open(master)
            except AutreCle:
                sealed = True
                continue
            if epoque.is_attested_by(etat.temoin):
                return epoque
        if sealed:
            raise CoffreRefuse(
                "Cette clé maîtresse n’est pas celle du coffre : elle n’ouvre pas la clé d’époque. "
                "Rien n’a été modifié. Fournissez la clé maîtresse de cette installation "
                "(fichier, variable d’environnement ou feuille de secours), puis redémarrez."
            )
        return None

    def is_settled(self) -> bool:
        return self.courante.exists() and not self.suivante.exists()

    def prepare(self, epoque: Epoque, master: bytes) -> None:
        disque.write_whole(self.suivante, EpoqueFermee.close(epoque, master).to_bytes())

    def settle(self, epoque: Epoque, master: bytes) -> None:
        """Keep the file of this epoch under the current name and destroy the other. Called with the lock held."""
        disque.remove_strays(self.courante.parent, COURANTE)
        if self._holds(self.courante, epoque, master):
            disque.overwrite(self.suivante)
            disque.remove(self.suivante)
        elif self._holds(self.suivante, epoque, master):
            disque.overwrite(self.courante)
            disque.rename(self.suivante, self.courante)
        else:
            raise CoffreRefuse(
                f"Aucun fichier ne porte la clé de l’époque {epoque.numero}. Rien n’a été détruit. "
                "Restaurez ensemble le trousseau et la clé d’époque depuis le miroir."
            )

    def _holds(self, path: Path, epoque: Epoque, master: bytes) -> bool:
        fermee = read(path)
        if fermee is None or (fermee.trousseau, fermee.numero) != (epoque.trousseau, epoque.numero):
            return False
        try:
            return fermee.open(master).key == epoque.key
        except AutreCle:
            return False


def read(path: Path) -> EpoqueFermee | None:
    try:
        return EpoqueFermee.from_bytes(path.read_bytes())
    except FileNotFoundError:
        return None
