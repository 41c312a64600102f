"""A mail server that notes the name of each mail it accepts, and stops where it is told, to be cut off there."""

import os
import time
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    def send_messages(self, email_messages):
        for message in email_messages:
            self._pause("avant")
            with Path(os.environ["BOITE"]).open("a") as box:
                box.write(message.extra_headers["Message-ID"] + "\n")
            self._pause("apres")
        return len(email_messages)

    def _pause(self, moment):
        if os.environ.get("ATTENDRE") and os.environ["MOMENT"] == moment:
            Path(os.environ["ATTENDRE"]).touch()
            time.sleep(120)
