"""The room of a séance at a distance: when its door is open, its address, its token. Made for this séance, it ends with it.

Nothing here asks for a recording; each address says that there is none.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled

AVANCE_MINUTES = 15
AVANCE_MAX = 120
# A séance that lasts a little: the door stays open, the room ends then.
APRES = timedelta(minutes=30)
LIEN_MAX = 500


class Fournisseur(Labelled):
    LIEN = "lien", "Un lien collé pour chaque séance (Zoom ou autre)"
    JITSI = "jitsi", "Le serveur Jitsi du cabinet"
    BBB = "bbb", "Le serveur BigBlueButton du cabinet"


@dataclass(frozen=True)
class Porte:
    """When the door of the room is open: shortly before, until shortly after."""

    debut: datetime
    fin: datetime
    avance: int = AVANCE_MINUTES

    @property
    def ouvre(self) -> datetime:
        return self.debut - timedelta(minutes=self.avance)

    @property
    def ferme(self) -> datetime:
        return self.fin + APRES

    def is_open(self, now: datetime) -> bool:
        return self.ouvre <= now < self.ferme


def address_obstacles(address: str, field: str) -> list[Obstacle]:
    """In clear on the way, what is said in the room could be heard; a name in the address could be read."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        return [
            Obstacle(
                "Le lien de visio doit commencer par https:// : sans cela, ce qui se dit pourrait être écouté en route.",
                code="visio_https",
                field=field,
            )
        ]
    if "bilan" in address.casefold():
        return [
            Obstacle(
                "Le mot « bilan » se lit dans ce lien : choisissez une salle au nom neutre.",
                code="visio_neutre",
                field=field,
            )
        ]
    return []


def jitsi_link(
    base: str, *, salle: str, app_id: str, secret: str, nom: str, anime: bool, porte: Porte
) -> str:
    """Jitsi's token (JWT, HS256): this room only, from the opening of its door to its end. The first name is all that it says.

    https://jitsi.github.io/handbook/docs/devops-guide/token-authentication/
    """
    claims = {
        "aud": app_id,
        "iss": app_id,
        "sub": urlsplit(base).hostname or "*",
        "room": salle,
        "nbf": int(porte.ouvre.timestamp()),
        "exp": int(porte.ferme.timestamp()),
        "moderator": anime,
        "context": {
            "user": {"name": nom, "moderator": "true" if anime else "false"},
            "features": {"recording": "false", "livestreaming": "false", "transcription": "false"},
        },
    }
    said = ".".join(_b64(json.dumps(part, separators=(",", ":")).encode()) for part in (_HEADER, claims))
    token = f"{said}.{_b64(hmac.new(secret.encode(), said.encode(), hashlib.sha256).digest())}"
    quiet = "config.fileRecordingsEnabled=false&config.liveStreamingEnabled=false&config.localRecording.disable=true"
    return f"{base.rstrip('/')}/{salle}?jwt={token}#{quiet}"


_HEADER = {"alg": "HS256", "typ": "JWT"}


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def bbb_url(base: str, call: str, params: dict[str, str], secret: str) -> str:
    """A call of BigBlueButton's API: its checksum is over the call's name, its parameters and the shared secret.

    https://docs.bigbluebutton.org/development/api/
    """
    query = urlencode(params)
    checksum = hashlib.sha256(f"{call}{query}{secret}".encode()).hexdigest()
    return f"{base.rstrip('/')}/{call}?{query}&checksum={checksum}"


def bbb_create(base: str, *, salle: str, titre: str, mots: tuple[str, str], secret: str, minutes: int) -> str:
    """Ends by itself after `minutes`; nobody can start a recording."""
    params = {
        "name": titre,
        "meetingID": salle,
        "attendeePW": mots[0],
        "moderatorPW": mots[1],
        "record": "false",
        "autoStartRecording": "false",
        "allowStartStopRecording": "false",
        "duration": str(minutes),
        "meetingExpireWhenLastUserLeftInMinutes": "5",
        "learningDashboardEnabled": "false",
    }
    return bbb_url(base, "create", params, secret)


def bbb_join(base: str, *, salle: str, nom: str, mot: str, secret: str) -> str:
    return bbb_url(base, "join", {"meetingID": salle, "fullName": nom, "password": mot}, secret)
