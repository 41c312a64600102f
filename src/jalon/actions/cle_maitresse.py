"""The master key: put on paper, and changed without a moment at which no key would open the vault."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from jalon.access.coffre import close_coffre, coffre
from jalon.access.exploitation import home
from jalon.actions.exploitation import ExploitationRefusee, master_path, out_of_service
from jalon.documents import render
from jalon.documents.fiche_secours.data import FicheSecours
from jalon.documents.papier import Cabinet, Papier
from jalon.domain.jours import zone
from jalon.records.models import Organisme
from jalon.vault import Coffre, CoffreRefuse, disque, maitresse


def rescue_lines() -> list[str]:
    """The key of this very vault: a key that does not open it is never put on paper."""
    coffre()
    return maitresse.format_secours(maitresse.read_master(home(), os.environ))


def enter_key(key: bytes) -> Path:
    """The key, as typed from the sheet of paper, into the file where this installation will look for it."""
    path = master_path()
    if path is None:
        raise ExploitationRefusee(
            f"La clé maîtresse vient de la variable {maitresse.VARIABLE}. Rien n’a été écrit. "
            "Corrigez cette variable, ou retirez-la, puis recommencez."
        )
    maitresse.write_master(path, key)
    return path


def rescue_sheet(now: datetime) -> bytes:
    """The PDF to print and lock away. It holds the key in clear."""
    cabinet = Organisme.objects.order_by("ouvert_le").first()
    name = cabinet.nom if cabinet else "Jalon"
    fuseau = cabinet.fuseau if cabinet else "Europe/Paris"
    data = FicheSecours(
        papier=Papier(
            cabinet=Cabinet(nom=name),
            numero=f"SECOURS-{coffre().identifiant[:8].upper()}",
            emis_le=now.astimezone(zone(fuseau)).date(),
            fuseau=fuseau,
        ),
        installation=settings.JALON_BASE_URL,
        creee_le=now,
        lignes=tuple(rescue_lines()),
        commande="jalon saisir-cle",
    )
    return render("fiche_secours", data, horodatage=now)


@dataclass(frozen=True)
class Changement:
    fichier: Path
    miroir_a_jour: bool


def change_master(*, destination: Path | None, now: datetime) -> Changement:
    """A new master key, a new epoch: copies under the old key open nothing any more.

    The new key is on the disk before the vault passes under it, and the old one is overwritten only after: cut anywhere,
    one of the two files opens the vault, and the command finishes what it had begun when it is run again.
    """
    with out_of_service():
        current = master_path()
        target = destination or current
        if target is None or not os.access(target.parent, os.W_OK):
            raise ExploitationRefusee(
                "La clé maîtresse vient de l’environnement ou d’un endroit où ce compte n’écrit pas. Rien n’a été modifié. "
                "Donnez un fichier pour la nouvelle clé (--fichier CHEMIN), puis remplacez l’ancienne par elle.",
                "fichier",
            )
        if destination is not None and destination.exists():
            raise ExploitationRefusee(
                f"Il y a déjà un fichier «\u00a0{destination}\u00a0». Rien n’a été modifié. Donnez un chemin neuf.",
                "fichier",
            )
        waiting = target.with_name(f"{target.name}.nouvelle")
        if not _already_passed(waiting):
            _require_mirror(now)
            _fresh_key(waiting)
            coffre().rotate_master(_read(waiting))
        disque.replace_and_overwrite(target, waiting.read_bytes())
        disque.overwrite(waiting)
        disque.remove(waiting)
        fresh = _refresh(_read(target), now)
    return Changement(target, fresh)


def _already_passed(waiting: Path) -> bool:
    """An earlier run was cut off after the vault had passed under the waiting key."""
    if not waiting.exists():
        return False
    try:
        Coffre.open(home(), _read(waiting)).close()
    except CoffreRefuse:
        return False
    return True


def _require_mirror(now: datetime) -> None:
    """A mirror that can't be reached would stay under the old key: better not begin."""
    vault = coffre()
    if vault.mirror_state().chemin is not None:
        vault.refresh_mirror(now)


def _fresh_key(waiting: Path) -> None:
    disque.overwrite(waiting)
    disque.remove(waiting)
    maitresse.write_master(waiting, maitresse.new_master())


def _read(path: Path) -> bytes:
    return maitresse.parse_secours(path.read_text("utf-8"))


def _refresh(master: bytes, now: datetime) -> bool:
    """This process may still be told of the old key by its environment: open with the new one."""
    close_coffre()
    with Coffre.open(home(), master) as vault:
        if vault.mirror_state().chemin is None:
            return True
        return vault.refresh_mirror(now).a_jour
