"""Messages, in this space."""

from jalon.web.ecrits.message import urls_of

urls = urls_of("beneficiaire")
