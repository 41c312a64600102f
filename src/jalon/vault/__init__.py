"""Keys and ciphertext: destroying a key destroys the content everywhere. No Django here.

`Coffre` is the one object: the ring of data keys, the epoch key, the sealed pieces and the encrypted files.
The kinds of content are in `jalon.vault.pieces`.
"""

from jalon.vault.cles import (
    TIROIRS,
    contact_key,
    installation_key,
    piece_key,
    tiroir_key,
    tiroir_keys,
)
from jalon.vault.coffre import Coffre
from jalon.vault.erreurs import (
    CleAbsente,
    CleIllisible,
    CoffreRefuse,
    ErreurCoffre,
    FichierRefuse,
    MiroirInaccessible,
    PieceIllisible,
    PieceInvalide,
)
from jalon.vault.miroir import EtatMiroir
from jalon.vault.objets import Depose, Ecriture, Lecture
from jalon.vault.porte_cles import PreuveDestruction

__all__ = [
    "TIROIRS",
    "CleAbsente",
    "CleIllisible",
    "Coffre",
    "CoffreRefuse",
    "Depose",
    "Ecriture",
    "ErreurCoffre",
    "EtatMiroir",
    "FichierRefuse",
    "Lecture",
    "MiroirInaccessible",
    "PieceIllisible",
    "PieceInvalide",
    "PreuveDestruction",
    "contact_key",
    "installation_key",
    "piece_key",
    "tiroir_key",
    "tiroir_keys",
]
