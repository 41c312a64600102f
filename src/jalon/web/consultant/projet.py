"""Projects, in this space."""

from jalon.web.ecrits.projet import urls_of

urls = urls_of("consultant")
