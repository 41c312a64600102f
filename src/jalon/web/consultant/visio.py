"""The consultant's way into the room of the séance."""

from jalon.access import Action
from jalon.web.visio import urls_of

urls = urls_of("consultant", Action.SIGN_CONSULTANT)
