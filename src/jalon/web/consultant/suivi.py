"""The follow-up interview, in this space."""

from jalon.web.suivi import urls_of

urls = urls_of("consultant")
