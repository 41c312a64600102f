"""Promises made in séance, in this space."""

from jalon.web.ecrits.promesse import urls_of

urls = urls_of("beneficiaire")
