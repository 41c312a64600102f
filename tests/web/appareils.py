"""A session on a device that is somebody's own, or shared: as after the login page."""

import base64
import secrets

from jalon.web.compte.appareil import ATTENTE, PARTAGE


def on_device(client, *, shared):
    session = client.session
    session[PARTAGE] = shared
    if not shared:
        session[ATTENTE] = {
            "cle": base64.b64encode(secrets.token_bytes(32)).decode(),
            "marque": secrets.token_hex(8),
        }
    session.save()
    return client
