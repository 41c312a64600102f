"""Conditions and action plan, in this space."""

from jalon.web.ecrits.conclusions import urls_of

urls = urls_of("consultant")
