"""The proof of destruction, in this space."""

from jalon.web.destruction import urls_of

urls = urls_of("consultant")
