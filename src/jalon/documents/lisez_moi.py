"""The guides that lie in the folder: plain text, with the line ends that the oldest editor reads."""

from __future__ import annotations

_GUIDE = """MON DOSSIER
===========

Ce dossier est à vous. Il s’ouvre sans nous, sans réseau et sans abonnement. Il a été préparé le {jour}, auprès de {cabinet}.

PAR OÙ COMMENCER
1. Si tout est dans un seul fichier .zip, sortez-en d’abord les fichiers :
   - Windows : bouton droit sur le fichier, puis « Extraire tout » ;
   - macOS : double-clic ;
   - Linux : bouton droit, puis « Extraire ici ».
2. Ouvrez « mon-dossier.html » : c’est le livre de votre dossier. N’importe quel navigateur convient.
   Vous pouvez l’imprimer, ou l’enregistrer en PDF depuis le menu Imprimer.

CE QUE CONTIENT LE DOSSIER
- mon-dossier.html : tout ce qui a été écrit, à lire.
- documents/ : vos papiers, en PDF. Leur cachet prouve qu’ils n’ont pas été modifiés.
- fichiers/ : les fichiers que vous aviez déposés.
- donnees.json : les mêmes textes, dans un format ouvert, pour un autre logiciel.
- donnees.schema.json : la description de ce format (JSON Schema 2020-12).
- empreintes-sha256.txt : l’empreinte de chaque fichier.

VÉRIFIER QUE RIEN N’A CHANGÉ
Dans le dossier où vous avez extrait les fichiers :
- Linux : sha256sum --check empreintes-sha256.txt
- macOS : shasum --algorithm 256 --check empreintes-sha256.txt
- Windows (PowerShell) : Get-FileHash mon-dossier.html
  puis comparez avec la ligne du fichier empreintes-sha256.txt.
Si un seul caractère d’un fichier a changé, son empreinte n’est plus la même.

LE REPRENDRE AILLEURS
Un autre accompagnement conduit avec Jalon peut le relire, si vous le voulez : dans votre espace, « Reprendre un dossier
emporté ». Gardez pour cela le fichier .zip tel quel. Rien n’est lu par personne d’autre tant que vous ne le partagez pas.

LE GARDER
Faites-en deux copies, sur deux supports différents. Sur un appareil partagé ou professionnel, d’autres personnes
pourraient le lire.
"""

_CHIFFRE = """MON DOSSIER, CHIFFRÉ
====================

Le fichier « mon-dossier.zip » qui est ici est chiffré (AES-256, format WinZip AE-2). Il s’ouvre avec la phrase que vous avez
choisie. Personne d’autre ne la connaît : sans elle, personne ne peut rien en lire, et nous non plus.

POUR L’OUVRIR
- Windows : 7-Zip (gratuit) ou WinZip. L’explorateur de Windows seul ne sait pas toujours le faire.
- macOS : Keka ou The Unarchiver (gratuits).
- Linux : 7z x, ou le gestionnaire d’archives.
On vous demande la phrase, puis vous trouvez dedans une seconde archive, ordinaire : votre dossier, avec son mode d’emploi.
"""


def reading_guide(*, jour: str, cabinet: str) -> bytes:
    return _text(_GUIDE.format(jour=jour, cabinet=cabinet))


def opening_guide() -> bytes:
    return _text(_CHIFFRE)


def _text(text: str) -> bytes:
    for sign in (":", ";", "»", "?", "!"):
        text = text.replace(f" {sign}", f"\u00a0{sign}")
    return text.replace("« ", "«\u00a0").replace("\n", "\r\n").encode("utf-8-sig")
