"""The person's way into the room of her séance."""

from jalon.access import Action
from jalon.web.visio import urls_of

urls = urls_of("beneficiaire", Action.SIGN_BENEFICIAIRE)
