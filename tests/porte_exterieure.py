"""An outside provider of signatures, as small as one can be: it calls nobody, and knows one right answer."""

from jalon.actions.porte_signature import Preuve
from jalon.domain.obstacle import Obstacle, Refused


class Exterieure:
    nom = "exterieure"

    def ask(self, signataire, now):
        """The provider writes to the person itself."""

    def prove(self, signataire, geste, now):
        if geste.code != "vrai":
            raise Refused(Obstacle("Le service de signature n’a pas reconnu la personne.", code="exterieur"))
        return Preuve({"dossier": "EXT-1"})
